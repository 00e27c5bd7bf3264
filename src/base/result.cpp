#include "base/result.h"

#include <iterator>

namespace huice {

Error as_error(Findings findings) {
  Error first = std::move(findings.front());
  first.also.insert(first.also.end(), std::make_move_iterator(findings.begin() + 1),
                    std::make_move_iterator(findings.end()));
  return first;
}

Findings as_findings(Error error) {
  Findings rest = std::move(error.also);
  error.also.clear();
  rest.insert(rest.begin(), std::move(error));
  return rest;
}

}  // namespace huice
