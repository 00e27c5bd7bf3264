// What the amounts of a match come to.
#pragma once

#include <vector>

#include "policy/match.h"

namespace huice::policy {

/// Whether the benefit may be added up as yuan gained: it applies or may apply, has an amount, and
/// is more than a tax paid later or a standing.
bool counts_as_gain(const BenefitOutcome& benefit);

/// `a + b`; an end that one of them lacks is lacking.
Amount plus(const Amount& a, const Amount& b);

/// The yuan that a match brings: the sum of what counts as gain. Nothing is exactly 0 元.
Amount sum_of(const Match& match);

/// The yuan that are only paid later (推迟), not saved.
Amount deferred_by(const Match& match);

/// Whether some of what counts as gain is only a ceiling or an estimate.
bool is_approximate(const Match& match);

}  // namespace huice::policy
