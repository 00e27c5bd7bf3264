// `library add` killed at any moment: added again, the library is the one that nobody disturbed.
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "library/library.h"
#include "notation/json.h"

namespace huice::e2e {
namespace {

namespace fs = std::filesystem;

constexpr int kFiles = 110;  // a whole batch and a part of one
constexpr int kKills = 50;

void write_circulars(const fs::path& folder) {
  fs::create_directories(folder / "sub");
  for (int i = 0; i < kFiles; ++i) {
    const std::string number = std::to_string(i + 1);
    std::ofstream out(folder / (i % 2 == 0 ? "" : "sub") / (number + ".txt"));
    out << "云政发〔2026〕" << number << "号\n云岭县人民政府\n关于第" << number
        << "项工作的通知\n各单位：\n根据《关于第" << i << "项工作的通知》（云政发〔2026〕" << i
        << "号），安排资金" << number
        << "万元，请于5月20日前办结。\n云岭县人民政府\n2026年3月1日\n";
  }
  std::ofstream(folder / "old.doc") << "\xD0\xCF\x11\xE0";
}

/// Everything that a reader can see of a library: all documents by id, an answer with its scores.
std::string seen(const fs::path& folder) {
  auto settings = library::load_index_settings(HUICE_SOURCE_DIR "/index");
  auto opened = library::Library::open(folder, library::Mode::Read, std::move(settings).value());
  if (!opened) return opened.error().message;
  const library::Library& library = opened.value();
  std::string all = std::to_string(library.size().value()) + "\n";
  for (int id = 1; id <= kFiles + 1; ++id) {
    const auto holding = library.show(std::to_string(id));
    all += holding ? notation::write_json(library::to_value(holding.value())) : "none";
    all += "\n";
  }
  const auto hits = library.search({.text = "安排资金办结", .limit = 1'000});
  return all + notation::write_json(library::to_value(hits.value()));
}

/// Starts `library add` and kills it after `microseconds`; true when it had not ended by then.
bool killed_after(const std::string& in, const std::string& library, int microseconds) {
  const pid_t child = ::fork();
  if (child == 0) {
    static_cast<void>(std::freopen("/dev/null", "w", stdout));
    static_cast<void>(std::freopen("/dev/null", "w", stderr));
    ::execl(HUICE_BINARY, "huice", "library", "add", in.c_str(), "--library", library.c_str(),
            nullptr);
    ::_exit(127);
  }
  std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}

TEST(LibraryKilled, AtFiftyMomentsLosesAndDoublesNothing) {
  const Scratch scratch;
  const fs::path in = scratch / "in";
  write_circulars(in);
  const auto begin = std::chrono::steady_clock::now();
  const auto whole =
      huice("library add '" + in.string() + "' --library '" + (scratch / "whole").string() + "'");
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
                        std::chrono::steady_clock::now() - begin)
                        .count();
  ASSERT_NE(whole.out.find("新增 110"), std::string::npos) << whole.out << whole.err;
  const std::string undisturbed = seen(scratch / "whole");

  std::mt19937 random(20261122);
  std::uniform_int_distribution<int> moment(0, static_cast<int>(took * 9 / 10));
  int killed = 0;
  int started = 0;
  int strikes = 0;
  // Each library is killed five times, or until it is whole: from the second time on, one that was
  // left half-way is struck.
  constexpr int kStrikes = 5;
  constexpr int kMostStarted = 4 * kKills;
  const fs::path folder = scratch / "library";
  for (; killed < kKills && started < kMostStarted; ++started) {
    const bool struck = killed_after(in.string(), folder.string(), moment(random));
    killed += struck ? 1 : 0;
    if (struck && ++strikes < kStrikes && killed < kKills) continue;
    strikes = 0;
    const auto again =
        huice("library add '" + in.string() + "' --library '" + folder.string() + "'");
    EXPECT_EQ(again.status, 1) << again.err;  // for old.doc alone
    EXPECT_NE(again.out.find("未收 1"), std::string::npos) << again.out << again.err;
    EXPECT_TRUE(seen(folder) == undisturbed) << "after " << started << " runs: " << again.out;
    fs::remove_all(folder);
  }
  std::cout << killed << " of " << started << " runs were killed before they ended\n";
  EXPECT_EQ(killed, kKills);
}

}  // namespace
}  // namespace huice::e2e
