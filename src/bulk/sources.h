// What conditions look at, as ranks among the cuts of all conditions that look at it.
//
// A source is one fact, one derived fact or the ratio of two facts. Every condition on it is a step
// function: it changes its answer only at cuts. Per tile the rank of each row is found once; each
// cut then costs one OR a word, whoever uses it.
#pragma once

#include <cstdint>
#include <span>
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

/// First a ratio's rows without a value: the signs of both parts (unknown, below, zero, above) as
/// 4 × numerator + denominator; then all that have one.
inline constexpr std::int64_t kRatioValues = 16;

struct Source {
  enum class Kind { Number, Code, Ratio };
  Kind kind = Kind::Number;
  const Column* number = nullptr;                     ///< Number, and the numerator of a Ratio
  const Column* divisor = nullptr;                    ///< Ratio
  const std::vector<std::uint32_t>* codes = nullptr;  ///< Code
  std::vector<std::uint32_t> positions;               ///< Code: position by code
  std::vector<Cut> cuts;                              ///< sorted and distinct once sealed

  // Made by seal().
  std::vector<std::uint32_t> code_ranks;
  std::vector<std::int64_t> marks;  ///< Number: the cuts' positions
  std::vector<std::uint32_t> first_guess;
  std::vector<double> ratio_marks;
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
  std::uint32_t number_rank(std::int64_t value) const;
  std::uint32_t ratio_rank(std::int64_t above, std::int64_t below) const;
};

/// Which of the places of kRatioValues a pair takes; kRatioValues when it has a value.
std::int64_t ratio_position(std::int64_t numerator, std::int64_t divisor);

}  // namespace huice::bulk
