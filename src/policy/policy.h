// A policy as a value: what a policy file says, checked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"
#include "feel/expression.h"
#include "model/value.h"

namespace huice::policy {

/// How sure we are of a figure: read in the primary text, in texts that cite it, from memory; or
/// invented for the samples.
enum class Confidence { Primary, Secondary, Memory, Sample };
/// `原文`, `转引`, `凭记忆`, `示例`.
std::string_view label(Confidence confidence);

/// What a rule rests on.
struct Source {
  std::string number;  ///< 发文字号 or the name of a law
  std::string title;
  std::string clause;
  std::string url;
  std::optional<Date> issued_on;
  std::optional<Date> checked_on;
  Confidence confidence = Confidence::Memory;
};

/// One statement of when the rule applies, and since when we know that statement.
struct Validity {
  Date from;
  std::optional<Date> to;  ///< inclusive; empty: until further notice
  Date known_from;
  std::string because;  ///< why the statement changed; may be empty
};

/// A node of the tree of conditions.
struct Condition {
  enum class Kind { All, Any, None, Test, Human };
  Kind kind = Kind::All;
  std::string name;
  std::optional<feel::Expression> when;  ///< Test
  std::string unit;                      ///< of the compared quantity, where the facts do not tell
  std::string review;                    ///< Human: who looks at what
  std::string clause;
  std::string note;
  std::vector<Condition> children;  ///< All, Any, None
  SourceSpan where;
};

/// A name of the policy's own: a formula, or the number of items of a list that satisfy `where`.
struct Definition {
  std::string name;
  std::string unit;
  std::string list;                       ///< the counted list; empty for a formula
  std::optional<feel::Expression> value;  ///< the formula, or the condition on one item
  SourceSpan where;
};

enum class Nature { Exact, Ceiling, Estimate };  ///< 确定 上限 估算
std::string_view label(Nature nature);

/// What is to be had. Money in 元. Either `amount`, or the difference of the two liabilities, or
/// only an `effect` in words.
struct Benefit {
  std::string name;
  std::optional<feel::Expression> when;       ///< holds always when absent
  std::optional<feel::Expression> amount;     ///< 元
  std::optional<feel::Expression> baseline;   ///< what is due without the policy, 元
  std::optional<feel::Expression> liability;  ///< what is due with it, 元
  std::optional<Decimal> cap;                 ///< 元
  std::string effect;
  Nature nature = Nature::Exact;
  Rounding rounding = Rounding::HalfUp;  ///< the one rounding, to 分, at the end
  std::string delivery;                  ///< 免申即享, 申报即享, 申报审核 …
  std::string clause;
  std::string note;
  SourceSpan where;
};

/// When one may apply. A yearly window is stored with the month and day in some year.
struct Window {
  std::string batch;
  bool every_year = false;
  Date opens;
  Date closes;        ///< inclusive
  int lead_days = 0;  ///< from so many days before the end on, the match warns
  SourceSpan where;
};

/// Another policy that this one cannot be enjoyed with.
struct Exclusion {
  std::string policy;
  std::string reason;
  std::string clause;
  Confidence confidence = Confidence::Secondary;
  SourceSpan where;
};

/// A case written in the policy file.
struct InlineTest {
  std::string name;
  model::Value given;  ///< a record of facts, the policy's `test_base` merged in
  Date on;
  std::optional<Date> known_on;  ///< the day `on` when absent, or known_from if that is later
  model::Value expect;           ///< status, missing, amounts by the name of the benefit
  SourceSpan where;
};

struct Policy {
  std::string id;
  std::string title;
  std::string kind;
  std::string level;
  std::vector<std::string> regions;  ///< GB/T 2260, six digits; 000000 is the whole country
  std::vector<std::string> issuers;
  Source source;
  std::vector<Validity> validity;  ///< by known_from
  Condition conditions;            ///< the root: All
  std::vector<Definition> definitions;
  std::vector<Benefit> benefits;
  std::vector<Window> windows;
  std::vector<std::string> materials;
  std::string contact;
  std::vector<Exclusion> excludes;
  std::vector<std::string> replaces;
  std::vector<std::string> prerequisites;
  std::vector<std::string> notes;
  std::vector<InlineTest> tests;
  SourceSpan where;

  /// The statement of validity as known on `known_on`; nullptr before the policy was known.
  const Validity* validity_known_on(Date known_on) const;
  /// Since when the policy is known at all.
  Date known_from() const { return validity.front().known_from; }
};

/// Whether a place with the code `region` lies in `area` (`430000` holds `430590`).
bool lies_in(std::string_view region, std::string_view area);

}  // namespace huice::policy
