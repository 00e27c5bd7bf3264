#include "policy/failing_sets.h"

#include <algorithm>

namespace huice::policy {
namespace {

using Sets = std::vector<FailingSet>;

void cut(Sets& sets) {
  if (sets.size() > kMaxFailingSets) sets.resize(kMaxFailingSets);
}

/// Each of `left` together with each of `right`.
Sets product(const Sets& left, const Sets& right) {
  Sets sets;
  for (const FailingSet& a : left) {
    for (const FailingSet& b : right) {
      if (sets.size() == kMaxFailingSets) return sets;
      sets.push_back(a);
      sets.back().insert(sets.back().end(), b.begin(), b.end());
    }
  }
  return sets;
}

/// The minimal sets of leaves that give `outcome` the truth `truth`.
Sets reasons(const Outcome& outcome, Truth truth) {
  if (outcome.truth != truth) return {};
  using Kind = Condition::Kind;
  if (outcome.kind == Kind::Test || outcome.kind == Kind::Human) return {{&outcome}};
  const bool turned = outcome.kind == Kind::None;
  const Truth opposite = truth == Truth::True ? Truth::False : Truth::True;
  const Truth inner = turned ? opposite : truth;
  // `all` is false by any of its children, `any` true by any of them; else it takes all.
  const bool one_is_enough =
      outcome.kind == Kind::All ? inner == Truth::False : inner == Truth::True;
  Sets sets;
  if (!one_is_enough) sets.push_back({});
  for (const Outcome& child : outcome.children) {
    Sets more = reasons(child, inner);
    if (one_is_enough) {
      sets.insert(sets.end(), more.begin(), more.end());
      cut(sets);
    } else {
      sets = product(sets, more);
    }
  }
  return sets;
}

}  // namespace

std::vector<FailingSet> failing_sets(const Outcome& root) {
  Sets sets = reasons(root, Truth::False);
  std::ranges::stable_sort(sets, {}, &FailingSet::size);
  return sets;
}

}  // namespace huice::policy
