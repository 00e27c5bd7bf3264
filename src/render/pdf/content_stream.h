// One page as PDF operators.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "layout/pages.h"
#include "render/pdf/glyph_codes.h"

namespace huice::render::pdf {

/// A length in PDF points with up to four decimals: `79.3701`, `-0.5`, `16`.
std::string points(Length length);

/// Which inks the page is printed with.
enum class Colour { Cmyk, Rgb };

/// The content of `page` with fonts named /F0, /F1 … in the order of `fonts`, whose codes grow with
/// what the page uses. Every glyph stands within 1/100000 em of its place; the inks are those of
/// GB/T 9704-2012, 6.2, in CMYK, or black and the red of screens.
std::string content_of(const layout::Page& page, std::vector<GlyphCodes>& fonts,
                       Colour colour = Colour::Cmyk);

/// Draws the pictures of `page` over its content: the image /P<number> at the place of each, in the
/// state /Ink.
std::string content_of_pictures(const layout::Page& page, std::span<const std::size_t> numbers);

}  // namespace huice::render::pdf
