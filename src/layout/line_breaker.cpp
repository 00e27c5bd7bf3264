#include "layout/line_breaker.h"

#include <algorithm>
#include <array>
#include <limits>

#include "layout/geometry.h"

namespace huice::layout {
namespace {

constexpr std::int64_t kUnreachable = std::numeric_limits<std::int64_t>::max();
/// A last line of one character, with or without a mark after it (孤字).
constexpr std::int64_t kLonePenalty = 3000;
/// What a line costs by itself, so that fewer lines win over many loose ones.
constexpr std::int64_t kLineCost = 10;
constexpr std::int64_t kWorstBadness = 100'000;

/// Sums over the items before an index, so that any line is measured in constant time.
class Sums {
 public:
  explicit Sums(std::span<const LineItem> items) : items_(items), at_(items.size() + 1) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      at_[i + 1] = {at_[i].width + items[i].width + items[i].after.natural,
                    at_[i].shrink + items[i].after.shrink};
    }
  }

  Length natural(std::size_t first, std::size_t last) const {
    return at_[last].width - at_[first].width - items_[last - 1].after.natural + items_[first].lead;
  }
  Length shrink(std::size_t first, std::size_t last) const {
    return at_[last].shrink - at_[first].shrink - items_[last - 1].after.shrink +
           items_[first].lead;
  }

 private:
  struct Sum {
    Length width;
    Length shrink;
  };
  std::span<const LineItem> items_;
  std::vector<Sum> at_;
};

/// 0 for a line at its natural width to 100 for one at the edge of what is decent.
std::int64_t badness(Length used, Length available) {
  if (used.units() == 0) return 0;
  if (available.units() <= 0) return kWorstBadness;
  const std::int64_t permille =
      std::min<std::int64_t>(used.units() * 1000 / available.units(), 10000);
  return std::min(kWorstBadness, permille * permille / 1000 * permille / 10000);
}

class Breaker {
 public:
  Breaker(std::span<const LineItem> items, const Measure& measure)
      : items_(items), measure_(measure), sums_(items), best_(items.size() + 1) {}

  std::vector<LineSpan> run() {
    best_[0].cost = 0;
    for (std::size_t last = 1; last <= items_.size(); ++last)
      find_best(last);
    std::vector<LineSpan> lines;
    for (std::size_t last = items_.size(); last > 0; last = best_[last].from) {
      lines.push_back({best_[last].from, last});
    }
    std::ranges::reverse(lines);
    return lines;
  }

 private:
  struct Node {
    std::int64_t cost = kUnreachable;
    std::size_t from = 0;
  };

  void find_best(std::size_t last) {
    for (std::size_t first = last; first-- > 0;) {
      const Length width =
          measure_.width - (first == 0 ? measure_.first_indent : measure_.rest_indent);
      const Length natural = sums_.natural(first, last);
      const bool single = last - first == 1;
      if (!single && natural - sums_.shrink(first, last) > width) {
        // The first line may be narrower than the rest, so only the widest measure ends the search.
        if (natural - sums_.shrink(first, last) > measure_.width) break;
        continue;
      }
      const std::int64_t cost = best_[first].cost + line_cost(first, last, width - natural);
      if (cost < best_[last].cost) best_[last] = {cost, first};
    }
  }

  std::int64_t line_cost(std::size_t first, std::size_t last, Length spare) const {
    const bool ends = last == items_.size();
    std::int64_t cost = kLineCost;
    if (spare < Length()) {
      cost += badness(Length() - spare, sums_.shrink(first, last));
    } else if (!ends) {
      // Decent stretch: an eighth of a character between any two.
      const auto joints = static_cast<std::int64_t>(last - first - 1);
      cost += badness(spare, measure_.ragged ? measure_.width : share(measure_.em, joints, 8));
    }
    if (!ends) return cost + items_[last - 1].after.penalty;
    const bool lone = first > 0 && sums_.natural(first, last) <= share(measure_.em, 3, 2);
    return lone ? cost + kLonePenalty : cost;
  }

  std::span<const LineItem> items_;
  Measure measure_;
  Sums sums_;
  std::vector<Node> best_;
};

std::size_t level_of(const Joint& joint) {
  return static_cast<std::size_t>(joint.level);
}

/// Gives up `excess` level by level; within a level every blank gives the same part.
void squeeze(std::span<const LineItem> line, Length excess, std::vector<Length>& joints) {
  for (std::size_t level = 0; level < kSqueezeLevels && excess > Length(); ++level) {
    Length available;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      if (level_of(line[i].after) == level) available = available + line[i].after.shrink;
    }
    if (available == Length()) continue;
    const Length taken = std::min(excess, available);
    Length passed;
    Length given;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      if (level_of(line[i].after) != level) continue;
      passed = passed + line[i].after.shrink;
      const Length due = share(passed, taken.units(), available.units());
      joints[i] = joints[i] - (due - given);
      given = due;
    }
    excess = excess - taken;
  }
}

/// Gives every joint the same part of `spare`; the units that do not divide are spread evenly.
void stretch(Length spare, std::vector<Length>& joints) {
  const auto count = static_cast<std::int64_t>(joints.size()) - 1;
  for (std::int64_t i = 0; i < count; ++i) {
    const Length due = share(spare, i + 1, count) - share(spare, i, count);
    joints[static_cast<std::size_t>(i)] = joints[static_cast<std::size_t>(i)] + due;
  }
}

}  // namespace

std::vector<LineSpan> break_lines(std::span<const LineItem> items, const Measure& measure) {
  if (items.empty()) return {};
  return Breaker(items, measure).run();
}

Length natural_width(std::span<const LineItem> line) {
  Length width = line.empty() ? Length() : line.front().lead;
  for (std::size_t i = 0; i < line.size(); ++i) {
    width = width + line[i].width;
    if (i + 1 < line.size()) width = width + line[i].after.natural;
  }
  return width;
}

std::vector<Length> place_items(std::span<const LineItem> line, Length width, bool justify) {
  if (line.empty()) return {};
  std::vector<Length> joints;
  for (const LineItem& item : line)
    joints.push_back(item.after.natural);
  Length x = line.front().lead;
  Length excess = natural_width(line) - width;
  if (excess > Length()) {
    const Length given = std::min(excess, x);
    x = x - given;
    squeeze(line, excess - given, joints);
  } else if (justify && line.size() > 1) {
    stretch(Length() - excess, joints);
  }
  std::vector<Length> places;
  for (std::size_t i = 0; i < line.size(); ++i) {
    places.push_back(x);
    x = x + line[i].width + joints[i];
  }
  return places;
}

}  // namespace huice::layout
