// Files: read whole under a limit, written whole or not at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

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

/// As write_file, but by way of `temporary` in the same folder and without waiting for the disk:
/// for many files, of which a later run checks whether they are whole. Errors: Io
/// `file.unwritable`.
Status place_file(const std::filesystem::path& path, const std::filesystem::path& temporary,
                  std::string_view bytes);

/// Puts `from` in the place of `to` once its bytes are on the disk. Errors: Io `file.unwritable`.
Status move_file(const std::filesystem::path& from, const std::filesystem::path& to);

/// Waits until what was written to the file system of `folder` is on the disk.
/// Errors: Io `file.unwritable`.
Status sync_folder(const std::filesystem::path& folder);

/// A file that grows at its end and can be read back: for work that may be interrupted. One process
/// at a time has it open.
class GrowingFile {
 public:
  /// Opens the file, or makes it and its folder.
  /// Errors: Io `file.unwritable`, Conflict `file.in-use`.
  static Result<GrowingFile> open(const std::filesystem::path& path);
  GrowingFile(GrowingFile&& other) noexcept;
  GrowingFile(const GrowingFile&) = delete;
  GrowingFile& operator=(const GrowingFile&) = delete;
  ~GrowingFile();

  const std::filesystem::path& path() const { return path_; }
  std::uint64_t size() const { return size_; }
  /// After an error the file may end in a part of `bytes`, which size() does not count.
  Status append(std::string_view bytes);
  /// Drops what lies behind `size`, which is at most size().
  Status cut(std::uint64_t size);
  /// Fills `bytes` from `offset` on; any thread may. False when the file has no such bytes.
  bool read(std::uint64_t offset, std::span<char> bytes) const;

 private:
  GrowingFile(std::filesystem::path path, int descriptor, std::uint64_t size)
      : path_(std::move(path)), descriptor_(descriptor), size_(size) {}
  std::filesystem::path path_;
  int descriptor_;
  std::uint64_t size_;
};

}  // namespace huice
