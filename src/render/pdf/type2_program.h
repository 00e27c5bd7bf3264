// Type 2 programs, which draw the glyphs of CFF fonts.
// Source: Adobe Technical Note #5177, The Type 2 Charstring Format.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "render/pdf/cff_index.h"

namespace huice::render::pdf {

/// Subroutines call one another at most this deep (clause 4.7 says 10).
inline constexpr int kMaxSubroutineDepth = 10;
/// Numbers and operators of a glyph, subroutines counted as often as they are called.
inline constexpr std::size_t kMaxProgramTokens = 65'536;
/// Clause 4.1 says 48; fonts that keep to CFF2's limit are drawn all the same.
inline constexpr std::size_t kMaxType2Operands = 513;

/// `program` with its subroutines put in their places, without hints and without the width that may
/// stand before it: from its first move on. nullopt for what is damaged, does arithmetic, begins
/// without a move, or composes an accented character (endchar with operands).
std::optional<std::string> plain_program(std::string_view program, const CffIndex& global,
                                         const CffIndex& local);

/// A plain program moved right by `units`.
std::string moved_right(std::string_view program, int units);

/// A whole number as a Type 2 program or a DICT writes it, |value| < 32768.
std::string type2_number(int value);

}  // namespace huice::render::pdf
