#include "text/numerals.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/utf8.h"

namespace huice::text {
namespace {

constexpr std::u32string_view kDigits = U"零一二三四五六七八九";
constexpr std::u32string_view kCapitalDigits = U"零壹贰叁肆伍陆柒捌玖";
constexpr std::u32string_view kPlaces = U" 十百千";
constexpr std::u32string_view kCapitalPlaces = U" 拾佰仟";

constexpr std::uint64_t kWan = 10'000;
constexpr std::uint64_t kYi = 100'000'000;

struct Letters {
  std::u32string_view digits;
  std::u32string_view places;
};
constexpr Letters kPlain = {kDigits, kPlaces};
constexpr Letters kCapital = {kCapitalDigits, kCapitalPlaces};

/// 1 to 9999, no leading 零.
std::u32string section(std::uint64_t number, const Letters& letters) {
  std::u32string text;
  bool skipped = false;
  std::uint64_t weight = 1000;
  for (std::size_t place = 3;; --place, weight /= 10) {
    const std::uint64_t digit = number / weight % 10;
    if (digit == 0) {
      skipped = !text.empty();
    } else {
      if (skipped) text += letters.digits[0];
      text += letters.digits[digit];
      if (place > 0) text += letters.places[place];
      skipped = false;
    }
    if (place == 0) return text;
  }
}

/// Requires number > 0. A lower section that does not fill its first place is joined by 零.
std::u32string whole(std::uint64_t number, const Letters& letters) {
  const auto joined = [&](std::uint64_t unit, char32_t name) {
    std::u32string text = whole(number / unit, letters) + name;
    const std::uint64_t rest = number % unit;
    if (rest == 0) return text;
    if (rest < unit / 10) text += letters.digits[0];
    return text + whole(rest, letters);
  };
  if (number >= kYi) return joined(kYi, U'亿');
  if (number >= kWan) return joined(kWan, U'万');
  return section(number, letters);
}

std::uint64_t magnitude(std::int64_t number) {
  return number < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(number)
                    : static_cast<std::uint64_t>(number);
}

std::optional<std::uint64_t> digit_value(char32_t c) {
  if (c >= U'0' && c <= U'9') return c - U'0';
  if (c >= U'０' && c <= U'９') return c - U'０';
  if (c == U'〇' || c == U'○' || c == U'Ｏ' || c == U'O' || c == U'◯') return 0;
  if (c == U'两' || c == U'兩' || c == U'贰' || c == U'貳') return 2;
  if (c == U'叁' || c == U'參') return 3;
  for (const auto letters : {kDigits, kCapitalDigits}) {
    const auto at = letters.find(c);
    if (at != std::u32string_view::npos) return at;
  }
  return std::nullopt;
}

std::uint64_t place_value(char32_t c) {
  switch (c) {
    case U'十':
    case U'拾':
      return 10;
    case U'百':
    case U'佰':
      return 100;
    case U'千':
    case U'仟':
      return 1000;
    default:
      return 0;
  }
}

bool is_arabic(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
}

std::optional<std::uint64_t> parse_digits(std::u32string_view text) {
  constexpr std::size_t kMostDigits = 18;
  if (text.empty() || text.size() > kMostDigits) return std::nullopt;
  std::uint64_t value = 0;
  for (const char32_t c : text) {
    const auto digit = digit_value(c);
    if (!digit) return std::nullopt;
    value = value * 10 + *digit;
  }
  return value;
}

/// Up to 9999 in places: 一千零五, 十二, 廿三.
std::optional<std::uint64_t> parse_section(std::u32string_view text) {
  std::uint64_t value = 0;
  std::uint64_t last_place = 10'000;
  std::size_t at = 0;
  while (at < text.size()) {
    bool zero = false;
    if (digit_value(text[at]) == 0 && at > 0) {
      zero = true;
      if (++at == text.size()) return std::nullopt;
    }
    if (text[at] == U'廿' || text[at] == U'卅') {
      if (last_place <= 10) return std::nullopt;
      value += text[at++] == U'廿' ? 20 : 30;
      last_place = 10;
      continue;
    }
    const auto digit = digit_value(text[at]);
    // 十二 has no digit before its first place.
    if (!digit && !(at == 0 && place_value(text[at]) == 10)) return std::nullopt;
    if (digit) ++at;
    const std::uint64_t place = at < text.size() ? place_value(text[at]) : 0;
    const std::uint64_t weight = place == 0 ? 1 : place;
    if (place != 0) ++at;
    if (weight >= last_place || digit == 0) return std::nullopt;
    if (!zero && last_place != 10'000 && weight != last_place / 10) return std::nullopt;
    value += digit.value_or(1) * weight;
    last_place = weight;
  }
  return last_place == 10'000 ? std::nullopt : std::optional(value);
}

constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();

std::optional<std::uint64_t> parse_whole(std::u32string_view text) {
  for (const auto& [unit, name] : {std::pair{kYi, U'亿'}, std::pair{kWan, U'万'}}) {
    auto at = text.rfind(name);
    if (name == U'万' && at == std::u32string_view::npos) at = text.rfind(U'萬');
    if (name == U'亿' && at == std::u32string_view::npos) at = text.rfind(U'億');
    if (at == std::u32string_view::npos) continue;
    const auto high = parse_whole(text.substr(0, at));
    auto rest = text.substr(at + 1);
    while (!rest.empty() && digit_value(rest.front()) == 0)
      rest.remove_prefix(1);
    const auto low = rest.empty() ? std::optional<std::uint64_t>(0) : parse_whole(rest);
    if (!high || !low || *low >= unit || *high > (kMost - *low) / unit) return std::nullopt;
    return *high * unit + *low;
  }
  return parse_section(text);
}

/// More letters than the longest number that fits has.
constexpr std::size_t kMostLetters = 60;

std::optional<std::int64_t> parse_letters(std::u32string_view text) {
  if (text.size() > kMostLetters) return std::nullopt;
  const auto digits = parse_digits(text);
  const auto value = digits ? digits : parse_whole(text);
  if (!value) return std::nullopt;
  return static_cast<std::int64_t>(*value);
}

/// The run of letters a number may be written with.
std::size_t numeral_length(std::u32string_view text, bool arabic) {
  const auto end = std::ranges::find_if_not(text, [&](char32_t c) {
    if (is_arabic(c) || arabic) return is_arabic(c) && arabic;
    return digit_value(c) || place_value(c) != 0 || c == U'廿' || c == U'卅';
  });
  return static_cast<std::size_t>(end - text.begin());
}

std::size_t byte_size(std::u32string_view text) {
  return encode_utf8(text).size();
}

bool opens_bracket(char32_t c) {
  return c == U'（' || c == U'(' || c == U'〔' || c == U'﹙';
}
bool closes_bracket(char32_t c) {
  return c == U'）' || c == U')' || c == U'〕' || c == U'﹚';
}

std::optional<Ordinal> bracketed(std::u32string_view line) {
  const bool arabic = line.size() > 1 && is_arabic(line[1]);
  const std::size_t length = numeral_length(line.substr(1), arabic);
  if (length == 0 || 1 + length >= line.size() || !closes_bracket(line[1 + length])) {
    return std::nullopt;
  }
  // （2019） is a year.
  if (arabic && length > 3) return std::nullopt;
  const auto number = parse_letters(line.substr(1, length));
  if (!number) return std::nullopt;
  return Ordinal{arabic ? OrdinalKind::DigitBracket : OrdinalKind::HanBracket, *number,
                 byte_size(line.substr(0, length + 2))};
}

/// 第一章, 第一节, 第一条, 第十二部分.
std::optional<Ordinal> named(std::u32string_view line) {
  const bool arabic = line.size() > 1 && is_arabic(line[1]);
  const std::size_t length = numeral_length(line.substr(1), arabic);
  const auto number = parse_letters(line.substr(1, length));
  if (!number) return std::nullopt;
  constexpr std::pair<std::u32string_view, OrdinalKind> kNames[] = {
      {U"部分", OrdinalKind::Part},  {U"编", OrdinalKind::Part},    {U"章", OrdinalKind::Chapter},
      {U"节", OrdinalKind::Section}, {U"条", OrdinalKind::Article},
  };
  for (const auto& [name, kind] : kNames) {
    if (line.substr(1 + length).starts_with(name)) {
      return Ordinal{kind, *number, byte_size(line.substr(0, 1 + length + name.size()))};
    }
  }
  return std::nullopt;
}

std::optional<Ordinal> plain(std::u32string_view line) {
  const bool arabic = is_arabic(line.front());
  const std::size_t length = numeral_length(line, arabic);
  constexpr std::size_t kLongestDigits = 3;
  if (length == 0 || length >= line.size() || (arabic && length > kLongestDigits)) {
    return std::nullopt;
  }
  const std::u32string_view marks = arabic ? U"、.．" : U"、，．.";
  if (marks.find(line[length]) == std::u32string_view::npos) return std::nullopt;
  // 1.5 and 1.2.3 are numbers, not the first item.
  if (arabic && length + 1 < line.size() && is_arabic(line[length + 1])) return std::nullopt;
  const auto number = parse_letters(line.substr(0, length));
  if (!number) return std::nullopt;
  return Ordinal{arabic ? OrdinalKind::Digit : OrdinalKind::Han, *number,
                 byte_size(line.substr(0, length + 1))};
}

}  // namespace

std::string to_chinese_numeral(std::int64_t number) {
  if (number == 0) return "零";
  std::u32string text = whole(magnitude(number), kPlain);
  if (text.starts_with(U"一十")) text.erase(0, 1);
  return (number < 0 ? "负" : "") + encode_utf8(text);
}

std::string to_chinese_digits(std::int64_t number) {
  std::string text = number < 0 ? "负" : "";
  for (const char digit : std::to_string(magnitude(number))) {
    if (digit == '0') {
      text += "〇";
    } else {
      append_utf8(text, kDigits[static_cast<std::size_t>(digit - '0')]);
    }
  }
  return text;
}

std::optional<std::int64_t> parse_chinese_numeral(std::string_view utf8) {
  constexpr std::size_t kMostBytes = kMostLetters * 4;
  if (utf8.empty() || utf8.size() > kMostBytes) return std::nullopt;
  return parse_letters(decode_utf8(utf8));
}

std::string to_capital_money(Money amount) {
  const std::uint64_t fen = magnitude(amount.fen());
  const std::uint64_t yuan = fen / 100;
  const std::uint64_t jiao = fen / 10 % 10;
  const std::uint64_t last = fen % 10;
  std::u32string text = amount.fen() < 0 ? U"负" : U"";
  if (yuan > 0) text += whole(yuan, kCapital) + U"元";
  if (fen == 0) text += U"零元";
  if (jiao > 0) (text += kCapitalDigits[jiao]) += U'角';
  if (last > 0) {
    if (jiao == 0 && yuan > 0) text += kCapitalDigits[0];
    (text += kCapitalDigits[last]) += U'分';
  } else {
    text += U'整';
  }
  return encode_utf8(text);
}

std::optional<Ordinal> leading_ordinal(std::string_view line) {
  constexpr std::size_t kLongestOrdinal = 64;
  const std::u32string letters = decode_utf8(line.substr(0, kLongestOrdinal));
  if (letters.empty()) return std::nullopt;
  if (opens_bracket(letters.front())) return bracketed(letters);
  if (letters.front() == U'第') return named(letters);
  return plain(letters);
}

std::string to_ordinal(OrdinalKind kind, std::int64_t number) {
  switch (kind) {
    case OrdinalKind::Part:
      return "第" + to_chinese_numeral(number) + "编";
    case OrdinalKind::Chapter:
      return "第" + to_chinese_numeral(number) + "章";
    case OrdinalKind::Section:
      return "第" + to_chinese_numeral(number) + "节";
    case OrdinalKind::Article:
      return "第" + to_chinese_numeral(number) + "条";
    case OrdinalKind::Han:
      return to_chinese_numeral(number) + "、";
    case OrdinalKind::HanBracket:
      return "（" + to_chinese_numeral(number) + "）";
    case OrdinalKind::Digit:
      return std::to_string(number) + ".";
    case OrdinalKind::DigitBracket:
      return "（" + std::to_string(number) + "）";
  }
  return {};
}

}  // namespace huice::text
