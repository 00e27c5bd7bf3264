#include "policy/amounts.h"

#include <algorithm>

namespace huice::policy {
namespace {

template <class Counts>
Amount sum_if(const Match& match, Counts counts) {
  Amount sum{Money(), Money()};
  for (const BenefitOutcome& benefit : match.benefits) {
    if (counts(benefit)) sum = plus(sum, benefit.amount);
  }
  return sum;
}

bool has_yuan(const BenefitOutcome& benefit) {
  return benefit.has_amount && benefit.applies != Truth::False;
}

}  // namespace

bool counts_as_gain(const BenefitOutcome& benefit) {
  return has_yuan(benefit) && benefit.form != BenefitForm::Deferral &&
         benefit.form != BenefitForm::Standing;
}

Amount plus(const Amount& a, const Amount& b) {
  const auto end = [](const std::optional<Money>& x, const std::optional<Money>& y) {
    return x && y ? std::optional(*x + *y) : std::nullopt;
  };
  return {end(a.low, b.low), end(a.high, b.high)};
}

Amount sum_of(const Match& match) {
  return sum_if(match, counts_as_gain);
}

Amount deferred_by(const Match& match) {
  return sum_if(match, [](const BenefitOutcome& benefit) {
    return has_yuan(benefit) && benefit.form == BenefitForm::Deferral;
  });
}

bool is_approximate(const Match& match) {
  return std::ranges::any_of(match.benefits, [](const BenefitOutcome& benefit) {
    return counts_as_gain(benefit) && benefit.nature != Nature::Exact;
  });
}

}  // namespace huice::policy
