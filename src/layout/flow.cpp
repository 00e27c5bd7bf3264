#include "layout/flow.h"

#include <utility>

#include "layout/typesetter.h"

namespace huice::layout {
namespace {

void shift(std::vector<Rule>& rules, Length x, Length y) {
  for (Rule& rule : rules) {
    rule.x = rule.x + x;
    rule.y = rule.y + y;
  }
}

template <class T>
void append(std::vector<T>& to, std::vector<T> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// The first line after `first` that does not belong to its group.
std::size_t group_end(const Flow& flow, std::size_t first) {
  std::size_t last = first;
  while (last + 1 < flow.size() && flow[last].keeps_next)
    ++last;
  return last + 1;
}

Length header_height(const FlowLine& line) {
  Length height;
  if (line.header) {
    for (const FlowLine& row : *line.header)
      height = height + row.height;
  }
  return height;
}

}  // namespace

Column upright_column() {
  return {.width = kTypeWidth, .top = kTypeTop, .bottom = kTypeBottom, .left = kTypeLeft};
}

/// The sheet turned a quarter clockwise: its left edge is on top, its bottom at the left. Clause 8
/// wants the head at the 订口 of odd pages and at the 切口 of even ones. Of a sheet bound on its
/// left and printed on both sides, both are the left edge, so that two facing pages read alike.
Column turned_column() {
  return {.width = kTypeHeight,
          .top = kTypeLeft,
          .bottom = kTypeLeft + kTypeWidth,
          .left = kPageHeight - kTypeBottom,
          .turned = true};
}

void PageBuilder::new_page(const Column& column) {
  if (!pages_.empty()) draw_rules(std::exchange(rules_if_last_, {}), last_line_y_);
  column_ = column;
  y_ = column.top;
  at_top_ = true;
  pages_.push_back({.width = width_, .height = height_});
  if (column.turned) pages_.back().quarter_turns = 1;
}

void PageBuilder::put_at(Length y, FlowLine line) {
  Page& page = pages_.back();
  move(line.runs, column_.left, y);
  append(column_.turned ? page.turned_runs : page.runs, std::move(line.runs));
  draw_rules(std::move(line.rules), y);
  rules_if_last_ = std::move(line.rules_if_last);
  last_line_y_ = y;
  if (!line.bookmark.empty()) {
    bookmarks_.push_back({std::move(line.bookmark), line.bookmark_level,
                          static_cast<int>(pages_.size()) - 1, column_.turned ? column_.top : y});
  }
  y_ = y + line.height;
  at_top_ = false;
}

void PageBuilder::draw_rules(std::vector<Rule> rules, Length y) {
  shift(rules, column_.left, y);
  Page& page = pages_.back();
  append(column_.turned ? page.turned_rules : page.rules, std::move(rules));
}

std::vector<std::size_t> PageBuilder::put(Flow flow) {
  std::vector<std::size_t> pages;
  for (std::size_t first = 0; first < flow.size() && !overflown();) {
    const std::size_t last = group_end(flow, first);
    if (flow[first].new_page && !at_top_) new_page(column_);
    if (!fits(flow, first, last) && !at_top_) new_page(column_);
    for (; first < last; ++first) {
      put_line(std::move(flow[first]));
      pages.push_back(pages_.size() - 1);
    }
  }
  return pages;
}

void PageBuilder::draw(std::vector<GlyphRun> runs, std::vector<Rule> rules) {
  append(pages_.back().runs, std::move(runs));
  append(pages_.back().rules, std::move(rules));
}

/// From the top of the first line to the bottom of the last.
Length PageBuilder::group_height(const Flow& flow, std::size_t first, std::size_t last) const {
  Length height = flow[first].height;
  for (std::size_t i = first + 1; i < last; ++i)
    height = height + flow[i].gap + flow[i].height;
  return height;
}

/// Whether a group goes below what is there; one that no page could hold does not look for another.
bool PageBuilder::fits(const Flow& flow, std::size_t first, std::size_t last) const {
  const Length height = group_height(flow, first, last);
  const Length room = column_.bottom - y_ - (at_top_ ? Length() : flow[first].gap);
  const bool fits_a_page = height + header_height(flow[first]) <= column_.bottom - column_.top;
  return height <= room || !fits_a_page;
}

void PageBuilder::put_line(FlowLine line) {
  if (!at_top_ && y_ + line.gap + line.height > column_.bottom) new_page(column_);
  if (at_top_) append(line.rules, std::move(line.rules_if_first));
  if (at_top_ && line.header) {
    for (const FlowLine& row : *line.header)
      put_at(y_, row);
  }
  const Length gap = at_top_ ? Length() : line.gap;
  put_at(y_ + gap, std::move(line));
}

}  // namespace huice::layout
