// Proof-reading policies against what is known of the documents they cite.
#pragma once

#include "policy/library.h"

namespace huice::policy {

/// The doubtful spots of one policy: `check.document` (a number that is not registered, or belongs
/// to another document), `check.article` (no such article), `check.level` (a local source called
/// national), `check.figure` (a limit the document does not have), `check.required-fact` (a
/// condition of the document left out), `check.answer` (a worked answer that does not come out).
/// A library without references.yaml has none of these but `check.level`.
Findings lint_policy(const Library& library, const Policy& policy);

/// The worked answers of derived facts (`tests` in facts.yaml): `check.derived`.
Findings check_derived(const Library& library);

}  // namespace huice::policy
