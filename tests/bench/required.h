// Benchmarks measure what works: anything else ends the run.
#pragma once

#include <cstdlib>
#include <iostream>
#include <utility>

#include "base/result.h"

namespace huice::bench {

/// The value, or the end of the run with the reason.
template <class T>
T required(Result<T> result) {
  if (result) return std::move(result).value();
  for (const auto& finding : as_findings(result.error()))
    std::cerr << finding.where.file << ": " << finding.message << " (" << finding.id << ")\n";
  std::exit(1);
}

}  // namespace huice::bench
