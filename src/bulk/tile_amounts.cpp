#include "bulk/tile_amounts.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace huice::bulk {
namespace {

/// A shared amount is worked out for the whole tile when its benefits, each with as many eligible
/// as the one at hand, would ask for one row of so many.
constexpr std::uint64_t kDenseShare = 2;
constexpr std::uint64_t kLinearShare = 8;
/// Combinations kept for one benefit.
constexpr std::size_t kMaxRemembered = 100'000;

}  // namespace

void BenefitSums::add(const policy::Amount& amount, std::uint64_t times) {
  if (amount.is_exact()) {
    exact += times;
  } else if (amount.low && amount.high) {
    intervals += times;
  } else {
    unbounded += times;
  }
  if (amount.low) low_fen += Int128{amount.low->fen()} * static_cast<std::int64_t>(times);
  if (amount.high) high_fen += Int128{amount.high->fen()} * static_cast<std::int64_t>(times);
}

void BenefitSums::add_exact(std::uint64_t enterprises, Int128 fen) {
  exact += enterprises;
  low_fen += fen;
  high_fen += fen;
}

void BenefitSums::add(const BenefitSums& more) {
  exact += more.exact;
  intervals += more.intervals;
  unbounded += more.unbounded;
  low_fen += more.low_fen;
  high_fen += more.high_fen;
}

TileAmounts::TileAmounts(const Plan& plan, const Kernels& kernels, std::size_t words)
    : plan_(plan),
      kernels_(kernels),
      kept_in_(plan.terms().size()),
      chosen_(words),
      part_(words),
      every_row_(words * 64) {
  std::iota(every_row_.begin(), every_row_.end(), 0u);
}

void TileAmounts::add(const Case& at, const Eligible& eligible, BenefitSums& sums) {
  const BenefitPlan& benefit = at.benefit;
  rows_ = {eligible.rows, chosen_.size()};
  const std::uint64_t chosen = benefit.always ? eligible.count : choose(at, eligible.rows);
  if (benefit.fixed_fen) {
    sums.add_exact(chosen, Int128{*benefit.fixed_fen} * static_cast<std::int64_t>(chosen));
  } else if (benefit.shared && is_worth_it(benefit.shared->term, chosen, at.planes)) {
    add_shared(at, *benefit.shared, sums);
  } else if (benefit.choice && is_worth_it(benefit.choice->yes.term, chosen, at.planes) &&
             is_worth_it(benefit.choice->no.term, chosen, at.planes)) {
    add_choice(at, *benefit.choice, sums);
  } else if (chosen > 0) {
    add_listed(at, sums);
  }
  if (!benefit.always) add_doubtful(at, eligible.rows, sums);
}

std::uint64_t TileAmounts::choose(const Case& at, const Word* eligible) {
  const LeafPlanes leaves = at.planes.planes();
  std::uint64_t count = 0;
  for (std::size_t w = 0; w < chosen_.size(); ++w) {
    chosen_[w] = eligible[w] & leaves.sure(at.benefit.applies, w);
    count += static_cast<std::uint64_t>(std::popcount(chosen_[w]));
  }
  rows_ = chosen_;
  return count;
}

/// Where few ask for a shared amount, single rows are cheaper than the whole tile.
bool TileAmounts::is_worth_it(std::uint32_t term, std::uint64_t eligible,
                              const TilePlanes& planes) const {
  const AmountTerm& plan = plan_.terms()[term];
  const std::uint64_t share = plan.linear ? kLinearShare : kDenseShare;
  return is_kept(term) || eligible * plan.uses * share >= planes.rows();
}

void TileAmounts::add_shared(const Case& at, const SharedAmount& shared, BenefitSums& sums) {
  const Term& term = this->term(shared.term, at.planes);
  const AmountSum sum =
      kernels_.add_up(rows_, {term.fen.data(), term.open.data()}, at.benefit.cap_fen);
  sums.add_exact(sum.exact, sum.fen);
  if (sum.open == 0) return;
  if (shared.untold) return sums.add(*shared.untold, sum.open);
  for (std::size_t w = 0; w < rows_.size(); ++w) {
    for (Word left = rows_[w] & term.open[w]; left != 0; left &= left - 1) {
      const auto bit = static_cast<std::uint32_t>(std::countr_zero(left));
      sums.add(open_amount(at, static_cast<std::uint32_t>(w * 64) + bit));
    }
  }
}

void TileAmounts::add_choice(const Case& at, const AmountChoice& choice, BenefitSums& sums) {
  const LeafPlanes leaves = at.planes.planes();
  const std::span<const Word> all = rows_;
  const auto choose = [&](auto&& word) {
    for (std::size_t w = 0; w < all.size(); ++w)
      part_[w] = all[w] & word(w);
    rows_ = part_;
  };
  choose([&](std::size_t w) { return leaves.sure(choice.leaf, w); });
  add_shared(at, choice.yes, sums);
  choose([&](std::size_t w) { return ~leaves.possible(choice.leaf, w); });
  add_shared(at, choice.no, sums);
  choose([&](std::size_t w) {
    return leaves.possible(choice.leaf, w) & ~leaves.sure(choice.leaf, w);
  });
  add_either(at, choice, sums);
}

/// Where the choice is open: what either comes to, when that is all that is open.
void TileAmounts::add_either(const Case& at, const AmountChoice& choice, BenefitSums& sums) {
  const Term& yes = term(choice.yes.term, at.planes);
  const Term& no = term(choice.no.term, at.planes);
  const bool stuck = plan_.leaves().leaves()[choice.leaf].can_be_stuck;
  for (std::size_t w = 0; w < rows_.size(); ++w) {
    const Word unknown = yes.open[w] | no.open[w];
    for (Word left = rows_[w]; left != 0; left &= left - 1) {
      const auto bit = static_cast<std::uint32_t>(std::countr_zero(left));
      const std::size_t row = w * 64 + bit;
      if (stuck || (unknown >> bit & 1) != 0) {
        sums.add(open_amount(at, static_cast<std::uint32_t>(row)));
        continue;
      }
      const auto [low, high] = std::minmax(std::min(yes.fen[row], at.benefit.cap_fen),
                                           std::min(no.fen[row], at.benefit.cap_fen));
      sums.add({Money::from_fen(low), Money::from_fen(high)});
    }
  }
}

bool TileAmounts::is_kept(std::uint32_t term) const {
  const Term& place = kept_[kept_in_[term]];
  return place.number == term && place.tile == tile_;
}

/// Takes the place of the one not used for longest, so that the two of a choice stay together.
const TileAmounts::Term& TileAmounts::term(std::uint32_t number, const TilePlanes& planes) {
  if (!is_kept(number)) {
    const auto oldest = std::ranges::min_element(kept_, {}, &Term::used);
    kept_in_[number] = static_cast<std::uint8_t>(oldest - kept_.begin());
    oldest->number = number;
    oldest->tile = tile_;
    work_out(*oldest, planes);
  }
  Term& term = kept_[kept_in_[number]];
  term.used = ++uses_;
  return term;
}

void TileAmounts::work_out(Term& term, const TilePlanes& planes) {
  term.fen.resize(every_row_.size());
  term.open.assign(chosen_.size(), 0);
  const AmountTerm& plan = plan_.terms()[term.number];
  if (plan.linear) {
    LinearAmount linear = *plan.linear;
    linear.numbers += planes.first();
    kernels_.linear(linear, planes.rows(), term.fen.data());
    std::ranges::copy(unknown_rows(plan.linear->numbers, planes), term.open.begin());
    return;
  }
  const auto rows = std::span<const std::uint32_t>(every_row_).first(planes.rows());
  runner_.run(plan.program, planes.planes(), planes.first(), rows, amounts_);
  std::ranges::copy(amounts_.fen, term.fen.begin());
  for (const std::uint32_t row : amounts_.open)
    term.open[row / 64] |= Word{1} << (row % 64);
}

const std::vector<Word>& TileAmounts::unknown_rows(const std::int64_t* numbers,
                                                   const TilePlanes& planes) {
  Unknown& unknown = unknown_[numbers];
  if (unknown.tile == tile_) return unknown.rows;
  unknown.tile = tile_;
  unknown.rows.assign(chosen_.size(), 0);
  for (std::size_t row = 0; row < planes.rows(); ++row)
    unknown.rows[row / 64] |= Word{numbers[planes.first() + row] == kUnknown} << (row % 64);
  return unknown.rows;
}

/// Row by row, what cannot be shared.
void TileAmounts::add_listed(const Case& at, BenefitSums& sums) {
  list_rows();
  const std::size_t first = at.planes.first();
  if (!at.benefit.program) {
    for (const std::uint32_t row : listed_)
      sums.add(by_scalar(at, first + row));
    return;
  }
  runner_.run(*at.benefit.program, at.planes.planes(), first, listed_, amounts_);
  for (const std::uint32_t place : amounts_.open) {
    sums.add(open_amount(at, listed_[place]));
    amounts_.fen[place] = 0;
  }
  Int128 sum = 0;
  for (const std::int64_t fen : amounts_.fen)
    sum += fen;
  sums.add_exact(amounts_.fen.size() - amounts_.open.size(), sum);
}

/// Where it is open whether the benefit applies at all.
void TileAmounts::add_doubtful(const Case& at, const Word* eligible, BenefitSums& sums) {
  const LeafPlanes leaves = at.planes.planes();
  const std::uint32_t leaf = at.benefit.applies;
  for (std::size_t w = 0; w < chosen_.size(); ++w)
    chosen_[w] = eligible[w] & leaves.possible(leaf, w) & ~leaves.sure(leaf, w);
  rows_ = chosen_;
  list_rows();
  for (const std::uint32_t row : listed_)
    sums.add(by_scalar(at, at.planes.first() + row));
}

void TileAmounts::list_rows() {
  listed_.clear();
  for (std::size_t w = 0; w < rows_.size(); ++w) {
    for (Word left = rows_[w]; left != 0; left &= left - 1) {
      listed_.push_back(static_cast<std::uint32_t>(w * 64) +
                        static_cast<std::uint32_t>(std::countr_zero(left)));
    }
  }
}

policy::Amount TileAmounts::open_amount(const Case& at, std::uint32_t row) {
  if (at.benefit.untold) return *at.benefit.untold;
  const LeafPlanes leaves = at.planes.planes();
  const auto bits = [&](std::uint32_t leaf) {
    const auto bit = [&](Word word) { return (word >> (row % 64) & 1) != 0; };
    return LeafBits{bit(leaves.sure(leaf, row / 64)), bit(leaves.possible(leaf, row / 64)),
                    plan_.leaves().leaves()[leaf].can_be_stuck};
  };
  const std::size_t whole_row = at.planes.first() + row;
  const auto amount = interval_amount(*at.benefit.program, whole_row, bits);
  return amount ? *amount : by_scalar(at, whole_row);
}

/// The scalar engine's word, asked once for each combination of the facts behind the amount.
policy::Amount TileAmounts::by_scalar(const Case& at, std::size_t row) {
  std::string key;
  for (const std::string& fact : at.benefit.facts) {
    const Column* column = plan_.columns().find(fact);
    if (column == nullptr) continue;
    const std::int64_t part =
        column->is_number ? column->numbers[row] : std::int64_t{column->codes[row]};
    key.append(reinterpret_cast<const char*>(&part), sizeof part);
  }
  auto& known = remembered_[&at.benefit];
  if (const auto found = known.find(key); found != known.end()) return found->second;
  const model::Profile profile = plan_.columns().profile(row, at.policy.facts);
  const auto& oracle = plan_.oracle();
  policy::Situation situation(oracle.library(), profile, oracle.options().on,
                              oracle.options().known_on, oracle.options().default_region);
  policy::Judge judge(*at.policy.policy, situation, oracle.options().default_region);
  const policy::Amount amount = judge.benefits()[at.benefit.index].amount;
  if (known.size() < kMaxRemembered) known.emplace(std::move(key), amount);
  return amount;
}

}  // namespace huice::bulk
