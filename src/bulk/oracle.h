// The scalar engine, asked about one condition or one derived fact at a time. Whatever the bulk
// engine tabulates comes from here, so that the two mean the same by construction.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "policy/belief.h"
#include "policy/judge.h"
#include "policy/match.h"

namespace huice::bulk {

/// What a condition says of a row. Missing: open, and facts are missing that could decide it;
/// Stuck: open though none is (a person must look, or a rule gives no value).
enum class Verdict : std::uint8_t { False, True, Missing, Stuck };

Verdict verdict_of(const policy::Belief& belief);

/// A situation as far as one question needs it.
struct Assumptions {
  model::Profile profile;
  std::vector<std::pair<std::string, policy::Belief>> beliefs;  ///< of derived facts
};

class Oracle {
 public:
  /// Both must outlive the oracle.
  Oracle(const policy::Library& library, const policy::MatchOptions& options)
      : library_(library), options_(options) {}

  /// A condition of `policy`, whose definitions it may use.
  Verdict verdict(const policy::Policy& policy, const feel::Expression& when,
                  const Assumptions& assumptions) const;
  /// A fact, derived fact or parameter.
  policy::Belief belief(const std::string& name, const Assumptions& assumptions) const;
  /// A node whose names are constants of the day; null when it has no value.
  feel::Value constant(const feel::Node& node) const;
  /// Whether a name means the same for every enterprise: the day, its year, a parameter that does
  /// not differ from place to place.
  bool is_constant(std::string_view name) const;
  /// The names that decide what `names` mean, constants left out. Derived facts stay names, unless
  /// below them a fact may lie between bounds that rest on others: then all is followed down to
  /// what the enterprise tells, so that no two of them are taken apart.
  std::vector<std::string> inputs(const std::vector<std::string>& names) const;

  const policy::Library& library() const { return library_; }
  const policy::MatchOptions& options() const { return options_; }

 private:
  bool is_regional(std::string_view parameter) const;
  policy::Situation situation(const Assumptions& assumptions) const;
  /// Everything below a name; whether a bounded fact is among it.
  bool follow(const std::string& name, std::vector<std::string>& told) const;

  const policy::Library& library_;
  const policy::MatchOptions& options_;
};

inline constexpr std::string_view kRegionFact = "行政区划";

/// Beliefs with equal keys are the same in every respect.
std::string belief_key(const policy::Belief& belief);

}  // namespace huice::bulk
