#include "text/normalize.h"

#include <array>
#include <memory>
#include <unordered_map>

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/utf8.h"

namespace huice::text {
namespace {

constexpr std::size_t kTableSize = 0x10000;

std::u32string code_points_of(const icu::UnicodeString& text) {
  std::u32string code_points;
  for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1))
    code_points.push_back(static_cast<char32_t>(text.char32At(at)));
  return code_points;
}

/// What every code point of the basic plane folds to. Built once, never changed: ICU's
/// transliterator costs microseconds a letter, this a load.
class FoldTable {
 public:
  FoldTable() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status)) nfkc = nullptr;
    simplify_han();
    for (std::size_t c = 0; c < kTableSize; ++c) {
      if (U_IS_SURROGATE(c) || one_[c] != 0) continue;
      one_[c] = static_cast<char32_t>(c);
      const bool unchanged = c < 'A' || (c >= 0xAC00 && c < 0xD7A4);  // ASCII marks, Hangul
      if (nfkc == nullptr || unchanged) continue;
      const icu::UnicodeString letter(static_cast<UChar32>(c));
      const std::u32string folded = code_points_of(nfkc->normalize(letter, status));
      if (folded.size() == 1 && folded[0] < kTableSize && one_[folded[0]] != 0) {
        one_[c] = one_[folded[0]];
      } else if (folded.size() == 1) {
        one_[c] = folded[0];
      } else {  // ㎡ is two letters; a zero-width mark is none
        one_[c] = 0;
        many_.emplace(static_cast<char32_t>(c), folded);
      }
    }
  }

  void append(char32_t c, std::u32string& out) const {
    if (c >= kTableSize) {
      out += c;
    } else if (one_[c] != 0) {
      out += one_[c];
    } else if (const auto found = many_.find(c); found != many_.end()) {
      out += found->second;
    }
  }

 private:
  /// Letters are kept apart by newlines, so that no rule for phrases applies.
  void simplify_han() {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> simplify(
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
    if (U_FAILURE(status) || simplify == nullptr) return;
    constexpr char32_t kFirstHan = 0x3400;
    constexpr char32_t kEndHan = 0xA000;
    constexpr char32_t kAtOnce = 128;  // a rule shifts the rest of the text it works on
    for (char32_t first = kFirstHan; first < kEndHan; first += kAtOnce) {
      icu::UnicodeString block;
      for (char32_t c = first; c < first + kAtOnce; ++c)
        block.append(static_cast<UChar32>(c)).append(u'\n');
      simplify->transliterate(block);
      const std::u32string lines = code_points_of(block);
      if (lines.size() != 2 * kAtOnce) continue;
      for (std::size_t i = 0; i < kAtOnce; ++i)
        one_[first + i] = lines[2 * i];
    }
  }

  std::array<char32_t, kTableSize> one_{};
  std::unordered_map<char32_t, std::u32string> many_;
};

const FoldTable& fold_table() {
  static const auto table = std::make_unique<const FoldTable>();
  return *table;
}

bool is_blank(char32_t c) {
  return c == U'\uFEFF' || c == U'\u200B' || u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

}  // namespace

Folded fold_with_origin(std::string_view utf8) {
  const FoldTable& table = fold_table();
  Folded folded;
  folded.text.reserve(utf8.size() / 2);
  folded.origin.reserve(utf8.size() / 2);
  for (std::size_t at = 0; at < utf8.size();) {
    const auto next = first_code_point(utf8.substr(at)).value_or(CodePoint{0xFFFD, 1});
    table.append(next.value, folded.text);
    folded.origin.resize(folded.text.size(), at);
    at += next.size;
  }
  folded.origin.push_back(utf8.size());
  return folded;
}

std::string fold(std::string_view utf8) {
  return encode_utf8(fold_with_origin(utf8).text);
}

std::string_view trimmed(std::string_view utf8) {
  std::size_t first = utf8.size();
  std::size_t last = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto next = first_code_point(utf8.substr(at)).value_or(CodePoint{0xFFFD, 1});
    if (!is_blank(next.value)) {
      first = std::min(first, at);
      last = at + next.size;
    }
    at += next.size;
  }
  return first < last ? utf8.substr(first, last - first) : std::string_view();
}

std::string single_spaced(std::string_view utf8) {
  std::string spaced;
  bool gap = false;
  for (const char32_t c : decode_utf8(trimmed(utf8))) {
    if (is_blank(c)) {
      gap = true;
      continue;
    }
    if (gap) spaced += ' ';
    gap = false;
    append_utf8(spaced, c);
  }
  return spaced;
}

bool is_han(char32_t c) {
  if (c < 0x2E80) return false;
  if (c >= 0x4E00 && c <= 0x9FFF) return true;  // the block of ideographs, most of any text
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_HAN;
}

}  // namespace huice::text
