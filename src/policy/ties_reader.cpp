#include "policy/ties_reader.h"

#include "policy/source_reader.h"

namespace huice::policy {
namespace {

const std::vector<std::string> kRecurrences = {"一次", "年", "季", "月"};
const std::vector<std::string> kRelations = {"替代", "废止", "停止执行", "延续", "过渡"};
constexpr int kMaxLeadDays = 366;

/// What an edge of a window looks like, by recurrence: what is put before it to make a day.
struct EdgeForm {
  const char* prefix;
  const char* sample;
};
constexpr EdgeForm kEdgeForms[] = {
    {"", "2026-03-01"}, {"2000-", "03-01"}, {"2000-", "01-15"}, {"2000-01-", "15"}};

std::optional<Date> edge(Fields& fields, std::string_view key, Recurrence every) {
  if (every == Recurrence::Once) return fields.required_day(key);
  const EdgeForm& form = kEdgeForms[static_cast<std::size_t>(every)];
  const std::string text = fields.required_text(key);
  if (text.empty()) return std::nullopt;
  const auto day = Date::parse(form.prefix + text);
  const bool outside = day && every == Recurrence::Quarterly && day->month() > 3;
  if (day && !outside) return day;
  fields.report(
      "policy.date", "周期性窗口的“" + std::string(key) + "”不能是“" + text + "”",
      fields.find(key)->where(),
      std::string("写作 \"") + form.sample + "\"；按季的写季内第几月（01至03）和日，按月的只写日");
  return std::nullopt;
}

Recurrence recurrence_of(Fields& fields) {
  if (fields.flag("every_year")) return Recurrence::Yearly;
  const auto word = fields.word("every", kRecurrences);
  return word ? static_cast<Recurrence>(*word) : Recurrence::Once;
}

}  // namespace

std::optional<Window> read_window(const model::Value& item, Findings& findings) {
  Fields fields(item, "申报窗口", findings);
  fields.allow_only({"batch", "every_year", "every", "opens", "closes", "lead_days"});
  Window window;
  window.batch = fields.text("batch");
  window.every = recurrence_of(fields);
  window.where = fields.where();
  window.lead_days = fields.whole_number("lead_days", 0, kMaxLeadDays).value_or(0);
  const auto opens = edge(fields, "opens", window.every);
  const auto closes = edge(fields, "closes", window.every);
  if (!opens || !closes) return std::nullopt;
  if (*closes < *opens) {
    fields.report("policy.date-order", "窗口截止早于开始", fields.where(),
                  window.every == Recurrence::Once ? "" : "跨周期的窗口请分两段写");
  }
  window.opens = *opens;
  window.closes = *closes;
  return window;
}

Exclusion read_exclusion(const model::Value& item, Findings& findings) {
  if (item.text() != nullptr) return {.policy = *item.text(), .where = item.where()};
  Fields fields(item, "互斥", findings);
  fields.allow_only({"policy", "reason", "clause", "confidence"});
  Exclusion exclusion{.policy = fields.required_text("policy"),
                      .reason = fields.text("reason"),
                      .clause = fields.text("clause"),
                      .where = fields.where()};
  if (const auto word = fields.word("confidence", confidence_words())) {
    exclusion.confidence = static_cast<Confidence>(*word);
  }
  return exclusion;
}

Relation read_relation(const model::Value& item, Findings& findings) {
  Fields fields(item, "与其他政策的关系", findings);
  fields.allow_only({"kind", "policy", "from", "to", "known_from", "clause"});
  Relation relation;
  relation.where = fields.where();
  relation.policy = fields.required_text("policy");
  relation.from = fields.day("from");
  relation.to = fields.day("to");
  relation.known_from = fields.day("known_from");
  relation.clause = fields.text("clause");
  fields.require("kind");
  if (const auto kind = fields.word("kind", kRelations)) {
    relation.kind = static_cast<Relation::Kind>(*kind);
  }
  using Kind = Relation::Kind;
  const bool runs_on = relation.kind == Kind::Extends || relation.kind == Kind::Transition;
  if (runs_on != relation.to.has_value()) {
    fields.report("policy.shape",
                  runs_on ? "延续和过渡须写明到哪天为止的“to”" : "只有延续和过渡才写“to”",
                  fields.where());
  }
  return relation;
}

ClauseSpan read_span(const Fields& owner, Findings& findings) {
  const model::Value* valid = owner.find("valid");
  if (valid == nullptr) return {};
  Fields fields(*valid, "条款的有效期", findings);
  fields.allow_only({"from", "to", "known_from"});
  ClauseSpan span{fields.day("from"), fields.day("to"), fields.day("known_from")};
  if (span.from && span.to && *span.to < *span.from) {
    fields.report("policy.date-order", "条款的止日早于起日", fields.where());
  }
  return span;
}

}  // namespace huice::policy
