// Where a character that no font has stands in the files it came from.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"

namespace huice::app {

/// `error` with every `font.no-glyph` at the line and column of its character: in the file that the
/// finding names, from the place it names on; else in the first of `files` that has the character.
/// A finding whose character is written in none (as an escape, say) keeps its place; two at one
/// place become one. Other errors stay as they are.
Error with_glyph_places(Error error, const std::vector<std::filesystem::path>& files);

}  // namespace huice::app
