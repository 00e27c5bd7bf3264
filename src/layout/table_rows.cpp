#include "layout/table_rows.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "layout/column_widths.h"
#include "layout/table_grid.h"

namespace huice::layout {
namespace {

constexpr Length kBorder = Length::from_units(7200);    // 0.2 mm
constexpr Length kSidePad = Length::from_units(54000);  // 1.5 mm
constexpr Length kTopPad = Length::from_units(57600);   // 1.6 mm
/// A cell that could be one long line asks for no more than this many characters of width.
constexpr std::int64_t kWidestWish = 16;
/// Words are no longer than this; a column so wide breaks none for want of room.
constexpr std::int64_t kLongestWord = 5;
/// So many characters are not parted: 序号 is one line, however narrow its column.
constexpr std::int64_t kShortest = 2;
/// A table does not end with fewer rows on its last page, where so many take half a page at most.
constexpr std::size_t kLastRows = 3;
/// A row mostly has a rule above, one below, one before each column and one behind the last.
constexpr std::size_t kEnds = 3;

/// A size of text, and how many characters a column gets, if its content wants them, before longer
/// ones share what is left. Tried in order until all columns fit.
struct Fit {
  Length size;
  std::int64_t floor;
};
constexpr std::array<Fit, 6> kFits = {{{kSizeSmall4, 8},
                                       {kSize5, 8},
                                       {kSize5, 5},
                                       {kSizeSmall5, 5},
                                       {kSizeSmall5, 3},
                                       {kSizeSmall5, 1}}};

Length line_pitch(Length size) {
  return share(size, 135, 100);
}

/// A cell with its lines set, at the top left corner of its box.
struct SetCell {
  CellBox box;
  std::shared_ptr<const std::vector<SetLine>> lines;
};

class TableSetter {
 public:
  TableSetter(const Desk& desk, const model::Table& table, const SourceSpan& where)
      : desk_(desk), table_(table), where_(where), grid_(table) {}

  Flow run() {
    if (grid_.columns() == 0 || grid_.rows() == 0) return {};
    read_texts();
    choose_widths();
    set_cells();
    measure_rows();
    return rows();
  }

 private:
  Role role_of(const CellBox& box) const {
    return box.row < header_rows() || box.cell->strong ? Role::Hei : Role::FangSong;
  }

  std::size_t header_rows() const {
    return std::min(static_cast<std::size_t>(std::max(table_.header_rows, 0)), grid_.rows());
  }

  /// The texts of the boxes. Most cells hold theirs, others are written out once.
  void read_texts() {
    texts_.reserve(grid_.boxes().size());
    for (const CellBox& box : grid_.boxes()) {
      const auto* text = std::get_if<std::string>(&box.cell->content);
      texts_.push_back(text != nullptr ? *text : written_.emplace_back(to_text(*box.cell)));
    }
  }

  /// The largest text at which every column is comfortable: an asked width loses at most a quarter.
  void choose_widths() {
    std::vector<Wish> wishes;
    for (const Fit& fit : kFits) {
      size_ = fit.size;
      wishes = column_wishes();
      Length floors;
      for (Wish& wish : wishes) {
        const Length comfort = size_ * fit.floor + kSidePad * 2;
        const Length decent = wish.asked ? share(wish.wish, 3, 4) : std::min(wish.wish, comfort);
        floors = floors + std::max(wish.least, decent);
        if (!wish.asked) wish.least = std::max(wish.least, decent);
      }
      if (floors <= desk_.width) break;
    }
    edges_ = column_edges(wishes, desk_.width);
    make_room_for_words(wishes);
  }

  /// What the longest words of columns need that are too narrow for them; nothing of the others.
  std::vector<Length> words_too_wide() {
    const Length most = size_ * kLongestWord;
    std::vector<Length> widths(grid_.columns());
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      const CellBox& box = grid_.boxes()[i];
      const Length room = cell_width(box) - kSidePad * 2;
      const auto count = static_cast<std::int64_t>(code_point_count(texts_[i]));
      if (box.column_span != 1 || room >= most || size_ * count <= room) continue;
      const Length word = desk_.setter.longest_word(texts_[i], role_of(box), size_, most);
      if (word > room) widths[box.column] = std::max(widths[box.column], word + kSidePad * 2);
    }
    return widths;
  }

  /// Columns grow to their longest words as long as that leaves every asked width as it is.
  void make_room_for_words(std::vector<Wish>& wishes) {
    const std::vector<Length> words = words_too_wide();
    Length needed;
    for (const Wish& wish : wishes)
      needed = needed + (wish.asked ? wish.wish : wish.least);
    for (std::size_t column = 0; column < wishes.size(); ++column) {
      const Length more = words[column] - wishes[column].least;
      if (wishes[column].asked || more <= Length() || needed + more >= desk_.width) continue;
      needed = needed + more;
      wishes[column].least = words[column];
      wishes[column].wish = std::max(wishes[column].wish, words[column]);
    }
    edges_ = column_edges(wishes, desk_.width);
  }

  std::vector<Wish> column_wishes() {
    std::vector<Wish> wishes(grid_.columns(), {size_ + kSidePad * 2, size_ + kSidePad * 2});
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      const CellBox& box = grid_.boxes()[i];
      if (box.column_span != 1) continue;
      const auto widths = desk_.setter.widths_of(texts_[i], role_of(box), size_);
      Wish& wish = wishes[box.column];
      const Length most = std::min(widths.most, size_ * kWidestWish);
      const Length least = widths.most <= size_ * kShortest ? widths.most : widths.least;
      wish.least = std::max(wish.least, least + kSidePad * 2);
      wish.wish = std::max({wish.wish, wish.least, most + kSidePad * 2});
    }
    for (std::size_t i = 0; i < std::min(wishes.size(), table_.columns.size()); ++i) {
      const double hint = table_.columns[i].width;
      if (hint <= 0) continue;
      // A hint is a wish in hundredths of a character; content still sets the floor.
      const auto hundredths = static_cast<std::int64_t>(std::min(hint, 1000.0) * 100);
      wishes[i].wish = std::max(wishes[i].least, share(size_, hundredths, 100) + kSidePad * 2);
      wishes[i].asked = true;
    }
    make_room_for_spans(wishes);
    return wishes;
  }

  /// What a merged cell cannot break must fit into its columns together.
  void make_room_for_spans(std::vector<Wish>& wishes) {
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      const CellBox& box = grid_.boxes()[i];
      if (box.column_span == 1) continue;
      const auto widths = desk_.setter.widths_of(texts_[i], role_of(box), size_);
      Length had;
      for (std::size_t column = 0; column < box.column_span; ++column)
        had = had + wishes[box.column + column].least;
      const Length missing = widths.least + kSidePad * 2 - had;
      if (missing <= Length()) continue;
      Wish& last = wishes[box.column + box.column_span - 1];
      last.least = last.least + missing;
      last.wish = std::max(last.wish, last.least);
    }
  }

  Length cell_width(const CellBox& box) const {
    return edges_[box.column + box.column_span] - edges_[box.column];
  }

  Fill fill_of(const CellBox& box) const {
    if (box.row < header_rows()) return Fill::Centre;
    model::Align align = box.cell->align;
    if (align == model::Align::Auto && box.column < table_.columns.size()) {
      align = table_.columns[box.column].align;
    }
    switch (align) {
      case model::Align::Left:
        return Fill::Left;
      case model::Align::Centre:
        return Fill::Centre;
      case model::Align::Right:
        return Fill::Right;
      case model::Align::Auto:
        break;
    }
    if (std::holds_alternative<std::string>(box.cell->content)) return Fill::Left;
    return std::holds_alternative<Date>(box.cell->content) ? Fill::Centre : Fill::Right;
  }

  void set_cells() {
    cells_.reserve(texts_.size());
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      const CellBox& box = grid_.boxes()[i];
      const Setting setting{.size = size_,
                            .cell = size_,
                            .width = cell_width(box) - kSidePad * 2,
                            .fill = fill_of(box),
                            .keeps_words = true};
      cells_.push_back({box, desk_.setter.set_shared(texts_[i], role_of(box), setting, where_)});
    }
  }

  Length text_height(std::size_t lines) const {
    if (lines == 0) return size_;
    return size_ + line_pitch(size_) * (static_cast<std::int64_t>(lines) - 1);
  }

  /// Rows are as high as their cells; a cell over several rows stretches the last of them.
  void measure_rows() {
    heights_.assign(grid_.rows(), size_ + kTopPad * 2);
    for (const SetCell& cell : cells_) {
      if (cell.box.row_span != 1) continue;
      heights_[cell.box.row] =
          std::max(heights_[cell.box.row], text_height(cell.lines->size()) + kTopPad * 2);
    }
    for (const SetCell& cell : cells_) {
      if (cell.box.row_span == 1) continue;
      const Length needed = text_height(cell.lines->size()) + kTopPad * 2;
      const Length had = span_height(cell.box);
      const std::size_t last = cell.box.row + cell.box.row_span - 1;
      if (needed > had) heights_[last] = heights_[last] + needed - had;
    }
  }

  Length span_height(const CellBox& box) const {
    Length height;
    for (std::size_t i = 0; i < box.row_span; ++i)
      height = height + heights_[box.row + i];
    return height;
  }

  /// Marks the rows of groups of spans that no page could hold: these are parted between rows.
  void find_tall_groups() {
    parted_.assign(grid_.rows(), false);
    for (std::size_t first = header_rows(); first < grid_.rows();) {
      std::size_t last = first;
      Length height = heights_[first];
      while (grid_.joined_below(last))
        height = height + heights_[++last];
      if (height > room()) {
        std::fill(parted_.begin() + static_cast<std::ptrdiff_t>(first),
                  parted_.begin() + static_cast<std::ptrdiff_t>(last) + 1, true);
      }
      first = last + 1;
    }
  }

  /// The first of the last rows, which keep together.
  void find_tail() {
    tail_ = grid_.rows() - 1;
    Length height = heights_.back();
    while (tail_ > header_rows() && grid_.rows() - tail_ < kLastRows) {
      height = height + heights_[tail_ - 1];
      if (height > half(room())) break;
      --tail_;
    }
  }

  Flow rows() {
    find_tall_groups();
    find_tail();
    Flow flow(grid_.rows());
    for (std::size_t row = 0; row < flow.size(); ++row) {
      flow[row].height = heights_[row];
      flow[row].keeps_next = keeps_next(row);
      flow[row].runs.reserve(grid_.columns());
      flow[row].rules.reserve(grid_.columns() + kEnds);
      add_borders(flow[row], row);
    }
    for (const SetCell& cell : cells_) {
      if (cell.box.row_span > 1 && parted_[cell.box.row]) {
        add_parted_text(flow, cell);
      } else {
        add_text(flow[cell.box.row], cell);
      }
    }
    return with_header(split_tall(std::move(flow)));
  }

  /// A head stays with the first row, a span in one piece, a group's heading with what it heads,
  /// the last rows with each other, and 合计 with the row above it.
  bool keeps_next(std::size_t row) const {
    if (row + 1 >= grid_.rows()) return false;
    if (row < header_rows() || row >= tail_) return true;
    if (grid_.joined_below(row)) return !parted_[row];
    return spans_the_table(row) || (row + 2 == grid_.rows() && is_total(row + 1));
  }

  bool spans_the_table(std::size_t row) const {
    for (std::size_t column = 1; column < grid_.columns(); ++column) {
      if (!grid_.joined_left(row, column)) return false;
    }
    return grid_.columns() > 1;
  }

  bool is_total(std::size_t row) const {
    for (const SetCell& cell : cells_) {
      if (cell.box.row != row || cell.box.column != 0) continue;
      const std::string_view text = texts_[static_cast<std::size_t>(&cell - cells_.data())];
      return text.starts_with("合计") || text.starts_with("总计");
    }
    return false;
  }

  void add_text(FlowLine& row, const SetCell& cell) const {
    Length y = half(span_height(cell.box) - text_height(cell.lines->size()));
    for (const SetLine& line : *cell.lines) {
      add_line(row, cell, line, y);
      y = y + line_pitch(size_);
    }
  }

  /// A line of a cell, `y` below the top of the row.
  void add_line(FlowLine& row, const SetCell& cell, const SetLine& line, Length y) const {
    for (const GlyphRun& run : line.runs) {
      GlyphRun& moved = row.runs.emplace_back(run);
      moved.baseline = moved.baseline + y;
      moved.glyphs.move(edges_[cell.box.column] + kSidePad);
    }
  }

  /// The text of a cell over rows that may part: from the top of the first, each line whole in a
  /// row of its own, so that none is cut by the end of a page.
  void add_parted_text(Flow& flow, const SetCell& cell) const {
    std::size_t row = cell.box.row;
    const std::size_t last = row + cell.box.row_span - 1;
    Length y = kTopPad;
    for (const SetLine& line : *cell.lines) {
      while (row < last && y + size_ > heights_[row]) {
        ++row;
        y = kTopPad;
      }
      add_line(flow[row], cell, line, y);
      y = y + line_pitch(size_);
    }
  }

  /// Each row draws its own four sides; neighbours draw the shared ones at the same place. Where a
  /// span goes on, the side between is drawn only if a page ends there.
  void add_borders(FlowLine& row, std::size_t index) const {
    for (std::size_t column = 0; column < grid_.columns(); ++column) {
      add_horizontal(grid_.joined_above(index, column) ? row.rules_if_first : row.rules, column,
                     Length());
    }
    for (std::size_t column = 0; column < grid_.columns(); ++column) {
      const bool below = index + 1 < grid_.rows() && grid_.joined_above(index + 1, column);
      add_horizontal(below ? row.rules_if_last : row.rules, column, row.height);
    }
    for (std::size_t column = 0; column < grid_.columns(); ++column) {
      if (!grid_.joined_left(index, column)) add_vertical(row, edges_[column]);
    }
    add_vertical(row, edges_.back());
  }

  /// A side goes on in the side of the column before it.
  void add_horizontal(std::vector<Rule>& rules, std::size_t column, Length y) const {
    const Length left = edges_[column];
    const Length width = edges_[column + 1] - left;
    const Length top = y - half(kBorder);
    if (!rules.empty() && rules.back().y == top && rules.back().height == kBorder &&
        rules.back().x + rules.back().width == left + half(kBorder)) {
      rules.back().width = rules.back().width + width;
      return;
    }
    rules.push_back({left - half(kBorder), top, width + kBorder, kBorder, Ink::Black});
  }

  static void add_vertical(FlowLine& row, Length x) {
    row.rules.push_back({x - half(kBorder), Length(), kBorder, row.height, Ink::Black});
  }

  /// Whether pages that begin within the table begin with its head; not when that fills them.
  bool repeats_header() const {
    const std::size_t count = header_rows();
    return count > 0 && count < grid_.rows() && header_height() <= share(desk_.page_room, 1, 2);
  }

  Length header_height() const {
    Length height;
    for (std::size_t row = 0; row < header_rows(); ++row)
      height = height + heights_[row];
    return height;
  }

  /// What a page has for the rows below the head.
  Length room() const {
    return repeats_header() ? desk_.page_room - header_height() : desk_.page_room;
  }

  /// A row higher than a page is cut between its lines of text, each piece a row of its own.
  Flow split_tall(Flow flow) const {
    Flow rows;
    for (FlowLine& row : flow) {
      if (row.height <= room()) {
        rows.push_back(std::move(row));
      } else {
        cut(std::move(row), room(), rows);
      }
    }
    return rows;
  }

  void cut(FlowLine row, Length room, Flow& rows) const {
    const Length usable = room - kTopPad * 2;
    std::map<std::int64_t, FlowLine> pieces;
    pieces[0].rules_if_first = row.rules_if_first;
    for (GlyphRun& run : row.runs) {
      const std::int64_t piece =
          std::max(run.baseline - kTopPad, Length()).units() / usable.units();
      run.baseline = run.baseline - usable * piece;
      pieces[piece].runs.push_back(std::move(run));
    }
    for (auto& [index, piece] : pieces) {
      piece.height = std::min(room, row.height - usable * index);
      add_sides(row, piece);
      // Pages end between pieces, so that even what goes on is closed there.
      if (index > 0) append(piece.rules, row.rules_if_first);
      std::vector<Rule> foot = row.rules_if_last;
      for (Rule& rule : foot)
        rule.y = piece.height - half(kBorder);
      const bool last = index == pieces.rbegin()->first;
      append(last ? piece.rules_if_last : piece.rules, foot);
      rows.push_back(std::move(piece));
    }
  }

  /// The sides of a whole row, as those of a piece of it.
  static void add_sides(const FlowLine& row, FlowLine& piece) {
    for (Rule rule : row.rules) {
      if (rule.height == row.height) {
        rule.height = piece.height;
      } else if (rule.y > Length()) {
        rule.y = piece.height - half(kBorder);
      }
      piece.rules.push_back(rule);
    }
  }

  static void append(std::vector<Rule>& to, const std::vector<Rule>& from) {
    to.insert(to.end(), from.begin(), from.end());
  }

  /// Rows below the header carry it along for the pages they begin.
  Flow with_header(Flow flow) const {
    if (!repeats_header()) return flow;
    const std::size_t count = header_rows();
    const auto rows = std::make_shared<const Flow>(
        flow.begin(), flow.begin() + static_cast<std::ptrdiff_t>(count));
    for (std::size_t i = count; i < flow.size(); ++i)
      flow[i].header = rows;
    return flow;
  }

  const Desk& desk_;
  const model::Table& table_;
  const SourceSpan& where_;
  TableGrid grid_;
  std::deque<std::string> written_;      ///< texts that no cell holds
  std::vector<std::string_view> texts_;  ///< of the boxes of grid_
  Length size_;
  std::vector<Length> edges_;  ///< of the columns, from 0
  std::vector<SetCell> cells_;
  std::vector<Length> heights_;
  std::size_t tail_ = 0;
  std::vector<bool> parted_;  ///< rows of a group of spans that goes over more than a page
};

}  // namespace

Flow table_lines(const Desk& desk, const model::Table& table, const SourceSpan& where) {
  return TableSetter(desk, table, where).run();
}

Flow table_block_lines(const Desk& desk, const model::TableBlock& block) {
  Setting setting = body_setting(desk.width);
  setting.fill = Fill::Centre;
  Flow flow =
      lines_of(desk.setter.set(block.caption, Role::Hei, setting, block.where), kSize3, kLineGap);
  for (FlowLine& line : flow)
    line.keeps_next = true;
  Flow rows = table_lines(desk, block.table, block.where);
  if (rows.empty()) return flow;
  rows.front().gap = kLineGap;
  append(flow, std::move(rows));
  return flow;
}

}  // namespace huice::layout
