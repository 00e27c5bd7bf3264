// Forks processes for a program of many threads. Only this module's sources include it.
//
// A process forked while other threads run may find their locks taken for ever. So a nursery, which
// was forked before there were threads and does nothing else, forks them. There are two: when one
// is killed, the other replaces it.
#pragma once

#include <array>
#include <functional>
#include <mutex>

#include <sys/types.h>

#include "base/result.h"
#include "library/child_line.h"

namespace huice::library {

class Nursery {
 public:
  /// What a process does that was forked; it ends with that, or with its nursery.
  using Life = std::function<void(const Line& line)>;

  /// To be called while the program has one thread.
  Nursery() = default;
  Nursery(const Nursery&) = delete;
  Nursery& operator=(const Nursery&) = delete;
  ~Nursery();

  /// Once. Errors: Io `library.reader.start`.
  Status start(const Life& life);

  /// The line to a new process. Errors: Io `library.reader.start`; `library.reader.gone` when both
  /// nurseries were killed since the last time.
  Result<Line> bear();

 private:
  struct Nurse {
    pid_t child = -1;  ///< its id; -1: not a child of this process
    Line line;
  };

  void let_go(Nurse& nurse);

  std::mutex asking_;
  std::array<Nurse, 2> nurses_;
};

}  // namespace huice::library
