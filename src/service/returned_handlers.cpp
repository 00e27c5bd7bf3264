// Schedules, ledgers and score sheets that were downloaded, filled in elsewhere and brought back.
#include <algorithm>

#include "app/returned_ledger.h"
#include "app/returned_schedule.h"
#include "app/returned_scores.h"
#include "service/campaigns.h"
#include "service/handlers.h"
#include "service/problem.h"
#include "service/problems.h"
#include "service/scorers.h"
#include "service/secrets.h"

namespace huice::service {
namespace {

constexpr const char* kLedger = "问题台账";
constexpr const char* kSchedule = "安排表";

std::vector<std::string> texts_of(const Call& call, std::string_view name) {
  std::vector<std::string> texts;
  const model::Value* field = call.body.find(name);
  if (field == nullptr || field->list() == nullptr) return texts;
  for (const model::Value& each : *field->list())
    texts.push_back(*each.text());
  return texts;
}

Result<app::ReturnedBook> book_of(const Call& call) {
  HUICE_TRY(auto book, app::read_returned_bytes(from_base64(call.field("sent")),
                                                from_base64(call.field("returned"))));
  book.theirs = texts_of(call, "theirs");
  book.ours = texts_of(call, "ours");
  return book;
}

bool has_sheet(const app::ReturnedBook& book, std::string_view name) {
  return std::ranges::any_of(book.sent, [&](const auto& grid) { return grid.name == name; });
}

Result<app::Intake> schedule_intake(Desk& desk, const Call& call, const std::string& campaign,
                                    const app::ReturnedBook& book,
                                    std::optional<std::int64_t> version) {
  if (!call.who.account.unit.empty()) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "session.forbidden",
                 .message = "安排表由办公室收，不由" + call.who.account.unit + "收",
                 .hint = "交给办公室的经办"};
  }
  return app::take_schedule(desk.database, campaign, book, version.has_value(), actor_of(call),
                            version);
}

Result<app::Intake> ledger_intake(Desk& desk, const Call& call, const std::string& campaign,
                                  app::ReturnedBook book, std::optional<std::int64_t> version) {
  HUICE_TRY(const Date on, call.past_day("on"));
  const app::ReturnedLedger returned{
      .book = std::move(book),
      .terms = {.on = on,
                .by = recorder_of(call),
                .reason = call.field("reason"),
                .agreed_by = call.field("agreed_by")},
      .accept = version.has_value(),
      .may = [&](campaign::EventKind kind, const campaign::Standing& standing) {
        return check_hand(call, kind, standing);
      }};
  return app::take_ledger(desk.database, campaign, returned, actor_of(call), version);
}

/// What was found of the workbook, or, where it was to come in, what came of it.
Result<Answer> answer_of(const app::Intake& taken, const char* sheet, bool is_import) {
  if (is_import && !taken.is_sound()) return as_error(findings_of(taken));
  model::Value::List cells;
  for (const app::ReturnedCell& cell : taken.cells)
    cells.push_back(app::cell_value(cell));
  model::Value::List further;
  for (const Error& finding : taken.further)
    further.push_back(finding_value(finding));
  const model::Value report = model::Value::Record{{"sheet", sheet},
                                                   {"accepted", taken.accepted},
                                                   {"sound", taken.is_sound()},
                                                   {"cells", std::move(cells)},
                                                   {"further", std::move(further)}};
  return is_import ? json_answer(report) : versioned_answer(report, taken.version);
}

/// Looks at the workbook or, with the version that was looked at, takes it in.
Result<Answer> intake(Desk& desk, const Call& call, std::optional<std::int64_t> version) {
  HUICE_TRY(const auto campaign, campaign_of(desk, call, call.text("campaign")));
  HUICE_TRY(auto book, book_of(call));
  const bool is_ledger = has_sheet(book, kLedger);
  HUICE_TRY(const auto taken, is_ledger
                                  ? ledger_intake(desk, call, campaign.id, std::move(book), version)
                                  : schedule_intake(desk, call, campaign.id, book, version));
  return answer_of(taken, is_ledger ? kLedger : kSchedule, version.has_value());
}

/// The same of the score sheets of an assessment.
Result<Answer> scores_intake(Desk& desk, const Call& call, std::optional<std::int64_t> version) {
  HUICE_TRY(const auto campaign, campaign_of(desk, call, call.path.at("name")));
  HUICE_TRY(auto book, book_of(call));
  HUICE_TRY(const Date on, call.past_day("on"));
  const std::string stage = call.field("stage");
  const app::ReturnedScores returned{
      .book = std::move(book),
      .stage = stage,
      .by = recorder_of(call),
      .reason = call.field("reason"),
      .on = on,
      .accept = version.has_value(),
      .may = [&](const std::string& target) { return check_scorer(call, stage, target); }};
  HUICE_TRY(const auto taken,
            app::take_scores(desk.database, campaign.id, returned, actor_of(call), version));
  return answer_of(taken, "评分表", version.has_value());
}

Result<Answer> preview_returned(Desk& desk, const Call& call) {
  return intake(desk, call, std::nullopt);
}

Result<Answer> import_returned(Desk& desk, const Call& call) {
  HUICE_TRY(const auto version, version_wanted(call));
  return intake(desk, call, version);
}

Result<Answer> preview_returned_scores(Desk& desk, const Call& call) {
  return scores_intake(desk, call, std::nullopt);
}

Result<Answer> import_returned_scores(Desk& desk, const Call& call) {
  HUICE_TRY(const auto version, version_wanted(call));
  return scores_intake(desk, call, version);
}

}  // namespace

Handlers returned_handlers() {
  return {{"previewReturned", preview_returned},
          {"importReturned", import_returned},
          {"previewReturnedScores", preview_returned_scores},
          {"importReturnedScores", import_returned_scores}};
}

}  // namespace huice::service
