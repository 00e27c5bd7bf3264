// 数字: figures, ranges, shares and units in running text, GB/T 15835-2011.
#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "base/utf8.h"
#include "lint/letters.h"
#include "lint/numbering.h"
#include "lint/rules.h"

namespace huice::lint {
namespace {

constexpr const char* kFigures = "GB/T 15835—2011";

constexpr Rule kPercentRange{"percent-range", Strength::Must, kFigures,
                             "百分数的范围，前后两个数都带%", true};
constexpr Rule kRangeMark{"range-mark", Strength::Should, "GB/T 15834—2011 4.13",
                          "起止之间用一字线“—”或浪纹线“～”，不用短横线和半角波浪号", true};
constexpr Rule kBroken{"broken-number", Strength::Should, kFigures,
                       "一个数只用一个“万”或“亿”作单位", true};
constexpr Rule kBlank{"blank-in-number", Strength::Should, kFigures,
                      "数字与它的单位之间、数字里面不留空格", true};
constexpr Rule kFullDigit{"full-width-digit", Strength::Must, kFigures, "阿拉伯数字用半角", true};
constexpr Rule kApproximate{"approximate-numbers", Strength::Should, "GB/T 15834—2011 4.5",
                            "相邻两个数连用表示概数，中间不用顿号", true};
constexpr Rule kUnit{"unit-symbol", Strength::Should, "GB 3100—1993",
                     "计量单位符号的大小写和上标按国家标准", true};
constexpr Rule kCurrency{"currency-twice", Strength::Should, "公文写作惯例",
                         "货币符号和“元”不同时用", false};
constexpr const Rule* kRules[] = {&kPercentRange, &kRangeMark,   &kBroken, &kBlank,
                                  &kFullDigit,    &kApproximate, &kUnit,   &kCurrency};

/// Behind a number with its decimals that begins at `at`.
std::size_t number_end(std::u32string_view text, std::size_t at) {
  std::size_t end = digits_end(text, at);
  if (letter(text, end) == U'.' && is_digit(letter(text, end + 1))) end = digits_end(text, end + 1);
  return end;
}

void check_ranges(const Paragraph& paragraph, std::size_t begin, Report& report) {
  const std::u32string& text = paragraph.text;
  const std::size_t middle = number_end(text, begin);
  const bool first_share = one_of(letter(text, middle), U"%％");
  const std::size_t mark = middle + (first_share ? 1 : 0);
  std::size_t second = mark;
  while (one_of(letter(text, second), U"～~—－-–"))
    ++second;
  if (second == mark || second - mark > 2 || !is_digit(letter(text, second))) return;
  // 2026-05-07, 0700-5550106 and 1-2-3 are names, not ranges.
  if (one_of(before(text, begin), U"-－—/.~～") || is_latin(before(text, begin))) return;
  const std::size_t end = number_end(text, second);
  if (one_of(letter(text, end), U"-/.") || is_latin(letter(text, end))) return;
  const bool share = one_of(letter(text, end), U"%％");
  if (share && !first_share) {
    report.add(kPercentRange, paragraph,
               {.at = begin,
                .message = "范围" + in_quotes(text.substr(begin, end + 1 - begin)) + "前一个数没有%",
                .proposal = encode_utf8(text.substr(begin, middle - begin)) + "%" +
                            encode_utf8(text.substr(mark, end + 1 - mark)),
                .edits = {{middle, 0, U"%"}}});
  }
  const bool tilde = text[mark] == U'~';
  const bool counted =
      share || one_of(letter(text, end), U"年月日天人个家万亿元岁项件分名户次倍小周");
  const bool hyphen = one_of(text[mark], U"-－–") && counted;
  if (!tilde && !hyphen) return;
  const std::u32string proper = tilde ? U"～" : U"—";
  report.add(kRangeMark, paragraph,
             {.at = mark,
              .message = "起止之间用了" + in_quotes(text.substr(mark, second - mark)),
              .proposal = encode_utf8(text.substr(begin, mark - begin) + proper +
                                      text.substr(second, end - second)),
              .edits = {{mark, second - mark, proper}}});
}

/// A figure with 亿, 万, 千, 百, 十 behind it.
struct Piece {
  Decimal number;
  char32_t unit = 0;
};

int zeros_of(char32_t unit) {
  switch (unit) {
    case U'亿':
      return 8;
    case U'万':
      return 4;
    case U'千':
      return 3;
    case U'百':
      return 2;
    case U'十':
      return 1;
    default:
      return 0;
  }
}

/// 5亿3千4百万 as 5.34亿: the sum of the pieces in the unit of the first.
std::optional<std::u32string> in_one_unit(const std::vector<Piece>& pieces) {
  Decimal sum;
  Decimal section;  // 3千4百 before its 万
  for (const Piece& piece : pieces) {
    const auto value = multiply(piece.number, Decimal::scaled(1, zeros_of(piece.unit)));
    if (!value) return std::nullopt;
    if (piece.unit == U'亿' || piece.unit == U'万') {
      const auto whole = multiply(section, Decimal::scaled(1, zeros_of(piece.unit)));
      const auto both = whole ? add(*whole, *value) : std::nullopt;
      const auto next = both ? add(sum, *both) : std::nullopt;
      if (!next) return std::nullopt;
      sum = *next;
      section = Decimal();
    } else if (const auto next = add(section, *value)) {
      section = *next;
    }
  }
  const auto all = add(sum, section);
  if (!all) return std::nullopt;
  const char32_t unit = *all < Decimal::scaled(1, 8) ? U'万' : U'亿';
  const auto shown = multiply(*all, Decimal::scaled(1, -zeros_of(unit)));
  if (!shown) return std::nullopt;
  return decode_utf8(shown->to_plain()) + unit;
}

/// 5亿3千4百万, 3千万, 12万5千: figures and Han units in turn.
void check_broken(const Paragraph& paragraph, std::size_t begin, Report& report) {
  const std::u32string& text = paragraph.text;
  // Not from the middle: 3千4百万 of 5亿3千4百万.
  if (begin >= 2 && zeros_of(text[begin - 1]) > 0 && is_digit(text[begin - 2])) return;
  std::vector<Piece> pieces;
  std::size_t at = begin;
  bool small = false;
  while (is_digit(letter(text, at))) {
    const std::size_t end = number_end(text, at);
    const char32_t unit = letter(text, end);
    const auto number = Decimal::parse(encode_utf8(text.substr(at, end - at)));
    if (zeros_of(unit) == 0 || !number) break;
    pieces.push_back({*number, unit});
    small = small || (unit != U'亿' && unit != U'万');
    at = end + 1;
  }
  // 3千万: a bare 万 or 亿 closes the section.
  if (small && !pieces.empty() && one_of(letter(text, at), U"万亿")) {
    pieces.push_back({Decimal(0), text[at]});
    ++at;
  }
  if (!small || pieces.size() < 2) return;
  const std::u32string written = text.substr(begin, at - begin);
  const auto proper = in_one_unit(pieces);
  if (!proper || *proper == written) return;
  report.add(kBroken, paragraph,
             {.at = begin,
              .message = "一个数里用了几个单位：" + in_quotes(written),
              .proposal = encode_utf8(*proper),
              .edits = {{begin, at - begin, *proper}}});
}

/// Blanks between digits, and between digits and what counts them.
void check_blanks(const Paragraph& paragraph, Report& report) {
  constexpr std::u32string_view kUnits = U"年月日时分秒天个家户人名次项件元万亿%％倍岁号";
  const std::u32string& text = paragraph.text;
  for (std::size_t i = ordinal_size(text); i < text.size(); ++i) {
    if (text[i] != U' ' || before(text, i) == U' ') continue;
    std::size_t end = i;
    while (letter(text, end) == U' ')
      ++end;
    const char32_t left = before(text, i);
    const char32_t right = letter(text, end);
    const bool counted = is_digit(left) && one_of(right, kUnits);
    const std::size_t digit = i >= 3 && text[i - 2] == U' ' ? i - 3 : i - 2;
    const bool after_date =
        one_of(left, U"年月") && is_digit(right) && i >= 2 && is_digit(text[digit]);
    if (!counted && !after_date) continue;
    report.add(kBlank, paragraph,
               {.at = i,
                .message = "数字与单位之间有空格",
                .proposal = encode_utf8(std::u32string{left, right}),
                .edits = {{i, end - i, U""}}});
  }
}

void check_full_width(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::size_t end = i;
    std::u32string proper;
    while (letter(text, end) >= U'０' && letter(text, end) <= U'９')
      proper += static_cast<char32_t>(text[end++] - U'０' + U'0');
    if (end == i) continue;
    report.add(kFullDigit, paragraph,
               {.at = i,
                .message = "数字" + in_quotes(text.substr(i, end - i)) + "是全角",
                .proposal = encode_utf8(proper),
                .edits = {{i, end - i, proper}}});
    i = end;
  }
}

/// 三、五天 and 七、八个, not 第七、八条 or 一、二季度.
void check_approximate(const Paragraph& paragraph, Report& report) {
  constexpr std::u32string_view kDigits = U"一二三四五六七八九";
  constexpr std::u32string_view kCounted = U"天个次名家人";
  const std::u32string& text = paragraph.text;
  for (std::size_t i = 1; i + 2 < text.size(); ++i) {
    if (text[i] != U'、') continue;
    const auto left = kDigits.find(text[i - 1]);
    const auto right = kDigits.find(text[i + 1]);
    if (left == kDigits.npos || right == kDigits.npos || right <= left || right > left + 2) {
      continue;
    }
    if (!one_of(text[i + 2], kCounted) ||
        one_of(before(text, i - 1), U"第、十百一二三四五六七八九")) {
      continue;
    }
    if (i == 1 || is_latin(before(text, i - 1))) continue;  // 一、二人转 begins a heading
    report.add(kApproximate, paragraph,
               {.at = i,
                .message = "概数中间用了顿号",
                .proposal = encode_utf8(std::u32string{text[i - 1], text[i + 1]}),
                .edits = {{i, 1, U""}}});
  }
}

struct Symbol {
  std::u32string_view wrong;
  std::u32string_view right;
};
constexpr Symbol kSymbols[] = {
    {U"KG", U"kg"}, {U"Kg", U"kg"},    {U"KM", U"km"},    {U"Km", U"km"},    {U"KW", U"kW"},
    {U"Kw", U"kW"}, {U"KWH", U"kW·h"}, {U"KWh", U"kW·h"}, {U"kwh", U"kW·h"}, {U"m2", U"m²"},
    {U"M2", U"m²"}, {U"m3", U"m³"},    {U"MM", U"mm"},    {U"CM", U"cm"}};

void check_unit(const Paragraph& paragraph, std::size_t end, Report& report) {
  const std::u32string& text = paragraph.text;
  const Symbol* found = nullptr;
  for (const Symbol& each : kSymbols) {
    const char32_t next = letter(text, end + each.wrong.size());
    if (begins(text, end, each.wrong) && !is_latin(next) && !is_digit(next) && next != U'²') {
      found = &each;
    }
  }
  if (found == nullptr) return;
  report.add(kUnit, paragraph,
             {.at = end,
              .message = "单位符号“" + encode_utf8(found->wrong) + "”写法不对",
              .proposal = encode_utf8(found->right),
              .edits = {{end, found->wrong.size(), std::u32string(found->right)}}});
}

void check_currency(const Paragraph& paragraph, std::size_t begin, Report& report) {
  const std::u32string& text = paragraph.text;
  if (!one_of(before(text, begin), U"￥¥＄$")) return;
  std::size_t end = number_end(text, begin);
  if (one_of(letter(text, end), U"万亿")) ++end;
  if (letter(text, end) != U'元') return;
  report.add(kCurrency, paragraph,
             {.at = begin - 1,
              .message = "货币符号和“元”重复",
              .proposal = encode_utf8(text.substr(begin, end + 1 - begin))});
}

void check_figures(const Draft& draft, Report& report) {
  for (const Paragraph& paragraph : draft.paragraphs) {
    const std::u32string& text = paragraph.text;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (!is_digit(text[i])) continue;
      check_ranges(paragraph, i, report);
      check_broken(paragraph, i, report);
      check_currency(paragraph, i, report);
      i = number_end(text, i);
      check_unit(paragraph, i, report);
      --i;
    }
    check_blanks(paragraph, report);
    check_full_width(paragraph, report);
    check_approximate(paragraph, report);
  }
}

}  // namespace

Family figure_family() {
  return {"数字", kRules, check_figures};
}

}  // namespace huice::lint
