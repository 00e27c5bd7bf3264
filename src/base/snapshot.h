#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace huice {

/// The current version of an immutable value; readers keep the version they took.
///
/// Not std::atomic<std::shared_ptr>: ThreadSanitizer reports libstdc++ 12's as a data race.
template <class T>
class Snapshot {
 public:
  explicit Snapshot(T value) : current_(std::make_shared<const T>(std::move(value))) {}

  std::shared_ptr<const T> get() const {
    const std::lock_guard lock(mutex_);
    return current_;
  }

  void replace(T value) {
    auto next = std::make_shared<const T>(std::move(value));
    const std::lock_guard lock(mutex_);
    current_.swap(next);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> current_;
};

}  // namespace huice
