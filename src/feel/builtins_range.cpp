// How points and ranges lie to each other. Source: DMN 1.5, 10.3.4.9 (Allen's relations).
#include <array>

#include "feel/arguments.h"
#include "feel/expression.h"

namespace huice::feel {
namespace {

/// An argument as a range; a point is the closed range from itself to itself.
struct Extent {
  Value low;
  Value high;
  bool low_closed = true;
  bool high_closed = true;
  bool is_point = false;
};

std::optional<Extent> extent_of(const Value& value) {
  if (value.is_null()) return std::nullopt;
  if (const Range* range = value.range()) {
    return Extent{range->low, range->high, range->low_closed, range->high_closed, false};
  }
  if (!order(value, value)) return std::nullopt;
  return Extent{value, value, true, true, true};
}

/// Both extents and the orders of their ends, or nothing when some end cannot be compared.
struct Pair {
  Extent a;
  Extent b;
  int low_low = 0;  ///< a.low against b.low, and so on
  int low_high = 0;
  int high_low = 0;
  int high_high = 0;
};

std::optional<Pair> pair_of(Arguments arguments) {
  auto a = extent_of(single(arguments[0]));
  auto b = extent_of(single(arguments[1]));
  if (!a || !b) return std::nullopt;
  const auto low_low = order(a->low, b->low);
  const auto low_high = order(a->low, b->high);
  const auto high_low = order(a->high, b->low);
  const auto high_high = order(a->high, b->high);
  if (!low_low || !low_high || !high_low || !high_high) return std::nullopt;
  return Pair{*std::move(a), *std::move(b), *low_low, *low_high, *high_low, *high_high};
}

/// The same pair seen from the other side.
Pair swapped(const Pair& p) {
  return {p.b, p.a, -p.low_low, -p.high_low, -p.low_high, -p.high_high};
}

using Relation = bool (*)(const Pair&);

bool before(const Pair& p) {
  return p.high_low < 0 || (p.high_low == 0 && !(p.a.high_closed && p.b.low_closed));
}

bool after(const Pair& p) {
  return before(swapped(p));
}

bool meets(const Pair& p) {
  return p.high_low == 0 && p.a.high_closed && p.b.low_closed;
}

bool met_by(const Pair& p) {
  return meets(swapped(p));
}

bool overlaps(const Pair& p) {
  return !before(p) && !after(p);
}

bool overlaps_before(const Pair& p) {
  const bool starts_earlier =
      p.low_low < 0 || (p.low_low == 0 && p.a.low_closed && !p.b.low_closed);
  const bool ends_earlier =
      p.high_high < 0 || (p.high_high == 0 && (!p.a.high_closed || p.b.high_closed));
  return starts_earlier && overlaps(p) && ends_earlier;
}

bool overlaps_after(const Pair& p) {
  const bool starts_later = p.low_low > 0 || (p.low_low == 0 && !p.a.low_closed && p.b.low_closed);
  const bool ends_later =
      p.high_high > 0 || (p.high_high == 0 && (p.a.high_closed || !p.b.high_closed));
  return starts_later && overlaps(p) && ends_later;
}

bool starts_no_earlier(const Pair& p) {
  return p.low_low > 0 || (p.low_low == 0 && (p.b.low_closed || !p.a.low_closed));
}

bool ends_no_later(const Pair& p) {
  return p.high_high < 0 || (p.high_high == 0 && (p.b.high_closed || !p.a.high_closed));
}

bool during(const Pair& p) {
  return starts_no_earlier(p) && ends_no_later(p);
}

bool includes(const Pair& p) {
  return during(swapped(p));
}

bool starts(const Pair& p) {
  return p.low_low == 0 && p.a.low_closed == p.b.low_closed && ends_no_later(p);
}

bool started_by(const Pair& p) {
  return starts(swapped(p));
}

bool finishes(const Pair& p) {
  return p.high_high == 0 && p.a.high_closed == p.b.high_closed && starts_no_earlier(p);
}

bool finished_by(const Pair& p) {
  return finishes(swapped(p));
}

bool coincides(const Pair& p) {
  return p.low_low == 0 && p.high_high == 0 && p.a.low_closed == p.b.low_closed &&
         p.a.high_closed == p.b.high_closed;
}

/// What a relation may be asked of.
bool anything(const Pair&) {
  return true;
}
bool alike(const Pair& p) {
  return p.a.is_point == p.b.is_point;
}
bool ranges(const Pair& p) {
  return !p.a.is_point && !p.b.is_point;
}
bool in_range(const Pair& p) {
  return !p.b.is_point;
}
bool of_range(const Pair& p) {
  return !p.a.is_point;
}

template <Relation Holds, Relation MakesSense>
Value relation(Evaluator& evaluator, Arguments arguments) {
  const auto pair = pair_of(arguments);
  if (!pair || !MakesSense(*pair)) return wrong_argument(evaluator, "区间关系");
  return Holds(*pair);
}

Value is(Evaluator&, Arguments arguments) {
  const Value second = arguments.size() > 1 ? arguments[1] : Value();
  return arguments[0] == second;
}

/// An end of a range written as text: a constant, or a constructor of one from a constant text.
bool is_constant(const Node& node) {
  if (node.kind == NodeKind::Literal || node.kind == NodeKind::AtLiteral) return true;
  if (node.kind != NodeKind::Call || node.children.size() != 2) return false;
  const Node& callee = *node.children[0];
  const std::string& name = callee.text;
  const bool constructs =
      callee.kind == NodeKind::Name &&
      (name == "date" || name == "time" || name == "date and time" || name == "duration");
  return constructs && node.children[1]->kind == NodeKind::Literal;
}

Value range(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  if (text == nullptr) return wrong_argument(evaluator, "range");
  const auto parsed = Expression::parse(*text, Names());
  const bool interval = parsed && parsed.value().root().kind == NodeKind::Interval;
  if (!interval) return wrong_argument(evaluator, "range");
  const Node& root = parsed.value().root();
  if (!is_constant(*root.children[0]) || !is_constant(*root.children[1])) {
    return wrong_argument(evaluator, "range");
  }
  Value made = evaluator.evaluate(root, Scope{});
  const Range* built = made.range();
  if (built == nullptr || (built->low.is_null() && built->high.is_null())) return {};
  if (built->low.is_null() || built->high.is_null()) {
    Range open = *built;
    open.has_low = !built->low.is_null();
    open.has_high = !built->high.is_null();
    const bool closed = (!open.has_low && open.low_closed) || (!open.has_high && open.high_closed);
    return closed ? Value() : Value(open);
  }
  const auto ordered = order(built->low, built->high);
  return ordered && *ordered <= 0 ? made : wrong_argument(evaluator, "range");
}

constexpr std::string_view kRanges = "range1,range2";
constexpr std::string_view kInRange = "point,range|range1,range2";
constexpr std::string_view kOfRange = "range,point|range1,range2";
constexpr std::string_view kAlike = "point1,point2|range1,range2";
constexpr std::string_view kAnything = "point1,point2|point,range|range,point|range1,range2";

constexpr std::array<Builtin, 16> kBuiltins = {{
    {"before", kAnything, relation<before, anything>},
    {"after", kAnything, relation<after, anything>},
    {"meets", kRanges, relation<meets, ranges>},
    {"met by", kRanges, relation<met_by, ranges>},
    {"overlaps", kRanges, relation<overlaps, ranges>},
    {"overlaps before", kRanges, relation<overlaps_before, ranges>},
    {"overlaps after", kRanges, relation<overlaps_after, ranges>},
    {"finishes", kInRange, relation<finishes, in_range>},
    {"finished by", kOfRange, relation<finished_by, of_range>},
    {"includes", kOfRange, relation<includes, of_range>},
    {"during", kInRange, relation<during, in_range>},
    {"starts", kInRange, relation<starts, in_range>},
    {"started by", kOfRange, relation<started_by, of_range>},
    {"coincides", kAlike, relation<coincides, alike>},
    {"is", "value1?,value2|value1,value2?", is},
    {"range", "from", range},
}};

}  // namespace

std::span<const Builtin> range_builtins() {
  return kBuiltins;
}

}  // namespace huice::feel
