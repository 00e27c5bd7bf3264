// The quantities a scheme asks for, taken from the campaign as of a day.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "campaign/assessment.h"
#include "campaign/campaign.h"
#include "feel/evaluate.h"
#include "feel/value.h"

namespace huice::campaign {

/// Node visits one formula of a scheme may take; beyond it the value is unknown. Formulas are a
/// comparison or a product, so that this stops only mistakes.
inline constexpr std::uint64_t kMaxFormulaSteps = 10'000;

/// The campaign as of the end of a day: what there is of each target by then, in the order of the
/// files, and the first entry of each kind about each enterprise.
struct AsOf {
  struct Share {
    std::vector<const Assignment*> assignments;  ///< that a unit leads, or of a town's enterprises
    std::vector<std::pair<const Problem*, Standing>> problems;
    std::vector<const Entry*> entries;
    std::vector<const Figure*> figures;
  };
  const Campaign& campaign;
  Date on;
  std::map<std::string, Share, std::less<>> shares;  ///< by target; who has nothing may be absent
  std::map<std::pair<std::string_view, std::string_view>, const Entry*> about;  // kind, USCC
};
AsOf as_of(const Campaign& campaign, Date on);

/// All measures of `group` for `target`, in the order of the scheme.
/// Errors: InvalidInput `scheme.rule` if a formula gives something that is not a number.
Result<std::vector<Measured>> measure_target(const AsOf& now, const Group& group,
                                             const Office& target);

/// The formula's value. `warnings` says why it is null.
feel::Value evaluate_formula(const feel::Expression& formula, const std::vector<Measured>& measures,
                             Date on, feel::Warnings& warnings);

/// The measures as FEEL sees them; those without a value are absent.
feel::Context to_context(const std::vector<Measured>& measures);

/// `4家`, `2.78%`, `0.4`: at most four places, half up.
std::string value_text(const Measured& measured);

/// A number for a sentence: at most four places, half up, no trailing zeros.
std::string short_number(const Decimal& number);

}  // namespace huice::campaign
