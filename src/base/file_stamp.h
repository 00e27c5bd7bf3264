// Whether a file is still the one that was read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace huice {

/// By what a file is known without reading it. Two texts of one length that are written into the
/// same file within a tick of the system's clock have the same stamp.
struct FileStamp {
  std::uint64_t device = 0;
  std::uint64_t node = 0;  ///< another one when the file was replaced whole
  std::uint64_t size = 0;
  std::int64_t modified = 0;  ///< nanoseconds since 1970, as are those of `changed`
  std::int64_t changed = 0;   ///< of content, name or rights; nobody can set it back
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// nullopt when there is no such file, or nobody may look at it.
std::optional<FileStamp> file_stamp(const std::filesystem::path& path);

}  // namespace huice
