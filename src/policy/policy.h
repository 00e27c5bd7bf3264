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
#include "policy/shared_list.h"

namespace huice::policy {

/// How sure we are of a figure: read in the primary text, in texts that cite it, from memory; or
/// invented for the samples.
enum class Confidence { Primary, Secondary, Memory, Sample };
/// `原文`, `转引`, `凭记忆`, `示例`.
std::string_view label(Confidence confidence);

/// A source checked longer ago than this is stale, unless it names another shelf life.
inline constexpr int kShelfDays = 540;

/// What a rule rests on.
struct Source {
  std::string number;  ///< 发文字号 or the name of a law
  std::string title;
  std::string clause;
  std::string url;
  std::optional<Date> issued_on;
  std::optional<Date> checked_on;
  int shelf_days = kShelfDays;  ///< an answer resting on an older check needs a person's look
  Confidence confidence = Confidence::Memory;

  /// Whether `known_on` lies beyond the shelf life; a source never checked is always stale.
  bool is_stale(Date known_on) const;
};

/// One statement of when the rule applies, and since when we know that statement.
struct Validity {
  Date from;
  std::optional<Date> to;  ///< inclusive; empty: until further notice
  Date known_from;
  std::string because;  ///< why the statement changed; may be empty
};

/// When one clause applies, where that differs from the policy as a whole. Outside of it the
/// clause is as if unwritten.
struct ClauseSpan {
  std::optional<Date> from;
  std::optional<Date> to;          ///< inclusive
  std::optional<Date> known_from;  ///< since when the clause is known

  bool applies(Date on, Date known_on) const;
};

/// A node of the tree of conditions.
struct Condition {
  enum class Kind { All, Any, None, Test, Human };
  Kind kind = Kind::All;
  std::string name;
  std::optional<feel::Expression> when;  ///< Test
  std::string requirement;  ///< Test: read back, `应纳税所得额不超过300万元`
  std::string unit;         ///< of the compared quantity, where the facts do not tell
  std::string review;       ///< Human: who looks at what
  std::string clause;
  std::string note;
  ClauseSpan span;
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

/// 现金, 减免, 推迟 (a tax paid later, not less), 融资 (cheaper or easier credit), 资格.
/// Only the first two and interest saved may be added up as yuan gained.
enum class BenefitForm { Cash, Relief, Deferral, Finance, Standing };
std::string_view label(BenefitForm form);

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
  std::string formula;                        ///< of the amount, read back
  std::optional<Decimal> cap;                 ///< 元
  std::string effect;
  Nature nature = Nature::Exact;
  BenefitForm form = BenefitForm::Cash;
  ClauseSpan span;
  Rounding rounding = Rounding::HalfUp;  ///< the one rounding, to 分, at the end
  std::string delivery;                  ///< 免申即享, 申报即享, 申报审核 …
  std::string clause;
  std::string note;
  SourceSpan where;
};

/// Once, or every year, quarter, month.
enum class Recurrence { Once, Yearly, Quarterly, Monthly };

/// When one may apply. The days of a recurring window are stored in a leap year: of a yearly one
/// month and day, of a quarterly one the month within the quarter (January to March) and the day,
/// of a monthly one the day in January. Days that a month lacks mean its last day.
struct Window {
  std::string batch;
  Recurrence every = Recurrence::Once;
  Date opens;
  Date closes;        ///< inclusive
  int lead_days = 0;  ///< from so many days before the end on, the match warns
  SourceSpan where;
};

/// What one document does to another: 替代, 废止, 停止执行 end the other on the day before `from`;
/// 延续 and 过渡 let it run until `to`. Loading adds these as statements of the other's validity.
struct Relation {
  enum class Kind { Replaces, Repeals, Suspends, Extends, Transition };
  Kind kind = Kind::Replaces;
  std::string policy;              ///< the id of the other
  std::optional<Date> from;        ///< the first day of this policy when absent
  std::optional<Date> to;          ///< inclusive; Extends and Transition
  std::optional<Date> known_from;  ///< as of this policy when absent
  std::string clause;
  SourceSpan where;
};
/// `替代`, `废止`, `停止执行`, `延续`, `过渡`.
std::string_view label(Relation::Kind kind);

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

/// Small changes of one part of a policy that change no answer anywhere, and why: no case can
/// notice them (see mutants.h).
struct Unnoticeable {
  std::string part;                  ///< the name of a condition, definition or benefit
  std::vector<std::string> changes;  ///< `<= 改为 <`
  std::string reason;
  SourceSpan where;
};

/// A policy as its file states it, and as other files' relations to it complete it.
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
  SharedList<std::string> materials;
  std::string contact;
  std::vector<Exclusion> excludes;
  std::vector<std::string> replaces;  ///< short form, checked only: the old file ends itself
  std::vector<Relation> relations;
  std::vector<std::string> groups;  ///< exclusive groups it belongs to, see ExclusiveGroup
  std::vector<std::string> limits;  ///< amounts it shares with others, see SharedLimit
  std::vector<std::string> prerequisites;
  SharedList<std::string> notes;
  std::vector<InlineTest> tests;
  std::vector<Unnoticeable> unnoticeable;
  SourceSpan where;

  /// The statement of validity as known on `known_on`; nullptr before the policy was known.
  const Validity* validity_known_on(Date known_on) const;
  /// Since when the policy is known at all.
  Date known_from() const { return validity.front().known_from; }
};

/// Policies of which one enterprise enjoys at most one (就高不重复, 择一). Written under `groups`
/// of the catalogue; policies name the groups they belong to.
struct ExclusiveGroup {
  std::string name;
  std::string rule;  ///< in words, for the reader: `就高不重复`
  Source source;
  SourceSpan where;
};

/// An amount that the benefits of several policies draw on. Written under `limits` of the
/// catalogue; policies name the limits they fall under.
struct SharedLimit {
  enum class Scope {
    Enterprise,  ///< what one enterprise may receive in all (同一企业合计不超过)
    Pool         ///< a budget for all enterprises together (资金池), first come or pro rata
  };
  std::string name;
  Scope scope = Scope::Enterprise;
  std::string period;                      ///< `年度`; empty: once
  std::optional<feel::Expression> amount;  ///< 元; facts of the enterprise for Scope::Enterprise
  Source source;
  SourceSpan where;
};

/// Whether a place with the code `region` lies in `area` (`430000` holds `430590`).
bool lies_in(std::string_view region, std::string_view area);

}  // namespace huice::policy
