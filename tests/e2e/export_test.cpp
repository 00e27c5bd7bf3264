// Many documents from one command: cancelled, killed and taken up again.
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"

namespace huice::e2e {
namespace {

namespace fs = std::filesystem;

constexpr int kItems = 56;  // three batches and a part of one

/// Score sheets as JSON lines; each says who it is about.
std::string write_list(const Scratch& scratch, int count) {
  const auto path = (scratch / "list.jsonl").string();
  std::ofstream out(path);
  for (int i = 1; i <= count; ++i) {
    out << R"({"标题":"云岭县2026年考核","年度":2026,"办公室":"领导小组办公室","考核日":"2026-12-20",)"
        << R"("口径":[],"组别":"企业","对象":"第)" << i << R"(企业","对象数":)" << count
        << R"(,"名次":)" << i << R"(,"总分":)" << i % 100
        << R"(,"完整":true,"并列规则":"","项目":[)";
    for (int item = 1; item <= 12; ++item) {
      out << (item == 1 ? "" : ",") << R"({"序号":)" << item << R"(,"名称":"事项)" << item
          << R"(","权重":8,"得分":)" << (i * item) % 9 << R"(,"说明":"办结)" << (i + item) % 5
          << R"(件","依据":[]})";
    }
    out << "]}\n";
  }
  return path;
}

std::string command(const std::string& list, const fs::path& out, const std::string& more = "") {
  return "draft assessment-sheet --on 2026-12-20 --each '" + list + "' --out '" + out.string() +
         "' " + more;
}

TEST(Export, AMergedPdfIsSoundAndHasABookmarkForEachItem) {
  const Scratch scratch;
  const auto list = write_list(scratch, 40);
  const auto out = scratch / "all.pdf";
  const auto made = huice(command(list, out, "--merge --workers 2"));
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_NE(made.out.find("共 40 份，排印 40 份，未排印 0 份"), std::string::npos) << made.out;
  if (!is_installed("qpdf") || !is_installed("pdftotext")) GTEST_SKIP() << "no qpdf or poppler";
  const auto checked = shell("qpdf --check '" + out.string() + "'");
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
  const auto outlines = shell("qpdf --json=1 --json-key=outlines '" + out.string() +
                              "' | grep -c '\"title\": \"[0-4]'");
  EXPECT_EQ(outlines.out, "40\n");
  const auto text = shell("pdftotext '" + out.string() +
                          "' - | tr -d ' \\n' | grep -o '第[0-9]*企业总分' | wc -l");
  EXPECT_EQ(text.out, "40\n");
}

TEST(Export, ByOneWorkerOrThreeTheBytesAreTheSame) {
  const Scratch scratch;
  const auto list = write_list(scratch, 60);
  for (const auto* ending : {".pdf", ".zip"}) {
    const std::string merge = std::string(ending) == ".pdf" ? "--merge " : "";
    const auto one = scratch / ("one" + std::string(ending));
    const auto three = scratch / ("three" + std::string(ending));
    ASSERT_EQ(huice(command(list, one, merge + "--workers 1")).status, 0);
    ASSERT_EQ(huice(command(list, three, merge + "--workers 3")).status, 0);
    EXPECT_TRUE(file_text(one) == file_text(three)) << ending;
  }
}

TEST(Export, AnItemThatCannotBeDrawnIsListedAndTheRestIsDelivered) {
  const Scratch scratch;
  const auto list = write_list(scratch, 3);
  std::ofstream(list, std::ios::app) << "{\"标题\": 1}\n{broken\n";
  const auto made = huice(command(list, scratch / "out"));
  EXPECT_EQ(made.status, 1);
  EXPECT_NE(made.out.find("共 5 份，排印 3 份，未排印 2 份"), std::string::npos) << made.out;
  EXPECT_NE(made.err.find("4：未排印"), std::string::npos) << made.err;
  EXPECT_NE(made.err.find("data.missing"), std::string::npos) << made.err;
  EXPECT_NE(made.err.find("list.jsonl:5:"), std::string::npos) << made.err;
  EXPECT_TRUE(fs::exists(scratch / "out/3.pdf"));
  EXPECT_FALSE(fs::exists(scratch / "out/4.pdf"));
}

TEST(Export, AssessmentSheetsComeAsPdfOrXlsxEachInAFolderOrAContainer) {
  const Scratch scratch;
  const auto assess = [&](const std::string& out, const std::string& each) {
    const auto made = huice("assess samples/campaign --on 2026-11-22 --out '" +
                            (scratch / out).string() + "' --each " + each);
    EXPECT_EQ(made.status, 0) << made.err;
  };
  assess("sheets", "pdf");
  assess("sheets.zip", "xlsx");
  EXPECT_TRUE(fs::exists(scratch / "sheets/排名.pdf"));
  EXPECT_TRUE(fs::exists(scratch / "sheets/县财政局.pdf"));
  const auto listed =
      shell("PYTHONUTF8=1 python3 -m zipfile -l '" + (scratch / "sheets.zip").string() + "'");
  EXPECT_NE(listed.out.find("县财政局.xlsx"), std::string::npos) << listed.out;
}

/// Runs huice in a child that the caller may signal.
pid_t start(const std::string& arguments) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  const std::string line = "exec " HUICE_BINARY " " + arguments + " >/dev/null 2>&1";
  ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
  ::_exit(127);
}

int status_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/// Waits until `file` has grown beyond `size` or the child has ended; false for the latter.
bool grown(const fs::path& file, std::uintmax_t size, pid_t child) {
  for (;;) {
    std::error_code error;
    const auto now = fs::file_size(file, error);
    if (!error && now > size) return true;
    siginfo_t ended{};
    if (::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT) != 0 ||
        ended.si_pid == child) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

TEST(Export, InterruptedItSaysSoAndGoesOnFromThere) {
  const Scratch scratch;
  const auto list = write_list(scratch, kItems);
  const auto whole = scratch / "whole.pdf";
  ASSERT_EQ(huice(command(list, whole, "--merge")).status, 0);
  const auto out = scratch / "out.pdf";
  const pid_t child = start(command(list, out, "--merge --workers 1"));
  const bool was_running = grown(scratch / "out.pdf.part", 0, child);
  ::kill(child, SIGINT);
  const int status = status_of(child);
  if (was_running && status != 0) {
    EXPECT_EQ(status, 3);
    EXPECT_FALSE(fs::exists(out));
    EXPECT_TRUE(fs::exists(scratch / "out.pdf.journal"));
  }
  const auto again = huice(command(list, out, "--merge"));
  ASSERT_EQ(again.status, 0) << again.err;
  if (was_running && status != 0) {
    EXPECT_NE(again.out.find("（上次已完成）"), std::string::npos) << again.out;
  }
  EXPECT_TRUE(file_text(out) == file_text(whole));
  EXPECT_FALSE(fs::exists(scratch / "out.pdf.journal"));
  EXPECT_FALSE(fs::exists(scratch / "out.pdf.part"));
}

/// The export is killed each time its journal has grown, and in between at random moments.
void kill_until_done(const Scratch& scratch, const std::string& list, const std::string& name,
                     const std::string& more) {
  const auto whole = scratch / ("whole-" + name);
  ASSERT_EQ(huice(command(list, whole, more)).status, 0);
  const auto out = scratch / name;
  const bool is_folder = fs::is_directory(whole);
  const fs::path journal = is_folder ? out / ".huice-journal" : fs::path(out.string() + ".journal");
  std::mt19937 random(20261122);
  for (int round = 0; round < 8; ++round) {
    std::error_code error;
    const auto size = fs::file_size(journal, error);
    const pid_t child = start(command(list, out, more + " --workers 2"));
    if (!grown(journal, error ? 0 : size, child)) {
      EXPECT_EQ(status_of(child), 0);
      break;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 4000));
    ::kill(child, SIGKILL);
    if (status_of(child) == 0) break;
  }
  const auto last = huice(command(list, out, more));
  ASSERT_EQ(last.status, 0) << last.err;
  if (is_folder) {
    EXPECT_EQ(shell("diff -r '" + whole.string() + "' '" + out.string() + "'").out, "");
  } else {
    EXPECT_TRUE(file_text(out) == file_text(whole));
  }
}

TEST(Export, KilledAgainAndAgainAMergedPdfEndsAsIfUndisturbed) {
  const Scratch scratch;
  kill_until_done(scratch, write_list(scratch, kItems), "out.pdf", "--merge");
}

TEST(Export, KilledAgainAndAgainAContainerEndsAsIfUndisturbed) {
  const Scratch scratch;
  kill_until_done(scratch, write_list(scratch, kItems), "out.zip", "");
}

TEST(Export, KilledAgainAndAgainAFolderEndsAsIfUndisturbed) {
  const Scratch scratch;
  kill_until_done(scratch, write_list(scratch, kItems), "out", "");
}

}  // namespace
}  // namespace huice::e2e
