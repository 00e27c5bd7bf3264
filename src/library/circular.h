// An official document as the library sees it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"

namespace huice::library {

enum class BlockKind { Heading, Paragraph, TableRow, Signature };

/// A paragraph of the text and what part it plays.
struct Block {
  BlockKind kind = BlockKind::Paragraph;
  int level = 0;  ///< of headings, 1 (an annex) to 9
  std::string text;

  friend bool operator==(const Block&, const Block&) = default;
};

/// A document named in the text: by 《title》, by number, or by both.
struct Citation {
  std::string title;   ///< without 《》; may be empty
  std::string number;  ///< normalised 发文字号; may be empty

  friend auto operator<=>(const Citation&, const Citation&) = default;
};

struct Circular {
  std::string title;
  bool title_guessed = false;     ///< the file has no title; this is how its text begins
  std::string number;             ///< normalised 发文字号, `国发〔2019〕4号`; may be empty
  std::string issuer;             ///< joint issuers are joined by 、; may be empty
  std::string genre;              ///< 文种: 通知, 意见, 条例 …; may be empty
  std::string addressee;          ///< 主送机关 without the colon; may be empty
  std::string region;             ///< `湖南省/邵阳市/新邵县`, `全国` or empty
  std::optional<Date> date;       ///< 成文日期; adoption of a regulation; else when published
  std::optional<Date> amended;    ///< the last amendment the text names
  std::optional<Date> effective;  ///< 自…起施行, where a day is given
  std::vector<Block> blocks;
  std::vector<Citation> citations;  ///< in order of first mention, each once

  friend bool operator==(const Circular&, const Circular&) = default;
};

/// A piece of a circular that is found as one: the paragraphs below one heading, about
/// kPassageLetters long.
struct Passage {
  std::vector<std::string> headings;  ///< from the outermost
  std::string text;                   ///< paragraphs joined by line ends

  friend bool operator==(const Passage&, const Passage&) = default;
};

inline constexpr std::size_t kPassageLetters = 360;

}  // namespace huice::library
