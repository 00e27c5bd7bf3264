// Libraries that are read, written, copied and joined at the same time.
#include <atomic>
#include <csignal>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "library/snapshot.h"
#include "library_fixture.h"

// Database::compact of libxapian 1.4 frees a table as its smaller base class and keeps others: not
// ours to mend, so the sanitizers are told.
extern "C" const char* __asan_default_options() {
  return "new_delete_type_mismatch=0";
}
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libxapian.so\n";
}

namespace huice::library {
namespace {

class SharingTest : public LibraryFixture {
 protected:
  /// Documents 甲1, 甲2 … with the same words.
  static std::vector<Prepared> many(std::size_t count) {
    std::vector<Prepared> documents;
    for (std::size_t i = 1; i <= count; ++i)
      documents.push_back(document("甲" + std::to_string(i), "失业保险稳岗返还的标准"));
    return documents;
  }
};

TEST_F(SharingTest, AReaderSeesOneStateUntilItOpensAgain) {
  Library writer = open();
  put(writer, many(3));
  const Library reader = open(Mode::Read);
  put(writer, many(2));
  EXPECT_EQ(found(reader, {.text = "稳岗返还"}).total, 3u);
  EXPECT_EQ(found(open(Mode::Read), {.text = "稳岗返还"}).total, 5u);
}

TEST_F(SharingTest, AReaderThatAWriterOvertookAsksAgain) {
  Library writer = open();
  put(writer, many(200));
  int asked = 0;
  const auto entries = of_a_snapshot(
      [&] {
        const Xapian::Database reader((folder_ / "library").string());
        // Two commits take away the blocks that a snapshot just opened has not read yet.
        for (int i = 0; asked == 0 && i < 3; ++i)
          put(writer, many(20));
        ++asked;
        return std::distance(reader.allterms_begin(), reader.allterms_end());
      },
      [] {});
  EXPECT_EQ(asked, 2);
  EXPECT_GT(entries, 0);
}

TEST_F(SharingTest, ReadersGoOnWhileAWriterCommits) {
  Library writer = open();
  put(writer, many(20));
  std::atomic<bool> done = false;
  std::atomic<int> searches = 0;
  std::atomic<int> failures = 0;
  std::thread reading([&] {
    const Library reader = open(Mode::Read);
    while (!done) {
      const auto hits = reader.search({.text = "稳岗返还标准"});
      failures += hits && hits.value().total >= 20 ? 0 : 1;
      ++searches;
    }
  });
  for (int i = 0; i < 40; ++i)
    put(writer, many(1));
  while (searches < 5)
    std::this_thread::yield();
  done = true;
  reading.join();
  EXPECT_EQ(failures, 0);
}

TEST_F(SharingTest, ABackupMadeWhileAWriterCommitsIsWhole) {
  Library writer = open();
  put(writer, many(50));
  std::atomic<bool> done = false;
  std::thread writing([&] {
    while (!done) {
      put(writer, many(1));
      // A reader gives up who loses his snapshot twenty times; nobody commits without a pause.
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  });
  const auto copied = open(Mode::Read).backup(folder_ / "copy");
  done = true;
  writing.join();
  ASSERT_TRUE(copied) << copied.error().message;
  const Library copy = open(Mode::Read, "copy");
  EXPECT_GE(copy.size().value(), 50u);
  EXPECT_EQ(found(copy, {.text = "稳岗返还"}).total, copy.size().value());
  EXPECT_EQ(open(Mode::Read).backup(folder_ / "copy").error().id, "library.backup-exists");
}

/// xapian-tcpsrv over one library, on this machine, for as long as it lives.
class Server {
 public:
  Server(const std::filesystem::path& library, int port) : child_(fork()) {
    if (child_ < 0) throw std::runtime_error("cannot fork");
    setpgid(child_, child_);  // of its own group with what it starts; both sides make sure of that
    if (child_ != 0) return;
    const std::string number = std::to_string(port);
    execlp("xapian-tcpsrv", "xapian-tcpsrv", "--quiet", "--interface", "127.0.0.1", "--port",
           number.c_str(), library.c_str(), nullptr);
    _exit(127);
  }
  ~Server() {
    kill(-child_, SIGKILL);  // asked to end, it may leave one behind that it is just starting
    waitpid(child_, nullptr, 0);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// True once it is known that there is no such program.
  bool is_missing() const {
    constexpr int kNotFound = 127;
    int status = 0;
    return waitpid(child_, &status, WNOHANG) == child_ && WEXITSTATUS(status) == kNotFound;
  }

 private:
  pid_t child_;
};

class PartsTest : public SharingTest {
 protected:
  void SetUp() override {
    LibraryFixture::SetUp();
    for (const auto* name : {"一", "二", "三"}) {
      Library library = open(Mode::Write, name);
      Prepared office = document(std::string("稳岗通知") + name, "失业保险稳岗返还的标准");
      office.circular.number = std::string("云工办〔2026〕") +
                               (name == std::string("一")   ? "1"
                                : name == std::string("二") ? "2"
                                                            : "3") +
                               "号";
      put(library, {office, document(std::string("市容规定") + name, "市容管理处罚")});
    }
  }

  Result<Library> join(const std::string& lines) const {
    EXPECT_TRUE(write_file(folder_ / "all.txt", lines));
    return Library::open(folder_ / "all.txt", Mode::Read,
                         load_index_settings(HUICE_SOURCE_DIR "/index").value());
  }
};

void expect_all_three(const Library& library) {
  const auto hits = library.search({.text = "稳岗返还标准"});
  ASSERT_TRUE(hits) << hits.error().message;
  ASSERT_EQ(hits.value().total, 3u);
  for (const Hit& hit : hits.value().hits) {
    EXPECT_TRUE(hit.title.starts_with("稳岗通知")) << hit.title;
    const auto shown = library.show(hit.id);
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown.value().circular.title, hit.title);
  }
  EXPECT_EQ(library.size().value(), 6u);
  EXPECT_EQ(library.show("云工办〔2026〕2号").value().circular.title, "稳岗通知二");
  EXPECT_EQ(library.show("云工办〔2026〕3号").value().circular.title, "稳岗通知三");
}

TEST_F(PartsTest, FoldersAreSearchedAsOne) {
  const auto library = join("# 三个科室\n一\n二\n三\n");
  ASSERT_TRUE(library) << library.error().message;
  expect_all_three(library.value());
  EXPECT_EQ(library.value().backup(folder_ / "copy").error().id, "library.parts");
}

TEST_F(PartsTest, ServersAndFoldersAreSearchedAsOne) {
  const int base = 20'000 + static_cast<int>(getpid() % 20'000) * 2;
  const Server first(folder_ / "一", base);
  const Server second(folder_ / "二", base + 1);
  const std::string lines =
      "127.0.0.1:" + std::to_string(base) + "\n127.0.0.1:" + std::to_string(base + 1) + "\n三\n";
  constexpr int kTries = 1'200;  // a minute: the machine may have other things to do
  auto library = join(lines);
  for (int tries = 0; !library && tries < kTries; ++tries) {
    if (first.is_missing()) GTEST_SKIP() << "xapian-tcpsrv is not installed";
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    library = join(lines);
  }
  ASSERT_TRUE(library) << library.error().message;
  expect_all_three(library.value());
}

TEST_F(PartsTest, SaysWhatIsWrongWithTheList) {
  EXPECT_EQ(join("").error().id, "library.parts");
  const auto bad = join("一\n:7\n主机:x\n");
  ASSERT_FALSE(bad);
  ASSERT_EQ(as_findings(bad.error()).size(), 2u);
  EXPECT_EQ(as_findings(bad.error())[0].where.line, 2);
  EXPECT_EQ(join("没有\n").error().id, "library.not-found");
  EXPECT_EQ(join("127.0.0.1:1\n").error().id, "library.unreachable");
  const auto written = Library::open(folder_ / "all.txt", Mode::Write,
                                     load_index_settings(HUICE_SOURCE_DIR "/index").value());
  EXPECT_EQ(written.error().id, "library.parts");
}

}  // namespace
}  // namespace huice::library
