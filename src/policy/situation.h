// One enterprise on one day, as expressions see it: facts, derived facts, parameters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "feel/ast.h"
#include "feel/decision_table.h"
#include "feel/evaluate.h"
#include "feel/expression.h"
#include "model/profile.h"
#include "policy/belief.h"
#include "policy/fact_trail.h"
#include "policy/library.h"

namespace huice::policy {

/// Values by name; what has been found stays where it is while others are added.
template <class T>
class ByName {
 public:
  const T* find(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? nullptr : &found->second;
  }
  const T& put(std::string_view name, T value) {
    const auto found = values_.find(name);
    if (found != values_.end()) return found->second = std::move(value);
    return values_.emplace(name, std::move(value)).first->second;
  }
  void reserve(std::size_t names) { values_.reserve(names); }
  void remove(const std::string& name) { values_.erase(name); }
  bool empty() const { return values_.empty(); }

 private:
  /// Of both ends, which tell the names of facts apart as well as all of their bytes would.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const {
      if (name.size() < sizeof(std::uint64_t)) return std::hash<std::string_view>()(name);
      std::uint64_t first = 0;
      std::uint64_t last = 0;
      std::memcpy(&first, name.data(), sizeof first);
      std::memcpy(&last, name.data() + name.size() - sizeof last, sizeof last);
      return (first * 0x9E37'79B9'7F4A'7C15 + last) * 0xC2B2'AE3D'27D4'EB4F + name.size();
    }
  };
  std::unordered_map<std::string, T, Hash, std::equal_to<>> values_;
};

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
  /// How a match tells of a fact, derived fact or parameter; empty for other names.
  const FactTrail& trail(std::string_view name);

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
  FactTrail followed(std::string_view name);
  FactUse use(std::string_view name, const Belief& belief) const;
  std::string source_of(std::string_view name) const;
  std::optional<std::string> conflict(const DerivedFact& derived, const Belief& belief) const;

  const Library& library_;
  const model::Profile& profile_;
  Date on_;
  Date known_on_;
  std::string default_region_;
  feel::Environment environment_;
  ByName<Belief> beliefs_;
  ByName<FactTrail> trails_;
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
  void define(const std::string& name, Belief belief);

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
  /// A name and what is believed of it.
  struct Meant {
    const std::string& name;
    const Belief& belief;
  };

  bool is_settled(const feel::Expression& expression);
  std::optional<bool> plain_comparison(const feel::Node& node);
  Belief by_cases(const feel::Node& node, const std::vector<Meant>& names, const Meant& open);
  Belief exact(const feel::Node& node, const feel::Context& context);
  Belief structural(const feel::Node& node);
  Belief name(const feel::Node& node);
  Belief choice(const feel::Node& node);
  Belief call(const feel::Node& node);
  std::vector<Belief> all(const std::vector<feel::NodePtr>& nodes, std::size_t from = 0);
  Belief tests(const feel::Node& tests, const Belief& subject);
  Belief one_test(const feel::Node& test, const Belief& subject);
  Belief within(const feel::Node& interval, const Belief& subject);
  Belief unknown_but(const feel::Node& node);
  /// The names in a node that mean something here, each once, in order of appearance.
  std::vector<Meant> names_in(const feel::Node& node);
  void add_names(const feel::Node& node, std::vector<Meant>& names);
  feel::Context context_of(const std::vector<std::string>& names);
  static feel::Context context_of(const std::vector<Meant>& names);

  Belief rule(const feel::DecisionTable& table, const feel::TableRule& rule,
              const std::vector<Belief>& inputs);
  Belief first_hit(const feel::DecisionTable& table, const std::vector<Belief>& inputs);

  Situation& situation_;
  ByName<Belief> local_;
};

}  // namespace huice::policy
