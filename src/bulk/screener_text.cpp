// Reasons in words, and the answers as JSON.
#include "bulk/screener.h"
#include "notation/json.h"

namespace huice::bulk {
namespace {

using policy::Truth;

std::string_view truth_word(Verdict verdict) {
  return verdict == Verdict::True ? "true" : verdict == Verdict::False ? "false" : "unknown";
}

void append_text(TextBuffer& json, std::string_view key, const std::string& text) {
  if (text.empty()) return;
  json.append(key);
  json.append(notation::quoted(text));
}

void append_list(TextBuffer& json, std::string_view key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  json.append(key);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    json.append(i == 0 ? "[" : ",");
    json.append(notation::quoted(texts[i]));
  }
  json.append("]");
}

void append_end(TextBuffer& json, std::string_view key, const std::optional<Money>& end) {
  json.append(key);
  if (!end) return json.append("null");
  json.append_fen(end->fen());
}

}  // namespace

ReasonText Screener::scalar_text(const Place& place) {
  policy::Judge& judge = judge_of(*place.policy);
  policy::Outcome outcome =
      place.condition == nullptr ? judge.region() : judge.outcome(*place.condition);
  return {std::move(outcome.name),   std::move(outcome.clause),    std::move(outcome.requirement),
          std::move(outcome.actual), std::move(outcome.shortfall), std::move(outcome.missing),
          std::move(outcome.notes)};
}

/// Whether the words need nothing but a comparison and what is known of its name.
bool Screener::is_plain(const Reason& reason) const {
  return places_[reason.place].shared && meanings_[reason.leaf].comparison && !odd_ &&
         verdicts_[reason.leaf] != Verdict::Stuck;
}

Screener::Name& Screener::told_name(const Comparison& comparison) {
  const policy::Belief& actual = *belief(comparison.name);
  Name& name = names_[comparison.name];
  if (!name.actual.empty()) return name;
  const bool told = actual.is_known() && !actual.value.is_null();
  name.actual = name.name + (told ? "为" + policy::value_text(actual.value, comparison.quantity)
                                  : std::string("未知"));
  name.json = ",\"actual\":" + notation::quoted(name.actual);
  return name;
}

ReasonText Screener::text(const Reason& reason) {
  const Place& place = places_[reason.place];
  const Meaning& meaning = meanings_[reason.leaf];
  if (!is_plain(reason)) return scalar_text(place);
  const Comparison& comparison = *meaning.comparison;
  const Name& name = told_name(comparison);
  ReasonText text{.name = place.condition->name,
                  .clause = place.condition->clause,
                  .requirement = meaning.requirement,
                  .actual = name.actual,
                  .shortfall = {},
                  .missing = {},
                  .notes = {}};
  const Verdict verdict = verdicts_[reason.leaf];
  if (verdict == Verdict::Missing) text.missing = name.belief->missing;
  if (verdict == Verdict::False) {
    text.shortfall = policy::shortfall_text(comparison.op, name.belief->value, comparison.limit,
                                            comparison.quantity);
  }
  return text;
}

/// Puts what there is to say of a leaf into `told_json_`.
void Screener::tell(const Reason& reason) {
  const std::size_t begin = told_json_.size();
  const Verdict verdict = verdicts_[reason.leaf];
  told_json_.append(",\"truth\":\"");
  told_json_.append(truth_word(verdict));
  told_json_.append("\"");
  if (is_plain(reason)) {
    tell_comparison(meanings_[reason.leaf], verdict);
  } else {
    const ReasonText words = scalar_text(places_[reason.place]);
    append_text(told_json_, ",\"requirement\":", words.requirement);
    append_text(told_json_, ",\"actual\":", words.actual);
    append_text(told_json_, ",\"shortfall\":", words.shortfall);
    append_list(told_json_, ",\"missing\":", words.missing);
    append_list(told_json_, ",\"notes\":", words.notes);
  }
  told_json_.append("}");
  const std::uint64_t turn = places_[reason.place].shared ? turn_ : 0;
  told_[reason.leaf] = {told_json_.since(begin), turn};
}

void Screener::tell_comparison(const Meaning& meaning, Verdict verdict) {
  const Comparison& comparison = *meaning.comparison;
  const Name& name = told_name(comparison);
  told_json_.append(fixed_json_, meaning.fixed);
  told_json_.append(name.json);
  if (verdict == Verdict::Missing) append_list(told_json_, ",\"missing\":", name.belief->missing);
  if (verdict != Verdict::False) return;
  const std::string text = policy::shortfall_text(comparison.op, name.belief->value,
                                                  comparison.limit, comparison.quantity);
  if (!meaning.plain_unit) return append_text(told_json_, ",\"shortfall\":", text);
  if (text.empty()) return;
  told_json_.append(",\"shortfall\":\"");
  told_json_.append(text);
  told_json_.append("\"");
}

void Screener::append_benefits(std::size_t place) {
  const auto& benefits = policies_[place].benefits;
  for (std::size_t i = 0; i < benefits.size(); ++i) {
    const ScreenedBenefit& screened = benefits[i];
    const Piece head = benefit_heads_[first_benefits_[place] + i];
    if (i == 0) json_.append(",\"benefits\":[");
    json_.append(fixed_json_, i == 0 ? head.rest() : head);
    json_.append(screened.applies == Truth::True    ? "true"
                 : screened.applies == Truth::False ? "false"
                                                    : "unknown");
    append_end(json_, "\",\"low\":", screened.amount.low);
    append_end(json_, ",\"high\":", screened.amount.high);
    json_.append(i + 1 < benefits.size() ? "}" : "}]");
  }
}

void Screener::append_policy(std::size_t place) {
  json_.append(fixed_json_, place == 0 ? heads_[place].rest() : heads_[place]);
  json_.append(policy::name(policies_[place].status));
  json_.append("\"");
  append_benefits(place);
  json_.append(",\"reasons\":[");
  const auto& reasons = policies_[place].reasons;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    const Place& where = places_[reasons[i].place];
    if (!where.shared || told_[reasons[i].leaf].turn != turn_) tell(reasons[i]);
    json_.append(fixed_json_, i == 0 ? where.head.rest() : where.head);
    json_.append(told_json_, told_[reasons[i].leaf].piece);
  }
  json_.append("]}");
}

std::string_view Screener::json() {
  json_.clear();
  json_.append("{\"uscc\":" + notation::quoted(profile_->uscc) + ",\"name\":" +
               notation::quoted(profile_->name) + ",\"on\":\"" + options_.on.to_iso() +
               "\",\"known_on\":\"" + options_.known_on.to_iso() + "\",\"policies\":[");
  for (std::size_t i = 0; i < policies_.size(); ++i)
    append_policy(i);
  json_.append("]}");
  return json_.text();
}

}  // namespace huice::bulk
