// Values and expressions in the Chinese of a notice.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "feel/expression.h"
#include "feel/value.h"
#include "model/profile.h"
#include "policy/policy.h"

namespace huice::policy {

/// What a number measures.
struct Quantity {
  model::FactType type = model::FactType::Number;
  std::string unit;  ///< of a Number
  bool is_money() const { return type == model::FactType::Money; }
  bool is_ratio() const { return type == model::FactType::Ratio; }
};

/// `285万元`, `5.5%`, `300人`, `是`, `2026年5月7日`, `共3项`; `无` for null.
std::string value_text(const feel::Value& value, const Quantity& quantity);
/// Of a difference: percentages as `0.5个百分点`.
std::string difference_text(const Decimal& difference, const Quantity& quantity);

/// Of a comparison that does not hold: `超出10万元`, `还差3人`, `晚了2天`; empty when it has no
/// measure.
std::string shortfall_text(feel::Operator op, const feel::Value& actual, const feel::Value& limit,
                           const Quantity& quantity);

/// `不超过`, `为`; of days `不晚于`.
std::string_view comparison_word(feel::Operator op, model::FactType type);

/// Reads expressions back.
class ChineseReader {
 public:
  using Lookup = std::function<const model::FactDefinition*(std::string_view)>;
  /// `lookup` knows facts, derived facts, parameters and the policy's own names.
  explicit ChineseReader(Lookup lookup) : lookup_(std::move(lookup)) {}

  /// A condition: `应纳税所得额不超过300万元`.
  std::string condition(const feel::Expression& expression) const;
  /// Unary tests of what `quantity` measures: `低于60%`, `正常生产或半停产`.
  std::string tests(const feel::Expression& cell, const Quantity& quantity) const;
  /// An amount in 元: `技改设备投资额×8%`.
  std::string amount(const feel::Expression& expression) const;
  /// What the node measures, as far as names tell.
  Quantity quantity(const feel::Node& node) const;

 private:
  struct View;
  Lookup lookup_;
};

/// The names of a policy's own, as facts.
std::map<std::string, model::FactDefinition, std::less<>> own_facts(const Policy& policy);

/// Writes into the policy what its conditions and amounts say; `facts` knows everything but the
/// policy's own names. Once, when it is read: every match tells it.
void read_back(Policy& policy, const ChineseReader::Lookup& facts);

}  // namespace huice::policy
