#include "library/terms.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "base/utf8.h"
#include "library/sha256.h"
#include "text/normalize.h"
#include "text/numbers.h"

namespace huice::library {
namespace {

constexpr char kBetween = '\x1f';  // no text of a circular holds it: readers drop controls

constexpr std::size_t kShortWord = 3;  // letters
constexpr unsigned kLetterBits = 21;   // of a code point
constexpr std::uint64_t kLetterMask = (std::uint64_t{1} << kLetterBits) - 1;

constexpr unsigned kHalf = 32;
constexpr std::uint64_t kLowerHalf = 0xFFFFFFFF;
constexpr std::uint64_t kAlone = std::uint64_t{1} << 63;

/// Of sorted keys, each once.
template <class Key>
void add_up_equal(std::vector<std::pair<Key, unsigned>>& counts) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (kept > 0 && counts[kept - 1].first == counts[i].first) {
      counts[kept - 1].second += counts[i].second;
      continue;
    }
    if (kept != i) counts[kept] = std::move(counts[i]);
    ++kept;
  }
  counts.resize(kept);
}

/// Sorted, each key once.
template <class Key>
std::vector<std::pair<Key, unsigned>> added_up(std::vector<std::pair<Key, unsigned>> counts) {
  std::ranges::sort(counts, {}, [](const auto& count) -> const Key& { return count.first; });
  add_up_equal(counts);
  return counts;
}

Counts short_words_of(std::vector<std::pair<std::uint64_t, unsigned>> codes) {
  Counts words;
  for (const auto& [code, times] : added_up(std::move(codes))) {
    std::string term;
    for (std::size_t left = kShortWord; left-- > 0;) {
      const auto letter = static_cast<char32_t>(code >> (left * kLetterBits) & kLetterMask);
      if (letter != 0) append_utf8(term, letter);
    }
    words.emplace_back(std::move(term), times);
  }
  return words;
}

Counts letters_of(std::vector<std::pair<std::uint64_t, unsigned>> codes) {
  Counts letters;
  for (const auto& [code, times] : added_up(std::move(codes))) {
    const bool alone = (code & kAlone) != 0;
    std::string term(alone ? prefix::kLetter : prefix::kPair);
    if (!alone) append_utf8(term, static_cast<char32_t>(code >> kHalf));
    append_utf8(term, static_cast<char32_t>(code & kLowerHalf));
    letters.emplace_back(std::move(term), times);
  }
  return letters;
}

Counts merged(Counts one, Counts other) {
  Counts counts;
  counts.reserve(one.size() + other.size());
  std::merge(std::move_iterator(one.begin()), std::move_iterator(one.end()),
             std::move_iterator(other.begin()), std::move_iterator(other.end()),
             std::back_inserter(counts));
  add_up_equal(counts);
  return counts;
}

}  // namespace

std::string day_value(const Date& day) {
  std::string value = day.to_iso();
  std::erase(value, '-');
  return value;
}

std::string pack(const Card& card) {
  std::string value = std::to_string(card.authority);
  for (const std::string_view field :
       {card.day, card.document, card.issuer, card.genre, card.region, card.from, card.until}) {
    value += kBetween;
    value += field;
  }
  return value;
}

Card unpack_card(std::string_view value, CardPart part) {
  const auto next = [&value] {
    const auto end = value.find(kBetween);
    const std::string_view field = value.substr(0, end);
    value.remove_prefix(end == std::string_view::npos ? value.size() : end + 1);
    return field;
  };
  Card card;
  const std::string_view authority = next();
  std::from_chars(authority.data(), authority.data() + authority.size(), card.authority);
  for (std::string_view* field : {&card.day, &card.document, &card.issuer, &card.genre,
                                  &card.region, &card.from, &card.until}) {
    if (value.empty() || (part == CardPart::Head && field == &card.issuer)) break;
    *field = next();
  }
  return card;
}

void TermCounts::add(std::string_view utf8, unsigned times) {
  const text::Folded folded = text::fold_with_origin(utf8);
  const std::u32string_view letters = folded.text;
  for (const auto& [begin, end] : segmenter_->spans(letters))
    add_word(letters.substr(begin, end - begin), times);
  add_numbers(letters, times);
  add_letters(letters, times);
}

void TermCounts::add_word(std::u32string_view folded, unsigned times) {
  if (folded.size() > kShortWord) {
    add_term({}, encode_utf8(folded), times);
    return;
  }
  std::uint64_t code = 0;
  for (std::size_t i = 0; i < kShortWord; ++i)
    code = code << kLetterBits | (i < folded.size() ? folded[i] : 0);
  short_words_.emplace_back(code, times);
}

void TermCounts::add_letters(std::u32string_view folded, unsigned times) {
  char32_t last = 0;
  for (const char32_t c : folded) {
    const bool han = text::is_han(c);
    if (han) letters_.emplace_back(kAlone | c, times);
    if (han && last != 0) letters_.emplace_back(std::uint64_t{last} << kHalf | c, times);
    last = han ? c : 0;
  }
}

void TermCounts::add_numbers(std::u32string_view folded, unsigned times) {
  for (const text::FoundNumber& number : text::find_numbers(folded)) {
    // Plain digits are words already.
    const bool plain = encode_utf8(folded.substr(number.offset, number.size)) == number.digits;
    if (!plain) add_term({}, number.digits, times);
  }
}

void TermCounts::add_term(std::string_view prefix, std::string_view term, unsigned times) {
  if (is_term(term)) words_.emplace_back(std::string(prefix).append(term), times);
}

void TermCounts::add(const TermCounts& counted) {
  words_.insert(words_.end(), counted.words_.begin(), counted.words_.end());
  short_words_.insert(short_words_.end(), counted.short_words_.begin(), counted.short_words_.end());
  letters_.insert(letters_.end(), counted.letters_.begin(), counted.letters_.end());
}

void TermCounts::clear() {
  words_.clear();
  short_words_.clear();
  letters_.clear();
}

Counts TermCounts::counts() const {
  return merged(merged(added_up(words_), short_words_of(short_words_)), letters_of(letters_));
}

std::string exact_term(std::string_view prefix, std::string_view value) {
  constexpr std::size_t kMostBytes = 200;  // Xapian's own limit is 245
  std::string term(prefix);
  return term.append(value.size() <= kMostBytes ? std::string(value) : sha256(value));
}

std::vector<std::string> bigrams_of(std::string_view folded) {
  std::vector<std::string> bigrams;
  const std::u32string letters = decode_utf8(folded);
  for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
    if (text::is_han(letters[i]) && text::is_han(letters[i + 1])) {
      bigrams.push_back(encode_utf8(std::u32string_view(letters).substr(i, 2)));
    }
  }
  return bigrams;
}

bool is_term(std::string_view word) {
  constexpr std::size_t kMostBytes = 100;
  return !word.empty() && word.size() <= kMostBytes;
}

}  // namespace huice::library
