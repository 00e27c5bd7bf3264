// A place among those that may do something at once.
#pragma once

#include <semaphore>

namespace huice::service {

/// Waits for a turn and holds it as long as it lives.
template <class Semaphore>
class Turn {
 public:
  explicit Turn(Semaphore& semaphore) : semaphore_(semaphore) { semaphore_.acquire(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() { semaphore_.release(); }

 private:
  Semaphore& semaphore_;
};

}  // namespace huice::service
