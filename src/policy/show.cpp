// Policies read back in Chinese.
#include <map>

#include "policy/chinese.h"
#include "policy/explain.h"
#include "policy/expressions.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

class PolicyPrinter {
 public:
  PolicyPrinter(const Library& library, const Policy& policy, Date on, Date known_on)
      : library_(library),
        policy_(policy),
        on_(on),
        known_on_(known_on),
        chinese_([this](std::string_view name) { return definition(name); }) {
    for (const Definition& each : policy.definitions) {
      model::FactDefinition fact;
      fact.name = each.name;
      fact.unit = each.unit;
      fact.type = model::FactType::Number;
      own_.emplace(each.name, std::move(fact));
    }
  }

  std::string print() {
    head();
    if (!policy_.definitions.empty()) text_ += "约定：\n";
    for (const Definition& each : policy_.definitions)
      definition_line(each);
    text_ += "须同时满足：\n";
    int number = 0;
    for (const Condition& each : policy_.conditions.children)
      condition(each, 1, ++number);
    text_ += "待遇：\n";
    for (const Benefit& each : policy_.benefits)
      benefit(each);
    tail();
    parameters();
    return std::move(text_);
  }

 private:
  const model::FactDefinition* definition(std::string_view name) const {
    const auto own = own_.find(name);
    return own != own_.end() ? &own->second : library_.definition(name);
  }

  void line(std::string_view label, const std::string& content) {
    if (!content.empty()) text_.append(label).append("：").append(content).append("\n");
  }

  void head() {
    text_ = policy_.title + "［" + policy_.id + "］\n";
    line("类别", policy_.kind + "，" + policy_.level + "级");
    line("发文机关", joined(policy_.issuers));
    line("依据", (policy_.source.title.empty() ? "" : "《" + policy_.source.title + "》") +
                     source_text(policy_.source));
    const bool everywhere = policy_.regions == std::vector<std::string>{"000000"};
    line("适用地区", everywhere ? "全国" : joined(policy_.regions));
    const Validity* validity = policy_.validity_known_on(known_on_);
    if (validity == nullptr) {
      line("有效期", "截至" + known_on_.to_chinese() + "尚不知有此政策");
      return;
    }
    line("有效期", validity_text(*validity) + "（" + validity->known_from.to_chinese() + "知悉" +
                       (validity->because.empty() ? "" : "，" + validity->because) + "）");
    const bool ended = validity->to && *validity->to < on_;
    const bool early = on_ < validity->from;
    line("状态", on_.to_chinese() + (ended ? "已失效" : early ? "尚未施行" : "有效"));
  }

  void definition_line(const Definition& each) {
    text_ += "  " + each.name + "：";
    if (each.list.empty()) {
      text_ += chinese_.condition(*each.value) + "\n";
    } else {
      text_ += "“" + each.list + "”中" + chinese_.condition(*each.value) + "者的数目\n";
    }
  }

  void condition(const Condition& each, int depth, int number) {
    const std::string margin(static_cast<std::size_t>(depth) * 2, ' ');
    text_ += margin + std::to_string(number) + ". " + each.name;
    if (!each.clause.empty()) text_ += "（" + each.clause + "）";
    using Kind = Condition::Kind;
    switch (each.kind) {
      case Kind::Test:
        text_ += "：" + chinese_.condition(*each.when);
        break;
      case Kind::Human:
        text_ += "：由人工核验，" + each.review;
        break;
      case Kind::Any:
        text_ += "：满足其一";
        break;
      case Kind::All:
        text_ += "：全部满足";
        break;
      case Kind::None:
        text_ += "：一项都不是";
        break;
    }
    text_ += "\n";
    int inner = 0;
    for (const Condition& child : each.children)
      condition(child, depth + 1, ++inner);
  }

  void benefit(const Benefit& each) {
    text_ += "  " + each.name + "（" + std::string(label(each.nature)) + "）：";
    if (each.amount) {
      text_ += chinese_.amount(*each.amount);
    } else if (each.baseline) {
      text_ += chinese_.amount(*each.baseline) + "，减去" + chinese_.amount(*each.liability);
    } else {
      text_ += each.effect;
    }
    if (each.cap) {
      const Quantity money{model::FactType::Money, {}};
      text_ += "，最高" + value_text(feel::Value(*each.cap), money);
    }
    if (each.when) text_ += "，限" + chinese_.condition(*each.when);
    if (!each.clause.empty()) text_ += "（" + each.clause + "）";
    text_ += "\n";
    if (!each.note.empty()) text_ += "    说明：" + each.note + "\n";
  }

  void tail() {
    for (const Window& window : policy_.windows) {
      line("申报窗口",
           (window.batch.empty() ? "" : window.batch + "，") + window_span_text(window));
    }
    line("材料", joined(policy_.materials));
    line("受理", policy_.contact);
    for (const Exclusion& each : policy_.excludes)
      line("互斥", title_of(each.policy) + (each.reason.empty() ? "" : "，" + each.reason));
    for (const std::string& each : policy_.replaces)
      line("替代", title_of(each));
    for (const Relation& each : policy_.relations)
      line(label(each.kind),
           title_of(each.policy) + (each.clause.empty() ? "" : "，" + each.clause));
    for (const std::string& each : policy_.groups)
      line("择一", "“" + each + "”中各项只享其一");
    for (const std::string& each : policy_.limits)
      line("合计限额", each);
    for (const std::string& each : policy_.prerequisites)
      line("前提", title_of(each));
    for (const std::string& each : policy_.notes)
      line("说明", each);
  }

  std::string title_of(const std::string& id) const {
    const Policy* other = library_.find(id);
    return other == nullptr ? id : "“" + other->title + "”［" + id + "］";
  }

  /// Outside figures that conditions and amounts rest on, as of the day.
  void parameters() {
    std::map<std::string, bool, std::less<>> seen;
    const auto tell = [&](const feel::Expression& expression) {
      for (const std::string& name : expression.names()) {
        if (library_.find_parameter(name) == nullptr || !seen.emplace(name, true).second) continue;
        const ParameterValue* value = library_.parameter_on(name, on_, known_on_);
        const model::FactDefinition& fact = *library_.definition(name);
        const Quantity quantity{fact.type, fact.unit};
        line(name, value == nullptr ? on_.to_chinese() + "没有登记的值"
                                    : value_text(feel::Value(value->value), quantity) + "（" +
                                          value->source.number + "）");
      }
    };
    each_expression(policy_.conditions, tell);
    for (const Benefit& each : policy_.benefits) {
      for (const auto* part : {&each.when, &each.amount, &each.baseline, &each.liability}) {
        if (*part) tell(**part);
      }
    }
  }

  template <class Visit>
  static void each_expression(const Condition& condition, const Visit& visit) {
    if (condition.when) visit(*condition.when);
    for (const Condition& child : condition.children)
      each_expression(child, visit);
  }

  const Library& library_;
  const Policy& policy_;
  Date on_;
  Date known_on_;
  ChineseReader chinese_;
  std::map<std::string, model::FactDefinition, std::less<>> own_;
  std::string text_;
};

}  // namespace

std::string show_text(const Library& library, const Policy& policy, Date on, Date known_on) {
  return PolicyPrinter(library, policy, on, known_on).print();
}

}  // namespace huice::policy
