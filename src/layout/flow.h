// Lines and table rows one under the other, cut into pages.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "layout/geometry.h"
#include "layout/pages.h"

namespace huice::layout {

/// A line of text or a row of a table. Runs and rules have x counted from the left edge of the
/// column and y from the top of the line.
struct FlowLine {
  Length height;
  Length gap;  ///< to the line above; dropped at the top of a page
  std::vector<GlyphRun> runs;
  std::vector<Rule> rules;
  std::vector<Rule> rules_if_first;  ///< drawn only at the top of a page: of a cell cut in two
  std::vector<Rule> rules_if_last;   ///< drawn only at the foot of a page
  bool keeps_next = false;           ///< on the same page as the line below
  bool new_page = false;             ///< begins a page
  /// Set again above this row when it begins a page: the header of a table. May be null.
  std::shared_ptr<const std::vector<FlowLine>> header;
  std::string bookmark;  ///< title of a bookmark to this line; empty: none
  int bookmark_level = 1;
};

using Flow = std::vector<FlowLine>;

/// Where the lines of a page go.
struct Column {
  Length width;
  Length top;
  Length bottom;
  Length left;
  bool turned = false;  ///< lies on its side, clause 8
};

/// The 版心 upright, and on its side: its head at the left edge of the sheet.
Column upright_column();
Column turned_column();

/// More than any document; a runaway input ends here.
inline constexpr std::size_t kMaxPages = 5000;

/// Fills pages from top to bottom.
class PageBuilder {
 public:
  PageBuilder(Length page_width, Length page_height) : width_(page_width), height_(page_height) {}

  /// The size of the pages that follow.
  void set_sheet(Length page_width, Length page_height) {
    width_ = page_width;
    height_ = page_height;
  }
  /// Begins a page of the given column.
  void new_page(const Column& column);
  /// Puts a line at `y` of the page, whatever else is there; lines that follow come below it.
  void put_at(Length y, FlowLine line);
  /// Puts lines one under the other and begins pages as needed. Lines that keep together move to
  /// the next page together, unless they are more than a page. Returns the page of each line.
  std::vector<std::size_t> put(Flow flow);
  /// Glyphs and rules in the coordinates of the page.
  void draw(std::vector<GlyphRun> runs, std::vector<Rule> rules);

  const Column& column() const { return column_; }
  /// The bottom of what was put last; the top of the column on a fresh page.
  Length y() const { return y_; }
  bool at_top() const { return at_top_; }
  std::size_t page_count() const { return pages_.size(); }
  bool overflown() const { return pages_.size() > kMaxPages; }
  std::vector<Page>& pages() { return pages_; }
  std::vector<Bookmark>& bookmarks() { return bookmarks_; }

 private:
  Length group_height(const Flow& flow, std::size_t first, std::size_t last) const;
  bool fits(const Flow& flow, std::size_t first, std::size_t last) const;
  void put_line(FlowLine line);
  void draw_rules(std::vector<Rule> rules, Length y);

  Length width_;
  Length height_;
  Column column_;
  Length y_;
  bool at_top_ = true;
  std::vector<Rule> rules_if_last_;  ///< of the line put last, its top at last_line_y_
  Length last_line_y_;
  std::vector<Page> pages_;
  std::vector<Bookmark> bookmarks_;
};

}  // namespace huice::layout
