// What a library of circulars knows of a document that a draft cites.
#pragma once

#include <filesystem>

#include "app/world.h"
#include "base/result.h"
#include "lint/rules.h"

namespace huice::app {

/// Answers from the library: its title under that number, and why it no longer holds on the day of
/// `world` where a document of the library repeals it or its own term has run out. Silent on what
/// the library does not have. Errors: those of opening the library.
Result<lint::BasisOf> basis_from_library(const World& world, const std::filesystem::path& folder);

}  // namespace huice::app
