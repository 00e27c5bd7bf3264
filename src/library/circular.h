// An official document as the library sees it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/money.h"

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

/// Where a field of a circular was read.
enum class Place {
  None,        ///< the field is empty
  PageHead,    ///< the card or the head of a web page
  Letterhead,  ///< 版头, above the title
  Title,
  Adoption,   ///< who adopted a regulation, and when
  Signature,  ///< 署名, 成文日期
  Colophon,   ///< 版记
  Text,
  AgencyCode  ///< told by the code in the 发文字号
};

/// What stands above the title beside the 发文字号 (GB/T 9704-2012, 7.2); mostly empty.
struct Letterhead {
  std::string copy_number;  ///< 份号
  std::string secrecy;      ///< 密级和保密期限
  std::string urgency;      ///< 紧急程度
  std::string signer;       ///< 签发人

  friend bool operator==(const Letterhead&, const Letterhead&) = default;
};

enum class FactKind {
  Term,      ///< 有效期; `date` is the last day on which the document holds
  Repeal,    ///< another document is repealed
  Revision,  ///< another document, or this one, is amended
  Deadline,  ///< 于5月20日前报; `date` is the last day
  Amount,    ///< `money`
  Contact    ///< who answers questions
};

/// A statement of the text that people look for, and its place.
struct Fact {
  FactKind kind = FactKind::Term;
  std::string text;          ///< as it is written
  std::optional<Date> date;  ///< where the text leaves no doubt about the day
  std::optional<Money> money;
  std::size_t block = 0;   ///< of Circular::blocks
  std::size_t offset = 0;  ///< bytes, in the block's text

  friend bool operator==(const Fact&, const Fact&) = default;
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
  std::optional<Date> expires;    ///< the last day of its 有效期
  Letterhead letterhead;
  Place title_from = Place::None;
  Place number_from = Place::None;
  Place issuer_from = Place::None;
  Place date_from = Place::None;
  std::vector<Block> blocks;
  std::vector<Citation> citations;  ///< in order of first mention, each once
  std::vector<Citation> repeals;    ///< those of them that it repeals
  std::vector<Fact> facts;          ///< in order of the text

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
