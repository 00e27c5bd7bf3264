#include "facts/people_number.h"

#include <algorithm>
#include <array>

#include "text/normalize.h"
#include "text/numerals.h"

namespace huice::facts {
namespace {

/// Longest first, so that 万元 is not taken for 元.
constexpr std::array<UnitWord, 8> kMoneyUnits = {{{"百万元", 6},
                                                  {"千万元", 7},
                                                  {"万元", 4},
                                                  {"亿元", 8},
                                                  {"千元", 3},
                                                  {"元", 0},
                                                  {"万", 4},
                                                  {"亿", 8}}};

constexpr std::array<std::string_view, 16> kCounters = {"个月", "周岁", "年度", "人", "名", "个",
                                                        "家",   "户",   "月",   "年", "岁", "分",
                                                        "项",   "件",   "天",   "次"};

constexpr std::array<std::string_view, 18> kVague = {"约", "左右", "上下", "余",   "多",   "近",
                                                     "超", "不到", "不足", "以上", "以下", "以内",
                                                     "至", "到",   "~",    ">",    "<",    "+"};

void erase_all(std::string& text, std::string_view part) {
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at)) {
    text.erase(at, part.size());
  }
}

bool cut_suffix(std::string& text, std::string_view suffix) {
  if (suffix.empty() || !text.ends_with(suffix) || text.size() == suffix.size()) return false;
  text.resize(text.size() - suffix.size());
  return true;
}

/// One width, no blanks, no currency sign, an ASCII minus.
std::string plain_form(std::string_view utf8) {
  std::string text = text::fold(utf8);
  for (const std::string_view blank : {" ", "\t", "\n", "\r", "¥", "人民币"}) {
    erase_all(text, blank);
  }
  for (const std::string_view minus : {"−", "–", "负"}) {
    if (text.starts_with(minus)) text = '-' + text.substr(minus.size());
  }
  if (text.starts_with('+')) text.erase(0, 1);
  return text;
}

void cut_unit(std::string& text, std::string_view unit, PeopleNumber& number) {
  if (cut_suffix(text, "%")) {
    number.percent = true;
    return;
  }
  for (const UnitWord& money : kMoneyUnits) {
    if (!cut_suffix(text, money.word)) continue;
    number.money_power = money.power;
    return;
  }
  if (cut_suffix(text, unit)) return;
  for (const std::string_view counter : kCounters) {
    if (cut_suffix(text, counter)) return;
  }
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Removes the commas of `1,234,567`; false when they do not stand every three digits.
bool ungroup(std::string& text) {
  const std::size_t begin = text.starts_with('-') ? 1 : 0;
  std::size_t point = std::min(text.find('.'), text.size());
  if (text.find(',', point) != text.npos) return false;
  bool grouped = false;
  for (std::size_t at = point; at > begin + 3 && text[at - 4] == ','; at -= 4) {
    text.erase(at - 4, 1);
    grouped = true;
    if (!is_digits(text.substr(at - 4, 3))) return false;
  }
  return text.find(',') == text.npos && (!grouped || text.size() > begin + 3);
}

bool is_vague(std::string_view text) {
  const std::size_t dash = text.find('-', 1);
  if (dash != text.npos && is_digits(text.substr(dash - 1, 1))) return true;  // 200-300
  return std::ranges::any_of(kVague,
                             [&](std::string_view word) { return text.find(word) != text.npos; });
}

/// `12.50`: digits with at most one point between them.
std::optional<Decimal> plain_number(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  if (!is_digits(digits.substr(0, point))) return std::nullopt;
  if (point < digits.size() && !is_digits(digits.substr(point + 1))) return std::nullopt;
  return Decimal::parse(text);
}

}  // namespace

const UnitWord* money_unit(std::string_view word) {
  const auto found = std::ranges::find(kMoneyUnits, word, &UnitWord::word);
  return found == kMoneyUnits.end() ? nullptr : &*found;
}

PeopleNumber parse_people_number(std::string_view utf8, std::string_view unit) {
  PeopleNumber number;
  const std::string written = plain_form(utf8);
  std::string text = written;
  cut_unit(text, unit, number);
  const bool grouping = text.find(',') != text.npos;
  if (grouping && !ungroup(text)) {
    number.fault = NumberFault::Grouping;
    return number;
  }
  std::optional<Decimal> value = plain_number(text);
  if (!value) {
    // A unit such as 万 belongs to the numeral: 两万 is read whole.
    for (const std::string& candidate : {written, text}) {
      const auto numeral = value ? std::nullopt : text::parse_chinese_numeral(candidate);
      if (!numeral) continue;
      value = Decimal(*numeral);
      if (candidate == written) number.money_power.reset();
    }
  }
  if (!value) {
    const bool has_digit = written.find_first_of("0123456789") != written.npos;
    number.fault =
        has_digit && is_vague(written) ? NumberFault::Approximate : NumberFault::NotANumber;
    return number;
  }
  number.value =
      number.percent ? multiply(*value, Decimal::scaled(1, -2)).value_or(*value) : *value;
  return number;
}

}  // namespace huice::facts
