// What the service counts of itself, in Prometheus' text format.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <string>

#include "base/guarded.h"

namespace huice::service {

class Metrics {
 public:
  /// One answered request. `operation` is an id of the contract, `page` or `none`.
  void answered(const std::string& operation, int status, double seconds);
  void began() { ++in_flight_; }
  void ended() { --in_flight_; }
  void cut_off() { ++cut_off_; }

  std::string text() const;

 private:
  static constexpr std::array<double, 8> kBounds = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
  struct Series {
    std::map<int, std::uint64_t> by_status;
    std::array<std::uint64_t, kBounds.size() + 1> buckets{};
    double seconds = 0;
  };
  mutable Guarded<std::map<std::string, Series>> series_;
  std::atomic<std::int64_t> in_flight_ = 0;
  std::atomic<std::uint64_t> cut_off_ = 0;  ///< connections of slow clients
};

}  // namespace huice::service
