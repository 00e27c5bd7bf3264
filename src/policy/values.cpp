// Matches as plain values, for JSON.
#include "policy/explain.h"
#include "policy/failing_sets.h"
#include "policy/plain_values.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

using model::Value;

std::string_view truth_word(Truth truth) {
  return truth == Truth::True ? "true" : truth == Truth::False ? "false" : "unknown";
}

std::string_view kind_word(Condition::Kind kind) {
  static constexpr std::string_view kWords[] = {"all", "any", "none", "test", "human"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view window_word(WindowState::Kind kind) {
  static constexpr std::string_view kWords[] = {"always", "open", "before", "after"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view confidence_word(Confidence confidence) {
  static constexpr std::string_view kWords[] = {"primary", "secondary", "memory", "sample"};
  return kWords[static_cast<std::size_t>(confidence)];
}

Value text(std::string_view word) {
  return {std::string(word)};
}

Value facts(const std::vector<FactUse>& uses) {
  Value::List list;
  for (const FactUse& use : uses) {
    list.push_back(record_of({{"name", use.name},
                              {"value", use.text},
                              {"source", optional_text(use.source)},
                              {"observed", optional_day(use.observed)}}));
  }
  return {std::move(list)};
}

Value outcome_value(const Outcome& outcome) {
  Value::List children;
  for (const Outcome& child : outcome.children)
    children.push_back(outcome_value(child));
  return record_of({{"name", outcome.name},
                    {"kind", text(kind_word(outcome.kind))},
                    {"truth", text(truth_word(outcome.truth))},
                    {"requirement", optional_text(outcome.requirement)},
                    {"actual", optional_text(outcome.actual)},
                    {"shortfall", optional_text(outcome.shortfall)},
                    {"clause", optional_text(outcome.clause)},
                    {"facts", facts(outcome.facts)},
                    {"missing", text_list(outcome.missing)},
                    {"notes", text_list(outcome.notes)},
                    {"children", std::move(children)}});
}

Value benefit_value(const BenefitOutcome& benefit) {
  const auto optional_amount = [](const std::optional<Amount>& amount) {
    return amount ? amount_value(*amount) : Value();
  };
  return record_of({{"name", benefit.name},
                    {"applies", text(truth_word(benefit.applies))},
                    {"amount", benefit.has_amount ? amount_value(benefit.amount) : Value()},
                    {"before", optional_amount(benefit.before)},
                    {"after", optional_amount(benefit.after)},
                    {"cap", yuan(benefit.cap)},
                    {"capped", benefit.capped},
                    {"effect", optional_text(benefit.effect)},
                    {"nature", text(label(benefit.nature))},
                    {"form", text(label(benefit.form))},
                    {"rounding", "四舍五入到分，只舍入一次"},
                    {"delivery", optional_text(benefit.delivery)},
                    {"clause", optional_text(benefit.clause)},
                    {"formula", optional_text(benefit.formula)},
                    {"facts", facts(benefit.facts)},
                    {"missing", text_list(benefit.missing)},
                    {"notes", text_list(benefit.notes)}});
}

Value source_value(const Source& source) {
  return record_of({{"number", source.number},
                    {"title", optional_text(source.title)},
                    {"url", optional_text(source.url)},
                    {"issued_on", optional_day(source.issued_on)},
                    {"checked_on", optional_day(source.checked_on)},
                    {"confidence", text(confidence_word(source.confidence))}});
}

Value window_value(const WindowState& window) {
  return record_of({{"state", text(window_word(window.kind))},
                    {"batch", optional_text(window.batch)},
                    {"opens", optional_day(window.opens)},
                    {"closes", optional_day(window.closes)},
                    {"days", Value(window.days)},
                    {"text", window_text(window)}});
}

Value validity_value(const Validity& validity) {
  return record_of({{"from", validity.from},
                    {"to", optional_day(validity.to)},
                    {"known_from", validity.known_from}});
}

Value failing_value(const Outcome& root) {
  Value::List sets;
  for (const FailingSet& set : failing_sets(root)) {
    std::vector<std::string> names;
    for (const Outcome* outcome : set)
      names.push_back(outcome->name);
    sets.push_back(text_list(names));
  }
  return {std::move(sets)};
}

}  // namespace

Value to_value(const Match& match) {
  Value::List benefits;
  for (const BenefitOutcome& benefit : match.benefits)
    benefits.push_back(benefit_value(benefit));
  return record_of({{"policy", match.policy},
                    {"title", match.title},
                    {"kind", match.kind},
                    {"level", match.level},
                    {"status", text(name(match.status))},
                    {"status_label", text(label(match.status))},
                    {"on", match.on},
                    {"known_on", match.known_on},
                    {"validity", match.validity ? validity_value(*match.validity) : Value()},
                    {"window", window_value(match.window)},
                    {"source", source_value(match.source)},
                    {"missing", text_list(match.missing)},
                    {"benefits", std::move(benefits)},
                    {"conditions", outcome_value(match.conditions)},
                    {"failing_sets", failing_value(match.conditions)},
                    {"materials", text_list(match.materials)},
                    {"contact", optional_text(match.contact)},
                    {"warnings", text_list(match.warnings)},
                    {"notes", text_list(match.notes)}});
}

Value to_value(const EnterpriseMatches& enterprise) {
  Value::List matches;
  for (const Match& match : enterprise.matches)
    matches.push_back(to_value(match));
  return record_of({{"uscc", optional_text(enterprise.uscc)},
                    {"name", optional_text(enterprise.name)},
                    {"matches", std::move(matches)}});
}

}  // namespace huice::policy
