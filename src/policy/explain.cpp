#include "policy/explain.h"

#include "policy/failing_sets.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

std::string indent(int depth) {
  return std::string(static_cast<std::size_t>(depth) * 2, ' ');
}

std::string facts_text(const std::vector<FactUse>& facts) {
  std::vector<std::string> parts;
  for (const FactUse& fact : facts) {
    std::string source = fact.source;
    if (fact.observed) source += (source.empty() ? "" : "，") + fact.observed->to_chinese();
    parts.push_back(fact.name + " " + fact.text + (source.empty() ? "" : "（" + source + "）"));
  }
  return joined(parts, "；");
}

void append_details(std::string& text, const Outcome& outcome, const std::string& margin) {
  if (!outcome.actual.empty()) {
    text += margin + "实际：" + outcome.actual;
    if (!outcome.shortfall.empty()) text += "，" + outcome.shortfall;
    text += "\n";
  }
  if (!outcome.facts.empty()) text += margin + "依据：" + facts_text(outcome.facts) + "\n";
  if (outcome.truth != Truth::Unknown) return;
  if (!outcome.missing.empty()) text += margin + "缺：" + joined(outcome.missing) + "\n";
  for (const std::string& note : outcome.notes)
    text += margin + "注意：" + note + "\n";
}

/// What stands under "none of these" is or is not the case; elsewhere it is met or not.
std::string mark(const Outcome& outcome, Condition::Kind parent) {
  const bool listed = parent == Condition::Kind::None && outcome.truth != Truth::Unknown;
  if (listed) return outcome.truth == Truth::True ? "［属于］" : "［不属于］";
  return "［" + std::string(truth_text(outcome.truth)) + "］";
}

void append_outcome(std::string& text, const Outcome& outcome, int depth,
                    Condition::Kind parent = Condition::Kind::All) {
  text += indent(depth) + mark(outcome, parent) + outcome.name;
  if (!outcome.clause.empty()) text += "（" + outcome.clause + "）";
  text += "\n";
  const std::string margin = indent(depth + 2);
  const bool group = !outcome.children.empty();
  if (!outcome.requirement.empty()) {
    text += margin + (group ? "" : "要求：") + outcome.requirement + (group ? "：" : "") + "\n";
  }
  if (!group) return append_details(text, outcome, margin);
  for (const Outcome& child : outcome.children)
    append_outcome(text, child, depth + 2, outcome.kind);
}

void append_benefit(std::string& text, const BenefitOutcome& benefit) {
  text += "  " + benefit.name + "：" + benefit_text(benefit);
  if (!benefit.clause.empty()) text += "（" + benefit.clause + "）";
  if (!benefit.delivery.empty()) text += "，" + benefit.delivery;
  text += "\n";
  if (benefit.applies == Truth::False) return;
  const std::string margin = indent(3);
  if (!benefit.formula.empty()) text += margin + "算法：" + benefit.formula + "\n";
  if (benefit.before && benefit.after) {
    text += margin + "按一般规定" + to_text(*benefit.before) + "，按本政策" +
            to_text(*benefit.after) + "\n";
  }
  if (benefit.cap) {
    text +=
        margin + "最高" + to_short_text(*benefit.cap) + (benefit.capped ? "，已封顶" : "") + "\n";
  }
  if (!benefit.facts.empty()) text += margin + "依据：" + facts_text(benefit.facts) + "\n";
  if (!benefit.missing.empty()) text += margin + "缺：" + joined(benefit.missing) + "\n";
  for (const std::string& note : benefit.notes)
    text += margin + "注意：" + note + "\n";
  if (!benefit.note.empty()) text += margin + "说明：" + benefit.note + "\n";
}

/// Each set of conditions that already settles the no.
std::string failing_text(const Match& match) {
  std::vector<std::string> parts;
  for (const FailingSet& set : failing_sets(match.conditions)) {
    std::vector<std::string> names;
    for (const Outcome* outcome : set)
      names.push_back(outcome->name);
    parts.push_back(joined(names, "与") + (set.size() > 1 ? "都不符合" : ""));
  }
  return joined(parts, "；");
}

std::string amounts_text(const Match& match) {
  std::vector<std::string> parts;
  for (const BenefitOutcome& benefit : match.benefits) {
    if (benefit.applies == Truth::False) continue;
    parts.push_back(benefit.name + " " + benefit_text(benefit));
  }
  return joined(parts, "；");
}

}  // namespace

std::string explain_text(const Match& match) {
  std::string text = match.title + "［" + match.policy + "］\n";
  text += "结论：" + std::string(label(match.status));
  if (match.status != Status::Eligible) text += "——" + reason_text(match);
  const std::string failing = failing_text(match);
  if (!failing.empty()) text += "\n症结：" + failing;
  text += "\n依据：" + source_text(match.source) + "\n";
  if (match.validity) text += "有效期：" + validity_text(*match.validity) + "\n";
  text += "申报：" + window_text(match.window) + "\n条件：\n";
  for (const Outcome& child : match.conditions.children)
    append_outcome(text, child, 1);
  text += "待遇：\n";
  for (const BenefitOutcome& benefit : match.benefits)
    append_benefit(text, benefit);
  if (!match.materials.empty()) text += "材料：" + joined(match.materials) + "\n";
  if (!match.contact.empty()) text += "受理：" + match.contact + "\n";
  for (const std::string& warning : match.warnings)
    text += "提醒：" + warning + "\n";
  for (const std::string& note : match.notes)
    text += "说明：" + note + "\n";
  text += "查询日：" + match.on.to_chinese() + "，所知截至" + match.known_on.to_chinese() + "\n";
  return text;
}

std::string summary_text(const EnterpriseMatches& enterprise) {
  std::string text;
  for (const Match& match : enterprise.matches) {
    text += "［" + std::string(label(match.status)) + "］" + match.title;
    const bool paying = match.status == Status::Eligible || match.status == Status::NotOpen;
    if (paying) text += "　" + amounts_text(match);
    if (match.status != Status::Eligible) text += "　" + reason_text(match);
    text += "\n";
  }
  return text;
}

}  // namespace huice::policy
