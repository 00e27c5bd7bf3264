// Every distinct condition of a library, once.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bulk/oracle.h"
#include "bulk/plane_layout.h"
#include "bulk/sources.h"
#include "bulk/views.h"
#include "policy/policy.h"

namespace huice::bulk {

/// A plane of bits as flips along the cuts of a source: its first value, and where it changes.
struct Steps {
  bool first = false;
  std::vector<std::uint32_t> flips;  ///< places of cuts of the source
};

/// What a condition says from a cut on until the next.
using Verdicts = std::vector<std::pair<Cut, Verdict>>;

/// One condition: three planes (surely true; possible; open though no fact is missing).
struct Leaf {
  static constexpr int kConstant = -1;
  static constexpr int kStored = -2;
  int source = kConstant;
  Verdict verdict = Verdict::False;  ///< kConstant
  Verdicts steps;                    ///< of a source, until sealed
  Steps sure, possible, stuck;       ///< of a source, once sealed
  std::vector<Word> stored[3];       ///< kStored: the planes of all rows, in the same order
  bool can_be_stuck = false;
};

/// A condition in which a leaf was first met; `when` is absent where the leaf is the region, and
/// both are for constants.
struct LeafOrigin {
  const policy::Policy* policy = nullptr;
  std::optional<feel::Expression> when;
};

class Leaves {
 public:
  Leaves(const Columns& columns, const Oracle& oracle)
      : columns_(columns), oracle_(oracle), derived_(columns, oracle) {}

  /// The number of the leaf for a test, a region or a constant; equal ones share it.
  std::uint32_t test(const policy::Policy& policy, const feel::Expression& when);
  std::uint32_t region(const policy::Policy& policy);
  std::uint32_t constant(Verdict verdict);

  /// Turns cuts into places and lays the planes out. Call once, when all leaves are there.
  void seal();

  const std::vector<Leaf>& leaves() const { return leaves_; }
  const std::vector<LeafOrigin>& origins() const { return origins_; }
  const std::vector<Source>& sources() const { return sources_; }
  const PlaneLayout& layout() const { return layout_; }
  DerivedColumns& derived() { return derived_; }
  const Oracle& oracle() const { return oracle_; }
  const Columns& columns() const { return columns_; }

 private:
  Leaf make(const policy::Policy& policy, const feel::Expression& when);
  Leaf stepped(int source, Verdicts steps);
  Leaf stored(const std::vector<std::uint32_t>& verdicts);
  std::optional<Leaf> on_number(const policy::Policy& policy, const feel::Expression& when,
                                const Column& column, const std::vector<const feel::Node*>& uses);
  Leaf on_codes(const policy::Policy& policy, const feel::Expression& when,
                const std::string& name);
  std::optional<Leaf> on_ratio(const policy::Policy& policy, const feel::Expression& when);
  int number_source(const Column& column);
  int ratio_source(const Column& numerator, const Column& divisor);
  int code_source(const std::string& name);
  std::uint32_t add(std::string key, Leaf leaf, LeafOrigin origin = {});

  const Columns& columns_;
  const Oracle& oracle_;
  DerivedColumns derived_;
  std::vector<Leaf> leaves_;
  std::vector<LeafOrigin> origins_;
  std::vector<Source> sources_;
  PlaneLayout layout_;
  std::map<std::string, std::uint32_t, std::less<>> index_;
  std::map<std::string, int, std::less<>> source_index_;
};

/// The names that decide an expression of `policy`, its own definitions followed down, and the
/// expressions in which they appear.
struct Names {
  std::vector<std::string> names;
  std::vector<const feel::Node*> uses;
};
Names names_behind(const policy::Library& library, const policy::Policy& policy,
                   const feel::Expression& expression);

}  // namespace huice::bulk
