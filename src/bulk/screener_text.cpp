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

/// All but the name and the clause, which differ from policy to policy.
std::string shared_json(const ReasonText& text, Verdict verdict) {
  std::string json = ",\"truth\":\"" + std::string(truth_word(verdict)) + "\"";
  append_text(json, ",\"requirement\":", text.requirement);
  append_text(json, ",\"actual\":", text.actual);
  append_text(json, ",\"shortfall\":", text.shortfall);
  append_list(json, ",\"missing\":", text.missing);
  append_list(json, ",\"notes\":", text.notes);
  return json += '}';
}

}  // namespace

/// Whether the words for a condition are the same wherever it stands.
bool Screener::is_shared(const Place& place, const Meaning& meaning) const {
  return place.condition != nullptr && place.condition->when && place.condition->unit.empty() &&
         !meaning.requirement.empty();
}

ReasonText Screener::scalar_text(const Place& place) {
  policy::Judge judge(*place.policy, *situation_, options_.default_region);
  policy::Outcome outcome =
      place.condition == nullptr ? judge.region() : judge.outcome(*place.condition);
  return {std::move(outcome.name),   std::move(outcome.clause),    std::move(outcome.requirement),
          std::move(outcome.actual), std::move(outcome.shortfall), std::move(outcome.missing),
          std::move(outcome.notes)};
}

ReasonText Screener::text(const Reason& reason) {
  const Place& place = places_[reason.place];
  const Meaning& meaning = meanings_[reason.leaf];
  const Verdict verdict = answers_[reason.leaf].verdict;
  const bool plain =
      is_shared(place, meaning) && meaning.comparison && !odd_ && verdict != Verdict::Stuck;
  if (!plain) return scalar_text(place);
  const Comparison& comparison = *meaning.comparison;
  const policy::Belief& actual = *belief(comparison.name);
  const bool told = actual.is_known() && !actual.value.is_null();
  Name& name = names_[comparison.name];
  if (name.actual.empty()) {
    name.actual = name.name + (told ? "为" + policy::value_text(actual.value, comparison.quantity)
                                    : std::string("未知"));
  }
  ReasonText text{.name = place.condition->name,
                  .clause = place.condition->clause,
                  .requirement = meaning.requirement,
                  .actual = name.actual,
                  .shortfall = {},
                  .missing = {},
                  .notes = {}};
  if (verdict == Verdict::Missing) text.missing = actual.missing;
  if (verdict == Verdict::False && told) {
    text.shortfall =
        policy::shortfall_text(comparison.op, actual.value, comparison.limit, comparison.quantity);
  }
  return text;
}

void Screener::append_reason(const Reason& reason, std::string& json) {
  const Place& place = places_[reason.place];
  Meaning& meaning = meanings_[reason.leaf];
  const Verdict verdict = answers_[reason.leaf].verdict;
  if (!is_shared(place, meaning)) {
    const ReasonText words = text(reason);
    json += "{\"name\":" + notation::quoted(words.name);
    append_text(json, ",\"clause\":", words.clause);
    json += shared_json(words, verdict);
    return;
  }
  if (meaning.told != turn_) {
    meaning.json = shared_json(text(reason), verdict);
    meaning.told = turn_;
  }
  json += place.json;
  json += meaning.json;
}

void Screener::append_policy(const ScreenedPolicy& policy, std::string& json) {
  json.append(policy::name(policy.status)) += '"';
  if (!policy.benefits.empty()) json += ",\"benefits\":[";
  for (const ScreenedBenefit& screened : policy.benefits) {
    if (&screened != policy.benefits.data()) json += ',';
    json += "{\"name\":" + notation::quoted(screened.benefit->name) + ",\"applies\":\"";
    json += screened.applies == Truth::True    ? "true"
            : screened.applies == Truth::False ? "false"
                                               : "unknown";
    append_end(json, "\",\"low\":", screened.amount.low);
    append_end(json, ",\"high\":", screened.amount.high);
    json += '}';
  }
  if (!policy.benefits.empty()) json += ']';
  json += ",\"reasons\":[";
  for (const Reason& reason : policy.reasons) {
    if (&reason != policy.reasons.data()) json += ',';
    append_reason(reason, json);
  }
  json += "]}";
}

std::string Screener::json() {
  std::string json;
  json.reserve(last_json_bytes_);
  json += "{\"uscc\":" + notation::quoted(profile_->uscc) +
          ",\"name\":" + notation::quoted(profile_->name) + ",\"on\":\"" + options_.on.to_iso() +
          "\",\"known_on\":\"" + options_.known_on.to_iso() + "\",\"policies\":[";
  for (std::size_t i = 0; i < policies_.size(); ++i) {
    if (i > 0) json += ',';
    json += heads_[i];
    append_policy(policies_[i], json);
  }
  json += "]}";
  last_json_bytes_ = json.size();
  return json;
}

}  // namespace huice::bulk
