// Amounts of a benefit as a short program over columns.
//
// Numbers are whole multiples of a power of ten that is known for every step beforehand, so that
// sums, products, the lesser and the greater of two are exact; the one rounding comes last. Bounds
// known beforehand tell whether 64 bits hold every step. What is no such formula, and rows where a
// condition inside of it is open, are left to the scalar engine.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bulk/int128.h"
#include "bulk/kernels.h"
#include "bulk/leaves.h"
#include "policy/match.h"

namespace huice::bulk {

/// Values that a program holds at once.
inline constexpr std::size_t kMaxStack = 8;

struct AmountOp {
  enum class Kind : std::uint8_t {
    Load,
    Constant,
    Null,
    Shift,
    Add,
    Subtract,
    Multiply,
    Min,
    Max,
    Select
  };
  Kind kind = Kind::Null;
  const Column* column = nullptr;  ///< Load
  Int128 constant = 0;             ///< Constant; Shift: the factor
  std::uint32_t leaf = 0;          ///< Select: the condition; then-value below else-value
};

struct AmountProgram {
  std::vector<AmountOp> ops;
  int scale = 0;
  bool narrow = false;     ///< 64 bits hold every step
  double largest_fen = 0;  ///< no amount is larger
  Rounding rounding = Rounding::HalfUp;

  /// Programs with equal keys give equal amounts.
  std::string key() const;
};

/// The unrounded amount of a benefit with its cap, or before it unless `capped`; nullopt when it is
/// no such formula. Conditions within become leaves.
std::optional<AmountProgram> compile_amount(Leaves& leaves, const policy::Policy& policy,
                                            const policy::Benefit& benefit, bool capped = true);

/// The result of a program in 分, rounded.
Int128 fen_of(Int128 value, const AmountProgram& program);

/// The program as one column times a constant; nullopt when it is something else.
std::optional<LinearAmount> linear_amount(const AmountProgram& program);

/// What is left of a program with a single choice when that is made; nullopt when there is none,
/// or more than one.
std::optional<AmountProgram> branch_of(const AmountProgram& program, bool taken);

/// Amounts of some rows; those in `open` (places in `rows`) could not be told.
struct RowAmounts {
  std::vector<std::int64_t> fen;
  std::vector<std::uint32_t> open;
};

/// Runs programs; keeps the room between runs. One for each thread.
class AmountRunner {
 public:
  /// `rows` are rows of the tile that begins at row `first`.
  void run(const AmountProgram& program, const LeafPlanes& planes, std::size_t first,
           std::span<const std::uint32_t> rows, RowAmounts& result);

 private:
  template <class Number>
  struct Lane {
    std::vector<Number> values;
    std::vector<std::uint8_t> open;
  };
  template <class Number>
  void run_as(std::vector<Lane<Number>>& stack, const AmountProgram& program,
              const LeafPlanes& planes, std::size_t first, std::span<const std::uint32_t> rows,
              RowAmounts& result);

  std::vector<Lane<std::int64_t>> narrow_;
  std::vector<Lane<Int128>> wide_;
};

/// What a leaf says of a row; `can_be_stuck` is said of the leaf.
struct LeafBits {
  bool sure = false;
  bool possible = false;
  bool can_be_stuck = false;
};
/// The amount of one row while facts are missing, as the scalar engine would have it; nullopt when
/// more than one condition within is open, or one and a number too.
std::optional<policy::Amount> interval_amount(const AmountProgram& program, std::size_t row,
                                              const std::function<LeafBits(std::uint32_t)>& leaf);

/// The amount of every row for which the program is open, when it rests on a single fact.
std::optional<policy::Amount> untold_amount(const AmountProgram& program);

/// The amount of every row, in 分, when it rests on no fact at all.
std::optional<std::int64_t> constant_fen(const AmountProgram& program);

}  // namespace huice::bulk
