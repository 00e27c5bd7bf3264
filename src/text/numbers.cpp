#include "text/numbers.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "text/numerals.h"

namespace huice::text {
namespace {

constexpr std::u32string_view kHanDigits = U"〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖";
constexpr std::u32string_view kHanPlaces = U"十百千廿拾佰仟万亿";
constexpr std::u32string_view kMeasures = U"年月日天人家户倍岁周条款项章号万亿%";
constexpr std::u32string_view kShare = U"百分之";

bool one_of(char32_t c, std::u32string_view letters) {
  return letters.find(c) != std::u32string_view::npos;
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

/// Letters from `at` on for which `belongs` holds.
template <class Belongs>
std::size_t run_of(std::u32string_view text, std::size_t at, Belongs belongs) {
  std::size_t end = at;
  while (end < text.size() && belongs(text[end]))
    ++end;
  return end - at;
}

/// Zeros that 万 and 亿 stand for; 0 for other letters.
std::size_t zeros_of(char32_t c) {
  constexpr std::size_t kWan = 4;
  constexpr std::size_t kYi = 8;
  return c == U'万' ? kWan : c == U'亿' ? kYi : 0;
}

/// `whole` and `fraction` with the point moved `zeros` places to the right, as short as it can be.
std::string shifted(std::string whole, std::string fraction, std::size_t zeros) {
  for (; zeros > 0; --zeros) {
    whole += fraction.empty() ? '0' : fraction.front();
    if (!fraction.empty()) fraction.erase(0, 1);
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  const auto last = fraction.find_last_not_of('0');
  fraction.erase(last == std::string::npos ? 0 : last + 1);
  return fraction.empty() ? whole : whole + "." + fraction;
}

/// 1,200.50万: groups of three, a fraction, 万 and 亿.
FoundNumber arabic_at(std::u32string_view text, std::size_t at) {
  constexpr std::size_t kGroup = 3;
  const auto take = [&](std::size_t from, std::size_t size) {
    return encode_utf8(text.substr(from, size));
  };
  std::size_t end = at + run_of(text, at, is_digit);
  std::string whole = take(at, end - at);
  while (end < text.size() && text[end] == U',' && run_of(text, end + 1, is_digit) == kGroup) {
    whole += take(end + 1, kGroup);
    end += 1 + kGroup;
  }
  std::string fraction;
  const std::size_t places =
      end < text.size() && text[end] == U'.' ? run_of(text, end + 1, is_digit) : 0;
  if (places > 0) {
    fraction = take(end + 1, places);
    end += 1 + places;
  }
  constexpr std::size_t kMostZeros = 12;  // 万亿
  std::size_t zeros = 0;
  for (; end < text.size() && zeros_of(text[end]) > 0 && zeros < kMostZeros; ++end)
    zeros += zeros_of(text[end]);
  return {shifted(std::move(whole), std::move(fraction), zeros), at, end - at};
}

/// What a run of Han numerals says; nullopt where it rather is part of another word.
std::optional<FoundNumber> han_at(std::u32string_view text, std::size_t at, std::size_t size) {
  const std::u32string_view run = text.substr(at, size);
  const auto value = parse_chinese_numeral(encode_utf8(run));
  if (!value) return std::nullopt;
  const bool measured = at + size < text.size() && one_of(text[at + size], kMeasures);
  const bool share = text.substr(0, at).ends_with(kShare);
  // Digit by digit only years and the like are written: 二〇二二, but not 三三两两.
  const bool has_place = run.find_first_of(kHanPlaces) != std::u32string_view::npos;
  const bool has_zero = run.find_first_of(U"〇零") != std::u32string_view::npos;
  const bool sure = size > 1 && (has_place || has_zero);
  if (!sure && !measured && !share) return std::nullopt;
  return FoundNumber{std::to_string(*value), at, size};
}

}  // namespace

std::vector<FoundNumber> find_numbers(std::u32string_view folded) {
  std::vector<FoundNumber> found;
  const auto is_numeral = [](char32_t c) { return one_of(c, kHanDigits) || one_of(c, kHanPlaces); };
  for (std::size_t at = 0; at < folded.size();) {
    if (is_digit(folded[at])) {
      found.push_back(arabic_at(folded, at));
      at += found.back().size;
      continue;
    }
    if (folded.substr(at).starts_with(kShare)) {
      at += kShare.size();
      continue;
    }
    const std::size_t size = run_of(folded, at, is_numeral);
    if (size > 0) {
      if (auto number = han_at(folded, at, size)) found.push_back(std::move(*number));
    }
    at += std::max<std::size_t>(size, 1);
  }
  return found;
}

}  // namespace huice::text
