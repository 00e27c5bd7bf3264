// Where the title of a document stands among its first lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "library/readers.h"
#include "library/settings.h"

namespace huice::library {

/// Lines [begin, end) and what they say as one. Empty where begin == end.
struct FoundTitle {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

/// How many of the first lines may hold the title and what stands above it.
inline constexpr std::size_t kTopLines = 20;

/// The lines from `begin` on that look most like the title of the document: they end in a 文种,
/// have a subject, are marked as a heading, or repeat `known`, the title that the page gives.
FoundTitle find_title(const std::vector<SourceLine>& lines, std::size_t begin,
                      std::string_view known, const IndexSettings& settings);

/// The title that starts at line `begin`, of the document or of an annex.
FoundTitle title_at(const std::vector<SourceLine>& lines, std::size_t begin,
                    const IndexSettings& settings);

/// Regulations: 2005年5月20日 … 第二十次会议通过.
bool is_adoption(std::string_view line);

}  // namespace huice::library
