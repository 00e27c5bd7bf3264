#include "policy/belief.h"

#include <algorithm>
#include <span>

namespace huice::policy {
namespace {

using feel::Operator;
using Ends = std::optional<Decimal>;

void add_new(SharedList<std::string>& into, const SharedList<std::string>& from) {
  if (into.empty() || into.shares(from)) {
    into = from;
    return;
  }
  for (const std::string& each : from) {
    if (std::ranges::find(into, each) == into.end()) into.push_back(each);
  }
}

Belief with_blame(Belief belief, const Belief& a, const Belief& b) {
  if (!belief.is_known()) {
    blame(belief, a);
    blame(belief, b);
  }
  return belief;
}

Truth opposite(Truth truth) {
  if (truth == Truth::Unknown) return truth;
  return truth == Truth::True ? Truth::False : Truth::True;
}

Truth truth_if(bool yes, bool no) {
  return yes ? Truth::True : no ? Truth::False : Truth::Unknown;
}

bool below(const Ends& a, const Ends& b) {
  return a && b && *a < *b;
}
bool not_above(const Ends& a, const Ends& b) {
  return a && b && *a <= *b;
}

Truth compare_bounds(Operator op, const Bounds& a, const Bounds& b) {
  switch (op) {
    case Operator::Lt:
      return truth_if(below(a.high, b.low), not_above(b.high, a.low));
    case Operator::Le:
      return truth_if(not_above(a.high, b.low), below(b.high, a.low));
    case Operator::Gt:
      return compare_bounds(Operator::Lt, b, a);
    case Operator::Ge:
      return compare_bounds(Operator::Le, b, a);
    case Operator::Eq: {
      const bool apart = below(a.high, b.low) || below(b.high, a.low);
      return truth_if(false, apart);
    }
    case Operator::Ne:
      return opposite(compare_bounds(Operator::Eq, a, b));
    default:
      return Truth::Unknown;
  }
}

/// One comparison of values as FEEL does it.
Truth compare_values(Operator op, const feel::Value& a, const feel::Value& b) {
  if (op == Operator::Eq || op == Operator::Ne) {
    const auto same = feel::equal(a, b);
    if (!same) return Truth::Unknown;
    return truth_if(*same == (op == Operator::Eq), *same != (op == Operator::Eq));
  }
  const auto order = feel::order(a, b);
  if (!order) return Truth::Unknown;
  const bool holds = op == Operator::Lt   ? *order < 0
                     : op == Operator::Le ? *order <= 0
                     : op == Operator::Gt ? *order > 0
                                          : *order >= 0;
  return truth_if(holds, !holds);
}

/// The values a belief may take, when they can be listed.
std::optional<std::span<const feel::Value>> listed(const Belief& belief) {
  if (belief.form == Belief::Form::Known) return std::span(&belief.value, 1);
  if (belief.form == Belief::Form::OneOf) return std::span(belief.options.items());
  return std::nullopt;
}

Truth compare_lists(Operator op, std::span<const feel::Value> a, std::span<const feel::Value> b) {
  std::optional<Truth> all;
  for (const feel::Value& x : a) {
    for (const feel::Value& y : b) {
      const Truth truth = compare_values(op, x, y);
      if (all && *all != truth) return Truth::Unknown;
      all = truth;
    }
  }
  return all.value_or(Truth::Unknown);
}

Ends plus(const Ends& a, const Ends& b) {
  return a && b ? add(*a, *b) : std::nullopt;
}
Ends minus(const Ends& a, const Ends& b) {
  return a && b ? subtract(*a, *b) : std::nullopt;
}

bool at_least_zero(const Bounds& a) {
  return a.low && !a.low->is_negative();
}

/// Products of signs that are not known to be positive are only bounded when all four are.
Bounds times(const Bounds& a, const Bounds& b) {
  if (a.low && a.high && b.low && b.high) {
    std::vector<Decimal> corners;
    for (const auto& x : {*a.low, *a.high}) {
      for (const auto& y : {*b.low, *b.high}) {
        if (const auto product = multiply(x, y)) corners.push_back(*product);
      }
    }
    if (corners.size() != 4) return {};
    return {*std::ranges::min_element(corners), *std::ranges::max_element(corners)};
  }
  if (!at_least_zero(a) || !at_least_zero(b)) return {};
  return {multiply(*a.low, *b.low), a.high && b.high ? multiply(*a.high, *b.high) : std::nullopt};
}

Bounds over(const Bounds& a, const Bounds& b) {
  if (!b.low || !(*b.low > Decimal(0))) return {};
  if (!at_least_zero(a)) {
    if (!b.high || *b.low != *b.high || !a.low || !a.high) return {};
    return {divide(*a.low, *b.low), divide(*a.high, *b.low)};
  }
  const Ends low = b.high ? divide(*a.low, *b.high) : Ends(Decimal(0));
  return {low, a.high ? divide(*a.high, *b.low) : std::nullopt};
}

Belief hull(const Bounds& a, const Bounds& b) {
  return Belief::between(a.low && b.low ? Ends(std::min(*a.low, *b.low)) : std::nullopt,
                         a.high && b.high ? Ends(std::max(*a.high, *b.high)) : std::nullopt);
}

/// One part that is `decisive` decides; all others decide together, once none of them is open.
Belief decided(const std::vector<Belief>& parts, Truth decisive) {
  Belief open = Belief::truth(Truth::Unknown);
  bool is_open = false;
  for (const Belief& part : parts) {
    const Truth truth = truth_of(part);
    if (truth == decisive) return Belief::truth(decisive);
    if (truth != Truth::Unknown) continue;
    is_open = true;
    blame(open, part);
  }
  return is_open ? open : Belief::truth(opposite(decisive));
}

}  // namespace

Belief Belief::known(feel::Value value) {
  Belief belief;
  belief.form = Form::Known;
  belief.value = std::move(value);
  return belief;
}

Belief Belief::open(SharedList<std::string> missing) {
  Belief belief;
  belief.missing = std::move(missing);
  return belief;
}

Belief Belief::between(std::optional<Decimal> low, std::optional<Decimal> high) {
  if (low && high && *low == *high) return known(feel::Value(*low));
  Belief belief;
  belief.form = Form::Interval;
  belief.low = low;
  belief.high = high;
  return belief;
}

Belief Belief::one_of(std::vector<feel::Value> options) {
  std::vector<feel::Value> distinct;
  for (feel::Value& option : options) {
    if (std::ranges::find(distinct, option) == distinct.end())
      distinct.push_back(std::move(option));
  }
  if (distinct.size() == 1) return known(std::move(distinct.front()));
  Belief belief;
  if (distinct.empty() || distinct.size() > kMaxOptions) return belief;
  belief.form = Form::OneOf;
  belief.options = std::move(distinct);
  return belief;
}

Belief Belief::truth(Truth truth) {
  static const Belief kUnknown = one_of({feel::Value(true), feel::Value(false)});
  if (truth == Truth::Unknown) return kUnknown;
  return known(feel::Value(truth == Truth::True));
}

Truth truth_of(const Belief& belief) {
  if (!belief.is_known() || belief.value.truth() == nullptr) return Truth::Unknown;
  return *belief.value.truth() ? Truth::True : Truth::False;
}

std::optional<Bounds> bounds_of(const Belief& belief) {
  if (belief.form == Belief::Form::Interval) return Bounds{belief.low, belief.high};
  if (belief.form == Belief::Form::Known) {
    const Decimal* number = belief.value.number();
    return number == nullptr ? std::nullopt : std::optional(Bounds{*number, *number});
  }
  const auto values = listed(belief);
  if (!values) return std::nullopt;
  std::optional<Bounds> bounds;
  for (const feel::Value& value : *values) {
    if (value.number() == nullptr) return std::nullopt;
    const Decimal& number = *value.number();
    if (!bounds) bounds = Bounds{number, number};
    bounds->low = std::min(*bounds->low, number);
    bounds->high = std::max(*bounds->high, number);
  }
  return bounds;
}

void blame(Belief& into, const Belief& from) {
  add_new(into.missing, from.missing);
  add_new(into.notes, from.notes);
}

Belief compare(Operator op, const Belief& a, const Belief& b) {
  const auto list_a = listed(a);
  const auto list_b = listed(b);
  if (list_a && list_b) {
    const Truth truth = compare_lists(op, *list_a, *list_b);
    if (truth == Truth::Unknown && a.is_known() && b.is_known()) {
      Belief null = Belief::known({});
      blame(null, a);
      blame(null, b);
      return null;
    }
    return with_blame(Belief::truth(truth), a, b);
  }
  const auto bounds_a = bounds_of(a);
  const auto bounds_b = bounds_of(b);
  if (!bounds_a || !bounds_b) return with_blame(Belief::truth(Truth::Unknown), a, b);
  return with_blame(Belief::truth(compare_bounds(op, *bounds_a, *bounds_b)), a, b);
}

Belief calculate(Operator op, const Belief& a, const Belief& b) {
  const auto x = bounds_of(a);
  const auto y = bounds_of(b);
  if (!x || !y) return with_blame(Belief(), a, b);
  Bounds result;
  switch (op) {
    case Operator::Add:
      result = {plus(x->low, y->low), plus(x->high, y->high)};
      break;
    case Operator::Subtract:
      result = {minus(x->low, y->high), minus(x->high, y->low)};
      break;
    case Operator::Multiply:
      result = times(*x, *y);
      break;
    case Operator::Divide:
      // Where the divisor may be zero there may be no number at all.
      if (!y->low || !(*y->low > Decimal(0))) return with_blame(Belief(), a, b);
      result = over(*x, *y);
      break;
    default:
      return with_blame(Belief(), a, b);
  }
  return with_blame(Belief::between(result.low, result.high), a, b);
}

Belief negate(const Belief& a) {
  return calculate(Operator::Subtract, Belief::known(feel::Value(0)), a);
}

Belief all_of(const std::vector<Belief>& parts) {
  return decided(parts, Truth::False);
}

Belief any_of(const std::vector<Belief>& parts) {
  return decided(parts, Truth::True);
}

Belief not_of(const Belief& a) {
  Belief belief = Belief::truth(opposite(truth_of(a)));
  if (!belief.is_known()) blame(belief, a);
  return belief;
}

Belief join(const Belief& a, const Belief& b) {
  if (a.is_known() && b.is_known() && a.value == b.value) return Belief::known(a.value);
  if (b.is_known() && std::ranges::find(a.options, b.value) != a.options.end()) {
    Belief belief = a;
    blame(belief, b);
    return belief;
  }
  const auto list_a = listed(a);
  const auto list_b = listed(b);
  if (list_a && list_b) {
    std::vector<feel::Value> all(list_a->begin(), list_a->end());
    all.insert(all.end(), list_b->begin(), list_b->end());
    return with_blame(Belief::one_of(std::move(all)), a, b);
  }
  const auto x = bounds_of(a);
  const auto y = bounds_of(b);
  return with_blame(x && y ? hull(*x, *y) : Belief(), a, b);
}

namespace {

/// The least number; the greatest when `sign` is negative.
Belief extreme(const std::vector<Belief>& parts, bool least_wanted) {
  Belief result;
  std::vector<Bounds> all;
  for (const Belief& part : parts) {
    blame(result, part);
    if (const auto bounds = bounds_of(part)) all.push_back(*bounds);
  }
  if (all.empty() || all.size() != parts.size()) return result;
  // The least of several is at most every high end that is known, and at least the least low
  // end, which must all be known; the greatest mirrors it.
  Ends near = least_wanted ? all.front().high : all.front().low;
  Ends far = least_wanted ? all.front().low : all.front().high;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const Ends& other_near = least_wanted ? all[i].high : all[i].low;
    const Ends& other_far = least_wanted ? all[i].low : all[i].high;
    const auto nearer = [&](const Decimal& p, const Decimal& q) {
      return least_wanted ? std::min(p, q) : std::max(p, q);
    };
    if (other_near) near = near ? nearer(*near, *other_near) : *other_near;
    far = far && other_far ? Ends(nearer(*far, *other_far)) : std::nullopt;
  }
  Belief bounded = least_wanted ? Belief::between(far, near) : Belief::between(near, far);
  if (!bounded.is_known()) blame(bounded, result);
  return bounded;
}

}  // namespace

Belief least(const std::vector<Belief>& parts) {
  return extreme(parts, true);
}

Belief greatest(const std::vector<Belief>& parts) {
  return extreme(parts, false);
}

}  // namespace huice::policy
