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

constexpr unsigned kHalf = 32;
constexpr std::uint64_t kLowerHalf = 0xFFFFFFFF;
constexpr std::uint64_t kAlone = std::uint64_t{1} << 63;

/// Sorted, each key once.
template <class Key>
std::vector<std::pair<Key, unsigned>> added_up(std::vector<std::pair<Key, unsigned>> counts) {
  std::ranges::sort(counts, {}, [](const auto& count) -> const Key& { return count.first; });
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

Card unpack_card(std::string_view value) {
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
    if (!value.empty()) *field = next();
  }
  return card;
}

void TermCounts::add(std::string_view utf8, unsigned times) {
  const text::Folded folded = text::fold_with_origin(utf8);
  for (const text::Word& word : segmenter_->words(folded))
    add_term({}, word.term, times);
  add_numbers(folded.text, times);
  add_letters(folded.text, times);
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
  letters_.insert(letters_.end(), counted.letters_.begin(), counted.letters_.end());
}

void TermCounts::clear() {
  words_.clear();
  letters_.clear();
}

Counts TermCounts::counts() const {
  Counts letters;
  for (const auto& [code, times] : added_up(letters_)) {
    const bool alone = (code & kAlone) != 0;
    std::string term(alone ? prefix::kLetter : prefix::kPair);
    if (!alone) append_utf8(term, static_cast<char32_t>(code >> kHalf));
    append_utf8(term, static_cast<char32_t>(code & kLowerHalf));
    letters.emplace_back(std::move(term), times);
  }
  Counts words = added_up(words_);
  Counts counts;
  counts.reserve(words.size() + letters.size());
  std::merge(std::move_iterator(words.begin()), std::move_iterator(words.end()),
             std::move_iterator(letters.begin()), std::move_iterator(letters.end()),
             std::back_inserter(counts));
  return counts;
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
