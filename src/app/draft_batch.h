// Use case: draw up one document for each of many (批量拟稿).
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/world.h"
#include "base/result.h"
#include "render/pdf/pdf_options.h"

namespace huice::app {

struct BatchRequest {
  std::string template_name;                      ///< a name in templates/ or a path
  std::filesystem::path each;                     ///< a file with a list, or a folder of data files
  std::optional<std::filesystem::path> data;      ///< what all have in common
  std::optional<std::filesystem::path> campaign;  ///< as of DraftRequest
  std::optional<std::filesystem::path> fonts;
  std::filesystem::path out;  ///< a folder; with `merge` one .pdf
  bool merge = false;         ///< all in one file, a bookmark for each
  /// The date, colour and password of each file; title and author come from the document.
  render::pdf::PdfOptions pdf;
};

/// What came of one item.
struct BatchItem {
  std::string name;  ///< 文件名 of the item, the stem of its file, or its number
  int pages = 0;
  std::optional<Error> failure;  ///< nothing was written for it
};

inline constexpr std::size_t kMaxBatchItems = 20'000;

/// Draws each item; one that fails does not stop the others. `progress` hears of each in order.
///
/// An item's fields come before those of `data`. Its 文件名 names the file and is no data.
/// Errors: what keeps all from being drawn: template, fonts and lists that cannot be read,
///         InvalidInput `draft.each` for no list, no items, doubled or unusable names,
///         TooLarge `draft.too-many`.
Result<std::vector<BatchItem>> draft_each(const World& world, const BatchRequest& request,
                                          const std::function<void(const BatchItem&)>& progress);

}  // namespace huice::app
