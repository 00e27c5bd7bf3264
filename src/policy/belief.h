// What can be said of a value while facts are missing.
//
// FEEL alone would answer `企业规模 = "大型"` with false when 企业规模 is missing; here it stays
// open, and so does everything that rests on it. Beliefs never claim more than every completion of
// the missing facts would bear out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "feel/ast.h"
#include "feel/value.h"
#include "policy/shared_list.h"

namespace huice::policy {

enum class Truth { False, Unknown, True };

struct Belief {
  enum class Form {
    Known,     ///< `value`; null when the known facts give none (division by zero …)
    Interval,  ///< a number from `low` to `high`, each end included, absent when unbounded
    OneOf,     ///< one of `options`
    Open       ///< anything
  };
  Form form = Form::Open;
  feel::Value value;
  std::optional<Decimal> low;
  std::optional<Decimal> high;
  SharedList<feel::Value> options;
  SharedList<std::string> missing;  ///< facts that could still decide it, each once
  SharedList<std::string> notes;    ///< why a value is null, Chinese

  bool is_known() const { return form == Form::Known; }
  static Belief known(feel::Value value);
  static Belief open(SharedList<std::string> missing);
  static Belief between(std::optional<Decimal> low, std::optional<Decimal> high);
  /// One of several; known when all are the same.
  static Belief one_of(std::vector<feel::Value> options);
  static Belief truth(Truth truth);
};

/// More alternatives than this become Open.
inline constexpr std::size_t kMaxOptions = 32;

/// True or False only when it is known; anything but a boolean is Unknown.
Truth truth_of(const Belief& belief);

/// The number as bounds: a known number is both. nullopt when it is no number for sure.
struct Bounds {
  std::optional<Decimal> low;
  std::optional<Decimal> high;
};
std::optional<Bounds> bounds_of(const Belief& belief);

/// Adds the missing facts and notes of `from` to `into`, each once.
void blame(Belief& into, const Belief& from);

/// `a op b`, `a + b` and so on.
Belief compare(feel::Operator op, const Belief& a, const Belief& b);
Belief calculate(feel::Operator op, const Belief& a, const Belief& b);
Belief negate(const Belief& a);
/// Kleene's conjunction, disjunction and negation; only what is still open is blamed.
Belief all_of(const std::vector<Belief>& parts);
Belief any_of(const std::vector<Belief>& parts);
Belief not_of(const Belief& a);
/// What is either the one or the other.
Belief join(const Belief& a, const Belief& b);
/// The least or greatest of numbers.
Belief least(const std::vector<Belief>& parts);
Belief greatest(const std::vector<Belief>& parts);

}  // namespace huice::policy
