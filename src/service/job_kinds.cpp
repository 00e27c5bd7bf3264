#include "service/job_kinds.h"

#include <algorithm>
#include <array>
#include <utility>

#include "notation/json.h"

namespace huice::service {
namespace {

/// The kind with this name, which the contract has checked.
JobKind kind_of(const std::string& name) {
  const std::array kinds = {match_jobs(), batch_jobs(), digest_jobs()};
  return *std::ranges::find(kinds, name, &JobKind::name);
}

}  // namespace

Result<JobOrder> order_job(Desk& desk, const Call& call) {
  model::Value::Record request = *call.body.find("request")->record();
  // Days are told now: another node, or the same tomorrow, must mean the same.
  std::erase_if(request, [](const auto& field) {
    return field.first == "today" || field.first == "enterprises" || field.first == "fonts";
  });
  request.emplace_back("today", call.world.today.to_iso());
  return kind_of(call.field("kind")).order(desk, call, std::move(request));
}

Result<JobPlan> plan_job(Site& site, const store::Job& job) {
  HUICE_TRY(auto request, notation::read_json(job.request, job.id));
  return kind_of(job.kind).plan(site, job, std::move(request));
}

Result<Answer> job_result(Site& site, const store::Job& job) {
  HUICE_TRY(const auto request, notation::read_json(job.request, job.id));
  return kind_of(job.kind).result(site, job, request);
}

}  // namespace huice::service
