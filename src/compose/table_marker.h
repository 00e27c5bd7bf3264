// How a data table travels through the expanded text to the Markdown pass.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace huice::compose {

/// The marker is a paragraph of its own between two noncharacters, which no text may contain.

std::string table_marker(std::size_t index);
/// The index, if `text` is exactly one marker.
std::optional<std::size_t> marked_table(std::string_view text);
bool has_marker(std::string_view text);

}  // namespace huice::compose
