// A file that is written piece by piece and is there when it is whole.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace huice {

/// Bytes that take the place of `path` by finish(): temporary name in the same folder, fsync,
/// rename. What is not finished leaves nothing, and an old file untouched.
class NewFile {
 public:
  /// The folder is made when missing. Errors: Io `file.unwritable`.
  static Result<NewFile> open(std::filesystem::path path);
  NewFile(NewFile&& other) noexcept;
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();

  /// Errors of both: Io `file.unwritable`.
  Status append(std::string_view bytes);
  /// Once.
  Status finish();

 private:
  NewFile(std::filesystem::path path, std::string temporary, int descriptor)
      : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}
  std::filesystem::path path_;
  std::string temporary_;
  int descriptor_;  ///< -1 once it is closed
};

}  // namespace huice
