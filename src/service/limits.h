// How often somebody may ask, and how long a name stays locked after wrong passwords.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "base/guarded.h"

namespace huice::service {

/// Token buckets by name: so many a period, twice as many at once. Forgets names that have been
/// quiet; with too many names at once it begins anew.
class RateLimit {
 public:
  /// `most` a `period`; 0: no limit.
  RateLimit(int most, std::chrono::milliseconds period) : most_(most), period_(period) {}

  /// Whether `name` may go on at `now`, which never goes back.
  bool allows(const std::string& name, std::chrono::steady_clock::time_point now);

  static constexpr std::size_t kMaxNames = 20'000;

 private:
  struct Bucket {
    double left = 0;
    std::chrono::steady_clock::time_point filled;
  };
  int most_;
  std::chrono::milliseconds period_;
  Guarded<std::map<std::string, Bucket>> buckets_;
};

/// After so many wrong passwords in a row a name is locked: half a minute, then twice as long each
/// time, at most a quarter of an hour.
inline constexpr std::int64_t kFreeFailures = 5;
std::int64_t lock_seconds(std::int64_t failures);

}  // namespace huice::service
