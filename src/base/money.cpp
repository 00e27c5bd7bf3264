#include "base/money.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace huice {
namespace {

struct Scale {
  std::string_view suffix;
  int exponent;  // yuan = number * 10^exponent
};
constexpr Scale kScales[] = {{"亿元", 8}, {"亿", 8}, {"万元", 4}, {"万", 4}, {"元", 0}, {"", 0}};

std::string without_separators(std::string_view number) {
  std::string digits;
  std::ranges::copy_if(number, std::back_inserter(digits),
                       [](char c) { return c != ',' && c != ' '; });
  return digits;
}

Decimal shifted(const Decimal& number, int exponent) {
  return multiply(number, Decimal::scaled(1, exponent)).value_or(number);
}

}  // namespace

Result<Money> parse_money(std::string_view utf8) {
  const auto scale = std::ranges::find_if(
      kScales, [&](const Scale& candidate) { return utf8.ends_with(candidate.suffix); });
  const auto number =
      Decimal::parse(without_separators(utf8.substr(0, utf8.size() - scale->suffix.size())));
  if (number) {
    const Decimal fen = shifted(*number, scale->exponent + 2);
    if (const auto whole = fen.to_int64()) return Money::from_fen(*whole);
  }
  return Error{.code = ErrorCode::InvalidInput,
               .id = "money.format",
               .message = "金额应形如 300万元，实为“" + std::string(utf8) + "”",
               .where = {},
               .hint = "写阿拉伯数字，至多精确到分，后接 元、万元 或 亿元",
               .excerpt = {},
               .also = {}};
}

Result<Money> money_from_yuan(const Decimal& yuan, Rounding mode) {
  if (const auto fen = shifted(yuan, 2).rounded(0, mode).to_int64()) return Money::from_fen(*fen);
  return Error{.code = ErrorCode::TooLarge,
               .id = "money.range",
               .message = "金额超出可表示的范围：" + yuan.to_plain() + "元",
               .where = {},
               .hint = "检查金额的单位（元、万元）是否写错",
               .excerpt = {},
               .also = {}};
}

std::string to_text(Money amount) {
  std::string digits = amount.to_yuan().abs().rounded(2).to_string();
  for (std::size_t at = digits.find('.'); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return (amount.fen() < 0 ? "-" : "") + digits + "元";
}

std::string to_short_text(Money amount) {
  constexpr std::int64_t kFenPerWan = 1'000'000;
  const bool by_wan = std::abs(amount.fen()) >= kFenPerWan && amount.fen() % 10'000 == 0;
  if (!by_wan) return amount.to_yuan().to_plain() + "元";
  return shifted(amount.to_yuan(), -4).to_plain() + "万元";
}

}  // namespace huice
