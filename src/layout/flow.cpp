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

/// The first line after `first` that does not belong to its group.
std::size_t group_end(const Flow& flow, std::size_t first) {
  std::size_t last = first;
  while (last + 1 < flow.size() && flow[last].keeps_next)
    ++last;
  return last + 1;
}

/// A line round the place of a seal.
constexpr Length kOutline = Length::from_units(5400);

/// The column of the pages that follow: only the first one of a letter fills down to its rule.
Column continued(const Column& column) {
  return column.fills ? upright_column() : column;
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

/// The 版心 of the sheet on its side: with its head at the left edge, the bottom of the sheet is at
/// its left and the 订口 on top; with its head at the right edge, the other way round.
Column turned_column(int quarter_turns) {
  const bool left = quarter_turns == 1;
  const Length top = left ? kTypeLeft : kPageWidth - kTypeRight;
  return {.width = kTypeHeight,
          .top = top,
          .bottom = top + kTypeWidth,
          .left = left ? kPageHeight - kTypeBottom : kTypeTop,
          .quarter_turns = quarter_turns};
}

void PageBuilder::new_page(const Column& column) {
  if (!pages_.empty()) draw_rules(std::exchange(rules_if_last_, {}), last_line_y_);
  column_ = column;
  if (column.quarter_turns != 0) {
    const bool odd = (static_cast<int>(pages_.size()) + number_offset_) % 2 != 0;
    column_ = turned_column(odd || turns_alike_ ? 1 : 3);
  }
  y_ = column_.top;
  seals_bottom_ = Length();
  at_top_ = true;
  marks_.clear();
  pages_.push_back({.width = width_, .height = height_});
  pages_.back().quarter_turns = column_.quarter_turns;
}

void PageBuilder::put_at(Length y, FlowLine line) {
  Page& page = pages_.back();
  const bool turned = column_.quarter_turns != 0;
  if (keeps_texts_ && !line.listed) keep_text(line);
  move(line.runs, column_.left, y);
  append(turned ? page.turned_runs : page.runs, std::move(line.runs));
  draw_rules(std::move(line.rules), y);
  rules_if_last_ = std::move(line.rules_if_last);
  last_line_y_ = y;
  put_seals(line.seals, y);
  if (!line.bookmark.empty()) {
    bookmarks_.push_back({std::move(line.bookmark), line.bookmark_level,
                          static_cast<int>(pages_.size()) - 1, turned ? column_.top : y});
  }
  y_ = y + line.height;
  at_top_ = false;
}

void PageBuilder::draw_rules(std::vector<Rule> rules, Length y) {
  shift(rules, column_.left, y);
  Page& page = pages_.back();
  append(column_.quarter_turns != 0 ? page.turned_rules : page.rules, std::move(rules));
}

/// Of upright pages: no text that is signed lies on its side.
void PageBuilder::put_seals(const std::vector<FlowSeal>& seals, Length y) {
  Page& page = pages_.back();
  for (const FlowSeal& seal : seals) {
    const Length left = column_.left + seal.x;
    const Length top = y + seal.y;
    seals_.push_back(
        {seal.name, static_cast<int>(pages_.size()) - 1, left, top, seal.width, seal.height});
    seals_bottom_ = std::max(seals_bottom_, top + seal.height);
    if (seal.image) {
      page.pictures.push_back({left, top, seal.width, seal.height, seal.image, seal.image_name});
    } else if (seal.outlined && seal.width == seal.height) {
      page.rings.push_back({left, top, seal.width, kOutline, Ink::Red});
    } else if (seal.outlined) {
      append(page.rules, {{left, top, seal.width, kOutline, Ink::Red},
                          {left, top + seal.height - kOutline, seal.width, kOutline, Ink::Red},
                          {left, top, kOutline, seal.height, Ink::Red},
                          {left + seal.width - kOutline, top, kOutline, seal.height, Ink::Red}});
    }
  }
}

/// Moves the lines of a full page apart, so that the last one ends at the bottom. A page that ends
/// early for another reason stays as it is.
void PageBuilder::fill_page() {
  const auto gaps = static_cast<std::int64_t>(marks_.size()) - 1;
  const Length missing = column_.bottom - y_;
  if (!column_.fills || gaps < 1 || missing <= Length() || missing >= kPitch) return;
  Page& page = pages_.back();
  for (std::size_t i = 1; i < marks_.size(); ++i) {
    const Length down = share(missing, static_cast<std::int64_t>(i), gaps);
    const bool last = i + 1 == marks_.size();
    const std::size_t run_end = last ? page.runs.size() : marks_[i + 1].run;
    const std::size_t rule_end = last ? page.rules.size() : marks_[i + 1].rule;
    for (std::size_t run = marks_[i].run; run < run_end; ++run)
      page.runs[run].baseline = page.runs[run].baseline + down;
    for (std::size_t rule = marks_[i].rule; rule < rule_end; ++rule)
      page.rules[rule].y = page.rules[rule].y + down;
  }
  last_line_y_ = last_line_y_ + missing;
}

void PageBuilder::keep_text(const FlowLine& line) {
  texts_.resize(pages_.size());
  for (const GlyphRun& run : line.runs) {
    for (const PlacedGlyph& glyph : run.glyphs)
      texts_.back() += glyph.text;
  }
}

std::vector<std::size_t> PageBuilder::put(Flow flow) {
  std::vector<std::size_t> pages;
  for (std::size_t first = 0; first < flow.size() && !overflown();) {
    const std::size_t last = group_end(flow, first);
    if (flow[first].new_page && !at_top_) new_page(continued(column_));
    if (!fits(flow, first, last) && !at_top_) {
      fill_page();
      new_page(continued(column_));
    }
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
  Length most = height + flow[first].room_below;
  for (std::size_t i = first + 1; i < last; ++i) {
    height = height + flow[i].gap + flow[i].height;
    most = std::max(most, height + flow[i].room_below);
  }
  return most;
}

/// Whether a group goes below what is there; one that no page could hold does not look for another.
bool PageBuilder::fits(const Flow& flow, std::size_t first, std::size_t last) const {
  const Length height = group_height(flow, first, last);
  const Length room = column_.bottom - y_ - (at_top_ ? Length() : flow[first].gap);
  const bool fits_a_page = height + header_height(flow[first]) <= column_.bottom - column_.top;
  return height <= room || !fits_a_page;
}

void PageBuilder::put_line(FlowLine line) {
  if (!at_top_ && y_ + line.gap + line.height > column_.bottom) {
    fill_page();
    new_page(continued(column_));
  }
  if (at_top_) append(line.rules, std::move(line.rules_if_first));
  if (at_top_ && line.header) {
    for (const FlowLine& row : *line.header)
      put_at(y_, row);
  }
  const Length gap = at_top_ ? Length() : line.gap;
  marks_.push_back({pages_.back().runs.size(), pages_.back().rules.size()});
  put_at(y_ + gap, std::move(line));
}

}  // namespace huice::layout
