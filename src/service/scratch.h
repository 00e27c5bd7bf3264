// A folder for the files of one upload, which goes away with it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

#include "base/result.h"

namespace huice::service {

class Scratch {
 public:
  /// Errors: Io `file.unwritable`.
  static Result<Scratch> make() {
    std::error_code error;
    std::string name = (std::filesystem::temp_directory_path(error) / "huice-").string() +
                       std::string(6, 'X');  // which mkdtemp replaces
    if (::mkdtemp(name.data()) != nullptr) return Scratch(name);
    return Error{.code = ErrorCode::Io,
                 .id = "file.unwritable",
                 .message = "建不了临时目录",
                 .hint = "检查磁盘空间和临时目录的权限"};
  }
  Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit Scratch(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace huice::service
