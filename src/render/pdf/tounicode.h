// The way back from codes to characters, so that text can be copied and searched.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace huice::render::pdf {

/// UTF-16 with the high byte first, surrogate pairs beyond U+FFFF.
std::string utf16be(std::u32string_view text);

/// A ToUnicode CMap for two-byte codes: `texts[code]`, empty where a code stands for nothing.
/// Source: ISO 32000-1:2008, 9.10.3.
std::string to_unicode_cmap(const std::vector<std::u32string>& texts);

}  // namespace huice::render::pdf
