// What kinds of jobs there are: how one is planned, and what its result is.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/value.h"
#include "service/handlers.h"
#include "store/jobs.h"

namespace huice::service {

/// How to make each item, from 1 to `total`, whichever node does it; in order, each after those
/// before it were delivered or made.
struct JobPlan {
  std::int64_t total = 0;
  std::function<store::JobItem(std::int64_t seq)> make;
  /// What is to be done before an item is made; may be null. An error is not of the item but of the
  /// node, and the job is tried again later.
  std::function<Status(std::int64_t seq)> before = nullptr;
};

/// What a request asks for, checked and complete, so that it means the same on every node and
/// later: the enterprises by their ids, the days.
struct JobOrder {
  std::string request;  ///< JSON
  std::int64_t total = 0;
  std::string title;  ///< what it is of
};

inline constexpr std::size_t kMaxJobItems = 20'000;

struct JobKind {
  std::string_view name;
  /// `request` with `today` in it; null where the order is made elsewhere.
  Result<JobOrder> (*order)(Desk& desk, const Call& call, model::Value::Record request);
  Result<JobPlan> (*plan)(Site& site, const store::Job& job, model::Value request);
  Result<Answer> (*result)(Site& site, const store::Job& job, const model::Value& request);
};

JobKind match_jobs();   ///< match-bulk: every enterprise of the county against the policies
JobKind batch_jobs();   ///< draft-batch: documents of one template
JobKind digest_jobs();  ///< digest: what is new for every enterprise of the county

inline constexpr std::string_view kIngestion = "ingestion";
/// ingestion: files handed in for the county's library; ordered by handing them in alone.
JobKind ingestion_jobs();

/// Errors: InvalidInput `job.request`; TooLarge `job.too-many`.
Result<JobOrder> order_job(Desk& desk, const Call& call);

/// Errors: those of reading what the job needs; a job with such an error is tried again.
Result<JobPlan> plan_job(Site& site, const store::Job& job);

/// The result of a finished job, written bit by bit. Errors: those of putting it together.
Result<Answer> job_result(Site& site, const store::Job& job);

}  // namespace huice::service
