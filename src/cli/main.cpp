// The binary `huice`. Commands that need neither a database nor a library nor the network run here;
// the others are handed to `huice-full`, since the libraries behind them take longer to load than a
// notice takes to draw.
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

#include "cli/findings.h"
#include "cli/start.h"

namespace {

namespace cli = huice::cli;

std::vector<cli::Job> quick_jobs() {
  return {{"政策", cli::policy_commands()},
          {"配", cli::match_commands()},
          {"表", cli::sheet_commands()},
          {"拟", cli::draft_commands()}};
}

/// Becomes the other program, which lies beside this one in a build tree and in libexec where it is
/// installed. Returns only where there is none.
int hand_over(char** argv) {
  const auto folder = cli::own_path().parent_path();
  for (const auto& path : {folder / "huice-full", folder / "../libexec/huice/huice-full"})
    ::execv(path.c_str(), argv);
  return cli::report(std::cerr, {.code = huice::ErrorCode::Internal,
                                 .id = "program.incomplete",
                                 .message = "找不到程序的另一半 huice-full",
                                 .where = {.file = folder.string()},
                                 .hint = "重新安装 huice"});
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto jobs = quick_jobs();
  return cli::is_among(words, jobs) ? cli::run_program(words, jobs) : hand_over(argv);
}
