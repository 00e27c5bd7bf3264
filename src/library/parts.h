// Several libraries searched as one: a file that names them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <xapian.h>

#include "base/result.h"

namespace huice::library {

inline constexpr std::size_t kMaxParts = 64;

/// A part, as a line of the file names it.
struct PartAddress {
  std::filesystem::path folder;  ///< empty: served from afar
  std::string host;
  unsigned port = 0;
};

/// Reads a file of parts: a folder (from where the file is) or `host:port` a line; `#` begins a
/// remark. Errors: those of read_file; InvalidInput `library.parts` with every bad line.
Result<std::vector<PartAddress>> read_parts(const std::filesystem::path& file);

/// Throws Xapian::Error.
Xapian::Database open_part(const PartAddress& part);

}  // namespace huice::library
