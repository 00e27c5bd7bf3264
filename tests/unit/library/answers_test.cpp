// Questions that clerks marked as answered.
#include <gtest/gtest.h>

#include "base/files.h"
#include "library_fixture.h"

namespace huice::library {
namespace {

const Date kDay = *Date::make(2026, 11, 22);

class AnswersTest : public LibraryFixture {
 protected:
  /// Two documents, of which the second has the words of the question.
  std::vector<std::string> put_two(Library& library) {
    return put(library, {document("兑现办法", "对新增入库单位一次性给予十万元。"),
                         document("会议通知", "会上问到头一回进规能拿多少钱，请各单位准备。")});
  }

  static constexpr const char* kQuestion = "头一回进规能拿多少钱";
};

TEST_F(AnswersTest, AMarkedPassageComesFirstForTheQuestionAndForOnesLikeIt) {
  Library library = open();
  const auto ids = put_two(library);
  EXPECT_EQ(first(library, kQuestion), "会议通知");
  const Marking marking = {kQuestion, ids[0], 1, "张三", kDay};
  ASSERT_TRUE(library.mark({&marking, 1}));
  EXPECT_EQ(first(library, kQuestion), "兑现办法");
  EXPECT_EQ(first(library, "第一次进规能拿多少"), "兑现办法");
}

TEST_F(AnswersTest, TakenBackItCountsNoMoreAndStaysOnRecord) {
  Library library = open();
  const auto ids = put_two(library);
  const Marking marking = {kQuestion, ids[0], 1, "张三", kDay};
  const auto numbers = library.mark({&marking, 1});
  ASSERT_TRUE(numbers);
  ASSERT_TRUE(library.unmark(numbers.value().front(), "李四", kDay));
  EXPECT_EQ(first(library, kQuestion), "会议通知");
  const auto answers = library.answers().value();
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].by, "张三");
  EXPECT_EQ(answers[0].removed_by, "李四");
  EXPECT_EQ(answers[0].removed_on, kDay);
  EXPECT_EQ(library.unmark(1, "", kDay).error().id, "library.no-answer");
}

TEST_F(AnswersTest, SurvivesThatTheFileIsAddedAgainWhileThePassageReadsTheSame) {
  const auto write = [&](const std::string& last) {
    EXPECT_TRUE(write_file(
        folder_ / "in" / "a.txt",
        "兑现办法\n\n一、标准\n对新增入库单位一次性给予十万元。\n\n二、附则\n" + last + "\n"));
  };
  Library library = open();
  const std::vector<std::filesystem::path> paths = {folder_ / "in"};
  write("自印发之日起施行。");
  ASSERT_TRUE(library.add(paths));
  const Hits hits = found(library, {.text = "新增入库单位"});
  ASSERT_FALSE(hits.hits.empty());
  const Marking marking = {kQuestion, hits.hits[0].id, hits.hits[0].passage, "张三", kDay};
  ASSERT_TRUE(library.mark({&marking, 1}));
  write("自发布之日起施行。");
  ASSERT_EQ(library.add(paths).value().updated.size(), 1u);
  put(library, {document("会议通知", "会上问到头一回进规能拿多少钱，请各单位准备。")});
  EXPECT_EQ(first(library, kQuestion), "兑现办法");
}

TEST_F(AnswersTest, RefusesWhatItCannotBind) {
  Library library = open();
  const auto ids = put_two(library);
  const Marking beyond = {kQuestion, ids[0], 2, "", kDay};
  EXPECT_EQ(library.mark({&beyond, 1}).error().id, "library.no-passage");
  const Marking nobody = {kQuestion, "999", 1, "", kDay};
  EXPECT_EQ(library.mark({&nobody, 1}).error().id, "library.no-passage");
  const Marking empty = {"", ids[0], 1, "", kDay};
  EXPECT_EQ(library.mark({&empty, 1}).error().id, "library.query");
  const std::vector<Marking> half = {{kQuestion, ids[0], 1, "", kDay}, beyond};
  EXPECT_FALSE(library.mark(half));
  EXPECT_TRUE(library.answers().value().empty());
  EXPECT_EQ(open(Mode::Read).mark({&empty, 0}).error().id, "library.read-only");
}

}  // namespace
}  // namespace huice::library
