// The policy library: the catalogue of facts, derived facts, dated parameters and the policies.
//
// A library folder holds facts.yaml, national/*.yaml and local/<place>/*.yaml; decisions/*.yaml
// (see decision_file.h) and references.yaml (see references.h) may be there too.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "feel/decision_table.h"
#include "feel/expression.h"
#include "feel/names.h"
#include "model/profile.h"
#include "policy/policy.h"
#include "policy/references.h"

namespace huice::policy {

/// Policy files of one library, and conditions, benefits, windows or tests of one policy.
inline constexpr std::size_t kMaxPolicyFiles = 20'000;
inline constexpr std::size_t kMaxPolicyParts = 2'000;
/// Nesting of any:/all:/none:.
inline constexpr int kMaxConditionDepth = 16;

/// A fact that follows from others.
struct DerivedFact {
  model::FactDefinition definition;
  std::optional<feel::Expression> formula;   ///< either this
  std::optional<feel::DecisionTable> table;  ///< or this
  std::vector<std::string> inputs;           ///< names it is derived from
  Source source;
  std::vector<InlineTest> tests;  ///< `expect` is the value itself
};

/// The value of a parameter over some days, in some places.
struct ParameterValue {
  Date from;
  Date to;  ///< inclusive
  Decimal value;
  std::optional<Date> known_from;
  std::vector<std::string> regions;  ///< GB/T 2260 areas it holds in; empty: everywhere
  Source source;
};

/// A figure set outside of the policies, such as the unemployment target of a year.
struct Parameter {
  model::FactDefinition definition;
  std::string note;
  std::vector<ParameterValue> series;
  std::string previous_year_of;  ///< the parameter of which this is last year's value

  /// Whether some value holds only in some places.
  bool is_regional() const;
};

/// Names every expression may use besides facts: the day asked about and its year.
inline constexpr std::string_view kToday = "当日";
inline constexpr std::string_view kThisYear = "当年";

/// Policies in the library's order. Libraries share those that are the same in both.
class PolicyList {
 public:
  class Iterator {
   public:
    using value_type = Policy;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    explicit Iterator(const std::shared_ptr<const Policy>* at) : at_(at) {}
    const Policy& operator*() const { return **at_; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) { return Iterator(at_++); }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const std::shared_ptr<const Policy>* at_ = nullptr;
  };

  std::size_t size() const { return entries_.size(); }
  Iterator begin() const { return Iterator(entries_.data()); }
  Iterator end() const { return Iterator(entries_.data() + entries_.size()); }
  const Policy& operator[](std::size_t place) const { return *entries_[place]; }
  const Policy& front() const { return *entries_.front(); }

 private:
  friend class LibraryReader;
  std::vector<std::shared_ptr<const Policy>> entries_;
};

/// Immutable once loaded; every reference in it resolves. A copy shares the policies.
class Library {
 public:
  const PolicyList& policies() const { return policies_; }
  const std::vector<DerivedFact>& derived() const { return derived_; }
  const std::vector<Parameter>& parameters() const { return parameters_; }

  /// The facts that sheets and profiles may hold, derived ones included (a clerk may know them).
  /// Aliases that name a year (`{上年}年营业收入`) are spelt out for a reader in `year`.
  model::FactCatalogue catalogue_for(int year) const;
  /// The same with the aliases as written.
  const model::FactCatalogue& catalogue() const { return catalogue_; }

  const Policy* find(std::string_view id) const;
  /// Errors: NotFound `policy.unknown-policy`, with the nearest id.
  Result<const Policy*> get(std::string_view id) const;
  /// Known on `known_on` and then believed to apply on `on`; in the library's order.
  std::vector<const Policy*> in_force(Date on, Date known_on) const;

  const DerivedFact* find_derived(std::string_view name) const;
  const Parameter* find_parameter(std::string_view name) const;
  /// Of the values for that day and place, as known then, the one for the smallest area; of those
  /// the one known last. nullptr when there is none. `region` may be empty.
  const ParameterValue* parameter_on(std::string_view name, Date on, Date known_on,
                                     std::string_view region = {}) const;
  const std::vector<ExclusiveGroup>& groups() const { return groups_; }
  const std::vector<SharedLimit>& limits() const { return limits_; }
  /// What policies are proof-read against; empty without references.yaml.
  const References& references() const { return references_; }
  /// nullptr for an unknown name.
  const ExclusiveGroup* find_group(std::string_view name) const;
  const SharedLimit* find_limit(std::string_view name) const;
  /// The definition of a fact, derived fact or parameter by its proper name.
  const model::FactDefinition* definition(std::string_view name) const;
  /// What expressions may use.
  const feel::Names& names() const { return names_; }

 private:
  friend class LibraryReader;
  model::FactCatalogue catalogue_;
  std::vector<DerivedFact> derived_;
  std::vector<Parameter> parameters_;
  std::vector<ExclusiveGroup> groups_;
  std::vector<SharedLimit> limits_;
  References references_;
  PolicyList policies_;
  feel::Names names_;
  std::map<std::string, std::size_t, std::less<>> policy_index_;
  std::map<std::string, std::size_t, std::less<>> derived_index_;
  std::map<std::string, std::size_t, std::less<>> parameter_index_;
  std::map<std::string, std::size_t, std::less<>> fact_index_;
};

/// Reads a whole library. Nothing is accepted unless all of it is sound.
///
/// Errors: NotFound `policy.no-library`; every finding of every file with its place, among them
/// `policy.unknown-key`, `policy.missing-key`, `policy.unknown-fact`, `policy.unknown-value`,
/// `policy.type`, `policy.ratio`, `policy.date`, `policy.date-order`, `policy.region`,
/// `policy.missing-source`, `policy.duplicate-id`, `policy.unknown-policy`, `policy.expression`,
/// `policy.too-large`; and those of YAML.
Result<Library> load_library(const std::filesystem::path& folder);

/// One file of a library held in memory; `name` is its path for messages.
struct LibraryFile {
  std::string name;
  std::string text;
};

/// The same from texts: the catalogue, the policy files, and references.yaml unless its text is
/// empty. Errors: as load_library.
Result<Library> read_library(const LibraryFile& facts, const std::vector<LibraryFile>& policies,
                             const LibraryFile& references = {});

}  // namespace huice::policy
