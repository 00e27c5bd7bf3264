#include "policy/selection.h"

#include <algorithm>
#include <numeric>

namespace huice::policy {
namespace {

using Items = std::vector<std::size_t>;

enum class Mark : unsigned char { Open, In, Out };

/// Items that rules tie together, each group sorted.
std::vector<Items> groups_of(const SelectionProblem& problem) {
  Items leader(problem.values.size());
  std::iota(leader.begin(), leader.end(), std::size_t{0});
  const auto find = [&](std::size_t item) {
    while (leader[item] != item)
      item = leader[item] = leader[leader[item]];
    return item;
  };
  const auto tie = [&](std::size_t a, std::size_t b) { leader[find(a)] = find(b); };
  for (const auto& [a, b] : problem.conflicts)
    tie(a, b);
  for (const auto& [a, b] : problem.requirements)
    tie(a, b);
  for (const Pool& pool : problem.pools) {
    for (const std::size_t member : pool.members)
      tie(member, pool.members.front());
  }
  std::vector<Items> groups(problem.values.size());
  for (std::size_t i = 0; i < leader.size(); ++i)
    groups[find(i)].push_back(i);
  std::erase_if(groups, [](const Items& group) { return group.empty(); });
  return groups;
}

/// The narrow pools first.
std::vector<const Pool*> by_size(const std::vector<Pool>& pools) {
  std::vector<const Pool*> sorted;
  for (const Pool& pool : pools) {
    if (!pool.members.empty()) sorted.push_back(&pool);
  }
  std::ranges::stable_sort(sorted, {}, [](const Pool* pool) { return pool->members.size(); });
  return sorted;
}

/// Depth first with bounds, over one group of items.
class Search {
 public:
  Search(const SelectionProblem& problem, Items items, std::optional<Settled> settled)
      : problem_(problem), items_(std::move(items)), marks_(problem.values.size(), Mark::Out) {
    const std::size_t size = problem.values.size();
    rivals_.resize(size);
    needs_.resize(size);
    for (const auto& [a, b] : problem.conflicts) {
      rivals_[a].push_back(b);
      rivals_[b].push_back(a);
    }
    for (const auto& [a, b] : problem.requirements)
      needs_[a].push_back(b);
    for (const std::size_t item : items_)
      marks_[item] = Mark::Open;
    // The valuable first: good sets early make the bounds bite.
    std::ranges::stable_sort(items_, [&](std::size_t a, std::size_t b) {
      return problem.values[a] > problem.values[b];
    });
    cover();
    choose_pools();
    if (settled && marks_[settled->item] == Mark::Open) settled_ = settled;
  }

  /// The chosen items; nullopt when what is settled cannot be.
  std::optional<std::vector<bool>> run() {
    if (settled_ && !(settled_->in ? take(settled_->item) : drop(settled_->item))) {
      return std::nullopt;
    }
    descend(0);
    return found_;
  }
  bool proven() const { return steps_ <= kMaxSelectionSteps; }

 private:
  struct Score {
    std::int64_t value = 0;
    std::size_t count = 0;
    friend auto operator<=>(const Score&, const Score&) = default;
  };

  /// Cliques of rivals: of each at most one member can be chosen.
  void cover() {
    clique_of_.assign(problem_.values.size(), 0);
    std::vector<Items> cliques;
    for (const std::size_t item : items_) {
      const auto fits = [&](const Items& clique) {
        return std::ranges::all_of(clique, [&](std::size_t member) {
          return std::ranges::find(rivals_[item], member) != rivals_[item].end();
        });
      };
      const auto found = std::ranges::find_if(cliques, fits);
      clique_of_[item] = static_cast<std::size_t>(found - cliques.begin());
      if (found == cliques.end()) {
        cliques.push_back({item});
      } else {
        found->push_back(item);
      }
    }
    clique_count_ = cliques.size();
  }

  /// The widest pools of this group that share no member.
  void choose_pools() {
    std::vector<bool> pooled(problem_.values.size());
    for (const Pool* pool : by_size(problem_.pools))
      wide_pools_.insert(wide_pools_.begin(), pool);
    std::erase_if(wide_pools_, [&](const Pool* pool) {
      const bool clash = std::ranges::any_of(pool->members, [&](std::size_t each) {
        return pooled[each] || marks_[each] == Mark::Out;
      });
      for (const std::size_t member : pool->members)
        pooled[member] = pooled[member] || !clash;
      return clash;
    });
  }

  /// No completion of the marks is worth more: once without pools, once without rivals.
  Score bound() {
    Score rivals;
    best_of_clique_.assign(clique_count_, -1);
    std::int64_t pooled = 0;
    for (const std::size_t item : items_) {
      if (marks_[item] == Mark::Out) continue;
      std::int64_t& best = best_of_clique_[clique_of_[item]];
      // A clique whose member is in holds no open one any more.
      best = std::max(best, problem_.values[item]);
      pooled += problem_.values[item];
    }
    for (const std::int64_t best : best_of_clique_) {
      if (best < 0) continue;
      rivals.value += best;
      ++rivals.count;
    }
    for (const Pool* pool : wide_pools_) {
      std::int64_t sum = 0;
      for (const std::size_t member : pool->members)
        sum += marks_[member] == Mark::Out ? 0 : problem_.values[member];
      pooled -= std::max<std::int64_t>(0, sum - pool->cap);
    }
    return {std::min(rivals.value, pooled), rivals.count};
  }

  /// Puts an item in, its needs with it and its rivals out; false when the rules forbid it.
  bool take(std::size_t item) {
    if (marks_[item] == Mark::In) return true;
    if (marks_[item] == Mark::Out) return false;
    marks_[item] = Mark::In;
    for (const std::size_t rival : rivals_[item]) {
      if (marks_[rival] == Mark::In || rival == item) return false;
      if (!drop(rival)) return false;
    }
    return std::ranges::all_of(needs_[item], [&](std::size_t need) { return take(need); });
  }

  /// Puts an item out, and with it whatever needs it.
  bool drop(std::size_t item) {
    if (marks_[item] == Mark::Out) return true;
    if (marks_[item] == Mark::In) return false;
    marks_[item] = Mark::Out;
    return std::ranges::all_of(items_, [&](std::size_t other) {
      const bool needs = std::ranges::find(needs_[other], item) != needs_[other].end();
      return !needs || drop(other);
    });
  }

  void descend(std::size_t at) {
    if (++steps_ > kMaxSelectionSteps && found_) return;
    if (found_ && bound() < best_) return;
    while (at < items_.size() && marks_[items_[at]] != Mark::Open)
      ++at;
    if (at == items_.size()) return settle();
    const std::vector<Mark> saved = marks_;
    if (take(items_[at])) descend(at + 1);
    marks_ = saved;
    if (drop(items_[at])) descend(at + 1);
    marks_ = saved;
  }

  void settle() {
    std::vector<bool> chosen(marks_.size());
    Score score;
    for (const std::size_t item : items_) {
      chosen[item] = marks_[item] == Mark::In;
      score.count += chosen[item] ? 1U : 0U;
    }
    score.value = value_of(problem_, chosen);
    const bool better = !found_ || score > best_ || (score == best_ && chosen > *found_);
    if (!better) return;
    best_ = score;
    found_ = std::move(chosen);
  }

  const SelectionProblem& problem_;
  Items items_;
  std::vector<Mark> marks_;
  std::vector<Items> rivals_;
  std::vector<Items> needs_;
  std::vector<const Pool*> wide_pools_;
  Items clique_of_;
  std::size_t clique_count_ = 0;
  std::vector<std::int64_t> best_of_clique_;
  std::optional<Settled> settled_;
  std::optional<std::vector<bool>> found_;
  Score best_;
  std::int64_t steps_ = 0;
};

}  // namespace

std::int64_t value_of(const SelectionProblem& problem, const std::vector<bool>& chosen) {
  std::vector<std::int64_t> received(chosen.size());
  for (std::size_t i = 0; i < chosen.size(); ++i)
    received[i] = chosen[i] ? problem.values[i] : 0;
  for (const Pool* pool : by_size(problem.pools)) {
    std::int64_t left = pool->cap;
    for (const std::size_t member : pool->members) {
      received[member] = std::min(received[member], left);
      left -= received[member];
    }
  }
  return std::accumulate(received.begin(), received.end(), std::int64_t{0});
}

bool is_allowed(const SelectionProblem& problem, const std::vector<bool>& chosen) {
  const bool peaceful = std::ranges::none_of(problem.conflicts, [&](const auto& pair) {
    return chosen[pair.first] && chosen[pair.second];
  });
  return peaceful && std::ranges::all_of(problem.requirements, [&](const auto& pair) {
           return !chosen[pair.first] || chosen[pair.second];
         });
}

std::optional<Selection> best_selection(const SelectionProblem& problem,
                                        std::optional<Settled> settled) {
  Selection all{.chosen = std::vector<bool>(problem.values.size())};
  for (Items& group : groups_of(problem)) {
    const Items members = group;
    Search search(problem, std::move(group), settled);
    const auto chosen = search.run();
    if (!chosen) return std::nullopt;
    all.proven = all.proven && search.proven();
    for (const std::size_t member : members)
      all.chosen[member] = (*chosen)[member];
  }
  all.value = value_of(problem, all.chosen);
  return all;
}

std::optional<Selection> runner_up(const SelectionProblem& problem, const Selection& best) {
  std::optional<Selection> second;
  for (std::size_t i = 0; i < problem.values.size(); ++i) {
    if (best.chosen[i]) continue;
    auto other = best_selection(problem, Settled{i, true});
    if (other && (!second || other->value > second->value)) second = std::move(other);
  }
  return second;
}

}  // namespace huice::policy
