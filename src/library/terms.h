// Terms of the index: what is looked up, under which prefix.
//
// Prefixes are capitals, folded text has none, so no two fields share a term.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/words.h"

namespace huice::library {

/// Fields of text: words under one prefix, pairs of neighbouring letters under another.
struct TextField {
  std::string_view name;  ///< in index/fields.txt; the pairs are `<name>-bigram`
  std::string_view words;
  std::string_view bigrams;
};
inline constexpr TextField kBodyField = {"word", "", "B"};
inline constexpr TextField kTitleField = {"title", "S", "SB"};
inline constexpr TextField kHeadingField = {"heading", "H", "HB"};

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
inline constexpr std::string_view kIssuer = "I";
inline constexpr std::string_view kGenre = "G";
inline constexpr std::string_view kRegion = "R";  ///< each part of the path
}  // namespace prefix

/// Slots of values beside the terms.
inline constexpr unsigned kDateSlot = 0;      ///< 20220507 of the newest version; empty: none
inline constexpr unsigned kDocumentSlot = 1;  ///< id, by which passages collapse
inline constexpr unsigned kIssuerSlot = 2;
inline constexpr unsigned kGenreSlot = 3;
inline constexpr unsigned kRegionSlot = 4;  ///< the whole path

/// prefix + value; values too long for the engine are cut to a hash.
std::string exact_term(std::string_view prefix, std::string_view value);

/// Pairs of neighbouring Han letters of a folded text; pairs never reach over marks or blanks.
std::vector<std::string> bigrams_of(std::string_view folded);

/// False for words the engine could not hold; they are no words of any language.
bool is_term(std::string_view word);

}  // namespace huice::library
