// What the commands of the library share.
#pragma once

#include "cli/command.h"
#include "library/library.h"

namespace huice::cli {

/// The library that `--library` names. Errors: those of load_index_settings and Library::open.
Result<library::Library> open_library(const Arguments& arguments, const app::World& world,
                                      library::Mode mode);

/// Hits with their facets and notes, for people.
void print_hits(const Terminal& terminal, const library::Hits& hits);

}  // namespace huice::cli
