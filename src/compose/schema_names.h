// Whether a template and the schema of its data speak of the same names.
#pragma once

#include "base/result.h"
#include "compose/schema.h"
#include "compose/template_file.h"

namespace huice::compose {

/// The names that the template takes from its data but its schema does not have: no data could ever
/// give them. A schema with other fields allowed says nothing. Each finding has its place in the
/// template; id `template.unknown-name`.
Findings check_names(const TemplateFile& file, const Schema& schema);

}  // namespace huice::compose
