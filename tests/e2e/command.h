// Runs programs as a shell user would and keeps what they said.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace huice::e2e {

struct Finished {
  int status = -1;  ///< exit status; 128 + n when killed by signal n
  std::string out;
  std::string err;
};

/// Runs `command` (a shell command line) in the project's root.
Finished shell(const std::string& command);

/// Runs the built binary with `arguments`, as typed.
Finished huice(const std::string& arguments);

/// Whether `program` can be run on this machine.
bool is_installed(const std::string& program);

/// Whether Debian's Python has `module`.
bool has_module(const std::string& module);

/// Fails the test unless `json` is JSON and, where python3-jsonschema is installed, keeps
/// docs/schemas/`schema`.
void expect_valid(const std::string& json, const std::string& schema);

std::string file_text(const std::filesystem::path& path);

/// A folder of its own that is removed at the end.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();
  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }
  const std::filesystem::path& path() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

}  // namespace huice::e2e
