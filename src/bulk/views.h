// Facts of many rows as small codes: all values of one code mean the same to whoever asked for the
// view, so that the scalar engine need only be asked once a code.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bulk/columns.h"
#include "bulk/oracle.h"
#include "feel/ast.h"

namespace huice::bulk {

/// A derived fact of every row: a code into the distinct beliefs.
struct DerivedColumn {
  std::vector<policy::Belief> beliefs;
  std::vector<std::uint32_t> codes;
};

/// One name as codes 0 … size-1.
class View {
 public:
  /// Numbers fall between `cuts` (sorted); code 0 is unknown.
  static View buckets(const Column& column, std::vector<std::int64_t> cuts);
  /// Every value by itself.
  static View exact(const Column& column);
  static View of(std::string name, const DerivedColumn& derived);

  std::size_t size() const { return size_; }
  std::uint32_t code(std::size_t row) const;
  const std::string& name() const { return name_; }
  /// The known value that stands for a code; null where there is none.
  feel::Value value(std::uint32_t code) const;
  /// Puts a value of this code into the situation.
  void assume(std::uint32_t code, Assumptions& assumptions) const;

 private:
  std::string name_;
  const Column* column_ = nullptr;
  const DerivedColumn* derived_ = nullptr;
  std::vector<std::int64_t> cuts_;      // buckets: first value of each but the lowest
  std::vector<std::int64_t> distinct_;  // exact numbers
  std::size_t size_ = 1;
};

/// For every row what `answer` says of its codes; asked once for each combination that occurs.
std::vector<std::uint32_t> tabulate(std::size_t rows, const std::vector<View>& views,
                                    const std::function<std::uint32_t(const Assumptions&)>& answer);

/// The same for a decision table over `views`. Codes that the cells of a table cannot tell apart
/// count as one, which leaves few combinations: of the bounds of all industries only those of the
/// row's own matter. Empty when inputs, cells or results are more than bare names and constants.
std::vector<std::uint32_t> tabulate_table(
    std::size_t rows, const std::vector<View>& views, const feel::DecisionTable& table,
    const Oracle& oracle, const std::function<std::uint32_t(const Assumptions&)>& answer);

/// The values at which comparisons of `name` in `node` may change, as whole numbers at the scale
/// of `column`. False when the name is used in any other way than compared with constants.
bool find_cuts(const feel::Node& node, const Column& column, const Oracle& oracle,
               std::vector<std::int64_t>& cuts);

/// Derived facts as columns, each made when it is first asked for.
class DerivedColumns {
 public:
  DerivedColumns(const Columns& columns, const Oracle& oracle);
  ~DerivedColumns();

  const DerivedColumn& get(const policy::DerivedFact& derived);

  /// The views that decide expressions over `names`; constants of the day have none.
  /// `uses` are all the expressions in which the names appear.
  std::vector<View> views(const std::vector<std::string>& names,
                          const std::vector<const feel::Node*>& uses);

  const Columns& columns() const { return columns_; }
  const Oracle& oracle() const { return oracle_; }

 private:
  View view_of(const Column& column, const std::vector<const feel::Node*>& uses) const;
  std::vector<View> table_views(const feel::DecisionTable& table);

  const Columns& columns_;
  const Oracle& oracle_;
  std::map<std::string, std::unique_ptr<DerivedColumn>, std::less<>> derived_;
};

}  // namespace huice::bulk
