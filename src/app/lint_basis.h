// What a library of circulars knows of a document that a draft cites.
#pragma once

#include <filesystem>

#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "library/library.h"
#include "lint/rules.h"

namespace huice::app {

/// Answers from the library, which must outlive them: its title under that number, and why it no
/// longer holds today where a document of the library repeals it or its own term has run out.
/// Silent on what the library does not have.
lint::BasisOf basis_from(const library::Library& library, Date today);

/// The same from the library in a folder, on the day of `world`. Errors: those of opening it.
Result<lint::BasisOf> basis_from_library(const World& world, const std::filesystem::path& folder);

}  // namespace huice::app
