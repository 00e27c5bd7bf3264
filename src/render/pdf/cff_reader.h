// The parts of a Compact Font Format table that embedding needs to read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huice::render::pdf {

/// The Type 2 programs of glyphs 0, 1, 2 … of a bare CFF table; views into it. nullopt when the
/// table is damaged. Source: Adobe Technical Note #5176, clauses 4, 5 and 14.
std::optional<std::vector<std::string_view>> cff_char_strings(std::string_view cff);

/// A Type 2 program without subroutines and hints, from its first move on: without the width that
/// may stand before it. nullopt for what is not such a program, and for the accented characters of
/// old fonts (endchar with operands). Source: Adobe Technical Note #5177, clauses 3.1 and 4.1.
std::optional<std::string_view> without_width(std::string_view program);

/// The program without width, moved right by `units`.
std::string moved_right(std::string_view program, int units);

/// A whole number as a Type 2 program or a DICT writes it, |value| < 32768.
std::string type2_number(int value);

}  // namespace huice::render::pdf
