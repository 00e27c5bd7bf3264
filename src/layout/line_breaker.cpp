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

/// What squeezing all that gives costs: less than pushing a whole character to the next line, so
/// that a line rather takes in than gives up (clreq: 先挤进，后推出).
constexpr std::int64_t kSqueezeCost = 40;
/// What pushing one character out of a line of 28 costs; it grows with the square.
constexpr std::int64_t kStretchCost = 45;
constexpr std::int64_t kPushedJoints = 27;
/// A ragged line that is half empty.
constexpr std::int64_t kRaggedCost = 100;

/// `factor` times the square of part / whole.
std::int64_t squared(Length part, Length whole, std::int64_t factor) {
  if (part.units() <= 0) return 0;
  if (whole.units() <= 0) return kWorstBadness;
  const std::int64_t permille =
      std::min<std::int64_t>(part.units() * 1000 / whole.units(), 100'000);
  return std::min(kWorstBadness, factor * permille * permille / 1'000'000);
}

class Breaker {
 public:
  Breaker(std::span<const LineItem> items, const Measure& measure)
      : items_(items), measure_(measure), sums_(items), best_(items.size() + 1) {}

  std::vector<LineSpan> run() {
    if (!find_all(false)) find_all(true);
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

  /// Whether the end can be reached; if need be with breaks that are never right.
  bool find_all(bool desperate) {
    std::ranges::fill(best_, Node{});
    best_[0].cost = 0;
    std::size_t earliest = 0;
    for (std::size_t last = 1; last <= items_.size(); ++last) {
      while (earliest + 1 < last && least_width(earliest, last) > measure_.width)
        ++earliest;
      const bool ends = last == items_.size();
      if (ends || desperate || items_[last - 1].after.penalty < kForbidden) {
        find_best(earliest, last);
      }
    }
    return best_.back().cost < kUnreachable;
  }

  Length least_width(std::size_t first, std::size_t last) const {
    return sums_.natural(first, last) - sums_.shrink(first, last);
  }

  /// Lines less than three quarters full, or half if they are ragged, are looked at only when no
  /// other will do; the last may be as short as it likes.
  void find_best(std::size_t earliest, std::size_t last) {
    const Length full = share(measure_.width, measure_.ragged ? 2 : 3, 4);
    const Length enough = last == items_.size() ? Length() : full;
    for (std::size_t first = earliest; first < last; ++first) {
      if (sums_.natural(first, last) < enough && best_[last].cost < kUnreachable) break;
      try_line(first, last);
    }
  }

  void try_line(std::size_t first, std::size_t last) {
    // No line is free: what costs as much before it cannot win.
    if (best_[first].cost >= best_[last].cost) return;
    const Length width =
        measure_.width - (first == 0 ? measure_.first_indent : measure_.rest_indent);
    if (last - first > 1 && least_width(first, last) > width) return;
    const Length spare = width - sums_.natural(first, last);
    const std::int64_t cost = best_[first].cost + line_cost(first, last, spare);
    if (cost < best_[last].cost) best_[last] = {cost, first};
  }

  std::int64_t line_cost(std::size_t first, std::size_t last, Length spare) const {
    const bool ends = last == items_.size();
    std::int64_t cost = kLineCost;
    if (spare < Length()) {
      cost += squared(Length() - spare, sums_.shrink(first, last), kSqueezeCost);
    } else if (!ends && measure_.ragged) {
      cost += squared(spare, half(measure_.width), kRaggedCost);
    } else if (!ends) {
      const auto joints = static_cast<std::int64_t>(last - first - 1);
      cost += squared(spare, share(measure_.em, joints, kPushedJoints), kStretchCost);
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

/// Joints of one kind grow towards their limits, each by the same part of its own; returns what is
/// left to fill.
Length grow(std::span<const LineItem> line, Stretch kind, Length spare,
            std::vector<Length>& joints) {
  Length available;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (line[i].after.stretch == kind) available = available + line[i].after.growth;
  }
  if (available == Length()) return spare;
  const Length taken = std::min(spare, available);
  Length passed;
  Length given;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (line[i].after.stretch != kind) continue;
    passed = passed + line[i].after.growth;
    const Length due = share(passed, taken.units(), available.units());
    joints[i] = joints[i] + (due - given);
    given = due;
  }
  return spare - taken;
}

/// Gives every joint that may grow the same part of `spare`; the units that do not divide are
/// spread evenly. A line of nothing but tight joints grows at all of them.
void spread(std::span<const LineItem> line, Length spare, std::vector<Length>& joints) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i)
    count += line[i].after.stretch == Stretch::Never ? 0 : 1;
  const bool all = count == 0;
  if (all) count = static_cast<std::int64_t>(line.size()) - 1;
  std::int64_t passed = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (!all && line[i].after.stretch == Stretch::Never) continue;
    joints[i] = joints[i] + (share(spare, passed + 1, count) - share(spare, passed, count));
    ++passed;
  }
}

void stretch(std::span<const LineItem> line, Length spare, std::vector<Length>& joints) {
  spare = grow(line, Stretch::Space, spare, joints);
  spare = grow(line, Stretch::Gap, spare, joints);
  spread(line, spare, joints);
}

}  // namespace

std::vector<LineSpan> break_lines(std::span<const LineItem> items, const Measure& measure) {
  if (items.empty()) return {};
  // No line costs less than one, so what fits is not parted.
  if (natural_width(items) <= measure.width - measure.first_indent) return {{0, items.size()}};
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
    stretch(line, Length() - excess, joints);
  }
  std::vector<Length> places;
  for (std::size_t i = 0; i < line.size(); ++i) {
    places.push_back(x);
    x = x + line[i].width + joints[i];
  }
  return places;
}

}  // namespace huice::layout
