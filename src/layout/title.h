// Where a title breaks (7.3.1): whole words, and lines that make a 梯形 or a 菱形.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace huice::layout {

/// Titles longer than this are broken like body text.
inline constexpr std::size_t kLongestShapedTitle = 120;

/// Cuts `title` into lines of at most `cells` Chinese characters. Breaks the author made (`\n`)
/// are kept as they are, and then no others are made.
std::vector<std::string> break_title(std::string_view title, int cells);

}  // namespace huice::layout
