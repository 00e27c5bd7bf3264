#include "service/workers.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>

#include "notation/json.h"
#include "service/job_kinds.h"

namespace huice::service {
namespace {

constexpr std::chrono::milliseconds kIdle{500};
/// Items are delivered together up to so many, and at least so often within a lease, which each
/// delivery renews.
constexpr std::size_t kBatch = 16;
constexpr int kDeliveriesInLease = 4;
/// After so long a job waits again where other counties' jobs do.
constexpr std::int64_t kTurnSeconds = 10;

/// The items not there yet, made and delivered batch by batch.
class Delivery {
 public:
  Delivery(store::Database& database, const store::Job& job, std::function<store::Lease()> lease)
      : database_(database), job_(job), lease_(std::move(lease)) {}

  /// False: the job is no longer ours. Errors: those of Database.
  Result<bool> add(store::JobItem item) {
    batch_.push_back(std::move(item));
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::milliseconds step{lease_().seconds * 1000 / kDeliveriesInLease};
    if (batch_.size() < kBatch && now - sent_ < step) return true;
    return send();
  }

  Result<bool> send() {
    auto ours = store::deliver(database_, job_, lease_(), batch_);
    batch_.clear();
    sent_ = std::chrono::steady_clock::now();
    return ours;
  }

 private:
  store::Database& database_;
  const store::Job& job_;
  std::function<store::Lease()> lease_;
  std::vector<store::JobItem> batch_;
  std::chrono::steady_clock::time_point sent_ = std::chrono::steady_clock::now();
};

}  // namespace

store::Lease Workers::lease() const {
  return {.node = site_.node,
          .now = site_.outside.seconds(),
          .seconds = site_.configuration.lease_seconds};
}

void Workers::log(const store::Job& job, const std::string& outcome) const {
  site_.outside.log(notation::write_json(model::Value::Record{{"at", site_.outside.world().now},
                                                              {"job", job.id},
                                                              {"kind", job.kind},
                                                              {"outcome", outcome}}));
}

void Workers::start() {
  for (int i = 0; i < site_.configuration.workers; ++i)
    threads_.emplace_back([this](const std::stop_token& stopping) { work(stopping); });
}

void Workers::stop() {
  for (std::jthread& thread : threads_)
    thread.request_stop();
  threads_.clear();  // joins
}

void Workers::work(std::stop_token stopping) {
  std::mutex mutex;
  std::condition_variable_any wake;
  while (!stopping.stop_requested()) {
    if (work_once(stopping) || catch_up()) continue;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stopping, kIdle, [] { return false; });
  }
}

bool Workers::catch_up() {
  auto database = site_.pool.borrow();
  return database && site_.counties.catch_up(*database.value());
}

std::optional<store::Job> Workers::take() {
  auto database = site_.pool.borrow();
  if (!database) return std::nullopt;
  auto taken = store::take_job(*database.value(), lease());
  return taken ? std::move(taken).value() : std::nullopt;
}

Status Workers::hand_back(const store::Job& job, bool at_once) {
  HUICE_TRY(auto database, site_.pool.borrow());
  return store::hand_back(*database, job, lease(), at_once);
}

bool Workers::work_once(std::stop_token stopping) {
  const auto job = take();
  if (!job) return false;
  log(*job, "taken");
  const auto done = do_job(*job, stopping);
  if (!done) log(*job, done.error().message);
  if (!done || done.value() == Outcome::Paused) {
    const auto handed = hand_back(*job, done.has_value());
    log(*job, handed ? "handed back" : "kept until the lease runs out");
  } else {
    log(*job, done.value() == Outcome::Done ? "done" : "lost");
  }
  return true;
}

Result<Workers::Outcome> Workers::do_job(const store::Job& job, std::stop_token stopping) {
  HUICE_TRY(auto database, site_.pool.borrow());
  HUICE_TRY(const auto plan, plan_job(site_, job));
  HUICE_TRY(const auto there, store::delivered(*database, job.id));
  const std::set<std::int64_t> finished(there.begin(), there.end());
  Delivery delivery(*database, job, [this] { return lease(); });
  std::int64_t turn_ends = site_.outside.seconds() + kTurnSeconds;
  for (std::int64_t seq = 1; seq <= plan.total; ++seq) {
    if (finished.contains(seq)) continue;
    bool pause = stopping.stop_requested();
    if (const std::int64_t now = site_.outside.seconds(); now >= turn_ends) {
      HUICE_TRY(const bool others, store::others_wait(*database, job.county, now));
      pause |= others;
      turn_ends = now + kTurnSeconds;
    }
    if (pause) {
      HUICE_TRY(const bool ours, delivery.send());
      return ours ? Outcome::Paused : Outcome::Lost;
    }
    if (plan.before) {
      HUICE_TRY([[maybe_unused]] const Unit done, plan.before(seq));
    }
    HUICE_TRY(const bool ours, delivery.add(plan.make(seq)));
    if (!ours) return Outcome::Lost;
  }
  HUICE_TRY(const bool sent, delivery.send());
  if (!sent) return Outcome::Lost;
  HUICE_TRY(const bool ours, store::finish_job(*database, job, lease(), std::nullopt));
  return ours ? Outcome::Done : Outcome::Lost;
}

}  // namespace huice::service
