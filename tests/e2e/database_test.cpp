// The database's keep, by the built program.
#include <fstream>

#include <gtest/gtest.h>

#include "command.h"

namespace huice::e2e {
namespace {

class DatabaseCommand : public testing::Test {
 protected:
  Finished db(const std::string& words, const std::string& address) {
    return huice("db " + words + " --database '" + address + "'");
  }
  std::string path(const std::string& name) { return (scratch_ / name).string(); }

  Scratch scratch_;
};

TEST_F(DatabaseCommand, IsMadeCheckedBackedUpAndPutBack) {
  EXPECT_EQ(db("init", path("a.db")).status, 0);
  const auto checked = db("check", path("a.db"));
  EXPECT_EQ(checked.status, 0) << checked.err;
  EXPECT_NE(checked.out.find("审计日志1条"), std::string::npos) << checked.out;
  EXPECT_EQ(db("backup '" + path("b.db") + "'", path("a.db")).status, 0);
  EXPECT_NE(db("check", path("a.db")).out.find("审计日志2条"), std::string::npos);

  const auto restored = db("restore '" + path("b.db") + "'", path("c.db"));
  EXPECT_EQ(restored.status, 0) << restored.err;
  EXPECT_NE(db("check", path("c.db")).out.find("审计日志2条"), std::string::npos);
}

TEST_F(DatabaseCommand, NeverOverwrites) {
  ASSERT_EQ(db("init", path("a.db")).status, 0);
  ASSERT_EQ(db("backup '" + path("b.db") + "'", path("a.db")).status, 0);
  const std::string before = file_text(path("b.db"));
  for (const auto& again :
       {db("init", path("a.db")), db("backup '" + path("b.db") + "'", path("a.db")),
        db("restore '" + path("b.db") + "'", path("a.db"))}) {
    EXPECT_EQ(again.status, 1);
    EXPECT_NE(again.err.find("store.exists"), std::string::npos) << again.err;
  }
  EXPECT_EQ(file_text(path("b.db")), before);
}

TEST_F(DatabaseCommand, SaysWhatIsWrong) {
  const auto none = db("check", path("none.db"));
  EXPECT_EQ(none.status, 1);
  EXPECT_NE(none.err.find("store.no-database"), std::string::npos) << none.err;
  EXPECT_FALSE(std::filesystem::exists(path("none.db")));

  std::ofstream(path("text.db")) << "不是数据库" << std::string(5000, ' ');
  const auto text = db("check", path("text.db"));
  EXPECT_NE(text.status, 0);
  EXPECT_NE(text.err.find("store.unreachable"), std::string::npos) << text.err;
}

TEST_F(DatabaseCommand, ADamagedFileIsFound) {
  ASSERT_EQ(db("init", path("a.db")).status, 0);
  ASSERT_EQ(db("backup '" + path("b.db") + "'", path("a.db")).status, 0);
  std::string bytes = file_text(path("b.db"));
  ASSERT_GT(bytes.size(), 8192u);
  bytes.replace(4096, 64, std::string(64, '\xFF'));
  std::ofstream(path("b.db"), std::ios::binary) << bytes;
  EXPECT_NE(db("check", path("b.db")).status, 0);
  EXPECT_NE(db("restore '" + path("b.db") + "'", path("c.db")).status, 0);
  EXPECT_FALSE(std::filesystem::exists(path("c.db")));
}

}  // namespace
}  // namespace huice::e2e
