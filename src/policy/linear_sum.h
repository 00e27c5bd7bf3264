// A number as a sum of parts, each times a factor, so that what stands on both sides of a
// difference is taken once: 25 % of an income less 5 % of it is 20 % of it, whatever the income.
#pragma once

#include <string_view>
#include <vector>

#include "feel/expression.h"
#include "policy/situation.h"

namespace huice::policy {

class LinearSum {
 public:
  /// The reasoner must outlive the sum, and so must the expressions that are added.
  explicit LinearSum(Reasoner& reasoner) : reasoner_(reasoner) {}

  void add(const feel::Expression& expression, const Decimal& factor) {
    add(expression, expression.root(), factor);
  }
  /// Between the ends that the parts allow; Open when some part has no value.
  Belief belief() const;

 private:
  struct Part {
    std::string_view text;  ///< equal texts mean the same
    Belief belief;
    Decimal factor;
  };
  void add(const feel::Expression& expression, const feel::Node& node, const Decimal& factor);
  bool add_product(const feel::Expression& expression, const feel::Node& node,
                   const Decimal& factor);

  Reasoner& reasoner_;
  std::vector<Part> parts_;
};

}  // namespace huice::policy
