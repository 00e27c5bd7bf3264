// The pages of one PDF in their order, with their labels and the bookmarks that lead to them.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "layout/pages.h"
#include "render/pdf/haru_document.h"

namespace huice::render::pdf {

class PageList {
 public:
  explicit PageList(HaruDocument& document) : document_(document) {}

  /// `label` is the number that the page shows; a page with anything else has no label.
  void add(const HaruPage& page, std::string_view label);
  /// `bookmark.page` counts all pages added so far and must be one of them; levels grow by one.
  void add_bookmark(const layout::Bookmark& bookmark);
  std::size_t size() const { return pages_.size(); }

 private:
  HaruDocument& document_;
  std::vector<HaruPage> pages_;
  std::vector<std::pair<int, HaruOutline*>> open_;  ///< the path from the top, levels rising
  bool is_labelled_ = false;
  std::optional<int> next_number_;  ///< of the next page, if labels go on as they do
};

}  // namespace huice::render::pdf
