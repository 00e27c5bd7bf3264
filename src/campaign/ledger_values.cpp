// Problems and events as ledger.yaml writes them: what make_problem and make_event read.
#include "campaign/campaign.h"

namespace huice::campaign {
namespace {

using Record = model::Value::Record;

void put_text(Record& record, const char* key, std::string_view text) {
  if (!text.empty()) record.emplace_back(key, std::string(text));
}

template <class T>
void put_named(Record& record, const char* key, const std::optional<T>& value) {
  if (value) record.emplace_back(key, std::string(to_text(*value)));
}

}  // namespace

model::Value event_value(const Event& event) {
  Record record = {{"on", event.on}, {"event", std::string(to_text(event.kind))}};
  put_text(record, "by", event.by);
  put_text(record, "to", event.to);
  if (event.due) record.emplace_back("due", *event.due);
  put_named(record, "view", event.view);
  put_named(record, "tier", event.tier);
  put_text(record, "agreed_by", event.agreed_by);
  if (event.degree) record.emplace_back("degree", *event.degree);
  put_text(record, "note", event.note);
  if (!event.evidence.empty()) {
    record.emplace_back("evidence",
                        model::Value::List(event.evidence.begin(), event.evidence.end()));
  }
  return record;
}

model::Value problem_value(const Problem& problem) {
  Record record = {{"id", problem.id},
                   {"enterprise", problem.uscc},
                   {"category", problem.category},
                   {"level", problem.level},
                   {"scope", problem.scope}};
  put_text(record, "source", problem.source);
  record.emplace_back("matter", problem.matter);
  model::Value::List events;
  for (const Event& event : problem.events)
    events.push_back(event_value(event));
  record.emplace_back("events", std::move(events));
  return record;
}

}  // namespace huice::campaign
