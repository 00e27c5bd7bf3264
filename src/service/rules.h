// Rules that a county keeps as a text in YAML: its list of papers (容缺受理清单), its quiet days
// (入企检查规则), its words (用词表).
#pragma once

#include "base/result.h"
#include "campaign/acceptance.h"
#include "campaign/inspections.h"
#include "lint/rules.h"
#include "service/handlers.h"

namespace huice::service {

/// Those of the caller's county. Errors: NotFound `rules.none` where nobody has entered any; those
/// of reading them.
Result<campaign::AcceptanceRules> acceptance_rules(Desk& desk, const Call& call);
Result<campaign::InspectionRules> inspection_rules(Desk& desk, const Call& call);
/// Empty where the county has none. Errors: those of reading them.
Result<lint::OwnWords> own_words(Desk& desk, const Call& call);

}  // namespace huice::service
