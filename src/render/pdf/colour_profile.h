// The printing condition or screen that the numbers of a colour mean: ICC profiles, made here.
#pragma once

#include <string>

#include "render/pdf/content_stream.h"

namespace huice::render::pdf {

/// A profile of five kilobytes or less, in place of the megabytes that measured ones take. CMYK is
/// offset on coated paper, interpolated between its sixteen solid overprints as measured by Fogra
/// (FOGRA39, as icc-profiles-free carries it); RGB is sRGB. Made once for a process.
/// Source: ICC.1:2001-04 (version 2.4), clauses 6.1, 6.3.2, 6.3.3 and 6.5.
const std::string& colour_profile(Colour colour);

/// What the profile is called in the output intent.
const char* colour_condition(Colour colour);

}  // namespace huice::render::pdf
