#include "facts/cell_value.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "facts/people_number.h"
#include "model/identifiers.h"
#include "model/industry.h"
#include "text/dates.h"
#include "text/normalize.h"
#include "text/suggest.h"

namespace huice::facts {
namespace {

using model::FactDefinition;
using model::FactType;

/// Facts whose codes a standard defines. Their names are fixed by policies/facts.yaml.
constexpr std::string_view kUscc = "统一社会信用代码";
constexpr std::string_view kIndustry = "行业代码";

/// Spreadsheets keep 15 digits of a number; a longer code typed as a number has lost its tail.
constexpr std::int64_t kLargestExactNumber = 999'999'999'999'999;

constexpr std::array<std::string_view, 16> kUnknownWords = {
    "-",    "--",   "—",    "——",   "–",      "/",      "\\",  "//",
    "暂无", "不详", "未知", "待定", "待填报", "无数据", "n/a", "null"};

constexpr std::array<std::string_view, 13> kYes = {"是", "√",  "✓",    "✔",    "有", "y",   "yes",
                                                   "1",  "对", "true", "属于", "已", "符合"};
constexpr std::array<std::string_view, 16> kNo = {"否",   "×",      "✗",    "✘",     "无", "n",
                                                  "no",   "0",      "非",   "x",     "错", "false",
                                                  "没有", "不属于", "不是", "不符合"};

/// Stands between the ends of a range.
constexpr std::string_view kRangeMark = "..";

template <class Words>
bool is_among(const Words& words, std::string_view text) {
  return std::ranges::find(words, text) != words.end();
}

/// Folded and without any blank.
std::string key_of(std::string_view utf8) {
  std::string key = text::fold(utf8);
  std::erase_if(key, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  return key;
}

std::string shown(const Cell& cell) {
  constexpr std::size_t kMaxShown = 40;  // code points
  const std::string text = text::single_spaced(to_text(cell));
  if (code_point_count(text) <= kMaxShown) return text;
  return encode_utf8(decode_utf8(text).substr(0, kMaxShown)) + "…";
}

/// Collects what one cell of one fact gives.
class CellReader {
 public:
  CellReader(const Cell& cell, const FactDefinition& fact, const ColumnUnit& unit)
      : cell_(cell), fact_(fact), unit_(unit) {}

  Reading read() {
    if (const auto* fault = std::get_if<CellFault>(&cell_.content)) {
      refuse("sheet.cell.formula",
             fault->text.empty() ? "公式没有计算结果" : "公式出错，显示“" + fault->text + "”",
             "请在 Excel 或 WPS 中改正公式并保存，或直接填写数值");
      return std::move(reading_);
    }
    const std::string* text = std::get_if<std::string>(&cell_.content);
    const std::string key = text == nullptr ? std::string() : key_of(*text);
    if (cell_.is_blank() || (text != nullptr && key.empty())) return {};
    if (text != nullptr && is_unknown(key)) {
      note("sheet.cell.unknown", "填的是“" + shown(cell_) + "”，按未知处理", "如已有数据请补填");
      return std::move(reading_);
    }
    read_known(key);
    return std::move(reading_);
  }

 private:
  void refuse(std::string_view id, const std::string& what, std::string hint) {
    reading_.value.reset();
    reading_.refusal = error(id, what, std::move(hint));
  }
  std::optional<Decimal> refused(std::string_view id, const std::string& what, std::string hint) {
    refuse(id, what, std::move(hint));
    return std::nullopt;
  }
  void note(std::string_view id, const std::string& what, std::string hint) {
    reading_.note = error(id, what, std::move(hint));
  }
  Error error(std::string_view id, const std::string& what, std::string hint) const {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = std::string(id),
                 .message = "“" + fact_.name + "”" + what,
                 .where = {},
                 .hint = std::move(hint)};
  }

  /// 无 is an answer to a yes-or-no question and where the catalogue lists it; else it may mean
  /// zero or unknown, and nobody but the clerk can say which.
  bool is_unknown(const std::string& key) const {
    if (is_among(kUnknownWords, key)) return true;
    const bool countable = fact_.type == FactType::Number || fact_.type == FactType::Money ||
                           fact_.type == FactType::Ratio || fact_.type == FactType::Day ||
                           fact_.type == FactType::Code;
    return key == "无" && countable;
  }

  void read_known(const std::string& key) {
    switch (fact_.type) {
      case FactType::Text:
        return read_text();
      case FactType::Number:
      case FactType::Money:
      case FactType::Ratio:
        return read_number();
      case FactType::Boolean:
        return read_truth(key);
      case FactType::Day:
        return read_day();
      case FactType::Code:
        return read_code();
      case FactType::List:
        return refuse("sheet.cell.list", "是名单，不能填在一个单元格里",
                      "请另建工作表“" + fact_.name + "”");
    }
  }

  void read_text() {
    const std::string text = text::single_spaced(to_text(cell_));
    reading_.value = text;
    if (fact_.values.empty()) return;
    const std::string key = key_of(text);
    const auto allowed = std::ranges::find_if(
        fact_.values, [&](const std::string& value) { return key_of(value) == key; });
    if (allowed != fact_.values.end()) {
      reading_.value = *allowed;
      return;
    }
    std::string list;
    for (const std::string& value : fact_.values) {
      list += (list.empty() ? "" : "、") + value;
    }
    const auto nearest = text::closest(text, fact_.values);
    refuse("sheet.cell.value", "应为" + list + "之一，实为“" + shown(cell_) + "”",
           nearest ? "是否为“" + std::string(*nearest) + "”？" : "请改填所列的一种");
  }

  void read_number() {
    if (const auto* number = std::get_if<Decimal>(&cell_.content)) {
      return take_number({.value = *number, .percent = cell_.percent});
    }
    const auto* text = std::get_if<std::string>(&cell_.content);
    if (text == nullptr) {
      return refuse("sheet.cell.number", "应为数字，实为“" + shown(cell_) + "”",
                    "请检查单元格格式");
    }
    const std::string folded = text::fold(*text);
    if (const std::size_t dots = folded.find(kRangeMark); dots != folded.npos) {
      return read_range(std::string_view(folded).substr(0, dots),
                        std::string_view(folded).substr(dots + kRangeMark.size()));
    }
    const PeopleNumber number = parse_people_number(*text, fact_.unit);
    switch (number.fault) {
      case NumberFault::None:
        return take_number(number);
      case NumberFault::Approximate:
        return refuse("sheet.cell.approximate", "应为确切的数字，实为“" + shown(cell_) + "”",
                      "请填报表上的实际数；只知道范围就写 200..300，没有就留空");
      case NumberFault::Grouping:
        return refuse("sheet.cell.number", "千位分隔符的位置不对：“" + shown(cell_) + "”",
                      "请去掉分隔符，如 1234567.8");
      case NumberFault::NotANumber:
        return refuse("sheet.cell.number", "应为数字，实为“" + shown(cell_) + "”",
                      "请填阿拉伯数字；没有就留空");
    }
  }

  void take_number(const PeopleNumber& number) { reading_.value = converted(number); }

  /// Both ends, either of which may be left out; a unit after the higher one is that of both.
  void read_range(std::string_view below, std::string_view above) {
    const auto end_of = [&](std::string_view text) -> std::optional<PeopleNumber> {
      if (key_of(text).empty()) return std::nullopt;
      return parse_people_number(text, fact_.unit);
    };
    auto low = end_of(below);
    const auto high = end_of(above);
    const bool readable = (low || high) && (!low || low->fault == NumberFault::None) &&
                          (!high || high->fault == NumberFault::None);
    if (!readable) {
      return refuse("sheet.cell.range", "的区间“" + shown(cell_) + "”读不懂",
                    "请写成 200..300、200.. 或 ..300 的样子");
    }
    if (low && high && !low->money_power) low->money_power = high->money_power;
    if (low && high && high->percent && !low->percent) {
      low->value = multiply(low->value, Decimal::scaled(1, -2)).value_or(low->value);
      low->percent = true;
    }
    if (low) reading_.low = converted(*low);
    if (high) reading_.high = converted(*high);
    if (reading_.refusal) {
      reading_.low.reset();
      reading_.high.reset();
    } else if (reading_.low && reading_.high && *reading_.low >= *reading_.high) {
      take_narrow_range();
    }
  }

  /// Ends that are equal are a value; the wrong way round they are nothing.
  void take_narrow_range() {
    const bool one = *reading_.low == *reading_.high;
    if (one) reading_.value = *reading_.low;
    reading_.low.reset();
    reading_.high.reset();
    if (one) return;
    refuse("sheet.cell.range", "的区间“" + shown(cell_) + "”前大后小", "请把小的一端写在前面");
  }

  /// The number in the unit of the fact; nullopt, with the refusal, when it cannot be one.
  std::optional<Decimal> converted(const PeopleNumber& number) {
    const bool ratio = fact_.type == FactType::Ratio;
    const bool money = fact_.type == FactType::Money;
    if (!ratio && number.percent) {
      return refused("sheet.cell.number", "应为数字，实为百分数“" + shown(cell_) + "”",
                     "请核对单元格");
    }
    if (!money && number.money_power) {
      return refused("sheet.cell.number", "不是金额，却填了“" + shown(cell_) + "”", "请核对单元格");
    }
    if (fact_.non_negative && number.value.is_negative()) {
      return refused("sheet.cell.negative", "不应为负数，实为“" + shown(cell_) + "”",
                     "请核对后改填");
    }
    int power = money ? number.money_power.value_or(unit_.power) : 0;
    if (ratio && !number.percent) {
      if (unit_.percent) power = -2;
      if (!unit_.percent && number.value.abs() > Decimal(1)) {
        return refused("sheet.cell.ratio", "应为百分数或 0 到 1 的小数，实为“" + shown(cell_) + "”",
                       "如是 " + number.value.to_plain() + "%，请写上百分号");
      }
    }
    const auto value = multiply(number.value, Decimal::scaled(1, power));
    if (!value) return refused("sheet.cell.number", "数字过大", "请核对单元格");
    return value->normalized();
  }

  void read_truth(const std::string& key) {
    if (const auto* truth = std::get_if<bool>(&cell_.content)) {
      reading_.value = *truth;
      return;
    }
    std::string word = key;
    if (const auto* number = std::get_if<Decimal>(&cell_.content)) word = number->to_plain();
    if (is_among(kYes, word) || is_among(kNo, word)) {
      reading_.value = is_among(kYes, word);
      return;
    }
    refuse("sheet.cell.yes-no", "应填是或否，实为“" + shown(cell_) + "”", "请填 是 或 否");
  }

  void read_day() {
    if (const auto* day = std::get_if<Date>(&cell_.content)) {
      reading_.value = *day;
      return;
    }
    if (const auto day = text::parse_people_date(to_text(cell_))) {
      reading_.value = *day;
      return;
    }
    refuse("sheet.cell.day", "应为年月日俱全的日期，实为“" + shown(cell_) + "”",
           "请写成 2015-03-08 的样子");
  }

  void read_code() {
    if (const auto* number = std::get_if<Decimal>(&cell_.content)) {
      if (number->abs() > Decimal(kLargestExactNumber)) {
        return refuse("sheet.cell.digits-lost", "是以数字存放的长代码，末几位已经丢失",
                      "请把单元格设为文本格式后重新填写");
      }
    } else if (!std::holds_alternative<std::string>(cell_.content)) {
      return refuse("sheet.cell.value", "应为代码，实为“" + shown(cell_) + "”", "请检查单元格格式");
    }
    std::string code = key_of(to_text(cell_));
    std::ranges::transform(code, code.begin(), [](char c) {
      return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    if (fact_.name == kUscc && !model::is_uscc(code)) note_uscc(code);
    reading_.value = code;
    if (fact_.name == kIndustry) read_industry(code);
  }

  void read_industry(const std::string& code) {
    if (auto full = model::full_industry_code(code)) {
      reading_.value = *std::move(full);
      return;
    }
    refuse("sheet.cell.industry", "应为 GB/T 4754-2017 的行业代码，实为“" + shown(cell_) + "”",
           "如 C1371 或 1371：门类字母一位（可省），数字二至四位");
  }

  void note_uscc(const std::string& code) {
    constexpr std::size_t kLength = 18;
    constexpr std::string_view kDigits = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    if (code.size() != kLength) {
      return note("sheet.cell.uscc",
                  "应为 18 位，实为 " + std::to_string(code_point_count(code)) + " 位“" +
                      shown(cell_) + "”",
                  "请与营业执照核对");
    }
    std::string corrected = code;
    for (const char digit : kDigits) {
      corrected.back() = digit;
      if (!model::is_uscc(corrected)) continue;
      return note("sheet.cell.uscc", "“" + code + "”的校验位不符，按前 17 位应为 " + digit,
                  "多为录入有误，请与营业执照核对");
    }
    note("sheet.cell.uscc", "“" + code + "”含有代码不用的字符",
         "代码不用 I、O、S、V、Z，请与营业执照核对");
  }

  const Cell& cell_;
  const FactDefinition& fact_;
  const ColumnUnit& unit_;
  Reading reading_;
};

}  // namespace

model::Fact Reading::to_fact(std::string source, std::optional<Date> observed) const {
  return {.value = value.value_or(model::Value()),
          .source = std::move(source),
          .observed = observed,
          .low = low,
          .high = high};
}

Reading read_cell(const Cell& cell, const FactDefinition& fact, const ColumnUnit& unit) {
  return CellReader(cell, fact, unit).read();
}

}  // namespace huice::facts
