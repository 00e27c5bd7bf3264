// Where words end, by ICU's dictionary alone. Apart from words.h because what folds text needs more
// of ICU: a program that only sets type does not load that.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace huice::text {

/// For every letter of `text`, where the word of ICU's dictionary that holds it ends. A mark is a
/// word. Text is taken as it stands: who needs no folding need not wait for its tables.
std::vector<std::size_t> word_ends(std::u32string_view text);

}  // namespace huice::text
