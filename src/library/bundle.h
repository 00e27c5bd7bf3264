// Files sent together in one ZIP container.
#pragma once

#include <string>
#include <vector>

#include "archive/zip_reader.h"
#include "base/result.h"

namespace huice::library {

struct BundledFile {
  std::string name;  ///< without its folders, for the reader; never a path
  std::string bytes;
};

inline constexpr std::size_t kMaxBundledFiles = 500;

/// The files of a container but those that systems put there for themselves (hidden ones, Office's
/// locks). Names may be in GB18030, as Windows writes them.
/// Errors: those of ZipReader::open and read with `most_bytes` for all of them together;
/// InvalidInput `library.bundle-empty`.
Result<std::vector<BundledFile>> files_of_bundle(std::string bytes, const std::string& name,
                                                 std::size_t most_bytes);

}  // namespace huice::library
