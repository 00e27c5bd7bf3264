// Phrases that a title of a 公文 keeps on one line, beyond the words of the dictionary:
// institutions, 文种 phrases, laws and terms of the trade.
#pragma once

#include <cstddef>
#include <string_view>

namespace huice::layout {

/// Characters of the longest phrase that begins `text`; 0 when none does.
std::size_t longest_title_term(std::u32string_view text);

}  // namespace huice::layout
