// Lines and table rows one under the other, cut into pages.
#pragma once

#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "layout/geometry.h"
#include "layout/pages.h"

namespace huice::layout {

/// The place of an 印章 or a 签名章, relative to its line.
struct FlowSeal {
  std::string name;
  Length x;
  Length y;  ///< of the top, from the top of the line; above it when negative
  Length width;
  Length height;
  std::shared_ptr<const std::string> image;  ///< may be null
  std::string image_name;
  bool outlined = false;
};

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
  std::vector<FlowSeal> seals;
  /// Below the line: room that stays free on its page, for a seal that reaches below.
  Length room_below;
  bool listed = false;   ///< of a 目录 or 索引: no place of what it names
  std::string bookmark;  ///< title of a bookmark to this line; empty: none
  int bookmark_level = 1;
};

using Flow = std::vector<FlowLine>;

/// Moves all of `from` behind `to`.
template <class T>
void append(std::vector<T>& to, std::vector<T> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Where the lines of a page go.
struct Column {
  Length width;
  Length top;
  Length bottom;
  Length left;
  int quarter_turns = 0;  ///< clause 8: 1 lies with its head at the left edge of the sheet, 3 right
  /// The last line of a page that is full ends at `bottom`; what is missing is shared out.
  bool fills = false;
};

/// The 版心 upright.
Column upright_column();
/// The 版心 on its side, its head at the left edge of the sheet (1 quarter turn) or the right (3).
Column turned_column(int quarter_turns);

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
  /// The next page has this number, and those after it count on. 1 unless told.
  void number_from(int number) { number_offset_ = number - static_cast<int>(pages_.size()); }
  /// Even pages of turned columns have their head at the left edge too.
  void turn_alike() { turns_alike_ = true; }
  /// Begins a page of the given column. Clause 8: a turned one has its head at the 订口, the left
  /// edge, of an odd page and at the 切口, the right edge, of an even one.
  void new_page(const Column& column);
  /// Puts a line at `y` of the page, whatever else is there; lines that follow come below it.
  void put_at(Length y, FlowLine line);
  /// Puts lines one under the other and begins pages as needed. Lines that keep together move to
  /// the next page together, unless they are more than a page. Returns the page of each line.
  std::vector<std::size_t> put(Flow flow);
  /// Glyphs and rules in the coordinates of the page.
  void draw(std::vector<GlyphRun> runs, std::vector<Rule> rules);

  /// Keeps the text of each page, for an index of terms. Lines of such lists are left out.
  void keep_texts() { keeps_texts_ = true; }
  const std::vector<std::u32string>& texts() const { return texts_; }

  const Column& column() const { return column_; }
  /// The bottom of what was put last; the top of the column on a fresh page.
  Length y() const { return y_; }
  /// The bottom of the lowest seal of the page; 0 without one.
  Length seals_bottom() const { return seals_bottom_; }
  bool at_top() const { return at_top_; }
  std::size_t page_count() const { return pages_.size(); }
  bool overflown() const { return pages_.size() > kMaxPages; }
  std::vector<Page>& pages() { return pages_; }
  std::vector<Bookmark>& bookmarks() { return bookmarks_; }
  std::vector<SealPlace>& seals() { return seals_; }

 private:
  Length group_height(const Flow& flow, std::size_t first, std::size_t last) const;
  bool fits(const Flow& flow, std::size_t first, std::size_t last) const;
  void put_line(FlowLine line);
  void draw_rules(std::vector<Rule> rules, Length y);
  void put_seals(const std::vector<FlowSeal>& seals, Length y);
  void fill_page();

  /// Where the glyphs and rules of a line begin within the page.
  struct Mark {
    std::size_t run = 0;
    std::size_t rule = 0;
  };
  void keep_text(const FlowLine& line);

  Length width_;
  Length height_;
  Column column_;
  Length y_;
  Length seals_bottom_;
  bool at_top_ = true;
  std::vector<Rule> rules_if_last_;  ///< of the line put last, its top at last_line_y_
  Length last_line_y_;
  int number_offset_ = 1;  ///< number of a page less its index
  bool turns_alike_ = false;
  std::vector<Mark> marks_;  ///< of the lines of this page that may move apart
  bool keeps_texts_ = false;
  std::vector<std::u32string> texts_;  ///< of each page, when kept
  std::vector<Page> pages_;
  std::vector<Bookmark> bookmarks_;
  std::vector<SealPlace> seals_;
};

}  // namespace huice::layout
