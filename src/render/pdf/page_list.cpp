#include "render/pdf/page_list.h"

#include <charconv>

namespace huice::render::pdf {
namespace {

/// The number that a page shows; nullopt of one that shows none.
std::optional<int> shown_number(std::string_view label) {
  int number = 0;
  const char* end = label.data() + label.size();
  const auto read = std::from_chars(label.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

}  // namespace

/// Labels begin anew where numbers do; a file without numbers has no labels.
void PageList::add(const HaruPage& page, std::string_view label) {
  const std::optional<int> number = shown_number(label);
  if (number != next_number_) {
    const auto at = static_cast<unsigned>(pages_.size());
    if (!is_labelled_ && at > 0) document_.number_pages(0, std::nullopt);
    document_.number_pages(at, number);
    is_labelled_ = true;
  }
  next_number_ = number ? std::optional(*number + 1) : std::nullopt;
  pages_.push_back(page);
}

void PageList::add_bookmark(const layout::Bookmark& bookmark) {
  while (!open_.empty() && open_.back().first >= bookmark.level)
    open_.pop_back();
  HaruOutline* parent = open_.empty() ? nullptr : open_.back().second;
  const HaruPage& page = pages_[static_cast<std::size_t>(bookmark.page)];
  open_.emplace_back(bookmark.level,
                     document_.add_outline(parent, bookmark.title, page, bookmark.y));
}

}  // namespace huice::render::pdf
