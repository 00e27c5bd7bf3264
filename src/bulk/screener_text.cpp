// Reasons in words, and the answers as JSON.
#include "bulk/int128.h"
#include "bulk/screener.h"
#include "notation/json.h"

namespace huice::bulk {
namespace {

using policy::Truth;

std::string_view truth_word(Verdict verdict) {
  return verdict == Verdict::True ? "true" : verdict == Verdict::False ? "false" : "unknown";
}

void append_text(std::string& json, std::string_view key, const std::string& text) {
  if (text.empty()) return;
  json.append(key) += notation::quoted(text);
}

void append_list(std::string& json, std::string_view key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  json.append(key) += '[';
  for (std::size_t i = 0; i < texts.size(); ++i)
    json.append(i == 0 ? "" : ",") += notation::quoted(texts[i]);
  json += ']';
}

void append_end(std::string& json, std::string_view key, const std::optional<Money>& end) {
  json.append(key) += end ? decimal_of(end->fen(), 2).to_string() : "null";
}

}  // namespace

ReasonText Screener::scalar_text(const Place& place) {
  policy::Judge judge(*place.policy, *situation_, options_.default_region);
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
  Meaning& meaning = meanings_[reason.leaf];
  const std::size_t begin = told_json_.size();
  const Verdict verdict = verdicts_[reason.leaf];
  told_json_.append(",\"truth\":\"").append(truth_word(verdict)) += '"';
  if (is_plain(reason)) {
    const Comparison& comparison = *meaning.comparison;
    const Name& name = told_name(comparison);
    told_json_.append(fixed_json_, meaning.fixed.begin, meaning.fixed.size).append(name.json);
    if (verdict == Verdict::Missing) append_list(told_json_, ",\"missing\":", name.belief->missing);
    if (verdict == Verdict::False) {
      append_text(told_json_, ",\"shortfall\":",
                  policy::shortfall_text(comparison.op, name.belief->value, comparison.limit,
                                         comparison.quantity));
    }
  } else {
    const ReasonText words = scalar_text(places_[reason.place]);
    append_text(told_json_, ",\"requirement\":", words.requirement);
    append_text(told_json_, ",\"actual\":", words.actual);
    append_text(told_json_, ",\"shortfall\":", words.shortfall);
    append_list(told_json_, ",\"missing\":", words.missing);
    append_list(told_json_, ",\"notes\":", words.notes);
  }
  told_json_ += '}';
  meaning.told = {begin, told_json_.size() - begin};
  meaning.told_at = places_[reason.place].shared ? turn_ : 0;
}

void Screener::append_reason(const Reason& reason) {
  const Place& place = places_[reason.place];
  const Meaning& meaning = meanings_[reason.leaf];
  if (!place.shared || meaning.told_at != turn_) tell(reason);
  append_fixed(place.head);
  json_.append(told_json_, meaning.told.begin, meaning.told.size);
}

void Screener::append_policy(const ScreenedPolicy& policy) {
  json_.append(policy::name(policy.status)) += '"';
  if (!policy.benefits.empty()) json_ += ",\"benefits\":[";
  for (const ScreenedBenefit& screened : policy.benefits) {
    if (&screened != policy.benefits.data()) json_ += ',';
    json_ += "{\"name\":" + notation::quoted(screened.benefit->name) + ",\"applies\":\"";
    json_ += screened.applies == Truth::True    ? "true"
             : screened.applies == Truth::False ? "false"
                                                : "unknown";
    append_end(json_, "\",\"low\":", screened.amount.low);
    append_end(json_, ",\"high\":", screened.amount.high);
    json_ += '}';
  }
  if (!policy.benefits.empty()) json_ += ']';
  json_ += ",\"reasons\":[";
  for (const Reason& reason : policy.reasons) {
    if (&reason != policy.reasons.data()) json_ += ',';
    append_reason(reason);
  }
  json_ += "]}";
}

const std::string& Screener::json() {
  json_.clear();
  json_ += "{\"uscc\":" + notation::quoted(profile_->uscc) +
           ",\"name\":" + notation::quoted(profile_->name) + ",\"on\":\"" + options_.on.to_iso() +
           "\",\"known_on\":\"" + options_.known_on.to_iso() + "\",\"policies\":[";
  for (std::size_t i = 0; i < policies_.size(); ++i) {
    if (i > 0) json_ += ',';
    append_fixed(heads_[i]);
    append_policy(policies_[i]);
  }
  return json_ += "]}";
}

}  // namespace huice::bulk
