// Jobs: queued, watched, cancelled, their results.
#include <chrono>
#include <thread>

#include "notation/json.h"
#include "service/handlers.h"
#include "service/job_kinds.h"
#include "service/values.h"
#include "store/audit.h"

namespace huice::service {
namespace {

/// A job of the caller's, or of his county for administrators.
Result<store::Job> job_of(Desk& desk, const Call& call) {
  HUICE_TRY(auto job, store::find_job(desk.database, call.who.account.county, call.path.at("id")));
  if (job.owner == call.who.account.login || call.who.has("管理")) return job;
  return Error{.code = ErrorCode::NotFound,
               .id = "job.unknown",
               .message = "没有这个任务",
               .hint = "刷新任务列表"};
}

Result<model::Value> value_with_failures(store::Database& database, const store::Job& job) {
  HUICE_TRY(const auto failures, store::failed_items(database, job.id));
  return job_value(job, failures);
}

Result<Answer> list_jobs(Desk& desk, const Call& call) {
  HUICE_TRY(
      const auto page,
      store::list_jobs(desk.database, {.county = call.who.account.county,
                                       .owner = call.who.has("管理") ? "" : call.who.account.login,
                                       .kind = call.text("kind"),
                                       .state = call.text("state"),
                                       .limit = call.number("limit", 50),
                                       .offset = call.number("offset", 0)}));
  return json_answer(page_value(page, [](const store::Job& job) { return job_value(job); }));
}

Status log_job(Desk& desk, const Call& call, const store::Job& job, const std::string& action) {
  return desk.database.transact([&] {
    return store::append(desk.database, {.at = call.world.now,
                                         .actor = call.who.account.login,
                                         .origin = call.request->address,
                                         .action = action,
                                         .subject = store::subject_of(job.county, "任务", job.id)});
  });
}

Result<Answer> add_job(Desk& desk, const Call& call) {
  HUICE_TRY(auto order, order_job(desk, call));
  store::Job job{.id = random_id(),
                 .county = call.who.account.county,
                 .owner = call.who.account.login,
                 .kind = call.field("kind"),
                 .title = std::move(order.title),
                 .request = std::move(order.request)};
  job.total = order.total;
  job.created_at = call.world.now;
  const std::string key = call.request->header("idempotency-key");
  if (!key.empty()) job.idempotency = key;
  HUICE_TRY(const auto queued, store::add_job(desk.database, job, call.now));
  if (queued.id == job.id) {
    HUICE_TRY([[maybe_unused]] const Unit logged, log_job(desk, call, queued, "任务.提交"));
  }
  return json_answer(job_value(queued), 202);
}

Result<Answer> get_job(Desk& desk, const Call& call) {
  HUICE_TRY(const auto job, job_of(desk, call));
  HUICE_TRY(const auto value, value_with_failures(desk.database, job));
  return json_answer(value);
}

Result<Answer> cancel_job(Desk& desk, const Call& call) {
  HUICE_TRY(const auto job, job_of(desk, call));
  HUICE_TRY([[maybe_unused]] const Unit cancelled, store::cancel_job(desk.database, job.id));
  HUICE_TRY([[maybe_unused]] const Unit logged, log_job(desk, call, job, "任务.取消"));
  return get_job(desk, call);
}

bool has_ended(const store::Job& job) {
  return job.state != "queued" && job.state != "running";
}

/// Server-sent events: the job whenever it has changed, until it ends.
Result<Answer> watch_job(Desk& desk, const Call& call) {
  HUICE_TRY(const auto job, job_of(desk, call));
  Answer answer;
  answer.type = "text/event-stream; charset=utf-8";
  answer.stream = [&site = desk.site, county = job.county, id = job.id](
                      std::ostream& out, const std::function<bool()>& stopping) {
    constexpr std::chrono::milliseconds kStep{300};
    constexpr int kQuietSteps = 50;  // then a comment, so that nobody takes us for gone
    std::string last;
    for (int quiet = 0; out && !stopping();) {
      auto database = site.pool.borrow();
      if (!database) return;
      const auto now = store::find_job(*database.value(), county, id);
      if (!now) return;
      const auto value = value_with_failures(*database.value(), now.value());
      const std::string text = value ? notation::write_json(value.value()) : last;
      if (text != last) {
        out << "event: job\ndata: " << text << "\n\n" << std::flush;
        last = text;
        quiet = 0;
      } else if (++quiet % kQuietSteps == 0) {
        out << ": \n\n" << std::flush;
      }
      if (has_ended(now.value())) return;
      std::this_thread::sleep_for(kStep);
    }
  };
  return answer;
}

Result<Answer> get_result(Desk& desk, const Call& call) {
  HUICE_TRY(const auto job, job_of(desk, call));
  if (job.state == "done") return job_result(desk.site, job);
  return Error{.code = ErrorCode::Conflict,
               .id = "job.not-done",
               .message = "任务还没有做完，或没有做成",
               .hint = "看任务的进度和原因"};
}

}  // namespace

Handlers job_handlers() {
  return {{"listJobs", list_jobs},   {"addJob", add_job},     {"getJob", get_job},
          {"cancelJob", cancel_job}, {"watchJob", watch_job}, {"getJobResult", get_result}};
}

}  // namespace huice::service
