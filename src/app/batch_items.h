// The items of a list, one document each: read when their turn comes, so that long lists need no
// more memory than short ones.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/value.h"

namespace huice::app {

inline constexpr std::size_t kMaxBatchItems = 20'000;
/// Of a list in JSON lines, which is mapped, not read.
inline constexpr std::size_t kMaxLinesBytes = std::size_t{1} << 30;

/// Any number of threads may ask for data.
struct BatchItems {
  std::vector<std::string> names;  ///< 文件名 of the item, the stem of its file, or its number
  std::function<Result<model::Value>(std::size_t item)> read;  ///< without 文件名
};

/// `each` is a file with a list (YAML, JSON, or JSON lines in .jsonl), or a folder of data files.
/// Errors: those of reading it; InvalidInput `draft.each` for no list, no items, doubled or
/// unusable
///         names, TooLarge `draft.too-many`.
Result<BatchItems> read_batch_items(const std::filesystem::path& each);

}  // namespace huice::app
