// Amounts of the eligible in one tile of rows.
#pragma once

#include <array>
#include <map>
#include <span>
#include <unordered_map>

#include "bulk/plan.h"
#include "bulk/tile_planes.h"

namespace huice::bulk {

/// What one benefit comes to over all who are eligible.
struct BenefitSums {
  std::uint64_t exact = 0;      ///< enterprises whose amount is certain
  std::uint64_t intervals = 0;  ///< with a lower and a higher end
  std::uint64_t unbounded = 0;  ///< with no higher end, or nothing known
  Int128 low_fen = 0;           ///< the lower ends; certain amounts count at both
  Int128 high_fen = 0;          ///< the higher ends, where there are any

  void add(const policy::Amount& amount, std::uint64_t times = 1);
  void add_exact(std::uint64_t enterprises, Int128 fen);
  void add(const BenefitSums& more);
};

struct Eligible {
  const Word* rows = nullptr;
  std::uint64_t count = 0;
};

/// Keeps its room and what the scalar engine said from tile to tile. One for each thread.
class TileAmounts {
 public:
  TileAmounts(const Plan& plan, const Kernels& kernels, std::size_t words);

  /// Forgets the amounts of the tile before.
  void open() { ++tile_; }
  /// A benefit of a policy in the tile of `planes`.
  struct Case {
    const PolicyPlan& policy;
    const BenefitPlan& benefit;
    const TilePlanes& planes;
  };
  /// Adds what the benefit comes to for the eligible.
  void add(const Case& at, const Eligible& eligible, BenefitSums& sums);

 private:
  /// A shared amount of every row of the tile.
  struct Term {
    std::uint32_t number = 0;
    std::uint64_t tile = 0;
    std::uint64_t used = 0;  ///< when last
    std::vector<std::int64_t> fen;
    std::vector<Word> open;
  };
  /// The rows of the tile in which a column has no number.
  struct Unknown {
    std::uint64_t tile = 0;
    std::vector<Word> rows;
  };

  std::uint64_t choose(const Case& at, const Word* eligible);
  bool is_worth_it(std::uint32_t term, std::uint64_t eligible, const TilePlanes& planes) const;
  void add_shared(const Case& at, const SharedAmount& shared, BenefitSums& sums);
  void add_choice(const Case& at, const AmountChoice& choice, BenefitSums& sums);
  void add_either(const Case& at, const AmountChoice& choice, BenefitSums& sums);
  void add_listed(const Case& at, BenefitSums& sums);
  void add_doubtful(const Case& at, const Word* eligible, BenefitSums& sums);
  bool is_kept(std::uint32_t term) const;
  const Term& term(std::uint32_t number, const TilePlanes& planes);
  void work_out(Term& term, const TilePlanes& planes);
  const std::vector<Word>& unknown_rows(const std::int64_t* numbers, const TilePlanes& planes);
  void list_rows();
  policy::Amount open_amount(const Case& at, std::uint32_t row);
  policy::Amount by_scalar(const Case& at, std::size_t row);

  const Plan& plan_;
  const Kernels& kernels_;
  std::uint64_t tile_ = 0;
  /// Few, so that they stay in the cache: neighbours in the plan's order share amounts.
  static constexpr std::size_t kKeptTerms = 6;
  std::array<Term, kKeptTerms> kept_;
  std::vector<std::uint8_t> kept_in_;  ///< by term: where it was kept last
  std::uint64_t uses_ = 0;
  std::unordered_map<const std::int64_t*, Unknown> unknown_;
  std::vector<Word> chosen_, part_;
  std::span<const Word> rows_;  ///< the eligible to whom the benefit at hand surely applies
  std::vector<std::uint32_t> listed_, every_row_;
  AmountRunner runner_;
  RowAmounts amounts_;
  std::map<const BenefitPlan*, std::unordered_map<std::string, policy::Amount>> remembered_;
};

}  // namespace huice::bulk
