#include "bulk/engine.h"

#include <algorithm>
#include <atomic>
#include <deque>
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

std::vector<PolicyTotals> empty_totals(const Plan& plan) {
  std::vector<PolicyTotals> all;
  for (const PolicyPlan& policy : plan.policies()) {
    PolicyTotals totals{.id = policy.policy->id, .title = policy.policy->title};
    for (const BenefitPlan& benefit : policy.benefits)
      totals.benefits.emplace_back().name = benefit.name;
    all.push_back(std::move(totals));
  }
  return all;
}

/// Planes of a block in the order in which they are made, tile by tile: so they go to memory in one
/// stream, not to as many pages as there are policies.
struct BlockPlanes {
  std::size_t policies = 0;
  std::size_t words = 0;  ///< of a tile
  std::vector<Word> eligible, possible, missing;

  /// Where the planes of a policy begin in a tile of the block.
  std::size_t at(std::size_t tile, std::size_t policy) const {
    return (tile * policies + policy) * words;
  }
  /// The word of a row of the block.
  std::size_t word_of(std::size_t row, std::size_t policy) const {
    return at(row / 64 / words, policy) + row / 64 % words;
  }
};

/// A policy as the tiles want it, all in one place: the same few bytes are read in every tile.
struct Walk {
  std::uint32_t policy = 0;
  std::uint32_t begin = 0;  ///< among the leaves of conjunctions, or else the steps of trees
  std::uint32_t end = 0;
  std::uint32_t sums = 0;  ///< the first of its benefits'
  std::span<const BenefitPlan>
      benefits;  ///< none unless those who meet the conditions are eligible
  bool flat = false;
  bool stuck = false;
};

/// The policies in the plan's order, flattened.
struct Walks {
  std::vector<Walk> walks;
  std::vector<std::uint32_t> leaves;
  std::vector<TreeOp> ops;
  std::uint32_t benefits = 0;
};

Walks walks_of(const Plan& plan) {
  Walks all;
  for (const std::uint32_t place : plan.order()) {
    const PolicyPlan& policy = plan.policies()[place];
    Walk walk{.policy = place, .sums = all.benefits, .benefits = {}};
    if (policy.met == EnterpriseStatus::Eligible) walk.benefits = policy.benefits;
    walk.flat = !policy.conjunction.empty();
    walk.stuck = policy.stuck;
    const auto append = [&](auto& into, const auto& part) {
      walk.begin = static_cast<std::uint32_t>(into.size());
      into.insert(into.end(), part.begin(), part.end());
      walk.end = static_cast<std::uint32_t>(into.size());
    };
    if (walk.flat) {
      append(all.leaves, policy.conjunction);
    } else {
      append(all.ops, policy.ops);
    }
    all.benefits += static_cast<std::uint32_t>(policy.benefits.size());
    all.walks.push_back(walk);
  }
  return all;
}

/// How many policies ahead memory is asked for.
constexpr std::size_t kFetchAhead = 3;

/// One thread's work: tiles, one after another.
class TileRunner {
 public:
  TileRunner(const Plan& plan, const RunOptions& options, std::size_t words)
      : plan_(plan),
        options_(options),
        kernels_(kernels(options.plain_kernels)),
        words_(words),
        walks_(walks_of(plan)),
        planes_(plan.leaves(), kernels_, words),
        amounts_(plan, kernels_, words),
        tree_(3 * words) {
    clear();
  }

  /// Works out every condition for the tile that begins at row `first`.
  void open(std::size_t first) {
    planes_.open(first);
    amounts_.open();
    valid_ = planes_.valid();
  }

  /// Then all policies.
  void run(BlockPlanes* block, std::size_t tile) {
    for (std::size_t i = 0; i < walks_.walks.size(); ++i)
      run_policy(i, block, tile);
  }

  /// All policies for one row of the tile alone.
  std::vector<PolicyTotals> run_row(std::size_t row) {
    clear();
    std::ranges::fill(valid_, Word{0});
    const std::size_t at = row - planes_.first();
    valid_[at / 64] = planes_.valid()[at / 64] & Word{1} << (at % 64);
    run(nullptr, 0);
    auto totals = empty_totals(plan_);
    add_to(totals);
    return totals;
  }

  void add_to(std::vector<PolicyTotals>& totals) const {
    for (std::size_t i = 0; i < walks_.walks.size(); ++i) {
      const Walk& walk = walks_.walks[i];
      PolicyTotals& into = totals[walk.policy];
      count(into, plan_.policies()[walk.policy].met) += counts_[i].sure;
      count(into, EnterpriseStatus::Incomplete) += counts_[i].missing;
      count(into, EnterpriseStatus::Review) += counts_[i].open - counts_[i].missing;
      for (std::size_t b = 0; b < into.benefits.size(); ++b)
        into.benefits[b].add(sums_[walk.sums + b]);
    }
  }

 private:
  struct Counts {
    std::uint64_t sure = 0, open = 0, missing = 0;
  };

  void clear() {
    counts_.assign(walks_.walks.size(), {});
    sums_.assign(walks_.benefits, {});
  }

  TileCounts judge(const Walk& walk, const TreePlanes& tree) const {
    const std::size_t size = walk.end - walk.begin;
    const LeafPlanes planes = planes_.planes();
    if (walk.flat) {
      const auto leaves = std::span(walks_.leaves).subspan(walk.begin, size);
      return kernels_.conjunction(planes, leaves, valid_.data(), tree);
    }
    return kernels_.tree(planes, std::span(walks_.ops).subspan(walk.begin, size), valid_.data(),
                         tree);
  }

  void run_policy(std::size_t index, BlockPlanes* block, std::size_t tile) {
    const Walk& walk = walks_.walks[index];
    fetch(index + kFetchAhead);
    const TreePlanes tree = room_for(walk, block, tile);
    const TileCounts counts = judge(walk, tree);
    counts_[index].sure += counts.sure;
    counts_[index].open += counts.open;
    counts_[index].missing += counts.missing;
    if (!options_.amounts || counts.sure == 0) return;
    for (std::size_t b = 0; b < walk.benefits.size(); ++b) {
      amounts_.add({plan_.policies()[walk.policy], walk.benefits[b], planes_},
                   {tree.sure, counts.sure}, sums_[walk.sums + b]);
    }
  }

  /// What is known of benefits lies all over memory; it is asked for early.
  void fetch(std::size_t index) const {
    constexpr std::size_t kLine = 64;
    if (index >= walks_.walks.size() || walks_.walks[index].benefits.empty()) return;
    const auto* benefit = reinterpret_cast<const char*>(walks_.walks[index].benefits.data());
    __builtin_prefetch(benefit);
    __builtin_prefetch(benefit + kLine);
  }

  /// Planes of the block where it wants them, else the tile's own.
  TreePlanes room_for(const Walk& walk, BlockPlanes* block, std::size_t tile) {
    const bool wants_missing = walk.stuck || options_.open_planes;
    TreePlanes tree{tree_.data(), tree_.data() + words_,
                    wants_missing ? tree_.data() + 2 * words_ : nullptr};
    if (block == nullptr) return tree;
    const std::size_t at = block->at(tile, walk.policy);
    tree.sure = block->eligible.data() + at;
    if (!options_.open_planes) return tree;
    tree.possible = block->possible.data() + at;
    tree.missing = block->missing.data() + at;
    return tree;
  }

  const Plan& plan_;
  const RunOptions& options_;
  const Kernels& kernels_;
  std::size_t words_;
  Walks walks_;
  TilePlanes planes_;
  TileAmounts amounts_;
  std::vector<Word> tree_, valid_;
  std::vector<Counts> counts_;
  std::vector<BenefitSums> sums_;
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
      if (outcome.applies != policy::Truth::False) totals[i].benefits[b].add(outcome.amount);
    }
  }
}

/// `at` is the place of the row in the block.
void mark_odd(const Plan& plan, const OddRow& odd, std::size_t at, bool open_planes,
              BlockPlanes& block) {
  const Word bit = Word{1} << (at % 64);
  for (std::size_t i = 0; i < odd.matches.size(); ++i) {
    if (!odd.matches[i] || plan.policies()[i].fixed) continue;
    const policy::Outcome& root = odd.matches[i]->conditions;
    const std::size_t word = block.word_of(at, i);
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
void run_tiles(std::deque<TileRunner>& runners, std::size_t first, std::size_t rows,
               std::size_t words, BlockPlanes* block) {
  const std::size_t tile_rows = words * 64;
  const std::size_t tiles = (rows + tile_rows - 1) / tile_rows;
  std::atomic<std::size_t> next = 0;
  const auto work = [&](TileRunner& runner) {
    for (std::size_t tile = next++; tile < tiles; tile = next++) {
      runner.open(first + tile * tile_rows);
      runner.run(block, tile);
    }
  };
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < runners.size(); ++i)
    threads.emplace_back([&work, &runner = runners[i]] { work(runner); });
  work(runners.front());
}

/// The planes of some policies that follow each other, each in one piece again.
class Gathered {
 public:
  Gathered(const BlockPlanes& block, std::size_t tiles) : block_(block), tiles_(tiles) {}

  /// Policies gathered together: what of them lies side by side in a tile fills a page.
  static constexpr std::size_t kPolicies = 16;

  void gather(const std::vector<Word>& planes, std::size_t first, std::size_t policies) {
    pieces_.resize(planes.empty() ? 0 : kPolicies * stride());
    if (planes.empty()) return;
    for (std::size_t tile = 0; tile < tiles_; ++tile) {
      for (std::size_t i = 0; i < policies; ++i) {
        std::copy_n(planes.data() + block_.at(tile, first + i), block_.words,
                    pieces_.data() + i * stride() + tile * block_.words);
      }
    }
  }
  std::span<const Word> of(std::size_t policy, std::size_t rows) const {
    if (pieces_.empty()) return {};
    return std::span(pieces_).subspan(policy * stride(), (rows + 63) / 64);
  }

 private:
  std::size_t stride() const { return tiles_ * block_.words; }

  const BlockPlanes& block_;
  std::size_t tiles_;
  std::vector<Word> pieces_;
};

Status hand_over(const RunOptions& options, const BlockPlanes& block, std::size_t first,
                 std::size_t rows) {
  const std::size_t tiles = (rows + 64 * block.words - 1) / (64 * block.words);
  Gathered eligible(block, tiles);
  Gathered possible(block, tiles);
  Gathered missing(block, tiles);
  for (std::size_t begin = 0; begin < block.policies; begin += Gathered::kPolicies) {
    const std::size_t count = std::min(Gathered::kPolicies, block.policies - begin);
    eligible.gather(block.eligible, begin, count);
    possible.gather(block.possible, begin, count);
    missing.gather(block.missing, begin, count);
    for (std::size_t i = 0; i < count; ++i) {
      HUICE_TRY([[maybe_unused]] const Unit taken, options.sink({.first_row = first,
                                                                 .rows = rows,
                                                                 .policy = begin + i,
                                                                 .eligible = eligible.of(i, rows),
                                                                 .possible = possible.of(i, rows),
                                                                 .missing = missing.of(i, rows)}));
    }
  }
  return Unit{};
}

}  // namespace

Result<RunTotals> run(const Plan& plan, const RunOptions& options) {
  const std::size_t rows = plan.columns().rows();
  const std::size_t words = tile_words(plan);
  std::deque<TileRunner> runners;
  for (unsigned i = 0; i < std::max(options.threads, 1u); ++i)
    runners.emplace_back(plan, options, words);
  RunTotals result{
      .rows = rows, .leaves = plan.leaves().leaves().size(), .policies = empty_totals(plan)};
  const std::size_t step = options.sink ? kBlockRows : std::max<std::size_t>(rows, 1);
  BlockPlanes block{.policies = plan.policies().size(),
                    .words = words,
                    .eligible = {},
                    .possible = {},
                    .missing = {}};
  if (options.sink) {
    // Policies that are not run, because nobody can have them, stay empty.
    const std::size_t tiles = (std::min(step, rows) + 64 * words - 1) / (64 * words);
    const std::size_t size = tiles * words * block.policies;
    block.eligible.resize(size);
    block.possible.resize(options.open_planes ? size : 0);
    block.missing.resize(options.open_planes ? size : 0);
  }
  for (std::size_t first = 0; first < rows; first += step) {
    const std::size_t here = std::min(step, rows - first);
    run_tiles(runners, first, here, words, options.sink ? &block : nullptr);
    for (const OddRow& odd : judge_odd_rows(plan, first, here)) {
      add_odd(plan, odd, options.amounts, result.policies);
      if (options.sink) mark_odd(plan, odd, odd.row - first, options.open_planes, block);
    }
    if (!options.sink) continue;
    HUICE_TRY([[maybe_unused]] const Unit done, hand_over(options, block, first, here));
  }
  for (const TileRunner& runner : runners)
    runner.add_to(result.policies);
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
