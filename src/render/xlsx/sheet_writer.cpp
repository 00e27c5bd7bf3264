#include "render/xlsx/sheet_writer.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"

namespace huice::render::xlsx {
namespace {

using model::Align;
using model::Cell;
using model::Sheet;

constexpr std::uint8_t kA4 = 9;
constexpr double kMarginSide = 0.6;  // inches
constexpr double kMarginTop = 0.8;
constexpr double kMarginBottom = 0.8;
constexpr const char* kFooter = "&C第 &P 页　共 &N 页";

/// Spreadsheets calculate with doubles: a number of more digits is written as text.
constexpr std::size_t kExactDigits = 15;
constexpr int kFirstYear = 1900;

lxw_row_t row_index(int row) {
  return static_cast<lxw_row_t>(row);
}
lxw_col_t column_index(int column) {
  return static_cast<lxw_col_t>(column);
}

bool is_exact(const Decimal& number) {
  const std::string text = number.to_plain();
  return static_cast<std::size_t>(std::ranges::count_if(
             text, [](char c) { return c >= '0' && c <= '9'; })) <= kExactDigits;
}

/// Text that XML and C strings can carry.
std::string writable(std::string_view text) {
  if (!first_bad_utf8(text) && text.find('\0') == text.npos) return std::string(text);
  std::u32string code_points = decode_utf8(text);
  std::ranges::replace(code_points, U'\0', U'\uFFFD');
  return encode_utf8(code_points);
}

class SheetWriter {
 public:
  SheetWriter(const Sheet& sheet, const SheetPlan& plan, const SheetTarget& target)
      : sheet_(sheet), plan_(plan), target_(target), worksheet_(target.worksheet) {}

  Status write() {
    set_page();
    set_columns();
    write_line(plan_.label_row, sheet_.label, {.role = StyleRole::Label});
    write_line(plan_.title_row, sheet_.title, {.role = StyleRole::Title, .align = Align::Centre});
    write_line(plan_.subtitle_row, sheet_.subtitle,
               {.role = StyleRole::Subtitle, .align = Align::Right});
    for (std::size_t i = 0; i < sheet_.table.rows.size(); ++i) {
      write_row(i);
    }
    for (std::size_t i = 0; i < sheet_.notes.size(); ++i) {
      write_line(plan_.notes_row + static_cast<int>(i), sheet_.notes[i], {.role = StyleRole::Note});
    }
    set_heading();
    if (refusal_) return *std::move(refusal_);
    return Unit{};
  }

 private:
  void set_page() {
    worksheet_set_paper(worksheet_, kA4);
    if (sheet_.landscape) worksheet_set_landscape(worksheet_);
    worksheet_fit_to_pages(worksheet_, 1, 0);
    worksheet_center_horizontally(worksheet_);
    worksheet_set_margins(worksheet_, kMarginSide, kMarginSide, kMarginTop, kMarginBottom);
    worksheet_set_footer(worksheet_, kFooter);
  }

  void set_columns() {
    for (int column = 0; column <= plan_.last_column(); ++column) {
      const auto width = plan_.widths[static_cast<std::size_t>(column)];
      worksheet_set_column(worksheet_, column_index(column), column_index(column), width, nullptr);
    }
  }

  /// The heading stays in view, is printed on every page and filters the rows.
  void set_heading() {
    if (plan_.header_rows == 0) return;
    const int last_header = plan_.table_row + plan_.header_rows - 1;
    const int last_row = plan_.notes_row - 1;
    worksheet_freeze_panes(worksheet_, row_index(last_header + 1), 0);
    worksheet_repeat_rows(worksheet_, row_index(plan_.table_row), row_index(last_header));
    if (last_row > last_header && !plan_.body_spans_rows) {
      worksheet_autofilter(worksheet_, row_index(last_header), 0, row_index(last_row),
                           column_index(plan_.last_column()));
    }
  }

  /// A line across the table; nothing when `row` is -1.
  void write_line(int row, const std::string& text, const Style& style) {
    if (row < 0) return;
    set_height(row);
    lxw_format* format = target_.styles.get(style);
    if (plan_.last_column() > 0) {
      check(worksheet_merge_range(worksheet_, row_index(row), 0, row_index(row),
                                  column_index(plan_.last_column()), "", format),
            row, 0);
    }
    write_text(row, 0, text, format);
  }

  void set_height(int row) {
    worksheet_set_row(worksheet_, row_index(row), plan_.heights[static_cast<std::size_t>(row)],
                      nullptr);
  }

  void write_row(std::size_t index) {
    const int row = plan_.table_row + static_cast<int>(index);
    const bool heading = static_cast<int>(index) < plan_.header_rows;
    set_height(row);
    for (std::size_t j = 0; j < sheet_.table.columns.size(); ++j) {
      const Cell& cell = sheet_.table.rows[index][j];
      if (cell.covered) continue;
      const Style style = style_of(cell, sheet_.table.columns[j], heading);
      write_cell(row, static_cast<int>(j), cell, style);
    }
  }

  void write_cell(int row, int column, const Cell& cell, Style style) {
    const auto* number = std::get_if<Decimal>(&cell.content);
    const auto* day = std::get_if<Date>(&cell.content);
    const bool as_text =
        (number != nullptr && !is_exact(*number)) || (day != nullptr && day->year() < kFirstYear);
    if (as_text) style.number_format = "@";
    lxw_format* format = target_.styles.get(style);
    if (cell.row_span > 1 || cell.column_span > 1) {
      check(worksheet_merge_range(worksheet_, row_index(row), column_index(column),
                                  row_index(row + cell.row_span - 1),
                                  column_index(column + cell.column_span - 1), "", format),
            row, column);
    }
    if (as_text) return write_text(row, column, to_text(cell), format);
    write_content(row, column, cell, format);
  }

  void write_content(int row, int column, const Cell& cell, lxw_format* format) {
    const lxw_row_t r = row_index(row);
    const lxw_col_t c = column_index(column);
    if (const auto* text = std::get_if<std::string>(&cell.content)) {
      write_text(row, column, *text, format);
    } else if (const auto* number = std::get_if<Decimal>(&cell.content)) {
      check(worksheet_write_number(worksheet_, r, c, number->to_double(), format), row, column);
    } else if (const auto* amount = std::get_if<Money>(&cell.content)) {
      const double yuan = amount->to_yuan().to_double();
      check(worksheet_write_number(worksheet_, r, c, yuan, format), row, column);
    } else if (const auto* day = std::get_if<Date>(&cell.content)) {
      lxw_datetime moment{
          day->year(), static_cast<int>(day->month()), static_cast<int>(day->day()), 0, 0, 0};
      check(worksheet_write_datetime(worksheet_, r, c, &moment, format), row, column);
    } else if (const auto* formula = std::get_if<model::Formula>(&cell.content)) {
      const std::string written = "=" + target_.formula(formula->text);
      check(worksheet_write_formula_num(worksheet_, r, c, written.c_str(), format,
                                        formula->cached.to_double()),
            row, column);
    } else {
      check(worksheet_write_blank(worksheet_, r, c, format), row, column);
    }
  }

  /// Always a text cell, whatever it begins with: `=` does not make a formula of it.
  void write_text(int row, int column, const std::string& text, lxw_format* format) {
    const lxw_row_t r = row_index(row);
    const lxw_col_t c = column_index(column);
    check(text.empty() ? worksheet_write_blank(worksheet_, r, c, format)
                       : worksheet_write_string(worksheet_, r, c, writable(text).c_str(), format),
          row, column);
  }

  /// Keeps the first complaint of the library.
  void check(lxw_error error, int row, int column) {
    if (error == LXW_NO_ERROR || refusal_) return;
    const bool too_long = error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED;
    refusal_ =
        Error{.code = too_long ? ErrorCode::InvalidInput : ErrorCode::Io,
              .id = too_long ? "xlsx.text" : "xlsx.unwritable",
              .message = too_long ? "单元格的文字超过 32767 个字符"
                                  : "写入单元格失败（" + std::string(lxw_strerror(error)) + "）",
              .where = {.part = sheet_.name + "!" + cell_name(row, column)},
              .hint = too_long ? "请缩短文字，或分写到几个单元格" : ""};
  }

  const Sheet& sheet_;
  const SheetPlan& plan_;
  const SheetTarget& target_;
  lxw_worksheet* worksheet_;
  std::optional<Error> refusal_;
};

}  // namespace

Status write_sheet(const Sheet& sheet, const SheetPlan& plan, const SheetTarget& target) {
  return SheetWriter(sheet, plan, target).write();
}

}  // namespace huice::render::xlsx
