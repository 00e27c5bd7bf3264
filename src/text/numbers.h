// Numbers inside a text, whichever way they are written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace huice::text {

/// A number found in a folded text; places count code points.
struct FoundNumber {
  std::string digits;  ///< `300`, `2022`, `1.5`; `3000000` for 三百万 and for 300万
  std::size_t offset = 0;
  std::size_t size = 0;

  friend bool operator==(const FoundNumber&, const FoundNumber&) = default;
};

/// Numbers of a folded text (see fold()) in order: 三百人 holds 300, 二〇二二年 2022, 1,200万元
/// 12000000, 百分之五 5. Han letters that also make other words (一般, 三农, 千万) count only before
/// a measure (三年, 五条) or where several of them make one numeral.
std::vector<FoundNumber> find_numbers(std::u32string_view folded);

}  // namespace huice::text
