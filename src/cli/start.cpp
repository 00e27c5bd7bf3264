// The only place that asks the system for its user and the program's own path.
#include "cli/start.h"

#include <cstdlib>
#include <iostream>

#include <pwd.h>
#include <unistd.h>

#include "cli/clock.h"
#include "cli/findings.h"

namespace huice::cli {
namespace fs = std::filesystem;
namespace {

std::string user_name() {
  const passwd* entry = getpwuid(getuid());
  return entry != nullptr ? entry->pw_name : std::to_string(getuid());
}

/// $HUICE_HOME; else the folder above the binary that holds templates/ (a build tree, or
/// /usr/share/huice beside /usr/bin).
fs::path find_home() {
  if (const char* named = std::getenv("HUICE_HOME"); named != nullptr) return named;
  std::error_code error;
  for (fs::path folder = own_path().parent_path(); folder.has_relative_path();
       folder = folder.parent_path()) {
    if (fs::is_directory(folder / "templates", error)) return folder;
    if (fs::is_directory(folder / "share/huice/templates", error)) return folder / "share/huice";
  }
  return fs::current_path(error);
}

}  // namespace

fs::path own_path() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error);
}

int run_program(const std::vector<std::string>& words, const std::vector<Job>& jobs) {
  const app::World world{today(), find_home(), now(), user_name()};
  const Terminal terminal{std::cout, std::cerr, isatty(STDERR_FILENO) == 1};
  const int status = run_command_line(words, jobs, world, terminal);
  std::cout.flush();
  if (status == kDone && !std::cout) {
    std::cerr << "huice: error: 标准输出写不进去\n";
    return kEnvironment;
  }
  return status;
}

}  // namespace huice::cli
