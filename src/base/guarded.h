#pragma once

#include <mutex>
#include <utility>

namespace huice {

/// A value that can only be reached while its mutex is held.
template <class T>
class Guarded {
 public:
  explicit Guarded(T value = {}) : value_(std::move(value)) {}

  /// Runs `use` with the value locked. The reference must not outlive the call.
  template <class Use>
  decltype(auto) with(Use&& use) {
    const std::lock_guard lock(mutex_);
    return std::forward<Use>(use)(value_);
  }

 private:
  std::mutex mutex_;
  T value_;
};

}  // namespace huice
