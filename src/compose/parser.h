// Template text -> syntax tree.
#pragma once

#include "base/result.h"
#include "compose/syntax.h"

namespace huice::compose {

/// Fills `tree.nodes` from `tree.text`; what is wrong goes to `findings`.
void parse_nodes(syntax::Tree& tree, Findings& findings);

}  // namespace huice::compose
