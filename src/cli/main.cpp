// The binary `huice`: the only place that asks the system for the date and its own path.
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include <pwd.h>
#include <unistd.h>

#include "cli/clock.h"
#include "cli/command.h"
#include "cli/findings.h"

namespace {

namespace fs = std::filesystem;

std::string user_name() {
  const passwd* entry = getpwuid(getuid());
  return entry != nullptr ? entry->pw_name : std::to_string(getuid());
}

/// $HUICE_HOME; else the folder above the binary that holds templates/ (a build tree, or
/// /usr/share/huice beside /usr/bin).
fs::path find_home() {
  if (const char* named = std::getenv("HUICE_HOME"); named != nullptr) return named;
  std::error_code error;
  const fs::path binary = fs::read_symlink("/proc/self/exe", error);
  for (fs::path folder = binary.parent_path(); folder.has_relative_path();
       folder = folder.parent_path()) {
    if (fs::is_directory(folder / "templates", error)) return folder;
    if (fs::is_directory(folder / "share/huice/templates", error)) return folder / "share/huice";
  }
  return fs::current_path(error);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const huice::app::World world{huice::cli::today(), find_home(), huice::cli::now(), user_name()};
  const huice::cli::Terminal terminal{std::cout, std::cerr, isatty(STDERR_FILENO) == 1};
  const int status = huice::cli::run_command_line(words, world, terminal);
  std::cout.flush();
  if (status == huice::cli::kDone && !std::cout) {
    std::cerr << "huice: error: 标准输出写不进去\n";
    return huice::cli::kEnvironment;
  }
  return status;
}
