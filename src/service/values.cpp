#include "service/values.h"

#include "notation/json.h"

namespace huice::service {
namespace {

/// A field of a record's body; null when it has none.
model::Value body_field(const store::Record& record, std::string_view name) {
  const auto body = notation::read_json(record.body, record.kind);
  const model::Value* field = body ? body.value().find(name) : nullptr;
  return field == nullptr ? model::Value() : *field;
}

}  // namespace

model::Value user_value(const store::Account& account, std::int64_t now) {
  return model::Value::Record{{"id", account.id},
                              {"login", account.login},
                              {"name", account.name},
                              {"county", account.county},
                              {"unit", account.unit},
                              {"roles", text_list(account.roles)},
                              {"enabled", account.enabled},
                              {"locked", account.locked_until > now},
                              {"version", number_value(account.version)}};
}

model::Value enterprise_summary(const store::Record& record) {
  const bool coded = record.key && record.key->find(':') == std::string::npos;
  return model::Value::Record{{"id", record.id},
                              {"title", record.title},
                              {"uscc", coded ? *record.key : std::string()},
                              {"version", number_value(record.version)},
                              {"updated_at", record.updated_at},
                              {"updated_by", record.updated_by}};
}

model::Value draft_summary(const store::Record& record) {
  return model::Value::Record{{"id", record.id},
                              {"title", record.title},
                              {"state", record.state},
                              {"template", body_field(record, "template")},
                              {"unit", record.unit},
                              {"version", number_value(record.version)},
                              {"updated_at", record.updated_at},
                              {"updated_by", record.updated_by}};
}

model::Value job_value(const store::Job& job, const std::vector<store::JobItem>& failures) {
  model::Value::List failed;
  for (const store::JobItem& item : failures) {
    auto error = notation::read_json(item.failure.value_or("null"), item.name);
    if (error) failed.push_back(std::move(error).value());
  }
  return model::Value::Record{{"id", job.id},
                              {"kind", job.kind},
                              {"title", job.title},
                              {"state", job.state},
                              {"done", number_value(job.done)},
                              {"empty", number_value(job.empty)},
                              {"total", number_value(job.total)},
                              {"attempts", number_value(job.attempts)},
                              {"error", job.error ? model::Value(*job.error) : model::Value()},
                              {"failures", model::Value(std::move(failed))},
                              {"created_at", job.created_at},
                              {"created_by", job.owner}};
}

store::RecordQuery record_query(const Call& call, std::string kind) {
  store::RecordQuery query{.kind = std::move(kind), .county = call.who.account.county};
  query.text = call.text("q");
  query.limit = call.number("limit", query.limit);
  query.offset = call.number("offset", query.offset);
  return query;
}

}  // namespace huice::service
