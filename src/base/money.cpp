#include "base/money.h"

#include <algorithm>
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

/// `hundredths` / 100 with as many digits after the point as it needs.
std::string plain_hundredths(std::int64_t hundredths) {
  const auto size = hundredths < 0 ? 0 - static_cast<std::uint64_t>(hundredths)
                                   : static_cast<std::uint64_t>(hundredths);
  std::string text = (hundredths < 0 ? "-" : "") + std::to_string(size / 100);
  const auto rest = static_cast<char>(size % 100);
  if (rest == 0) return text;
  text.append({'.', static_cast<char>('0' + rest / 10)});
  if (rest % 10 != 0) text += static_cast<char>('0' + rest % 10);
  return text;
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
  const bool by_wan = amount.fen() / kFenPerWan != 0 && amount.fen() % 10'000 == 0;
  return by_wan ? plain_hundredths(amount.fen() / 10'000) + "万元"
                : plain_hundredths(amount.fen()) + "元";
}

}  // namespace huice
