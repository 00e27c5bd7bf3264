// Files: read whole under a limit, written whole or not at all.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace huice {

/// 64 MiB: more than any circular, sheet, policy or template has.
inline constexpr std::size_t kMaxFileBytes = std::size_t{64} << 20;

/// The bytes of a regular file.
/// Errors: NotFound `file.not-found`, TooLarge `file.too-large`, Io `file.unreadable`.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit = kMaxFileBytes);

/// Replaces `path` by `bytes`: temporary name in the same folder, fsync, rename. The folder is
/// made when missing. On any error the old file is untouched.
/// Errors: Io `file.unwritable`.
Status write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace huice
