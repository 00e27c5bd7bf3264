// One page as PDF operators.
#pragma once

#include <string>
#include <vector>

#include "layout/pages.h"
#include "render/pdf/font_subset.h"

namespace huice::render::pdf {

/// A length in PDF points with up to four decimals: `79.3701`, `-0.5`, `16`.
std::string points(Length length);

/// The content of `page` with fonts named /F0, /F1 … in the order of `fonts`. Every glyph stands
/// within 1/100000 em of its place; colours are DeviceCMYK as GB/T 9704-2012, 6.2 gives the inks.
std::string content_of(const layout::Page& page, const std::vector<FontSubset>& fonts);

}  // namespace huice::render::pdf
