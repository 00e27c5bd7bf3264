#include "service/limits.h"

#include <algorithm>

namespace huice::service {

bool RateLimit::allows(const std::string& name, std::chrono::steady_clock::time_point now) {
  if (most_ == 0) return true;
  return buckets_.with([&](auto& buckets) {
    if (buckets.size() >= kMaxNames && !buckets.contains(name)) buckets.clear();
    const double full = 2.0 * most_;
    const auto [found, added] = buckets.try_emplace(name, Bucket{full, now});
    Bucket& bucket = found->second;
    const double passed = std::chrono::duration<double, std::milli>(now - bucket.filled).count();
    const double period = static_cast<double>(period_.count());
    bucket.left = std::min(full, bucket.left + passed / period * most_);
    bucket.filled = now;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  });
}

std::int64_t lock_seconds(std::int64_t failures) {
  constexpr std::int64_t kFirst = 30;
  constexpr std::int64_t kLongest = 900;
  if (failures < kFreeFailures) return 0;
  return std::min(kLongest, kFirst << std::min<std::int64_t>(failures - kFreeFailures, 10));
}

}  // namespace huice::service
