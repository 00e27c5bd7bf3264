// Files: read whole under a limit, written whole or not at all.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace huice {

/// 64 MiB: more than any circular, sheet, policy or template has.
inline constexpr std::size_t kMaxFileBytes = std::size_t{64} << 20;

/// The bytes of a regular file.
/// Errors: NotFound `file.not-found`, TooLarge `file.too-large`, Io `file.unreadable`.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit = kMaxFileBytes);

/// A regular file mapped into memory, read only, as long as this lives. For files that are replaced
/// whole, as packages replace fonts: whoever cuts a mapped file short ends the process.
class MappedFile {
 public:
  /// Errors: NotFound `file.not-found`, TooLarge `file.too-large`, Io `file.unreadable`.
  static Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& path,
                                                        std::size_t limit = kMaxFileBytes);
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::string_view bytes() const { return bytes_; }

 private:
  explicit MappedFile(std::string_view bytes) : bytes_(bytes) {}
  std::string_view bytes_;
};

/// Replaces `path` by `bytes`: temporary name in the same folder, fsync, rename. The folder is
/// made when missing. On any error the old file is untouched.
/// Errors: Io `file.unwritable`.
Status write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace huice
