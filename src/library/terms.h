// Terms of the index: what is looked up, under which prefix.
//
// Prefixes are capitals, folded text has none, so no two kinds share a term. Title, headings and
// text of a passage share their terms: a field that weighs more counts several times (BM25F), so
// that a word asked for is one list to read, not three.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "text/words.h"

namespace huice::library {

/// Kinds of terms that texts are made into. Words stand without a prefix.
namespace prefix {
inline constexpr std::string_view kPair = "B";    ///< two neighbouring Han letters
inline constexpr std::string_view kLetter = "C";  ///< one Han letter
}  // namespace prefix

/// Exact values.
namespace prefix {
inline constexpr std::string_view kKind = "X";         ///< XD a document, XP a passage
inline constexpr std::string_view kId = "K";           ///< of the document, on it and its passages
inline constexpr std::string_view kPath = "Q";         ///< hash of the file's path
inline constexpr std::string_view kFingerprint = "F";  ///< of the file's bytes
inline constexpr std::string_view kNumber = "N";       ///< own 发文字号
inline constexpr std::string_view kTitleKey = "L";     ///< own titles
inline constexpr std::string_view kCitedNumber = "CN";
inline constexpr std::string_view kCitedTitle = "CT";
inline constexpr std::string_view kRepealedNumber = "CX";  ///< on the document that repeals it
inline constexpr std::string_view kRepealedTitle = "CY";
inline constexpr std::string_view kIssuer = "I";
inline constexpr std::string_view kGenre = "G";
inline constexpr std::string_view kRegion = "R";  ///< each part of the path
inline constexpr std::string_view kInitials =
    "Y";  ///< pinyin initials of issuers, places and enterprises
}  // namespace prefix

/// Slots of values beside the terms.
inline constexpr unsigned kDateSlot = 0;      ///< 20220507 of the newest version; empty: none
inline constexpr unsigned kDocumentSlot = 1;  ///< id, by which passages collapse
inline constexpr unsigned kCardSlot = 2;      ///< what ranking and facets need, see Card
inline constexpr unsigned kFromSlot = 3;      ///< Card::from
inline constexpr unsigned kUntilSlot = 4;     ///< Card::until

/// Days that are not told, as they compare with others.
inline constexpr std::string_view kSinceEver = "0";
inline constexpr std::string_view kWithoutEnd = "9";

/// A day as values of the index have it: 20220507.
std::string day_value(const Date& day);

/// What is read of every candidate; one value, so that a remote database sends it with the match.
/// The texts are borrowed.
struct Card {
  int authority = 100;   ///< hundredths by which its title counts more
  std::string_view day;  ///< as in kDateSlot
  std::string_view document;
  std::string_view issuer;
  std::string_view genre;
  std::string_view region;               ///< the whole path
  std::string_view from = kSinceEver;    ///< first day on which it holds
  std::string_view until = kWithoutEnd;  ///< last day of its own term
};

std::string pack(const Card& card);
/// How much of a card is read: all, or what stands before the issuer, for a thousand candidates.
enum class CardPart { Head, Whole };
/// Borrows from `value`. Fields that are not read or not there stay as they are by default.
Card unpack_card(std::string_view value, CardPart part = CardPart::Whole);

/// Terms, each once, with how often they are in a text; in the order of their bytes.
using Counts = std::vector<std::pair<std::string, unsigned>>;

/// Gathers the terms of texts. Cost: a sort at the end; no term is looked up on the way.
class TermCounts {
 public:
  explicit TermCounts(const text::Segmenter& segmenter) : segmenter_(&segmenter) {}

  /// Counts the words, numbers, pairs and letters of a text; all of it `times` times.
  void add(std::string_view utf8, unsigned times = 1);
  /// The pairs and letters of a folded text alone.
  void add_letters(std::u32string_view folded, unsigned times = 1);
  void add_numbers(std::u32string_view folded, unsigned times = 1);
  void add_term(std::string_view prefix, std::string_view term, unsigned times = 1);
  /// Adds what another has counted, so that a title is cut once for all passages below it.
  void add(const TermCounts& counted);
  void clear();

  Counts counts() const;

 private:
  using Codes = std::vector<std::pair<std::uint64_t, unsigned>>;

  void add_word(std::u32string_view folded, unsigned times);

  const text::Segmenter* segmenter_;
  Counts words_;  ///< with their prefixes; the same word may come again
  /// Words of up to three letters, most of any text, as three code points from the top: numbers
  /// are quick to sort, and stand in the order of their terms. As words_.
  Codes short_words_;
  Codes letters_;  ///< pairs as two code points, the first in the upper half; then letters
};

/// prefix + value; values too long for the engine are cut to a hash.
std::string exact_term(std::string_view prefix, std::string_view value);

/// Pairs of neighbouring Han letters of a folded text; pairs never reach over marks or blanks.
std::vector<std::string> bigrams_of(std::string_view folded);

/// False for words the engine could not hold; they are no words of any language.
bool is_term(std::string_view word);

}  // namespace huice::library
