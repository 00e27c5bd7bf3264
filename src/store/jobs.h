// The queue of jobs: work that outlives a request and the node that began it.
//
// A node takes a job by a lease. Each item is delivered in one transaction with the proof that the
// lease is still ours, so that an item is there once however often nodes die or fall behind.
// Times are seconds since 1970 in UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace huice::store {

struct Job {
  std::string id;
  std::string county;
  std::string owner;  ///< login
  std::string kind;
  std::string title;                       ///< what it is of, for whoever looks for it
  std::string request;                     ///< JSON; left out of lists
  std::optional<std::string> idempotency;  ///< the owner's key
  std::string state = "queued";            ///< queued running done failed cancelled
  std::int64_t attempts = 0;
  std::int64_t done = 0;
  std::int64_t empty = 0;  ///< of those done: items with nothing to deliver, which did not fail
  std::int64_t total = 0;
  std::optional<std::string> error;
  std::string created_at;  ///< ISO 8601
};

/// One piece of the result.
struct JobItem {
  std::int64_t seq = 0;
  std::string name;
  std::optional<std::string> failure;  ///< JSON of the error; then there is no content
  std::string content;                 ///< text; bytes as base64
};

struct Lease {
  std::string node;
  std::int64_t now = 0;
  std::int64_t seconds = 60;  ///< how long a node may be silent
};

inline constexpr std::int64_t kMaxAttempts = 5;
/// The wait before attempt n + 1 doubles from here.
inline constexpr std::int64_t kFirstDelaySeconds = 5;

/// The job for which the owner used a key; nullopt: none yet.
Result<std::optional<Job>> job_by_key(Database& database, const std::string& owner,
                                      const std::string& key);

/// Conflict `job.other-request`: the key was used for something else.
Error other_request();

/// Queues the job; the one that is there already where the owner used its key before.
/// Errors: Conflict `job.other-request` when that one asked for something else.
Result<Job> add_job(Database& database, const Job& job, std::int64_t now);

/// Errors: NotFound `job.unknown`.
Result<Job> find_job(Database& database, const std::string& county, const std::string& id);

struct JobPage {
  std::int64_t total = 0;
  std::vector<Job> items;
};
struct JobQuery {
  std::string county;
  std::string owner;  ///< empty: anybody's
  std::string kind;   ///< empty: any
  std::string state;  ///< empty: any
  std::int64_t limit = 50;
  std::int64_t offset = 0;
};
/// The newest first.
Result<JobPage> list_jobs(Database& database, const JobQuery& query);

/// Leases the job that has waited longest, or one whose node fell silent; nullopt: none is due.
/// Jobs that were tried too often become failed on the way.
Result<std::optional<Job>> take_job(Database& database, const Lease& lease);

/// Delivers items of a job under the lease and renews it. Items that are there already are left
/// alone. False: the lease is lost or the job was cancelled, and nothing was written.
Result<bool> deliver(Database& database, const Job& job, const Lease& lease,
                     std::span<const JobItem> items);

/// The numbers of the items that are there, in order.
Result<std::vector<std::int64_t>> delivered(Database& database, const std::string& job);

/// Up to `limit` items after `seq`, in order.
Result<std::vector<JobItem>> job_items(Database& database, const std::string& job,
                                       std::int64_t after, std::int64_t limit);
Result<std::vector<JobItem>> failed_items(Database& database, const std::string& job);

/// Ends a job under the lease: done, or with an error failed. False as deliver.
Result<bool> finish_job(Database& database, const Job& job, const Lease& lease,
                        const std::optional<std::string>& error);
/// Gives the job back: for another attempt after a delay, or to be gone on with `at_once`, behind
/// those that wait already.
Status hand_back(Database& database, const Job& job, const Lease& lease, bool at_once);
/// Whether a job of another county is due.
Result<bool> others_wait(Database& database, const std::string& county, std::int64_t now);
/// A job that has ended stays as it is.
Status cancel_job(Database& database, const std::string& id);

}  // namespace huice::store
