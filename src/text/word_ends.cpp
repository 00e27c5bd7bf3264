#include "text/word_ends.h"

#include <algorithm>
#include <memory>
#include <string>

#include <unicode/brkiter.h>

namespace huice::text {
namespace {

std::u16string utf16(std::u32string_view text) {
  std::u16string units;
  units.reserve(text.size());
  for (const char32_t c : text) {
    if (c < 0x10000) {
      units += static_cast<char16_t>(c);
    } else {
      units += U16_LEAD(c);
      units += U16_TRAIL(c);
    }
  }
  return units;
}

/// Opened once; nullptr without ICU's data. Text is broken by clones of it, one for each thread,
/// since a clone costs as much as a sentence.
const icu::BreakIterator* dictionary() {
  static const auto kBreaks = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<const icu::BreakIterator> breaks(
        icu::BreakIterator::createWordInstance(icu::Locale::getChina(), status));
    return U_FAILURE(status) ? nullptr : std::move(breaks);
  }();
  return kBreaks.get();
}

}  // namespace

std::vector<std::size_t> word_ends(std::u32string_view text) {
  // Without ICU's data every letter is a word.
  std::vector<std::size_t> ends(text.size());
  for (std::size_t i = 0; i < text.size(); ++i)
    ends[i] = i + 1;
  if (dictionary() == nullptr) return ends;
  thread_local const std::unique_ptr<icu::BreakIterator> own(dictionary()->clone());
  const std::u16string units = utf16(text);
  const icu::UnicodeString borrowed(false, units.data(), static_cast<int32_t>(units.size()));
  own->setText(borrowed);
  std::size_t at = 0;
  int32_t unit = 0;
  own->first();
  for (int32_t end = own->next(); end != icu::BreakIterator::DONE; end = own->next()) {
    const std::size_t start = at;
    for (; unit < end; ++at)
      unit += U16_LENGTH(static_cast<UChar32>(text[at]));
    std::fill(ends.begin() + static_cast<std::ptrdiff_t>(start),
              ends.begin() + static_cast<std::ptrdiff_t>(at), at);
  }
  return ends;
}

}  // namespace huice::text
