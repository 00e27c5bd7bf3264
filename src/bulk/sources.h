// What conditions look at, as ranks among the cuts of all conditions that look at it.
//
// A source is one fact, one derived fact or the ratio of two facts. Every condition on it is a step
// function: it changes its answer only at cuts. Per tile the rank of each row is found once; each
// cut then costs one OR a word, whoever uses it.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "bulk/columns.h"

namespace huice::bulk {

using Word = std::uint64_t;

/// Where a step function changes. Numbers: the first whole number of the step. Codes: the first
/// position. Ratios: positions below kRatioValues as codes, then by value.
struct Cut {
  std::int64_t position = 0;
  Decimal value;       ///< ratios only
  bool above = false;  ///< ratios only: the step begins just above `value`

  friend std::strong_ordering operator<=>(const Cut& a, const Cut& b);
  friend bool operator==(const Cut& a, const Cut& b) { return (a <=> b) == 0; }
};

/// The first cut of numbers: all that are known.
inline constexpr std::int64_t kKnown = kUnknown + 1;

/// First a ratio's rows without a value: the signs of both parts (unknown, below, zero, above) as
/// 4 × numerator + denominator; then all that have one.
inline constexpr std::int64_t kRatioValues = 16;

/// Finds how many of sorted marks a number has passed: a table over the leading bits of the number
/// as a double gives the first guess, and a fixed number of comparisons the rest.
template <class Number>
class RankFinder {
 public:
  RankFinder() = default;
  explicit RankFinder(std::vector<Number> marks);
  /// How many marks are not above `number`.
  std::uint32_t rank(Number number) const {
    const std::uint64_t slot = slot_of(number);
    const std::uint64_t place = slot < lowest_ ? 0 : std::min(slot - lowest_ + 1, last_);
    std::uint32_t rank = guesses_[place];
    for (std::uint32_t step = 0; step < steps_; ++step)
      rank += marks_[rank] <= number ? 1 : 0;
    return rank;
  }

 private:
  /// Sign, exponent and seven more bits; grows with the number. What is smaller than any mark is
  /// likely to be shares slots with zero, which keeps the table short.
  static std::uint64_t slot_of(Number number) {
    constexpr int kSlotShift = 45;
    constexpr std::uint64_t kLeast = std::uint64_t{std::is_integral_v<Number> ? 1022 : 1013} << 7;
    constexpr std::uint64_t kZero = std::uint64_t{2048} << 7;
    const auto bits = std::bit_cast<std::uint64_t>(static_cast<double>(number));
    const std::uint64_t size = std::max(bits << 1 >> (kSlotShift + 1), kLeast) - kLeast;
    return number < 0 ? kZero - 1 - size : kZero + size;
  }

  std::vector<Number> marks_;           ///< and, for the comparisons, some that nothing passes
  std::vector<std::uint32_t> guesses_;  ///< the marks below each slot
  std::uint64_t lowest_ = 0;
  std::uint64_t last_ = 0;
  std::uint32_t steps_ = 0;
};

struct Source {
  enum class Kind { Number, Code, Ratio };
  Kind kind = Kind::Number;
  const Column* number = nullptr;                     ///< Number, and the numerator of a Ratio
  const Column* divisor = nullptr;                    ///< Ratio
  std::string name;                                   ///< Code: the fact or derived fact
  const std::vector<std::uint32_t>* codes = nullptr;  ///< Code
  std::vector<std::uint32_t> positions;               ///< Code: position by code
  std::vector<Cut> cuts;                              ///< sorted and distinct once sealed

  // Made by seal().
  std::vector<std::uint32_t> code_ranks;
  RankFinder<std::int64_t> numbers;
  std::uint32_t known_cuts = 0;    ///< Number: 1 when the first cut is that of all known ones
  RankFinder<double> ratios;       ///< by the least quotient that may have passed a cut
  std::vector<double> sure_marks;  ///< the greatest that may not have
  std::vector<std::int64_t> ratio_numbers;
  std::vector<std::uint32_t> special_ranks;
  std::int64_t numerator_factor = 1;
  std::int64_t divisor_factor = 1;

  /// Sorts the cuts and prepares rank(). Call once, when all cuts are there.
  void seal();
  /// The place of a cut among the sorted ones.
  std::uint32_t index_of(const Cut& cut) const;
  /// How many cuts the rows from `first` on have passed.
  void ranks(std::size_t first, std::span<std::uint32_t> ranks) const;

 private:
  void seal_number();
  void seal_ratio();
  std::uint32_t ratio_rank(std::int64_t above, std::int64_t below) const;
  std::size_t exact_ratio_rank(std::size_t guess, std::int64_t above, std::int64_t below) const;
};

/// Which of the places of kRatioValues a pair takes; kRatioValues when it has a value.
std::int64_t ratio_position(std::int64_t numerator, std::int64_t divisor);

}  // namespace huice::bulk
