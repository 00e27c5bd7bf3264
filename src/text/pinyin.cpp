#include "text/pinyin.h"

#include <memory>
#include <set>
#include <utility>

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

/// Nothing for a mark.
std::string syllable_of(char32_t letter) {
  const auto* transliterator = spoken();
  if (!is_han(letter)) {
    return is_sound(letter) ? encode_utf8(std::u32string(1, letter)) : std::string();
  }
  if (transliterator == nullptr) return {};
  icu::UnicodeString one(static_cast<UChar32>(letter));
  transliterator->transliterate(one);
  std::string syllable;
  for (int32_t i = 0; i < one.length(); ++i) {
    const auto c = static_cast<char32_t>(u_tolower(one.char32At(i)));
    if (is_sound(c)) syllable += static_cast<char>(c);
  }
  return syllable;
}

}  // namespace

std::vector<std::string> pinyin_of(std::string_view utf8) {
  std::vector<std::string> syllables;
  for (const char32_t letter : decode_utf8(fold(utf8))) {
    std::string syllable = syllable_of(letter);
    if (!syllable.empty()) syllables.push_back(std::move(syllable));
  }
  return syllables;
}

std::vector<std::string> pinyin_initials(std::string_view utf8, const Readings& readings) {
  std::vector<std::string> ways = {""};
  for (const char32_t letter : decode_utf8(fold(utf8))) {
    std::set<char> firsts;
    if (const auto known = readings.find(letter); known != readings.end()) {
      for (const std::string& syllable : known->second)
        firsts.insert(syllable.front());
    } else if (const std::string syllable = syllable_of(letter); !syllable.empty()) {
      firsts.insert(syllable.front());
    }
    if (firsts.empty()) continue;
    std::vector<std::string> longer;
    for (const std::string& way : ways) {
      for (const char first : firsts) {
        if (longer.size() < kMostInitials) longer.push_back(way + first);
      }
    }
    ways = std::move(longer);
  }
  if (ways.front().empty()) return {};
  return ways;
}

}  // namespace huice::text
