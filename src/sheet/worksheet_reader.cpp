// Source: ECMA-376 Part 1, 18.3.1 (worksheets), 18.18.11 (ST_CellType), 18.17.4 (dates).
#include "sheet/worksheet_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "base/utf8.h"

namespace huice::sheet {
namespace {

using archive::XmlElement;
using archive::XmlNext;

/// A stored number with the 15 significant digits that spreadsheets show and calculate with:
/// 1942.6300000000001 is 1942.63.
std::optional<Decimal> stored_number(std::string_view text) {
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  std::array<char, 40> digits{};
  const auto shown =
      std::to_chars(digits.begin(), digits.end(), value, std::chars_format::scientific, 14);
  const auto number = Decimal::parse({digits.data(), shown.ptr});
  return number ? std::optional(number->normalized()) : std::nullopt;
}

/// The day with this serial number; nullopt for times without a day and beyond the year 9999.
/// The 1900 system counts a 29th of February 1900, which there was not.
std::optional<Date> day_of_serial(const Decimal& serial, bool from_1904) {
  constexpr int kLastSerial = 2'958'465;  // 9999-12-31
  const auto whole = serial.rounded(0, Rounding::Floor).to_int64();
  if (!whole || *whole < 0 || *whole > kLastSerial || (*whole == 0 && !from_1904)) {
    return std::nullopt;
  }
  const int days = static_cast<int>(*whole);
  if (from_1904) return Date::make(1904, 1, 1)->plus_days(days);
  return Date::make(1899, 12, days < 60 ? 31 : 30)->plus_days(days);
}

class WorksheetHandler : public archive::XmlHandler {
 public:
  WorksheetHandler(const WorkbookParts& parts, CellBudget& budget, Grid& grid, const TakeRow& take)
      : parts_(parts), budget_(budget), grid_(grid), take_(take) {}

  /// Why reading was stopped.
  const std::optional<Error>& refusal() const { return refusal_; }

  XmlNext start(const XmlElement& element) override {
    if (element.name == "row") return start_row(element);
    if (element.name == "c") return start_cell(element);
    if (element.name == "mergeCell") return take_merged(element);
    if (element.name == "f") has_formula_ = true;
    if (element.name == "rPh") in_reading_ = true;
    in_value_ = in_cell_ && (element.name == "v" || (element.name == "t" && !in_reading_));
    return XmlNext::Continue;
  }

  XmlNext end(std::string_view name) override {
    if (name == "rPh") in_reading_ = false;
    if (name == "v" || name == "t") in_value_ = false;
    if (name == "row") in_row_ = false;
    if (name == "row" && !row_.cells.empty()) take_(std::exchange(row_, {}));
    if (name != "c" || !in_cell_) return XmlNext::Continue;
    in_cell_ = false;
    return finish_cell();
  }

  XmlNext text(std::string_view utf8) override {
    if (in_value_) value_ += utf8;
    return XmlNext::Continue;
  }

 private:
  XmlNext refuse(ErrorCode code, std::string id, std::string message, CellAddress address) {
    const GridRow row{.number = address.row};
    refusal_ = xlsx_error(code, std::move(id), std::move(message),
                          grid_.where(row, std::max(address.column, 1)));
    return XmlNext::Stop;
  }
  XmlNext corrupt(std::string message, CellAddress address) {
    return refuse(ErrorCode::InvalidInput, "xlsx.corrupt", "工作表已损坏：" + std::move(message),
                  address);
  }

  XmlNext start_row(const XmlElement& element) {
    int number = last_row_ + 1;
    if (const auto written = element.attribute("r")) {
      const auto address = parse_a1("A" + std::string(*written));
      number = address ? address->row : 0;
    }
    if (number <= last_row_ || number > kMaxRow) {
      return corrupt("行号“" + std::string(element.attribute("r").value_or("")) + "”无效或没有递增",
                     {last_row_ + 1, 1});
    }
    last_row_ = number;
    last_column_ = 0;
    row_ = {.number = number};
    in_row_ = true;
    return XmlNext::Continue;
  }

  XmlNext start_cell(const XmlElement& element) {
    CellAddress address{last_row_, last_column_ + 1};
    if (const auto written = element.attribute("r")) {
      const auto parsed = parse_a1(*written);
      if (!parsed || parsed->row != last_row_) {
        return corrupt("单元格地址“" + std::string(*written) + "”无效", address);
      }
      address = *parsed;
    }
    if (!in_row_ || address.column <= last_column_ || address.column > kMaxColumn) {
      return corrupt("单元格没有按列的次序排列", address);
    }
    last_column_ = address.column;
    type_ = element.attribute("t").value_or("n");
    format_ = element.attribute("s").value_or("0");
    value_.clear();
    has_formula_ = false;
    in_cell_ = true;
    return XmlNext::Continue;
  }

  XmlNext finish_cell() {
    GridCell cell{.column = last_column_, .content = {}, .computed = has_formula_};
    if (value_.empty() && has_formula_ && type_ != "str") {
      cell.content = CellFault{};
    } else if (!value_.empty() && !take_value(cell)) {
      return corrupt("单元格的内容“" + value_.substr(0, 40) + "”与其类型不符",
                     {last_row_, last_column_});
    }
    if (cell.is_blank()) return XmlNext::Continue;
    const auto* text = std::get_if<std::string>(&cell.content);
    const std::size_t bytes = text == nullptr ? 0 : text->size();
    if (budget_.cells == 0 || budget_.text_bytes < bytes) {
      return refuse(ErrorCode::TooLarge, "xlsx.too-large", "工作簿的内容过多",
                    {last_row_, last_column_});
    }
    budget_.cells -= 1;
    budget_.text_bytes -= bytes;
    row_.cells.push_back(std::move(cell));
    return XmlNext::Continue;
  }

  /// Reads `value_` by the cell's type; false when it is not of that type.
  bool take_value(GridCell& cell) const {
    if (type_ == "s") return take_shared(cell);
    if (type_ == "b") {
      cell.content = value_ == "1" || value_ == "true";
    } else if (type_ == "e") {
      cell.content = CellFault{value_};
    } else if (type_ == "d") {
      const auto day = Date::parse(std::string_view(value_).substr(0, 10));
      if (!day) return false;
      cell.content = *day;
    } else if (type_ == "n") {
      return take_number(cell);
    } else {
      cell.content = unescaped(value_);
    }
    return true;
  }

  bool take_shared(GridCell& cell) const {
    std::size_t index = 0;
    const auto [end, code] = std::from_chars(value_.data(), value_.data() + value_.size(), index);
    if (code != std::errc() || end != value_.data() + value_.size() ||
        index >= parts_.strings.size()) {
      return false;
    }
    cell.content = std::string(parts_.strings[index]);
    return true;
  }

  bool take_number(GridCell& cell) const {
    const auto number = stored_number(value_);
    if (!number) return false;
    cell.content = *number;
    std::size_t format = 0;
    std::from_chars(format_.data(), format_.data() + format_.size(), format);
    const NumberKind kind =
        format < parts_.formats.size() ? parts_.formats[format] : NumberKind::Plain;
    cell.percent = kind == NumberKind::Percent;
    if (kind == NumberKind::Day) {
      if (const auto day = day_of_serial(*number, parts_.from_1904)) cell.content = *day;
    }
    return true;
  }

  XmlNext take_merged(const XmlElement& element) {
    const std::string_view reference = element.attribute("ref").value_or("");
    const std::size_t colon = std::min(reference.find(':'), reference.size());
    const auto first = parse_a1(reference.substr(0, colon));
    const auto last = colon == reference.size() ? first : parse_a1(reference.substr(colon + 1));
    if (!first || !last || last->row < first->row || last->column < first->column) {
      return corrupt("合并区域“" + std::string(reference) + "”无效", {1, 1});
    }
    if (grid_.merged.size() == kMaxMergedRanges) {
      return refuse(ErrorCode::TooLarge, "xlsx.too-large", "工作表的合并区域过多", *first);
    }
    grid_.merged.push_back({*first, *last});
    return XmlNext::Continue;
  }

  const WorkbookParts& parts_;
  CellBudget& budget_;
  Grid& grid_;
  const TakeRow& take_;
  GridRow row_;  ///< being read
  std::optional<Error> refusal_;
  int last_row_ = 0;
  int last_column_ = 0;
  std::string type_;
  std::string format_;
  std::string value_;
  bool has_formula_ = false;
  bool in_row_ = false;
  bool in_cell_ = false;
  bool in_value_ = false;
  bool in_reading_ = false;
};

}  // namespace

Status read_worksheet(const archive::Pieces& xml, const WorkbookParts& parts, CellBudget& budget,
                      Grid& grid, const TakeRow& take) {
  WorksheetHandler handler(parts, budget, grid, take);
  const Status read = archive::read_xml(xml, handler, {.file = grid.file, .part = grid.name});
  if (!read) return read.error();
  if (handler.refusal()) return *handler.refusal();
  return Unit{};
}

}  // namespace huice::sheet
