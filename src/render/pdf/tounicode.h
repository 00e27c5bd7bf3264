// The way back from codes to characters, so that text can be copied and searched.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace huice::render::pdf {

/// UTF-16 with the high byte first, surrogate pairs beyond U+FFFF.
std::string utf16be(std::u32string_view text);

/// A ToUnicode CMap for two-byte codes. Source: ISO 32000-1:2008, 9.10.3.
std::string to_unicode_cmap(const std::map<std::uint16_t, std::u32string>& texts);

}  // namespace huice::render::pdf
