// Tables within a running evaluation; the outside uses evaluate().
#pragma once

#include "feel/decision_table.h"
#include "feel/evaluator.h"

namespace huice::feel {

/// Evaluates the table in a scope.
TableOutcome evaluate_table(const DecisionTable& table, Evaluator& evaluator, const Scope& scope);

}  // namespace huice::feel
