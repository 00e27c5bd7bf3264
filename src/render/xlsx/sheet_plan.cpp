#include "render/xlsx/sheet_plan.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/utf8.h"

namespace huice::render::xlsx {
namespace {

using model::Cell;
using model::Sheet;
using model::Table;

constexpr std::size_t kMaxRows = 1'048'576;
constexpr std::size_t kMaxColumns = 16'384;
constexpr double kMaxHeight = 409;  // points, what a row may have at most

// In digits; the table of a sheet is set in 10.5 pt, whose Han characters are two digits wide.
constexpr double kPerHan = 2;
constexpr double kPadding = 1.2;  // both sides of a cell together
constexpr double kNarrowest = 5;
constexpr double kWidest = 60;
constexpr double kWidestHeading = 18;  // a longer heading wraps

// In points.
constexpr double kLineHeight = 14.5;
constexpr double kRowPadding = 5.5;
constexpr double kLabelHeight = 24;
constexpr double kTitleLineHeight = 30;
constexpr double kTitleScale = 18 / 10.5;  // of the title's letters to the body's
constexpr double kSubtitleHeight = 20;

/// The widest line of `text`.
double natural_width(std::string_view text) {
  double widest = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    widest = std::max(widest, static_cast<double>(display_width(text.substr(at, end - at))));
    at = end + 1;
  }
  return widest;
}

/// The widest part of a heading, which may break before a bracket: `资产总额` `（万元）`.
double heading_width(std::string_view text) {
  constexpr std::string_view kBracket = "（";
  double widest = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(kBracket, at + 1), text.size());
    widest = std::max(widest, natural_width(text.substr(at, end - at)));
    at = end;
  }
  return std::min(widest, kWidestHeading);
}

/// Lines that `text` takes when wrapped at `width`.
double wrapped_lines(std::string_view text, double width) {
  double lines = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const auto needed = static_cast<double>(display_width(text.substr(at, end - at)));
    lines += std::max(1.0, std::ceil(needed / std::max(width, kPerHan)));
    at = end + 1;
  }
  return lines;
}

double height_of_lines(double lines) {
  return std::min(lines * kLineHeight + kRowPadding, kMaxHeight);
}

Error shape_error(const Sheet& sheet, int row, int column, std::string what) {
  return Error{.code = ErrorCode::InvalidInput,
               .id = "xlsx.shape",
               .message = "表格结构有误：" + std::move(what),
               .where = {.part = sheet.name + "!" + cell_name(row, column)},
               .hint = "请检查合并单元格的范围"};
}

/// Claims what lies under a merged cell. Nothing of a table that ends before it, or of one where
/// another cell has claimed it.
bool claim(const Table& table, std::size_t row, std::size_t column, std::vector<char>& claimed) {
  const Cell& cell = table.rows[row][column];
  const std::size_t columns = table.columns.size();
  for (std::size_t r = row; r < row + static_cast<std::size_t>(cell.row_span); ++r) {
    for (std::size_t c = column; c < column + static_cast<std::size_t>(cell.column_span); ++c) {
      if ((r != row || c != column) && claimed[r * columns + c]++ != 0) return false;
    }
  }
  return true;
}

/// Every cell under a span is marked as covered, by one span only, and no other cell is. Notes
/// where cells span rows.
Status check_shape(const Sheet& sheet, SheetPlan& plan) {
  const Table& table = sheet.table;
  const std::size_t columns = table.columns.size();
  std::vector<char> claimed(table.rows.size() * columns, 0);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const int row = plan.table_row + static_cast<int>(i);
    if (table.rows[i].size() != columns) {
      return shape_error(sheet, row, 0, "各行的单元格数应与列数相同");
    }
    for (std::size_t j = 0; j < columns; ++j) {
      const Cell& cell = table.rows[i][j];
      const int column = static_cast<int>(j);
      if (cell.covered != (claimed[i * columns + j] != 0)) {
        return shape_error(sheet, row, column, "被合并的单元格与合并范围不一致");
      }
      if (cell.covered || (cell.row_span == 1 && cell.column_span == 1)) continue;
      if (cell.row_span < 1 || cell.column_span < 1 ||
          i + static_cast<std::size_t>(cell.row_span) > table.rows.size() ||
          j + static_cast<std::size_t>(cell.column_span) > columns) {
        return shape_error(sheet, row, column, "合并范围超出表格");
      }
      if (!claim(table, i, j, claimed)) return shape_error(sheet, row, column, "合并范围重叠");
      plan.spans_rows = plan.spans_rows || cell.row_span > 1;
      plan.body_spans_rows =
          plan.body_spans_rows || (cell.row_span > 1 && static_cast<int>(i) >= table.header_rows);
    }
  }
  return Unit{};
}

/// Letters of a whole number of which at least `least` digits are written, with its sign.
std::size_t letters_of(std::int64_t number, std::size_t least) {
  const std::size_t sign = number < 0 ? 1 : 0;
  std::size_t digits = 1;
  for (; number <= -10 || number >= 10; number /= 10)
    ++digits;
  return std::max(digits, least) + sign;
}

/// No fewer digits than the cell is wide; exact of whole numbers, amounts and days. No character is
/// wider than it has bytes.
std::size_t most_width(const Cell& cell) {
  constexpr std::size_t kUnknown = 100;
  if (const auto* text = std::get_if<std::string>(&cell.content)) return text->size();
  if (cell.decimals >= 0) return kUnknown;
  if (const auto* amount = std::get_if<Money>(&cell.content)) {
    return letters_of(amount->fen(), 3) + 1;  // 0.05 has three digits and a point
  }
  const auto* number = std::get_if<Decimal>(&cell.content);
  const auto whole = number == nullptr ? std::nullopt : number->to_int64();
  return whole ? letters_of(*whole, 1) : kUnknown;
}

double width_of_cell(const Cell& cell, bool is_heading) {
  const auto* text = std::get_if<std::string>(&cell.content);
  if (text == nullptr) return natural_width(to_text(cell));
  return is_heading ? heading_width(*text) : natural_width(*text);
}

/// Most cells cannot be wider than those above them, and are not measured.
std::vector<double> widths_of_columns(const Table& table) {
  std::vector<double> widths(table.columns.size(), kNarrowest);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const bool is_heading = static_cast<int>(i) < table.header_rows;
    for (std::size_t j = 0; j < widths.size(); ++j) {
      const Cell& cell = table.rows[i][j];
      if (cell.covered || cell.column_span > 1 || widths[j] >= kWidest ||
          static_cast<double>(most_width(cell)) + kPadding <= widths[j]) {
        continue;
      }
      widths[j] = std::max(widths[j], width_of_cell(cell, is_heading) + kPadding);
    }
  }
  for (std::size_t j = 0; j < widths.size(); ++j) {
    const double asked = table.columns[j].width;
    widths[j] = asked > 0 ? asked * kPerHan + kPadding : std::min(widths[j], kWidest);
  }
  return widths;
}

/// Whether a column is as wide as the widest line of its cells: one that has the width of its
/// content, unless a heading wraps.
bool holds_lines(const Table& table, std::size_t column, double width) {
  if (table.columns[column].width > 0 || width >= kWidest) return false;
  const auto headings = static_cast<std::size_t>(std::max(table.header_rows, 0));
  for (std::size_t row = 0; row < std::min(headings, table.rows.size()); ++row) {
    const auto* text = std::get_if<std::string>(&table.rows[row][column].content);
    if (text != nullptr && natural_width(*text) + kPadding > width) return false;
  }
  return true;
}

double span_width(const SheetPlan& plan, std::size_t column, int span) {
  double width = 0;
  for (std::size_t j = column; j < column + static_cast<std::size_t>(span); ++j) {
    width += plan.widths[j];
  }
  return width - kPadding;
}

double height_of_cell(const SheetPlan& plan, const Cell& cell, std::size_t column) {
  const auto* text = std::get_if<std::string>(&cell.content);
  if (text == nullptr) return height_of_lines(1);
  const bool is_held = plan.holds_lines[column] && cell.column_span == 1;
  if (is_held && text->find('\n') == text->npos) return height_of_lines(1);
  return height_of_lines(wrapped_lines(*text, span_width(plan, column, cell.column_span)));
}

/// Heights of the table's rows: first from cells of one row, then what tall spans still lack goes
/// to their last row.
void plan_heights(const Table& table, SheetPlan& plan) {
  const auto base = static_cast<std::size_t>(plan.table_row);
  plan.heights.resize(base + table.rows.size(), height_of_lines(1));
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    for (std::size_t j = 0; j < table.columns.size(); ++j) {
      const Cell& cell = table.rows[i][j];
      if (cell.covered || cell.row_span > 1) continue;
      double& height = plan.heights[base + i];
      height = std::max(height, height_of_cell(plan, cell, j));
    }
  }
  for (std::size_t i = 0; plan.spans_rows && i < table.rows.size(); ++i) {
    for (std::size_t j = 0; j < table.columns.size(); ++j) {
      const Cell& cell = table.rows[i][j];
      if (cell.covered || cell.row_span == 1) continue;
      const std::size_t last = i + static_cast<std::size_t>(cell.row_span) - 1;
      double lacking = height_of_cell(plan, cell, j);
      for (std::size_t r = i; r <= last; ++r) {
        lacking -= plan.heights[base + r];
      }
      double& height = plan.heights[base + last];
      if (lacking > 0) height = std::min(height + lacking, kMaxHeight);
    }
  }
}

double whole_width(const SheetPlan& plan) {
  return span_width(plan, 0, static_cast<int>(plan.widths.size()));
}

void plan_title_lines(const Sheet& sheet, SheetPlan& plan) {
  if (!sheet.label.empty()) {
    plan.label_row = static_cast<int>(plan.heights.size());
    plan.heights.push_back(kLabelHeight);
  }
  if (!sheet.title.empty()) {
    plan.title_row = static_cast<int>(plan.heights.size());
    const double lines = wrapped_lines(sheet.title, whole_width(plan) / kTitleScale);
    plan.heights.push_back(std::min(lines * kTitleLineHeight, kMaxHeight));
  }
  if (!sheet.subtitle.empty()) {
    plan.subtitle_row = static_cast<int>(plan.heights.size());
    plan.heights.push_back(kSubtitleHeight);
  }
}

}  // namespace

std::string cell_name(int row, int column) {
  std::string letters;
  for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(row + 1);
}

Result<SheetPlan> plan_sheet(const Sheet& sheet) {
  const Table& table = sheet.table;
  if (table.rows.size() + sheet.notes.size() + 3 > kMaxRows || table.columns.size() > kMaxColumns) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "xlsx.size",
                 .message = "表格超过工作表的 1048576 行或 16384 列",
                 .where = {.part = sheet.name},
                 .hint = "请分成几张表"};
  }
  SheetPlan plan{.table_row = first_table_row(sheet) - 1, .header_rows = table.header_rows};
  if (const Status shape = check_shape(sheet, plan); !shape) return shape.error();
  plan.widths = widths_of_columns(table);
  for (std::size_t j = 0; j < plan.widths.size(); ++j)
    plan.holds_lines.push_back(holds_lines(table, j, plan.widths[j]));
  if (plan.widths.empty()) plan.widths.push_back(kWidest);
  plan_title_lines(sheet, plan);
  plan_heights(table, plan);
  plan.notes_row = static_cast<int>(plan.heights.size());
  for (const std::string& note : sheet.notes) {
    plan.heights.push_back(height_of_lines(wrapped_lines(note, whole_width(plan))));
  }
  return plan;
}

}  // namespace huice::render::xlsx
