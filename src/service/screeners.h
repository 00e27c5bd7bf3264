// Screeners that are ready: a library compiled for a day, each for one thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/guarded.h"
#include "bulk/screener.h"
#include "policy/library.h"
#include "policy/match.h"

namespace huice::service {

class Screeners {
 public:
  /// The enterprise against the library, as docs/schemas/screening.schema.json has it.
  /// Cost: a first request for a library, a day and a choice of policies compiles them.
  std::string screen(std::shared_ptr<const policy::Library> library,
                     const policy::MatchOptions& options, const model::Profile& profile);

 private:
  static constexpr std::size_t kMostIdle = 32;
  /// A screener remembers what it said of each code; after so many requests it begins anew.
  static constexpr int kMostUses = 10'000;

  struct Ready {
    Ready(std::shared_ptr<const policy::Library> its_library, const policy::MatchOptions& for_these)
        : library(std::move(its_library)), options(for_these), screener(*library, options) {}
    std::shared_ptr<const policy::Library> library;
    policy::MatchOptions options;
    bulk::Screener screener;
    int uses = 0;
  };

  Guarded<std::vector<std::unique_ptr<Ready>>> idle_;  ///< the last used at the end
};

}  // namespace huice::service
