// `ledger record` killed at any moment: what it acknowledged is there, nothing is there by halves,
// and doing it all again records each event once.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "notation/json.h"

namespace huice::e2e {
namespace {

namespace fs = std::filesystem;

constexpr int kKills = 50;
constexpr int kEvents = 24;  // of each round's problem: registered, assigned, worked on

std::string entry(int round, int step) {
  const std::string id = "WT-2026-" + std::to_string(100 + round);
  const std::string receipt = ", receipt: r" + std::to_string(round) + "-" + std::to_string(step);
  if (step == 1) {
    return "- {problem: {id: " + id +
           ", enterprise: 云岭县盛翔箱包有限公司, category: 融资, level: 县级, matter: 续贷}, "
           "on: 2026-03-10, event: 登记, by: 县财政局" +
           receipt + "}\n";
  }
  const std::string begin = "- {problem: " + id + ", on: 2026-03-11, ";
  if (step == 2) {
    return begin + "event: 交办, by: 领导小组办公室, to: 县财政局, due: 2026-05-03" + receipt +
           "}\n";
  }
  return begin + "event: 办理, by: 县财政局, note: 第" + std::to_string(step) + "步" + receipt +
         "}\n";
}

/// The steps recorded of a round's problem, each as it should be; the test fails where one is not.
int recorded_steps(const std::string& place, int round) {
  const auto seen = huice("ledger history yunling-2026-relief WT-2026-" +
                          std::to_string(100 + round) + place + " --json");
  if (seen.status != 0) {
    EXPECT_NE(seen.err.find("ledger.not-found"), std::string::npos) << seen.err;
    return 0;
  }
  const auto history = notation::read_json(seen.out, "history");
  EXPECT_TRUE(history.has_value());
  const auto& events = *history.value().find("events")->list();
  for (std::size_t i = 2; i < events.size(); ++i)
    EXPECT_EQ(*events[i].find("note")->text(), "第" + std::to_string(i + 1) + "步");
  return static_cast<int>(events.size());
}

/// How many lines `out` got: each is an acknowledgement.
int lines_in(int out, int wanted) {
  int lines = 0;
  for (char byte = 0; lines < wanted && ::read(out, &byte, 1) == 1;)
    lines += byte == '\n';
  return lines;
}

struct Killed {
  bool in_time = false;  ///< before it had ended by itself
  int acknowledged = 0;
};

/// Starts `ledger record` and kills it `microseconds` after it acknowledged `enough` events.
Killed record_and_kill(const fs::path& from, const std::string& database, int enough,
                       int microseconds) {
  int pipe[2] = {};
  EXPECT_EQ(::pipe(pipe), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(pipe[1], STDOUT_FILENO);
    ::close(pipe[0]);
    ::close(pipe[1]);
    ::execl(HUICE_BINARY, "huice", "ledger", "record", "yunling-2026-relief", "--database",
            database.c_str(), "--from", from.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(pipe[1]);
  Killed killed;
  killed.acknowledged = lines_in(pipe[0], enough);
  std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  killed.acknowledged += lines_in(pipe[0], kEvents);
  ::close(pipe[0]);
  killed.in_time = WIFSIGNALED(status);
  return killed;
}

TEST(LedgerKilled, AtFiftyMomentsLosesNothingAcknowledgedAndDoublesNothing) {
  const Scratch scratch;
  const std::string database = (scratch / "x.db").string();
  const std::string place = " --database '" + database + "'";
  shell("cp -r samples/campaign '" + (scratch / "campaign").string() + "'");
  std::ofstream(scratch / "campaign/ledger.yaml") << "problems: []\n";
  ASSERT_EQ(huice("db init" + place).status, 0);
  const auto import = huice("campaign import '" + (scratch / "campaign").string() + "'" + place);
  ASSERT_EQ(import.status, 0) << import.err;

  std::mt19937 random(20261122);
  std::uniform_int_distribution<int> acknowledged(0, kEvents / 2);
  std::uniform_int_distribution<int> later(0, 3000);
  int kills = 0;
  int round = 0;
  for (; kills < kKills && round < 4 * kKills; ++round) {
    const fs::path from = scratch / "events.yaml";
    std::ofstream file(from);
    for (int step = 1; step <= kEvents; ++step)
      file << entry(round, step);
    file.close();
    const Killed killed = record_and_kill(from, database, acknowledged(random), later(random));
    kills += killed.in_time;
    const int found = recorded_steps(place, round);
    EXPECT_GE(found, killed.acknowledged);
    EXPECT_LE(found, killed.acknowledged + 1);  // recorded, and killed before it could say so
    const auto again =
        huice("ledger record yunling-2026-relief" + place + " --from '" + from.string() + "'");
    ASSERT_EQ(again.status, 0) << again.err;
    EXPECT_EQ(recorded_steps(place, round), kEvents);
  }
  std::cout << kills << " of " << round << " runs were killed before they ended\n";
  EXPECT_EQ(kills, kKills);
  const auto checked = huice("db check" + place);
  EXPECT_EQ(checked.status, 0) << checked.err;
  // The making of the database, the import, and one entry for each event.
  EXPECT_NE(checked.out.find("审计日志" + std::to_string(2 + round * kEvents) + "条"),
            std::string::npos)
      << checked.out;
}

}  // namespace
}  // namespace huice::e2e
