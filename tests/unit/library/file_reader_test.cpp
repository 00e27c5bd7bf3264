// Files of strangers, read beside a program that lives on whatever becomes of its children.
#include "library/file_reader.h"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "slow_pdf.h"

namespace huice::library {
namespace {

using namespace std::chrono_literals;

constexpr const char* kNotice = "云岭县人民政府关于稳岗的通知\n\n各乡镇：\n稳岗返还的标准如下。\n";

FileReader reader_of(int seconds) {
  auto started = FileReader::start(load_index_settings(HUICE_SOURCE_DIR "/index").value(),
                                   {.seconds = seconds});
  EXPECT_TRUE(started) << started.error().message;
  return std::move(started).value();
}

/// Why a file was refused; empty: it was not.
std::string refusal(const FileReader& reader, const std::string& name, const std::string& bytes) {
  const auto reading = reader.read(name, bytes);
  if (!reading) return reading.error().id;
  return reading.value().refusal ? reading.value().refusal->id : "";
}

std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream file(entry.path() / "stat");
    std::string line;
    // `number (name) state parent …`; the name may hold anything.
    if (!std::getline(file, line) || line.rfind(')') == std::string::npos) continue;
    if (std::stol(line.substr(line.rfind(')') + 4)) == parent)
      children.push_back(static_cast<pid_t>(std::stol(line)));
  }
  return children;
}

/// What the nurseries forked, once there is something.
std::vector<pid_t> keepers() {
  std::vector<pid_t> all;
  for (int tries = 0; all.empty() && tries < 1000; ++tries) {
    std::this_thread::sleep_for(5ms);
    for (const pid_t nursery : children_of(::getpid())) {
      const auto born = children_of(nursery);
      all.insert(all.end(), born.begin(), born.end());
    }
  }
  return all;
}

/// Returns when they are gone.
void kill_keepers() {
  for (const pid_t keeper : keepers()) {
    while (::kill(keeper, SIGKILL) == 0)
      std::this_thread::sleep_for(1ms);
  }
}

TEST(FileReader, ReadsFilesOneAfterAnotherWhateverIsInThem) {
  const FileReader reader = reader_of(20);
  EXPECT_EQ(reader.read("通知.txt", kNotice).value().circular.title,
            "云岭县人民政府关于稳岗的通知");
  EXPECT_EQ(refusal(reader, "通知.doc", kNotice), "library.format");
  EXPECT_EQ(refusal(reader, "通知.docx", "PK?"), "zip.corrupt");
  EXPECT_EQ(refusal(reader, "通知.pdf", std::string("%PDF-1.4\n\0\n", 11)), "library.pdf.corrupt");
  EXPECT_EQ(refusal(reader, "通知.txt", kNotice), "");
}

TEST(FileReader, ReplacesANurseryThatWasKilled) {
  const FileReader reader = reader_of(20);
  const auto nurseries = children_of(::getpid());
  ASSERT_EQ(nurseries.size(), 2u);
  ::kill(nurseries.front(), SIGKILL);
  EXPECT_EQ(refusal(reader, "通知.txt", kNotice), "");
  ::kill(nurseries.back(), SIGKILL);
  EXPECT_EQ(refusal(reader, "通知.txt", kNotice), "");
  EXPECT_EQ(refusal(reader, "通知.txt", kNotice), "");
}

TEST(FileReader, RefusesAFileWhoseProcessesAreKilledTwiceAndReadsOthers) {
  const FileReader reader = reader_of(20);
  auto read = std::async(std::launch::async, [&] { return refusal(reader, "慢.pdf", slow_pdf()); });
  kill_keepers();
  kill_keepers();
  EXPECT_EQ(read.get(), "library.reader.killed");
  EXPECT_EQ(refusal(reader, "通知.txt", kNotice), "");
}

TEST(FileReader, ReadsAFileAgainWhoseProcessesWereKilledOnce) {
  const FileReader reader = reader_of(1);
  auto read = std::async(std::launch::async, [&] { return refusal(reader, "慢.pdf", slow_pdf()); });
  kill_keepers();
  EXPECT_EQ(read.get(), "library.reader.slow");
}

TEST(FileReader, ReadsAQuickFileBesideASlowOne) {
  const FileReader reader = reader_of(5);
  auto slow = std::async(std::launch::async, [&] { return refusal(reader, "慢.pdf", slow_pdf()); });
  ASSERT_FALSE(keepers().empty());
  EXPECT_EQ(refusal(reader, "通知.txt", kNotice), "");
  EXPECT_EQ(slow.wait_for(0s), std::future_status::timeout);
  EXPECT_EQ(slow.get(), "library.reader.slow");
}

}  // namespace
}  // namespace huice::library
