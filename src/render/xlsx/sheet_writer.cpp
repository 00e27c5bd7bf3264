#include "render/xlsx/sheet_writer.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <utility>
#include <vector>

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
  constexpr std::int64_t kBelow = 1'000'000'000'000'000;
  if (const auto whole = number.to_int64(); whole && *whole<kBelow&& * whole> - kBelow) return true;
  const std::string text = number.to_plain();
  return static_cast<std::size_t>(std::ranges::count_if(
             text, [](char c) { return c >= '0' && c <= '9'; })) <= kExactDigits;
}

/// Whether a spreadsheet can hold the number or day of the cell as such.
bool keeps_number(const Cell& cell) {
  const auto* number = std::get_if<Decimal>(&cell.content);
  const auto* day = std::get_if<Date>(&cell.content);
  return (number == nullptr || is_exact(*number)) && (day == nullptr || day->year() >= kFirstYear);
}

/// What Excel takes as the name of an area: no blanks, no marks, no digit first.
bool is_area_name(std::string_view name) {
  const auto fits = [](char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
    return is_letter || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  const bool begins_well =
      !name.empty() && name.front() != '.' && !(name.front() >= '0' && name.front() <= '9');
  return begins_well && std::ranges::all_of(name, fits);
}

/// Excel keeps a list in the formula of its rule, so many characters long with its commas.
constexpr std::size_t kLongestList = 255;

bool fits_a_list(const std::vector<std::string>& texts) {
  std::size_t characters = texts.size();
  for (const std::string& text : texts)
    characters += decode_utf8(text).size();
  return characters <= kLongestList;
}

std::string doubled_quotes(const std::string& name) {
  std::string out;
  for (const char c : name)
    out.append(c == '\'' ? 2 : 1, c);
  return out;
}

bool is_writable(const std::string& text) {
  return std::strlen(text.c_str()) == text.size() && !first_bad_utf8(text);
}

/// Text that XML and C strings can carry.
std::string writable(const std::string& text) {
  if (is_writable(text)) return text;
  std::u32string code_points = decode_utf8(text);
  std::ranges::replace(code_points, U'\0', U'\uFFFD');
  return encode_utf8(code_points);
}

class SheetWriter {
 public:
  SheetWriter(const Sheet& sheet, const SheetPlan& plan, const SheetTarget& target)
      : sheet_(sheet),
        plan_(plan),
        target_(target),
        worksheet_(target.worksheet),
        formats_(sheet.table.columns.size()) {
    for (const model::Link& link : sheet.links)
      links_.emplace(std::pair(link.row, link.column), &link);
  }

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
    for (const model::Choices& choices : sheet_.choices)
      set_choices(choices);
    for (const model::Condition& condition : sheet_.conditions)
      set_condition(condition);
    for (const model::NamedArea& named : sheet_.names)
      set_name(named);
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
      const auto link = links_.empty()
                            ? links_.end()
                            : links_.find({static_cast<int>(index), static_cast<int>(j)});
      if (link != links_.end()) write_link(row, static_cast<int>(j), *link->second);
      const Look look{look_of(cell), heading, link != links_.end(), keeps_number(cell)};
      write_cell(row, static_cast<int>(j), cell, look.keeps_number, format_of(j, cell, look));
    }
    pad_spans(row);
  }

  /// All that the format of a cell of a column depends on.
  struct Look {
    CellLook cell;
    bool heading = false;
    bool linked = false;
    bool keeps_number = true;

    friend bool operator==(const Look&, const Look&) = default;
  };

  /// Cells of a column mostly look like the one above.
  lxw_format* format_of(std::size_t column, const Cell& cell, const Look& look) {
    auto& [above, format] = formats_[column];
    if (format != nullptr && above == look) return format;
    Style style = style_of(cell, sheet_.table.columns[column], look.heading);
    style.linked = look.linked;
    if (!look.keeps_number) style.number_format = "@";
    above = look;
    return format = target_.styles.get(style);
  }

  void write_cell(int row, int column, const Cell& cell, bool keeps_number, lxw_format* format) {
    const Span span{row, column, row + cell.row_span - 1, column + cell.column_span - 1, format};
    if (cell.row_span > 1) {
      write_blanks(span, row);
      spans_.push_back(span);
    } else if (cell.column_span > 1) {
      merge(span);
    }
    write_value(row, column, cell, keeps_number, format);
  }

  void write_value(int row, int column, const Cell& cell, bool keeps_number, lxw_format* format) {
    if (!keeps_number) return write_text(row, column, to_text(cell), format);
    write_content(row, column, cell, format);
  }

  /// The cell shows what it says; only its click leads elsewhere.
  void write_link(int row, int column, const model::Link& link) {
    std::string target = writable(link.target);
    const bool is_inside = target.starts_with('#');
    if (is_inside) {
      const std::string name = target_.sheet_name(target.substr(1));
      if (name.empty()) return refuse("xlsx.link", "链接所指的工作表不存在", row, column);
      target = "internal:'" + doubled_quotes(name) + "'!A1";
    }
    if (worksheet_write_url(worksheet_, row_index(row), column_index(column), target.c_str(),
                            nullptr) != LXW_NO_ERROR) {
      refuse("xlsx.link", "链接的地址太长，或一张表的链接太多", row, column);
    }
  }

  /// Cells merged over several rows.
  struct Span {
    int first_row;
    int first_column;
    int last_row;
    int last_column;
    lxw_format* format;
  };

  void merge(const Span& span) {
    check(worksheet_merge_range(worksheet_, row_index(span.first_row),
                                column_index(span.first_column), row_index(span.last_row),
                                column_index(span.last_column), "", span.format),
          span.first_row, span.first_column);
  }

  void write_blanks(const Span& span, int row) {
    for (int column = span.first_column; column <= span.last_column; ++column) {
      check(worksheet_write_blank(worksheet_, row_index(row), column_index(column), span.format),
            row, column);
    }
  }

  /// The part of open spans that lies in this row. A span is merged in its last row: merged in its
  /// first, the library would write rows ahead, which a row at a time cannot take. It empties the
  /// first cell, which gets its content back where rows are still in memory.
  void pad_spans(int row) {
    for (const Span& span : spans_) {
      if (row > span.first_row) write_blanks(span, row);
      if (row < span.last_row) continue;
      merge(span);
      const auto index = static_cast<std::size_t>(span.first_row - plan_.table_row);
      const Cell& cell = sheet_.table.rows[index][static_cast<std::size_t>(span.first_column)];
      if (target_.is_streamed) continue;
      write_value(span.first_row, span.first_column, cell, keeps_number(cell), span.format);
    }
    std::erase_if(spans_, [&](const Span& span) { return span.last_row == row; });
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
    if (text.empty()) return check(worksheet_write_blank(worksheet_, r, c, format), row, column);
    const lxw_error error =
        is_writable(text)
            ? worksheet_write_string(worksheet_, r, c, text.c_str(), format)
            : worksheet_write_string(worksheet_, r, c, writable(text).c_str(), format);
    check(error, row, column);
  }

  int sheet_row(int table_row) const { return plan_.table_row + table_row; }

  void set_choices(const model::Choices& choices) {
    const model::CellArea& area = choices.area;
    const int row = sheet_row(area.first_row);
    if (!fits_a_list(choices.texts)) {
      return refuse("xlsx.choices", "下拉列表各项合计超过 255 个字符", row, area.first_column);
    }
    std::vector<std::string> texts;
    for (const std::string& text : choices.texts)
      texts.push_back(writable(text));
    std::vector<char*> list;
    for (std::string& text : texts)
      list.push_back(text.data());
    list.push_back(nullptr);
    lxw_data_validation rule{};
    rule.validate = LXW_VALIDATION_TYPE_LIST;
    rule.value_list = list.data();
    std::string title = "不在可选范围内";
    std::string message = "请从下拉列表中选取";
    rule.error_title = title.data();
    rule.error_message = message.data();
    const lxw_error error = worksheet_data_validation_range(
        worksheet_, row_index(sheet_row(area.first_row)), column_index(area.first_column),
        row_index(sheet_row(area.last_row)), column_index(area.last_column), &rule);
    check(error, row, area.first_column);
  }

  void set_condition(const model::Condition& condition) {
    std::string formula = "=" + target_.formula(condition.formula);
    lxw_conditional_format rule{};
    rule.type = LXW_CONDITIONAL_TYPE_FORMULA;
    rule.value_string = formula.data();
    rule.format = target_.styles.get(condition.mark);
    const model::CellArea& area = condition.area;
    check(worksheet_conditional_format_range(
              worksheet_, row_index(sheet_row(area.first_row)), column_index(area.first_column),
              row_index(sheet_row(area.last_row)), column_index(area.last_column), &rule),
          sheet_row(area.first_row), area.first_column);
  }

  void set_name(const model::NamedArea& named) {
    const model::CellArea& area = named.area;
    const auto fixed = [&](int row, int column) {
      const std::string name = cell_name(sheet_row(row), column);
      const std::size_t digits = name.find_first_of("0123456789");
      return "$" + name.substr(0, digits) + "$" + name.substr(digits);
    };
    const std::string formula = "='" + doubled_quotes(target_.name) + "'!" +
                                fixed(area.first_row, area.first_column) + ":" +
                                fixed(area.last_row, area.last_column);
    if (!is_area_name(named.name) || workbook_define_name(target_.workbook, named.name.c_str(),
                                                          formula.c_str()) != LXW_NO_ERROR) {
      refuse("xlsx.name", "区域名称不合规则：“" + named.name + "”", sheet_row(area.first_row),
             area.first_column);
    }
  }

  void refuse(std::string id, std::string message, int row, int column) {
    if (refusal_) return;
    refusal_ = Error{.code = ErrorCode::InvalidInput,
                     .id = std::move(id),
                     .message = std::move(message),
                     .where = {.part = sheet_.name + "!" + cell_name(row, column)}};
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
  std::vector<std::pair<Look, lxw_format*>> formats_;        ///< of the last cell of each column
  std::map<std::pair<int, int>, const model::Link*> links_;  ///< by row and column of the table
  std::vector<Span> spans_;                                  ///< that reach below this row
  std::optional<Error> refusal_;
};

}  // namespace

Status write_sheet(const Sheet& sheet, const SheetPlan& plan, const SheetTarget& target) {
  return SheetWriter(sheet, plan, target).write();
}

}  // namespace huice::render::xlsx
