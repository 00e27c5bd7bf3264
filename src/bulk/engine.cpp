#include "bulk/engine.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <map>
#include <thread>

namespace huice::bulk {
namespace {

using EnterpriseStatus = policy::Status;

/// Leaf planes of one tile should fit the second-level cache, about 1.5 MiB; few leaves allow tiles
/// of 2,048 rows.
constexpr std::size_t kLargeTileWords = 32;
constexpr std::size_t kSmallTileWords = 16;
constexpr std::size_t kFewLeaves = 6'000;

std::uint64_t& count(PolicyTotals& totals, EnterpriseStatus status) {
  return totals.counts[static_cast<std::size_t>(status)];
}

void add(BenefitTotals& totals, const policy::Amount& amount) {
  if (amount.is_exact()) {
    ++totals.exact;
  } else if (amount.low && amount.high) {
    ++totals.intervals;
  } else {
    ++totals.unbounded;
  }
  if (amount.low) totals.low_fen += amount.low->fen();
  if (amount.high) totals.high_fen += amount.high->fen();
}

void add(PolicyTotals& into, const PolicyTotals& from) {
  for (std::size_t i = 0; i < into.counts.size(); ++i)
    into.counts[i] += from.counts[i];
  for (std::size_t i = 0; i < into.benefits.size(); ++i) {
    BenefitTotals& a = into.benefits[i];
    const BenefitTotals& b = from.benefits[i];
    a.exact += b.exact;
    a.intervals += b.intervals;
    a.unbounded += b.unbounded;
    a.low_fen += b.low_fen;
    a.high_fen += b.high_fen;
  }
}

std::vector<PolicyTotals> empty_totals(const Plan& plan) {
  std::vector<PolicyTotals> all;
  for (const PolicyPlan& policy : plan.policies()) {
    PolicyTotals totals{.id = policy.policy->id, .title = policy.policy->title};
    for (const BenefitPlan& benefit : policy.benefits)
      totals.benefits.push_back({.name = benefit.name});
    all.push_back(std::move(totals));
  }
  return all;
}

/// Planes of a block, policy by policy.
struct BlockPlanes {
  std::size_t words = 0;
  std::vector<Word> eligible, possible, missing;
};

/// One thread's work: tiles, one after another.
class TileRunner {
 public:
  TileRunner(const Plan& plan, const RunOptions& options, std::size_t words)
      : plan_(plan),
        options_(options),
        kernels_(kernels(options.plain_kernels)),
        words_(words),
        totals_(empty_totals(plan)) {
    const std::size_t leaves = plan.leaves().leaves().size();
    sure_.resize(leaves * words);
    possible_.resize(leaves * words);
    stuck_.resize(leaves * words);
    std::size_t most_cuts = 0;
    for (const Source& source : plan.leaves().sources())
      most_cuts = std::max(most_cuts, source.cuts.size());
    spread_.resize((most_cuts + 1) * words);
    ranks_.resize(words * 64);
    tree_.resize(3 * words);
    valid_.resize(words);
    for (std::size_t i = 0; i < leaves; ++i)
      by_source_[plan.leaves().leaves()[i].source].push_back(static_cast<std::uint32_t>(i));
  }

  /// Works out every condition for the tile that begins at row `first`.
  void open(std::size_t first) {
    first_ = first;
    rows_ = std::min(words_ * 64, plan_.columns().rows() - first);
    mark_valid();
    for (const auto& [source, leaves] : by_source_)
      fill_planes(source, leaves);
  }

  /// Then all policies.
  void run(BlockPlanes* block, std::size_t block_word) {
    for (std::size_t i = 0; i < plan_.policies().size(); ++i) {
      if (!plan_.policies()[i].fixed) run_policy(i, block, block_word);
    }
  }

  /// All policies for one row of the tile alone.
  std::vector<PolicyTotals> run_row(std::size_t row) {
    totals_ = empty_totals(plan_);
    mark_valid();
    const Word bit = valid_[(row - first_) / 64] & Word{1} << (row % 64);
    std::ranges::fill(valid_, Word{0});
    valid_[(row - first_) / 64] = bit;
    run(nullptr, 0);
    return totals_;
  }

  const std::vector<PolicyTotals>& totals() const { return totals_; }

 private:
  void mark_valid() {
    std::ranges::fill(valid_, Word{0});
    for (std::size_t i = 0; i < rows_; i += 64)
      valid_[i / 64] = rows_ - i >= 64 ? ~Word{0} : (Word{1} << (rows_ - i)) - 1;
    const auto& odd = plan_.columns().odd();
    for (auto row = odd.lower_bound(first_); row != odd.end() && row->first < first_ + rows_;
         ++row) {
      const std::size_t at = row->first - first_;
      valid_[at / 64] &= ~(Word{1} << (at % 64));
    }
  }

  void fill_planes(int source, const std::vector<std::uint32_t>& leaves) {
    if (source == Leaf::kConstant || source == Leaf::kStored) {
      for (const std::uint32_t leaf : leaves)
        fill_known(leaf);
      return;
    }
    const Source& from = plan_.leaves().sources()[static_cast<std::size_t>(source)];
    from.ranks(first_, std::span(ranks_).first(rows_));
    kernels_.spread(std::span(ranks_).first(rows_), from.cuts.size(), words_, spread_.data());
    for (const std::uint32_t number : leaves) {
      const Leaf& leaf = plan_.leaves().leaves()[number];
      const std::size_t at = number * words_;
      const auto fill = [&](const Steps& steps, std::vector<Word>& planes) {
        kernels_.step(spread_.data(), steps.flips, steps.first, words_, planes.data() + at);
      };
      fill(leaf.sure, sure_);
      fill(leaf.possible, possible_);
      if (leaf.can_be_stuck) fill(leaf.stuck, stuck_);
    }
  }

  /// Constants, and planes worked out beforehand.
  void fill_known(std::uint32_t number) {
    const Leaf& leaf = plan_.leaves().leaves()[number];
    std::vector<Word>* planes[] = {&sure_, &possible_, &stuck_};
    const bool bits[] = {leaf.verdict == Verdict::True, leaf.verdict != Verdict::False,
                         leaf.verdict == Verdict::Stuck};
    for (int plane = 0; plane < 3; ++plane) {
      const auto to = planes[plane]->begin() + static_cast<std::ptrdiff_t>(number * words_);
      if (leaf.source == Leaf::kConstant) {
        std::fill_n(to, words_, bits[plane] ? ~Word{0} : Word{0});
        continue;
      }
      const auto& stored = leaf.stored[plane];
      for (std::size_t w = 0; w < words_; ++w) {
        const std::size_t at = first_ / 64 + w;
        to[static_cast<std::ptrdiff_t>(w)] = at < stored.size() ? stored[at] : Word{0};
      }
    }
  }

  LeafPlanes planes() const { return {sure_.data(), possible_.data(), stuck_.data(), words_}; }

  void run_policy(std::size_t index, BlockPlanes* block, std::size_t block_word) {
    const PolicyPlan& policy = plan_.policies()[index];
    const bool wants_missing = policy.stuck || options_.open_planes;
    const TreePlanes tree{tree_.data(), tree_.data() + words_,
                          wants_missing ? tree_.data() + 2 * words_ : nullptr};
    if (wants_missing) {
      kernels_.tree(planes(), policy.ops, policy.stuck, tree);
    } else if (policy.conjunction.empty()) {
      kernels_.open_tree(planes(), policy.ops, tree);
    } else {
      kernels_.conjunction(planes(), policy.conjunction, tree);
    }
    const TileCounts counts = kernels_.count(tree, valid_.data(), words_);
    PolicyTotals& totals = totals_[index];
    count(totals, policy.met) += counts.sure;
    count(totals, EnterpriseStatus::Incomplete) += counts.missing;
    count(totals, EnterpriseStatus::Review) += counts.open - counts.missing;
    if (block != nullptr) hand_on(tree, index, *block, block_word);
    const bool counts_amounts = options_.amounts && policy.met == EnterpriseStatus::Eligible;
    if (counts_amounts && counts.sure > 0 && !policy.benefits.empty()) {
      add_amounts(policy, totals);
    }
  }

  void hand_on(const TreePlanes& tree, std::size_t index, BlockPlanes& block,
               std::size_t block_word) {
    const std::size_t count = std::min(words_, block.words - block_word);
    const auto at = static_cast<std::ptrdiff_t>(index * block.words + block_word);
    std::copy_n(tree.sure, count, block.eligible.begin() + at);
    if (!options_.open_planes) return;
    std::copy_n(tree.possible, count, block.possible.begin() + at);
    std::copy_n(tree.missing, count, block.missing.begin() + at);
  }

  void list_rows(const Word* chosen, const Word* also, std::vector<std::uint32_t>& rows) const {
    rows.clear();
    for (std::size_t w = 0; w < words_; ++w) {
      for (Word left = also == nullptr ? chosen[w] : chosen[w] & also[w]; left != 0;
           left &= left - 1) {
        rows.push_back(static_cast<std::uint32_t>(w * 64) +
                       static_cast<std::uint32_t>(std::countr_zero(left)));
      }
    }
  }

  void add_amounts(const PolicyPlan& policy, PolicyTotals& totals) {
    const Word* eligible = tree_.data();
    for (std::size_t i = 0; i < policy.benefits.size(); ++i) {
      const BenefitPlan& benefit = policy.benefits[i];
      const Word* applies = benefit.always ? nullptr : sure_.data() + benefit.applies * words_;
      list_rows(eligible, applies, listed_);
      if (benefit.program) {
        add_programmed(policy, benefit, totals.benefits[i]);
      } else {
        for (const std::uint32_t row : listed_)
          add(totals.benefits[i], by_scalar(policy, benefit, first_ + row));
      }
      if (applies == nullptr) continue;
      // Where it is open whether the benefit applies at all.
      const Word* maybe = possible_.data() + benefit.applies * words_;
      list_rows(eligible, maybe, listed_);
      for (const std::uint32_t row : listed_) {
        const bool sure = (applies[row / 64] >> (row % 64) & 1) != 0;
        if (!sure) add(totals.benefits[i], by_scalar(policy, benefit, first_ + row));
      }
    }
  }

  void add_programmed(const PolicyPlan& policy, const BenefitPlan& benefit, BenefitTotals& totals) {
    if (listed_.empty()) return;
    runner_.run(*benefit.program, planes(), first_, listed_, amounts_);
    for (const std::uint32_t place : amounts_.open) {
      add(totals, open_amount(policy, benefit, listed_[place]));
      amounts_.fen[place] = 0;
    }
    Int128 sum = 0;
    for (const std::int64_t fen : amounts_.fen)
      sum += fen;
    totals.exact += amounts_.fen.size() - amounts_.open.size();
    totals.low_fen += sum;
    totals.high_fen += sum;
  }

  policy::Amount open_amount(const PolicyPlan& policy, const BenefitPlan& benefit,
                             std::uint32_t row) {
    if (benefit.untold) return *benefit.untold;
    const auto bit = [&](const std::vector<Word>& planes, std::uint32_t leaf) {
      return (planes[leaf * words_ + row / 64] >> (row % 64) & 1) != 0;
    };
    const auto amount = interval_amount(*benefit.program, first_ + row, [&](std::uint32_t leaf) {
      return LeafBits{bit(sure_, leaf), bit(possible_, leaf),
                      plan_.leaves().leaves()[leaf].can_be_stuck};
    });
    return amount ? *amount : by_scalar(policy, benefit, first_ + row);
  }

  /// The scalar engine's word, asked once for each combination of the facts behind the amount.
  policy::Amount by_scalar(const PolicyPlan& policy, const BenefitPlan& benefit, std::size_t row) {
    std::string key;
    for (const std::string& fact : benefit.facts) {
      const Column* column = plan_.columns().find(fact);
      if (column == nullptr) continue;
      const std::int64_t part =
          column->is_number ? column->numbers[row] : std::int64_t{column->codes[row]};
      key.append(reinterpret_cast<const char*>(&part), sizeof part);
    }
    auto& known = remembered_[&benefit];
    if (const auto found = known.find(key); found != known.end()) return found->second;
    const model::Profile profile = plan_.columns().profile(row, policy.facts);
    const auto& oracle = plan_.oracle();
    policy::Situation situation(oracle.library(), profile, oracle.options().on,
                                oracle.options().known_on, oracle.options().default_region);
    policy::Judge judge(*policy.policy, situation, oracle.options().default_region);
    const policy::Amount amount = judge.benefits()[benefit.index].amount;
    if (known.size() < kMaxRemembered) known.emplace(std::move(key), amount);
    return amount;
  }

  /// Combinations kept for one benefit.
  static constexpr std::size_t kMaxRemembered = 100'000;

  const Plan& plan_;
  const RunOptions& options_;
  const Kernels& kernels_;
  std::size_t words_;
  std::size_t first_ = 0;
  std::size_t rows_ = 0;
  std::vector<Word> sure_, possible_, stuck_, spread_, tree_, valid_;
  std::vector<std::uint32_t> ranks_, listed_;
  std::map<int, std::vector<std::uint32_t>> by_source_;
  AmountRunner runner_;
  RowAmounts amounts_;
  std::map<const BenefitPlan*, std::unordered_map<std::string, policy::Amount>> remembered_;
  std::vector<PolicyTotals> totals_;
};

/// What the scalar engine says of an odd row, policy by policy.
struct OddRow {
  std::size_t row = 0;
  std::vector<std::optional<policy::Match>> matches;
};

std::vector<OddRow> judge_odd_rows(const Plan& plan, std::size_t first, std::size_t rows) {
  std::vector<OddRow> judged;
  const auto& odd = plan.columns().odd();
  for (auto each = odd.lower_bound(first); each != odd.end() && each->first < first + rows;
       ++each) {
    OddRow row{.row = each->first};
    for (const PolicyPlan& policy : plan.policies()) {
      row.matches.push_back(policy::match_policy(plan.oracle().library(), *policy.policy,
                                                 each->second, plan.oracle().options()));
    }
    judged.push_back(std::move(row));
  }
  return judged;
}

void add_odd(const Plan& plan, const OddRow& odd, bool amounts, std::vector<PolicyTotals>& totals) {
  for (std::size_t i = 0; i < plan.policies().size(); ++i) {
    const PolicyPlan& policy = plan.policies()[i];
    const auto& match = odd.matches[i];
    if (!match || policy.fixed) continue;
    ++count(totals[i], match->status);
    if (match->status != EnterpriseStatus::Eligible || !amounts) continue;
    for (std::size_t b = 0; b < policy.benefits.size(); ++b) {
      const auto& outcome = match->benefits[policy.benefits[b].index];
      if (outcome.applies != policy::Truth::False) add(totals[i].benefits[b], outcome.amount);
    }
  }
}

void mark_odd(const OddRow& odd, std::size_t first, bool open_planes, BlockPlanes& block) {
  const std::size_t at = odd.row - first;
  const Word bit = Word{1} << (at % 64);
  for (std::size_t i = 0; i < odd.matches.size(); ++i) {
    if (!odd.matches[i]) continue;
    const policy::Outcome& root = odd.matches[i]->conditions;
    const std::size_t word = i * block.words + at / 64;
    if (root.truth == policy::Truth::True) block.eligible[word] |= bit;
    if (!open_planes || root.truth == policy::Truth::False) continue;
    block.possible[word] |= bit;
    if (root.truth == policy::Truth::Unknown && !root.missing.empty()) block.missing[word] |= bit;
  }
}

std::size_t tile_words(const Plan& plan) {
  return plan.leaves().leaves().size() <= kFewLeaves ? kLargeTileWords : kSmallTileWords;
}

/// Everybody who is not counted elsewhere is refused; out of force all are.
void add_rest(const Plan& plan, std::size_t rows, std::vector<PolicyTotals>& totals) {
  for (std::size_t i = 0; i < totals.size(); ++i) {
    const auto& fixed = plan.policies()[i].fixed;
    if (fixed) {
      count(totals[i], *fixed) = rows;
      continue;
    }
    std::uint64_t counted = 0;
    for (const EnterpriseStatus status : {EnterpriseStatus::Eligible, EnterpriseStatus::Incomplete,
                                          EnterpriseStatus::Review, EnterpriseStatus::NotOpen}) {
      counted += count(totals[i], status);
    }
    count(totals[i], EnterpriseStatus::Ineligible) = rows - counted;
  }
}

/// All tiles from `first` on, shared out among the runners.
void run_tiles(std::vector<TileRunner>& runners, std::size_t first, std::size_t rows,
               std::size_t words, BlockPlanes* block) {
  const std::size_t tile_rows = words * 64;
  const std::size_t tiles = (rows + tile_rows - 1) / tile_rows;
  std::atomic<std::size_t> next = 0;
  const auto work = [&](TileRunner& runner) {
    for (std::size_t tile = next++; tile < tiles; tile = next++) {
      runner.open(first + tile * tile_rows);
      runner.run(block, tile * words);
    }
  };
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < runners.size(); ++i)
    threads.emplace_back([&work, &runner = runners[i]] { work(runner); });
  work(runners.front());
}

Status hand_over(const Plan& plan, const RunOptions& options, const BlockPlanes& block,
                 std::size_t first, std::size_t rows) {
  for (std::size_t i = 0; i < plan.policies().size(); ++i) {
    const auto part = [&](const std::vector<Word>& planes) {
      return planes.empty() ? std::span<const Word>()
                            : std::span(planes).subspan(i * block.words, (rows + 63) / 64);
    };
    HUICE_TRY([[maybe_unused]] const Unit taken, options.sink({.first_row = first,
                                                               .rows = rows,
                                                               .policy = i,
                                                               .eligible = part(block.eligible),
                                                               .possible = part(block.possible),
                                                               .missing = part(block.missing)}));
  }
  return Unit{};
}

}  // namespace

Result<RunTotals> run(const Plan& plan, const RunOptions& options) {
  const std::size_t rows = plan.columns().rows();
  const std::size_t words = tile_words(plan);
  std::vector<TileRunner> runners;
  for (unsigned i = 0; i < std::max(options.threads, 1u); ++i)
    runners.emplace_back(plan, options, words);
  RunTotals result{
      .rows = rows, .leaves = plan.leaves().leaves().size(), .policies = empty_totals(plan)};
  const std::size_t step = options.sink ? kBlockRows : std::max<std::size_t>(rows, 1);
  BlockPlanes block;
  for (std::size_t first = 0; first < rows; first += step) {
    const std::size_t here = std::min(step, rows - first);
    if (options.sink) {
      block.words = (here + 63) / 64;
      const std::size_t size = block.words * plan.policies().size();
      block.eligible.assign(size, 0);
      block.possible.assign(options.open_planes ? size : 0, 0);
      block.missing.assign(options.open_planes ? size : 0, 0);
    }
    run_tiles(runners, first, here, words, options.sink ? &block : nullptr);
    for (const OddRow& odd : judge_odd_rows(plan, first, here)) {
      add_odd(plan, odd, options.amounts, result.policies);
      if (options.sink) mark_odd(odd, first, options.open_planes, block);
    }
    if (!options.sink) continue;
    HUICE_TRY([[maybe_unused]] const Unit done, hand_over(plan, options, block, first, here));
  }
  for (const TileRunner& runner : runners) {
    for (std::size_t i = 0; i < result.policies.size(); ++i)
      add(result.policies[i], runner.totals()[i]);
  }
  add_rest(plan, rows, result.policies);
  return result;
}

std::vector<RunTotals> run_rows(const Plan& plan, std::size_t first, std::size_t rows,
                                bool plain_kernels) {
  const std::size_t words = tile_words(plan);
  const RunOptions options{.plain_kernels = plain_kernels};
  TileRunner runner(plan, options, words);
  std::vector<RunTotals> all;
  for (std::size_t row = first; row < first + rows; ++row) {
    if (row == first || row % (words * 64) == 0) runner.open(row - row % (words * 64));
    RunTotals totals{.rows = 1, .leaves = 0, .policies = runner.run_row(row)};
    for (const OddRow& odd : judge_odd_rows(plan, row, 1))
      add_odd(plan, odd, true, totals.policies);
    add_rest(plan, 1, totals.policies);
    all.push_back(std::move(totals));
  }
  return all;
}

}  // namespace huice::bulk
