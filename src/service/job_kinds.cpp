#include "service/job_kinds.h"

#include <algorithm>
#include <array>
#include <utility>

#include "notation/json.h"

namespace huice::service {
namespace {

Error unknown_kind(const std::string& name) {
  return {.code = ErrorCode::Unsupported,
          .id = "job.kind",
          .message = "不认识“" + name + "”这种任务",
          .hint = "各台机器装同一版本的惠策"};
}

/// Errors: Unsupported `job.kind`: a node of another version may have taken the order.
Result<JobKind> kind_of(const std::string& name) {
  const std::array kinds = {match_jobs(), batch_jobs(), digest_jobs(), ingestion_jobs()};
  const auto* found = std::ranges::find(kinds, name, &JobKind::name);
  if (found != kinds.end()) return *found;
  return unknown_kind(name);
}

}  // namespace

Result<JobOrder> order_job(Desk& desk, const Call& call) {
  model::Value::Record request = *call.body.find("request")->record();
  // Days are told now: another node, or the same tomorrow, must mean the same.
  std::erase_if(request, [](const auto& field) {
    return field.first == "today" || field.first == "enterprises" || field.first == "fonts";
  });
  request.emplace_back("today", call.world.today.to_iso());
  HUICE_TRY(const JobKind kind, kind_of(call.field("kind")));
  if (kind.order == nullptr) return unknown_kind(call.field("kind"));
  return kind.order(desk, call, std::move(request));
}

Result<JobPlan> plan_job(Site& site, const store::Job& job) {
  HUICE_TRY(auto request, notation::read_json(job.request, job.id));
  HUICE_TRY(const JobKind kind, kind_of(job.kind));
  return kind.plan(site, job, std::move(request));
}

Result<Answer> job_result(Site& site, const store::Job& job) {
  HUICE_TRY(const auto request, notation::read_json(job.request, job.id));
  HUICE_TRY(const JobKind kind, kind_of(job.kind));
  return kind.result(site, job, request);
}

}  // namespace huice::service
