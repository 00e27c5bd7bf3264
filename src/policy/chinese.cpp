#include "policy/chinese.h"

#include <algorithm>
#include <optional>

#include "base/money.h"

namespace huice::policy {
namespace {

using feel::Node;
using feel::NodeKind;
using feel::Operator;
using model::FactType;

/// With no more than `places` digits after the point.
std::string plain_text(const Decimal& number, int places) {
  return number.scale() > places ? number.rounded(places, Rounding::HalfUp).to_plain()
                                 : number.to_plain();
}

std::string percent(const Decimal& ratio) {
  const auto hundredfold = multiply(ratio, Decimal(100));
  // Derived ratios have endless digits; four places of a percentage tell any two apart here.
  return hundredfold ? plain_text(*hundredfold, 4) : ratio.to_plain();
}

std::string money_text(const Decimal& yuan) {
  const auto money = money_from_yuan(yuan);
  return money ? to_short_text(money.value()) : yuan.to_plain() + "元";
}

std::string number_text(const Decimal& number, const Quantity& quantity) {
  if (quantity.is_money()) return money_text(number);
  if (quantity.is_ratio()) return percent(number) + "%";
  const std::string unit = quantity.unit == "月" ? "个月" : quantity.unit;
  return plain_text(number, 6) + unit;
}

std::string_view sign(Operator op) {
  switch (op) {
    case Operator::Add:
      return "＋";
    case Operator::Subtract:
      return "－";
    case Operator::Multiply:
      return "×";
    case Operator::Divide:
      return "÷";
    default:
      return "^";
  }
}

bool binds_loosely(const Node& node) {
  return node.kind == NodeKind::Arithmetic &&
         (node.op == Operator::Add || node.op == Operator::Subtract);
}

Quantity quantity_of(const model::FactDefinition& fact) {
  return {fact.type, fact.unit};
}

std::string number_shortfall(Operator op, const Decimal& actual, const Decimal& limit,
                             const Quantity& quantity) {
  const auto difference = subtract(actual, limit);
  if (!difference) return {};
  const std::string amount = difference_text(difference->abs(), quantity);
  const bool at_limit = difference->is_zero();
  switch (op) {
    case Operator::Le:
      return "超出" + amount;
    case Operator::Lt:
      return at_limit ? "恰在界上，须低于" + value_text(limit, quantity) : "超出" + amount;
    case Operator::Ge:
      return "还差" + amount;
    case Operator::Gt:
      return at_limit ? "恰在界上，须高于" + value_text(limit, quantity) : "还差" + amount;
    default:
      return {};
  }
}

std::string day_shortfall(Operator op, std::int64_t days) {
  if (op == Operator::Ge || op == Operator::Gt) return "早了" + std::to_string(-days) + "天";
  if (op == Operator::Le || op == Operator::Lt) return "晚了" + std::to_string(days) + "天";
  return {};
}

}  // namespace

std::string shortfall_text(Operator op, const feel::Value& actual, const feel::Value& limit,
                           const Quantity& quantity) {
  if (actual.number() != nullptr && limit.number() != nullptr) {
    return number_shortfall(op, *actual.number(), *limit.number(), quantity);
  }
  if (actual.date() == nullptr || limit.date() == nullptr) return {};
  return day_shortfall(op, actual.date()->days() - limit.date()->days());
}

std::string_view comparison_word(Operator op, FactType type) {
  const bool day = type == FactType::Day;
  switch (op) {
    case Operator::Lt:
      return day ? "早于" : "低于";
    case Operator::Le:
      return day ? "不晚于" : "不超过";
    case Operator::Gt:
      return day ? "晚于" : "高于";
    case Operator::Ge:
      return day ? "不早于" : "不低于";
    case Operator::Ne:
      return "不为";
    default:
      return "为";
  }
}

std::string value_text(const feel::Value& value, const Quantity& quantity) {
  if (value.number() != nullptr) return number_text(*value.number(), quantity);
  if (value.is_null()) return "无";
  if (value.list() != nullptr) return "共" + std::to_string(value.list()->size()) + "项";
  return feel::to_chinese(value);
}

std::string difference_text(const Decimal& difference, const Quantity& quantity) {
  if (quantity.is_ratio()) return percent(difference) + "个百分点";
  return number_text(difference, quantity);
}

/// One expression being read.
struct ChineseReader::View {
  const ChineseReader& reader;
  const feel::Expression& expression;

  std::string raw(const Node& node) const { return std::string(expression.text_of(node)); }

  std::string text(const Node& node, const Quantity& wanted) const {
    switch (node.kind) {
      case NodeKind::Literal:
        return value_text(node.value, wanted);
      case NodeKind::Name:
        return node.text;
      case NodeKind::Negate:
        return "负" + text(*node.children[0], wanted);
      case NodeKind::Arithmetic:
        return arithmetic(node, wanted);
      case NodeKind::Compare:
        return comparison(node);
      case NodeKind::And:
        return joined(node, "且");
      case NodeKind::Or:
        return joined(node, "或");
      case NodeKind::In:
        return membership(node);
      case NodeKind::Between:
        return between(node);
      case NodeKind::If:
        return "（若" + text(*node.children[0], {}) + "，为" + text(*node.children[1], wanted) +
               "；否则为" + text(*node.children[2], wanted) + "）";
      case NodeKind::Call:
        return call(node, wanted);
      default:
        return raw(node);
    }
  }

  std::string comparison(const Node& node) const {
    const Node& left = *node.children[0];
    const Node& right = *node.children[1];
    Quantity quantity = reader.quantity(left);
    if (quantity.type == FactType::Number && quantity.unit.empty()) {
      quantity = reader.quantity(right);
    }
    return text(left, quantity) + std::string(comparison_word(node.op, quantity.type)) +
           text(right, quantity);
  }

  /// In an amount a bare factor of a count is money each; a fraction is a rate.
  Quantity factor(const Node& literal, const Node& other, const Quantity& wanted) const {
    if (literal.kind != NodeKind::Literal && literal.kind != NodeKind::If) return wanted;
    const Quantity measure = reader.quantity(other);
    if (measure.is_money()) return {FactType::Ratio, {}};
    const bool counted = measure.type == FactType::Number && !measure.unit.empty();
    return counted && wanted.is_money() ? wanted : Quantity{};
  }

  std::string arithmetic(const Node& node, const Quantity& wanted) const {
    const Node& left = *node.children[0];
    const Node& right = *node.children[1];
    const bool product = node.op == Operator::Multiply || node.op == Operator::Divide;
    const Quantity left_wanted = product ? factor(left, right, wanted) : wanted;
    const Quantity right_wanted = product ? factor(right, left, wanted) : wanted;
    return operand(left, left_wanted, product) + std::string(sign(node.op)) +
           operand(right, right_wanted, product);
  }

  std::string operand(const Node& node, const Quantity& wanted, bool in_product) const {
    const bool brackets = in_product && binds_loosely(node);
    return brackets ? "（" + text(node, wanted) + "）" : text(node, wanted);
  }

  std::string joined(const Node& node, const std::string& word) const {
    std::string all;
    for (const auto& child : node.children) {
      const bool nested = child->kind == NodeKind::Or || child->kind == NodeKind::And;
      const std::string part = text(*child, {});
      all += (all.empty() ? "" : "，" + word) + (nested ? "（" + part + "）" : part);
    }
    return all;
  }

  std::string membership(const Node& node) const {
    const Quantity quantity = reader.quantity(*node.children[0]);
    std::string all;
    for (const auto& test : node.children[1]->children)
      all += (all.empty() ? "" : "、") + one_test(*test, quantity);
    const bool several = node.children[1]->children.size() > 1;
    return text(*node.children[0], {}) + "属于" + all + (several ? "之一" : "");
  }

  std::string one_test(const Node& test, const Quantity& quantity) const {
    if (test.kind == NodeKind::CompareTest) {
      return std::string(comparison_word(test.op, quantity.type)) +
             text(*test.children[0], quantity);
    }
    if (test.kind != NodeKind::ValueTest) return raw(test);
    const Node& value = *test.children[0];
    if (value.kind != NodeKind::Interval) return text(value, quantity);
    return text(*value.children[0], quantity) + (value.low_closed ? "" : "（不含）") + "至" +
           text(*value.children[1], quantity) + (value.high_closed ? "" : "（不含）");
  }

  std::string tests(const Node& node, const Quantity& quantity) const {
    const bool negated = node.kind == NodeKind::NotTests;
    if (!negated && node.kind != NodeKind::Tests) return one_test(node, quantity);
    std::string all;
    for (const auto& test : node.children)
      all += (all.empty() ? "" : "或") + one_test(*test, quantity);
    return negated ? "并非" + all : all;
  }

  std::string between(const Node& node) const {
    const Quantity quantity = reader.quantity(*node.children[0]);
    return text(*node.children[0], quantity) + "在" + text(*node.children[1], quantity) + "至" +
           text(*node.children[2], quantity) + "之间";
  }

  std::string call(const Node& node, const Quantity& wanted) const {
    const Node& callee = *node.children[0];
    const bool known = callee.kind == NodeKind::Name && node.names.empty();
    if (known && callee.text == "not" && node.children.size() == 2) {
      return "并非" + text(*node.children[1], {});
    }
    const bool least = known && callee.text == "min";
    if (!least && !(known && callee.text == "max")) return raw(node);
    std::string all;
    for (std::size_t i = 1; i < node.children.size(); ++i)
      all += (all.empty() ? "" : "、") + text(*node.children[i], wanted);
    return "（" + all + (least ? "取小" : "取大") + "）";
  }
};

namespace {

void read_back(Condition& condition, const ChineseReader& chinese) {
  if (condition.when) condition.requirement = chinese.condition(*condition.when);
  for (Condition& child : condition.children)
    read_back(child, chinese);
}

}  // namespace

void read_back(Policy& policy, const ChineseReader::Lookup& facts) {
  const auto own = own_facts(policy);
  const ChineseReader chinese([&](std::string_view name) {
    const auto found = own.find(name);
    return found != own.end() ? &found->second : facts(name);
  });
  read_back(policy.conditions, chinese);
  for (Benefit& benefit : policy.benefits) {
    if (benefit.amount) {
      benefit.formula = chinese.amount(*benefit.amount);
    } else if (benefit.baseline && benefit.liability) {
      benefit.formula =
          chinese.amount(*benefit.baseline) + "，减去" + chinese.amount(*benefit.liability);
    }
  }
}

std::map<std::string, model::FactDefinition, std::less<>> own_facts(const Policy& policy) {
  std::map<std::string, model::FactDefinition, std::less<>> own;
  for (const Definition& each : policy.definitions) {
    model::FactDefinition& fact = own[each.name];
    fact.name = each.name;
    fact.unit = each.unit;
    fact.type = model::FactType::Number;
  }
  return own;
}

std::string ChineseReader::tests(const feel::Expression& cell, const Quantity& quantity) const {
  return View{*this, cell}.tests(cell.root(), quantity);
}

std::string ChineseReader::condition(const feel::Expression& expression) const {
  return View{*this, expression}.text(expression.root(), {});
}

std::string ChineseReader::amount(const feel::Expression& expression) const {
  return View{*this, expression}.text(expression.root(), {FactType::Money, "元"});
}

Quantity ChineseReader::quantity(const Node& node) const {
  switch (node.kind) {
    case NodeKind::Name: {
      const model::FactDefinition* fact = lookup_(node.text);
      return fact == nullptr ? Quantity{} : quantity_of(*fact);
    }
    case NodeKind::If:
      return quantity(*node.children[1]);
    case NodeKind::Call:
      return node.children.size() > 1 ? quantity(*node.children[1]) : Quantity{};
    case NodeKind::Negate:
      return quantity(*node.children[0]);
    case NodeKind::Arithmetic: {
      const Quantity left = quantity(*node.children[0]);
      const Quantity right = quantity(*node.children[1]);
      if (node.op == Operator::Divide) {
        const bool same = left.is_money() && right.is_money();
        return same ? Quantity{FactType::Ratio, {}} : left;
      }
      return left.is_money() || !right.is_money() ? left : right;
    }
    default:
      return {};
  }
}

}  // namespace huice::policy
