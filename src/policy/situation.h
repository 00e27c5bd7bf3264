// One enterprise on one day, as expressions see it: facts, derived facts, parameters.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "feel/ast.h"
#include "feel/decision_table.h"
#include "feel/evaluate.h"
#include "feel/expression.h"
#include "model/profile.h"
#include "policy/belief.h"
#include "policy/library.h"

namespace huice::policy {

/// What names mean for one enterprise on one day. Remembers what it has worked out; not for use
/// by several threads. The library and the profile must outlive it.
class Situation {
 public:
  /// `default_region` is where an enterprise without 行政区划 is taken to be; may be empty.
  Situation(const Library& library, const model::Profile& profile, Date on, Date known_on,
            std::string_view default_region = {});

  /// The belief about a fact, derived fact, parameter or built-in name; nullptr for other names.
  const Belief* find(std::string_view name);
  /// Takes `belief` for a name instead of working it out. Call before the name is first looked up.
  void assume(std::string_view name, Belief belief);

  /// 行政区划 of the profile, else the default; may be empty.
  std::string region() const;
  const Library& library() const { return library_; }
  const model::Profile& profile() const { return profile_; }
  const feel::Environment& environment() const { return environment_; }
  Date on() const { return on_; }
  Date known_on() const { return known_on_; }

 private:
  Belief fact(const model::FactDefinition& definition);
  Belief bounded(const model::FactDefinition& definition);
  Belief stated(const model::Fact& fact, const model::FactDefinition& definition) const;
  Belief derived(const DerivedFact& derived);
  Belief parameter(std::string_view name) const;

  const Library& library_;
  const model::Profile& profile_;
  Date on_;
  Date known_on_;
  std::string default_region_;
  feel::Environment environment_;
  std::map<std::string, Belief, std::less<>> beliefs_;
};

/// The figure that `definition.pick` takes from the series of a profile, on a day; nullopt when a
/// year is missing or the fact has no pick.
std::optional<Decimal> picked_figure(const model::Profile& profile,
                                     const model::FactDefinition& definition, Date on);

/// Evaluates expressions in a situation, with names of a policy's own on top.
class Reasoner {
 public:
  explicit Reasoner(Situation& situation) : situation_(situation) {}

  /// Names of a policy, or the fields of one item; they hide those of the situation.
  void define(std::string name, Belief belief);

  Belief of(const feel::Expression& expression);
  Belief of(const feel::DecisionTable& table);
  /// One node of an expression. Sub-expressions without open names go to FEEL itself.
  Belief of(const feel::Node& node);
  /// Whether `subject` satisfies the unary tests of one cell of a table.
  Belief satisfies(const feel::Expression& cell, const Belief& subject) {
    return tests(cell.root(), subject);
  }
  /// nullptr for names that mean nothing here (functions, names bound inside).
  const Belief* find(std::string_view name);

  Situation& situation() { return situation_; }

 private:
  Belief by_cases(const feel::Node& node, const std::string& open);
  Belief exact(const feel::Node& node);
  Belief structural(const feel::Node& node);
  Belief name(const feel::Node& node);
  Belief choice(const feel::Node& node);
  Belief call(const feel::Node& node);
  std::vector<Belief> all(const std::vector<feel::NodePtr>& nodes, std::size_t from = 0);
  Belief tests(const feel::Node& tests, const Belief& subject);
  Belief one_test(const feel::Node& test, const Belief& subject);
  Belief within(const feel::Node& interval, const Belief& subject);
  Belief unknown_but(const feel::Node& node);
  feel::Context context_of(const std::vector<std::string>& names);
  std::vector<std::string> names_in(const feel::Node& node);

  Belief rule(const feel::DecisionTable& table, const feel::TableRule& rule,
              const std::vector<Belief>& inputs);
  Belief first_hit(const feel::DecisionTable& table, const std::vector<Belief>& inputs);

  Situation& situation_;
  std::map<std::string, Belief, std::less<>> local_;
};

}  // namespace huice::policy
