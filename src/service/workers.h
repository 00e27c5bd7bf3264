// The threads that do queued jobs, beside those of other nodes on the same database.
#pragma once

#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "service/site.h"
#include "store/jobs.h"

namespace huice::service {

class Workers {
 public:
  explicit Workers(Site& site) : site_(site) {}
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers() { stop(); }

  /// As many threads as the configuration says.
  void start();
  /// Lets each thread finish the item it is at, gives its job back and waits for it to end.
  void stop();

  /// Takes one job, if any is due, and does it; whether there was one.
  bool work_once(std::stop_token stopping = {});

 private:
  void work(std::stop_token stopping);
  bool catch_up();  ///< counties' libraries, while there is no job
  /// What became of a turn at a job. Paused: it is to be handed back.
  enum class Outcome { Done, Paused, Lost };
  Result<Outcome> do_job(const store::Job& job, std::stop_token stopping);
  std::optional<store::Job> take();  ///< nullopt: none is due, or the database is away
  /// By a connection of its own: that of the work may be what broke.
  Status hand_back(const store::Job& job, bool at_once);
  store::Lease lease() const;
  void log(const store::Job& job, const std::string& outcome) const;

  Site& site_;
  std::vector<std::jthread> threads_;
};

}  // namespace huice::service
