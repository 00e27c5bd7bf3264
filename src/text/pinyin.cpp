#include "text/pinyin.h"

#include <memory>

#include <unicode/translit.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/normalize.h"

namespace huice::text {
namespace {

/// Made once, never changed; nullptr without ICU's data.
const icu::Transliterator* spoken() {
  static const std::unique_ptr<const icu::Transliterator> made = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> han(
        icu::Transliterator::createInstance("Han-Latin; Latin-ASCII", UTRANS_FORWARD, status));
    return U_FAILURE(status) ? nullptr : std::move(han);
  }();
  return made.get();
}

bool is_sound(char32_t c) {
  return c < 0x80 && u_isalnum(static_cast<UChar32>(c)) != 0;
}

}  // namespace

std::vector<std::string> pinyin_of(std::string_view utf8) {
  const auto* transliterator = spoken();
  std::vector<std::string> syllables;
  for (const char32_t letter : decode_utf8(fold(utf8))) {
    if (!is_han(letter)) {
      if (is_sound(letter)) syllables.push_back(encode_utf8(std::u32string(1, letter)));
      continue;
    }
    if (transliterator == nullptr) continue;
    icu::UnicodeString one(static_cast<UChar32>(letter));
    transliterator->transliterate(one);
    std::string syllable;
    for (int32_t i = 0; i < one.length(); ++i) {
      const auto c = static_cast<char32_t>(u_tolower(one.char32At(i)));
      if (is_sound(c)) syllable += static_cast<char>(c);
    }
    if (!syllable.empty()) syllables.push_back(std::move(syllable));
  }
  return syllables;
}

std::string pinyin_initials(std::string_view utf8) {
  std::string initials;
  for (const std::string& syllable : pinyin_of(utf8))
    initials += syllable.front();
  return initials;
}

}  // namespace huice::text
