// What kinds of jobs there are: how one is planned, and what its result is.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "service/handlers.h"
#include "store/jobs.h"

namespace huice::service {

/// How to make each item, from 1 to `total`, whichever node does it.
struct JobPlan {
  std::int64_t total = 0;
  std::function<store::JobItem(std::int64_t seq)> make;
};

/// What a request asks for, checked and complete, so that it means the same on every node and
/// later: the enterprises by their ids, the days.
struct JobOrder {
  std::string request;  ///< JSON
  std::int64_t total = 0;
};

inline constexpr std::size_t kMaxJobItems = 20'000;

/// Errors: InvalidInput `job.request`; TooLarge `job.too-many`.
Result<JobOrder> order_job(Desk& desk, const Call& call);

/// Errors: those of reading what the job needs; a job with such an error is tried again.
Result<JobPlan> plan_job(Site& site, const store::Job& job);

/// The result of a finished job, written bit by bit.
Result<Answer> job_result(Site& site, const store::Job& job);

}  // namespace huice::service
