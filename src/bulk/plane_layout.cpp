#include "bulk/plane_layout.h"

#include <algorithm>
#include <iterator>

#include "bulk/leaves.h"

namespace huice::bulk {
namespace {

/// Where the one is and the other is not.
Steps difference(const Steps& a, const Steps& b) {
  Steps steps{.first = a.first != b.first, .flips = {}};
  std::ranges::set_symmetric_difference(a.flips, b.flips, std::back_inserter(steps.flips));
  return steps;
}

}  // namespace

PlaneLayout::PlaneLayout(const Leaves& leaves) {
  for (const Source& source : leaves.sources()) {
    begins_.push_back(planes_);
    planes_ += static_cast<std::uint32_t>(source.cuts.size()) + 1;
  }
  for (const Leaf& leaf : leaves.leaves())
    leaves_.push_back(place(static_cast<std::uint32_t>(leaves_.size()), leaf));
}

LeafPlaces PlaneLayout::place(std::uint32_t number, const Leaf& leaf) {
  const auto constant = [](bool value) { return value ? kAll : kNone; };
  if (leaf.source == Leaf::kConstant) {
    return {kNone, constant(leaf.verdict == Verdict::True),
            constant(leaf.verdict != Verdict::False), constant(leaf.verdict == Verdict::Missing)};
  }
  if (leaf.source == Leaf::kStored) {
    return {store(number, 0), kNone, store(number, 1),
            leaf.can_be_stuck ? store(number, 2) : store(number, 1)};
  }
  const auto& sure = leaf.sure.flips;
  const auto& possible = leaf.possible.flips;
  const auto common = std::mismatch(sure.rbegin(), sure.rend(), possible.rbegin(), possible.rend());
  const auto source = static_cast<std::uint32_t>(leaf.source);
  const Steps missing = difference(difference(leaf.sure, leaf.possible), leaf.stuck);
  return {sum(source, false, {common.first.base(), sure.end()}),
          sum(source, leaf.sure.first, {sure.begin(), common.first.base()}),
          sum(source, leaf.possible.first, {possible.begin(), common.second.base()}),
          sum(source, missing.first, missing.flips)};
}

std::uint32_t PlaneLayout::sum(std::uint32_t source, bool first, std::vector<std::uint32_t> flips) {
  if (flips.empty()) return first ? kAll : kNone;
  if (flips.size() == 1 && !first) return begins_[source] + flips[0] + 1;
  auto key = flips;
  key.push_back(first ? 1 : 0);
  const auto [found, fresh] = known_.try_emplace({source, std::move(key)}, planes_);
  if (fresh) sums_.push_back({planes_++, source, first, std::move(flips)});
  return found->second;
}

std::uint32_t PlaneLayout::store(std::uint32_t leaf, int which) {
  stored_.push_back({planes_, leaf, which});
  return planes_++;
}

}  // namespace huice::bulk
