// Reading beside a writer. Only this module's sources include it.
#pragma once

#include <xapian.h>

namespace huice::library {

/// What `read` gives, asked again after `renew` while a writer overwrites the snapshot that it
/// reads. Throws: Xapian::Error.
template <class Read, class Renew>
auto of_a_snapshot(Read read, Renew renew) -> decltype(read()) {
  // A writer keeps the blocks of the last snapshot; only two commits during one read lose it.
  constexpr int kMostTries = 20;
  for (int tries = 1;; ++tries) {
    try {
      return read();
    } catch (const Xapian::DatabaseModifiedError&) {
      if (tries == kMostTries) throw;
    }
    renew();
  }
}

}  // namespace huice::library
