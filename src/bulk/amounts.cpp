#include "bulk/amounts.h"

#include <algorithm>
#include <functional>

#include "base/money.h"

namespace huice::bulk {
namespace {

using feel::Node;
using feel::NodeKind;
using feel::Operator;
using Kind = AmountOp::Kind;

/// Steps of one program.
constexpr std::size_t kMaxOps = 64;
/// Digits after the point of any step.
constexpr int kMaxStepScale = 16;
/// Magnitudes that fit in 64 bits and in 34 digits, with room for rounding.
constexpr double kNarrow = 4e18;
constexpr double kWide = 1e32;
constexpr double kLargestFen = 9e18;
constexpr int kFenScale = 2;

double power(int n) {
  double result = 1;
  for (int i = 0; i < n; ++i)
    result *= 10;
  return result;
}

/// Constants at their final scale, and before what they are multiplied with after it, so that more
/// programs are the same.
void tidy(std::vector<AmountOp>& ops) {
  std::vector<AmountOp> tidied;
  for (const AmountOp& op : ops) {
    const std::size_t size = tidied.size();
    if (op.kind == Kind::Shift && size > 0 && tidied.back().kind == Kind::Constant) {
      tidied.back().constant *= op.constant;
      continue;
    }
    const bool product = op.kind == Kind::Multiply && size >= 2 &&
                         tidied[size - 1].kind == Kind::Load &&
                         tidied[size - 2].kind == Kind::Constant;
    if (product) std::swap(tidied[size - 1], tidied[size - 2]);
    tidied.push_back(op);
  }
  ops = std::move(tidied);
}

class Compiler {
 public:
  Compiler(Leaves& leaves, const policy::Policy& policy) : leaves_(leaves), policy_(policy) {}

  /// Appends the steps of a node.
  bool compile(const feel::Expression& expression) {
    expression_ = &expression;
    return node(expression.root());
  }

  bool constant(const Decimal& number) {
    const Decimal plain = number.normalized();
    const auto value = scaled_exactly(plain, plain.scale(), kMaxNumber);
    if (!value || plain.scale() > kMaxScale) return false;
    push({.kind = Kind::Constant, .constant = *value}, plain.scale(),
         static_cast<double>(std::abs(*value)));
    return fits();
  }

  /// The two topmost values become one.
  bool combine(Kind kind) {
    if (stack_.size() < 2) return false;
    if (kind == Kind::Multiply) {
      const Step b = pop();
      const Step a = pop();
      push({.kind = kind}, a.scale + b.scale, a.bound * b.bound);
      return fits();
    }
    if (!align()) return false;
    const Step b = pop();
    const Step a = pop();
    push({.kind = kind}, a.scale, a.bound + b.bound);
    return fits();
  }

  std::optional<AmountProgram> finish(Rounding rounding) {
    if (stack_.size() != 1 || program_.ops.size() > kMaxOps || deepest_ > kMaxStack) {
      return std::nullopt;
    }
    program_.scale = stack_.back().scale;
    const double fen = stack_.back().bound * power(std::max(kFenScale - program_.scale, 0));
    if (fen > kLargestFen) return std::nullopt;
    program_.largest_fen = stack_.back().bound / power(std::max(program_.scale - kFenScale, 0)) *
                               power(std::max(kFenScale - program_.scale, 0)) +
                           1;
    program_.narrow = std::max(widest_, fen) < kNarrow;
    program_.rounding = rounding;
    tidy(program_.ops);
    return std::move(program_);
  }

 private:
  struct Step {
    int scale = 0;
    double bound = 0;     ///< no value is larger
    std::size_t end = 0;  ///< ops up to here make it
  };

  void push(AmountOp op, int scale, double bound) {
    program_.ops.push_back(op);
    stack_.push_back({scale, bound, program_.ops.size()});
    deepest_ = std::max(deepest_, stack_.size());
    widest_ = std::max(widest_, bound);
  }
  Step pop() {
    const Step step = stack_.back();
    stack_.pop_back();
    return step;
  }
  bool fits() const {
    return stack_.back().bound < kWide && stack_.back().scale <= kMaxStepScale &&
           program_.ops.size() <= kMaxOps;
  }

  /// Brings the two topmost values to one scale.
  bool align() {
    Step& a = stack_[stack_.size() - 2];
    Step& b = stack_.back();
    Step& coarse = a.scale < b.scale ? a : b;
    const int digits = std::max(a.scale, b.scale) - coarse.scale;
    if (digits == 0) return true;
    const AmountOp shift{.kind = Kind::Shift, .constant = power_of_ten(digits)};
    program_.ops.insert(program_.ops.begin() + static_cast<std::ptrdiff_t>(coarse.end), shift);
    ++coarse.end;
    if (&coarse == &a) ++b.end;
    coarse.scale += digits;
    coarse.bound *= power(digits);
    widest_ = std::max(widest_, coarse.bound);
    return coarse.bound < kWide && coarse.scale <= kMaxStepScale;
  }

  bool node(const Node& node) {
    switch (node.kind) {
      case NodeKind::Literal:
        if (node.value.is_null()) return null();
        return node.value.number() != nullptr && constant(*node.value.number());
      case NodeKind::Name:
        return name(node.text);
      case NodeKind::Negate:
        return constant(Decimal(0)) && this->node(*node.children[0]) && combine(Kind::Subtract);
      case NodeKind::Arithmetic:
        return arithmetic(node);
      case NodeKind::Call:
        return call(node);
      case NodeKind::If:
        return choice(node);
      default:
        return false;
    }
  }

  bool null() {
    push({.kind = Kind::Null}, 0, 0);
    return true;
  }

  bool name(const std::string& name) {
    const Oracle& oracle = leaves_.oracle();
    const bool own = std::ranges::find(policy_.definitions, name, &policy::Definition::name) !=
                     policy_.definitions.end();
    if (own || oracle.library().find_derived(name) != nullptr) return false;
    if (oracle.library().find_parameter(name) != nullptr) {
      if (!oracle.is_constant(name)) return false;
      const feel::Value value = oracle.belief(name, {}).value;
      return value.number() != nullptr && constant(*value.number());
    }
    const Column* column = leaves_.columns().find(name);
    if (column == nullptr || !column->is_number || column->is_day()) return false;
    if (!column->fact.low_from.empty()) return false;
    push({.kind = Kind::Load, .column = column}, column->scale,
         static_cast<double>(std::max<std::int64_t>(column->largest, 1)));
    return fits();
  }

  bool arithmetic(const Node& node) {
    if (node.op == Operator::Divide) return divided(node);
    if (!this->node(*node.children[0]) || !this->node(*node.children[1])) return false;
    switch (node.op) {
      case Operator::Add:
        return combine(Kind::Add);
      case Operator::Subtract:
        return combine(Kind::Subtract);
      case Operator::Multiply:
        return combine(Kind::Multiply);
      default:
        return false;
    }
  }

  /// By a constant whose inverse is a short decimal: 2, 4, 5, 8, 10, 100 …
  bool divided(const Node& node) {
    const Node& right = *node.children[1];
    if (right.kind != NodeKind::Literal || right.value.number() == nullptr) return false;
    if (!(*right.value.number() > Decimal(0))) return false;
    const auto inverse = divide(Decimal(1), *right.value.number());
    if (!inverse || inverse->normalized().scale() > kMaxScale) return false;
    return this->node(*node.children[0]) && constant(*inverse) && combine(Kind::Multiply);
  }

  bool call(const Node& node) {
    const Node& callee = *node.children[0];
    if (callee.kind != NodeKind::Name || !node.names.empty() || node.children.size() < 3) {
      return false;
    }
    if (callee.text != "min" && callee.text != "max") return false;
    const Kind kind = callee.text == "min" ? Kind::Min : Kind::Max;
    if (!this->node(*node.children[1])) return false;
    for (std::size_t i = 2; i < node.children.size(); ++i) {
      if (!this->node(*node.children[i]) || !combine(kind)) return false;
    }
    return true;
  }

  bool choice(const Node& node) {
    const auto text = expression_->text_of(*node.children[0]);
    const auto condition = feel::Expression::parse(text, names());
    if (!condition) return false;
    if (!this->node(*node.children[1]) || !this->node(*node.children[2]) || !align()) return false;
    const std::uint32_t leaf = leaves_.test(policy_, condition.value());
    const Step b = pop();
    const Step a = pop();
    push({.kind = Kind::Select, .leaf = leaf}, a.scale, std::max(a.bound, b.bound));
    return fits();
  }

  /// What conditions inside of amounts may name.
  const feel::Names& names() {
    const feel::Names& shared = leaves_.oracle().library().names();
    if (policy_.definitions.empty()) return shared;
    if (!own_names_) {
      own_names_ = shared;
      for (const auto& definition : policy_.definitions)
        own_names_->add(definition.name);
    }
    return *own_names_;
  }

  Leaves& leaves_;
  const policy::Policy& policy_;
  std::optional<feel::Names> own_names_;
  const feel::Expression* expression_ = nullptr;
  AmountProgram program_;
  std::vector<Step> stack_;
  std::size_t deepest_ = 0;
  double widest_ = 0;
};

/// `value` / 10^Places, rounded.
template <class Number>
Number divide_rounded(Number value, std::int64_t unit, Rounding rounding) {
  const Number quotient = value / unit;
  const Number rest = value % unit;
  if (rest == 0) return quotient;
  const Number size = rest < 0 ? -rest : rest;
  const Number away = value < 0 ? -1 : 1;
  const Number twice = size * 2;
  bool up = false;
  switch (rounding) {
    case Rounding::HalfUp:
      up = twice >= unit;
      break;
    case Rounding::HalfDown:
      up = twice > unit;
      break;
    case Rounding::HalfEven:
      up = twice > unit || (twice == unit && quotient % 2 != 0);
      break;
    case Rounding::Up:
      up = true;
      break;
    case Rounding::Down:
      break;
    case Rounding::Ceiling:
      up = value > 0;
      break;
    case Rounding::Floor:
      up = value < 0;
      break;
  }
  return up ? quotient + away : quotient;
}

template <class Number>
Number to_fen(Number value, int scale, Rounding rounding) {
  if (scale <= kFenScale) return value * power_of_ten(kFenScale - scale);
  return divide_rounded(value, power_of_ten(scale - kFenScale), rounding);
}

/// The usual rounding with a divisor that the compiler knows: several times as fast.
template <std::int64_t Unit>
void half_up_all(std::span<const std::int64_t> values, std::int64_t* fen) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::int64_t half = values[i] < 0 ? -Unit / 2 : Unit / 2;
    fen[i] = (values[i] + half) / Unit;
  }
}

void all_to_fen(std::span<const std::int64_t> values, const AmountProgram& program,
                std::int64_t* fen) {
  if (program.rounding == Rounding::HalfUp) {
    switch (program.scale - kFenScale) {
      case 1:
        return half_up_all<10>(values, fen);
      case 2:
        return half_up_all<100>(values, fen);
      case 3:
        return half_up_all<1'000>(values, fen);
      case 4:
        return half_up_all<10'000>(values, fen);
      case 5:
        return half_up_all<100'000>(values, fen);
      case 6:
        return half_up_all<1'000'000>(values, fen);
      default:
        break;
    }
  }
  for (std::size_t i = 0; i < values.size(); ++i)
    fen[i] = to_fen(values[i], program.scale, program.rounding);
}

void all_to_fen(std::span<const Int128> values, const AmountProgram& program, std::int64_t* fen) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Int128 rounded = to_fen(values[i], program.scale, program.rounding);
    fen[i] = static_cast<std::int64_t>(rounded);
  }
}

bool bit_of(Word word, std::size_t row) {
  return (word >> (row % 64) & 1) != 0;
}

}  // namespace

std::optional<AmountProgram> compile_amount(Leaves& leaves, const policy::Policy& policy,
                                            const policy::Benefit& benefit, bool capped) {
  Compiler compiler(leaves, policy);
  bool compiled = false;
  if (benefit.amount) {
    compiled = compiler.compile(*benefit.amount);
  } else if (benefit.baseline && benefit.liability) {
    compiled = compiler.compile(*benefit.baseline) && compiler.compile(*benefit.liability) &&
               compiler.combine(Kind::Subtract);
  }
  if (compiled && benefit.cap && capped) {
    compiled = compiler.constant(*benefit.cap) && compiler.combine(Kind::Min);
  }
  return compiled ? compiler.finish(benefit.rounding) : std::nullopt;
}

Int128 fen_of(Int128 value, const AmountProgram& program) {
  return to_fen(value, program.scale, program.rounding);
}

std::optional<LinearAmount> linear_amount(const AmountProgram& program) {
  const auto& ops = program.ops;
  const int digits = program.scale - kFenScale;
  constexpr int kMostDigits = 6;
  const bool fits = program.narrow && program.rounding == Rounding::HalfUp && !ops.empty() &&
                    digits >= 0 && digits <= kMostDigits && ops[0].kind == Kind::Load;
  if (!fits) return std::nullopt;
  LinearAmount amount{
      .numbers = ops[0].column->numbers.data(), .factor = 1, .unit = power_of_ten(digits)};
  if (ops.size() == 1) return amount;
  const bool product =
      ops.size() == 3 && ops[1].kind == Kind::Constant && ops[2].kind == Kind::Multiply;
  if (!product) return std::nullopt;
  amount.factor = static_cast<std::int64_t>(ops[1].constant);
  return amount;
}

std::optional<AmountProgram> branch_of(const AmountProgram& program, bool taken) {
  if (std::ranges::count(program.ops, Kind::Select, &AmountOp::kind) != 1) return std::nullopt;
  AmountProgram branch = program;
  branch.ops.clear();
  std::vector<std::ptrdiff_t> begins;  // of the values on the stack
  for (const AmountOp& op : program.ops) {
    const auto here = static_cast<std::ptrdiff_t>(branch.ops.size());
    if (op.kind == Kind::Load || op.kind == Kind::Constant || op.kind == Kind::Null) {
      begins.push_back(here);
    } else if (op.kind != Kind::Shift) {
      const auto second = branch.ops.begin() + begins.back();
      begins.pop_back();
      if (op.kind == Kind::Select && taken) branch.ops.erase(second, branch.ops.end());
      if (op.kind == Kind::Select && !taken) {
        branch.ops.erase(branch.ops.begin() + begins.back(), second);
      }
    }
    if (op.kind != Kind::Select) branch.ops.push_back(op);
  }
  tidy(branch.ops);
  return branch;
}

std::string AmountProgram::key() const {
  std::string key;
  const auto append = [&](const auto& part) {
    key.append(reinterpret_cast<const char*>(&part), sizeof part);
  };
  append(scale);
  append(rounding);
  for (const AmountOp& op : ops) {
    append(op.kind);
    append(op.column);
    append(op.constant);
    append(op.leaf);
  }
  return key;
}

template <class Number>
void AmountRunner::run_as(std::vector<Lane<Number>>& stack, const AmountProgram& program,
                          const LeafPlanes& planes, std::size_t first,
                          std::span<const std::uint32_t> rows, RowAmounts& result) {
  const std::size_t count = rows.size();
  stack.resize(kMaxStack);
  std::size_t top = 0;
  const auto open_lane = [&]() -> Lane<Number>& {
    Lane<Number>& lane = stack[top++];
    if (lane.values.size() < count) {
      lane.values.resize(count);
      lane.open.resize(count);
    }
    return lane;
  };
  for (const AmountOp& op : program.ops) {
    const auto constant = static_cast<Number>(op.constant);
    switch (op.kind) {
      case Kind::Load: {
        Lane<Number>& lane = open_lane();
        const std::int64_t* numbers = op.column->numbers.data() + first;
        for (std::size_t i = 0; i < count; ++i) {
          const std::int64_t number = numbers[rows[i]];
          lane.open[i] = number == kUnknown;
          lane.values[i] = number == kUnknown ? 0 : number;
        }
        continue;
      }
      case Kind::Constant:
      case Kind::Null: {
        Lane<Number>& lane = open_lane();
        std::fill_n(lane.values.begin(), count, constant);
        std::fill_n(lane.open.begin(), count, op.kind == Kind::Null);
        continue;
      }
      case Kind::Shift: {
        // Shifts the value that the next step wants; it is always on top when made.
        Number* values = stack[top - 1].values.data();
        for (std::size_t i = 0; i < count; ++i)
          values[i] *= constant;
        continue;
      }
      default:
        break;
    }
    const Lane<Number>& right = stack[--top];
    Lane<Number>& left = stack[top - 1];
    Number* a = left.values.data();
    const Number* b = right.values.data();
    std::uint8_t* open = left.open.data();
    const std::uint8_t* other_open = right.open.data();
    if (op.kind == Kind::Select) {
      for (std::size_t i = 0; i < count; ++i) {
        const bool yes = bit_of(planes.sure(op.leaf, rows[i] / 64), rows[i]);
        const bool maybe = bit_of(planes.possible(op.leaf, rows[i] / 64), rows[i]);
        a[i] = yes ? a[i] : b[i];
        open[i] = (maybe != yes) | (yes ? open[i] : other_open[i]);
      }
      continue;
    }
    for (std::size_t i = 0; i < count; ++i)
      open[i] |= other_open[i];
    if (op.kind == Kind::Add) {
      for (std::size_t i = 0; i < count; ++i)
        a[i] += b[i];
    } else if (op.kind == Kind::Subtract) {
      for (std::size_t i = 0; i < count; ++i)
        a[i] -= b[i];
    } else if (op.kind == Kind::Multiply) {
      for (std::size_t i = 0; i < count; ++i)
        a[i] *= b[i];
    } else if (op.kind == Kind::Min) {
      for (std::size_t i = 0; i < count; ++i)
        a[i] = std::min(a[i], b[i]);
    } else {
      for (std::size_t i = 0; i < count; ++i)
        a[i] = std::max(a[i], b[i]);
    }
  }
  result.fen.resize(count);
  all_to_fen(std::span<const Number>(stack[0].values.data(), count), program, result.fen.data());
  result.open.clear();
  for (std::size_t i = 0; i < count; ++i) {
    if (stack[0].open[i]) result.open.push_back(static_cast<std::uint32_t>(i));
  }
}

void AmountRunner::run(const AmountProgram& program, const LeafPlanes& planes, std::size_t first,
                       std::span<const std::uint32_t> rows, RowAmounts& result) {
  if (program.narrow) {
    run_as(narrow_, program, planes, first, rows, result);
  } else {
    run_as(wide_, program, planes, first, rows, result);
  }
}

}  // namespace huice::bulk
