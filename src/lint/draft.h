// A draft of an official document as the rules of lint see it: paragraphs, each with the part it
// plays and its place in the file. Parts are those of GB/T 9704-2012, clause 7.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "model/document.h"
#include "model/value.h"

namespace huice::lint {

/// Letters of one draft: fifty times what a long notice with its annexes has.
inline constexpr std::size_t kMaxDraftLetters = 2'000'000;

/// A line of a file before anything is known of it.
struct Line {
  std::u32string text;   ///< as written, without the line end
  SourceSpan where;      ///< of its first letter
  std::size_t skip = 0;  ///< letters at its start that are notation: `## ` of Markdown
  bool after_gap = false;
  bool table_row = false;  ///< cells parted by `|`
};

enum class Role {
  CopyNumber,   ///< 份号
  Secrecy,      ///< 密级和保密期限
  Urgency,      ///< 紧急程度
  Letterhead,   ///< 发文机关标志
  Number,       ///< 发文字号, and 签发人 in the same line
  Signer,       ///< 签发人
  Title,        ///< 标题, one paragraph for each of its lines
  Addressee,    ///< 主送机关
  Body,         ///< 正文, headings among it
  Attachments,  ///< 附件说明, one paragraph for each of its lines
  Office,       ///< 署名
  Date,         ///< 成文日期
  Note,         ///< 附注
  AnnexLabel,   ///< 附件1
  AnnexTitle,   ///< the title of an annex or of the text that is issued
  Row,          ///< a row of a table
  Copies,       ///< 抄送
  Printing      ///< 印发机关和印发日期
};

struct Paragraph {
  Role role = Role::Body;
  int part = 0;            ///< 0 is the document itself, then the issued text and the annexes
  std::u32string text;     ///< without blanks at its ends
  std::size_t line = 0;    ///< which of the lines read
  std::size_t offset = 0;  ///< letters of that line before `text`
  SourceSpan where;        ///< of the first letter of `text`
  std::u32string indent;   ///< the blanks before `text`
  std::vector<std::u32string> cells;  ///< of a Row
};

/// What the draft is, and therefore which rules apply to it.
enum class Kind {
  Official,    ///< 公文: it has a number, a letterhead, or an addressee
  Regulation,  ///< 条例, 规定 … in articles: the rules of 公文 do not apply
  Text         ///< a plan, a table, a few paragraphs
};

struct Draft {
  Kind kind = Kind::Text;
  bool laid_out_by_us = false;  ///< made from a template: what layout adds is not asked for
  bool texts_apart = false;     ///< of a data file: no text follows another
  std::vector<Paragraph> paragraphs;
  std::u32string title;   ///< its lines joined, without blanks
  std::u32string genre;   ///< 文种 at the end of the title; empty when it is none of the fifteen
  std::u32string issuer;  ///< 发文机关, from letterhead, title or 署名; empty when unknown
  std::u32string number;  ///< 发文字号 as written
  std::optional<Date> date;  ///< 成文日期

  /// The first paragraph in that role; nullptr when there is none.
  const Paragraph* first(Role role) const;
  std::vector<const Paragraph*> all(Role role) const;
};

/// The lines of plain text. Errors: TooLarge `lint.too-large`.
Result<std::vector<Line>> lines_of_text(std::string_view utf8, const std::string& file);

/// As lines_of_text; front matter and fenced blocks are left out, marks of headings, lists and
/// quotations are skipped.
Result<std::vector<Line>> lines_of_markdown(std::string_view utf8, const std::string& file);

/// The lines by the part each plays. Never fails: what is not known is Body.
Draft read_draft(std::vector<Line> lines);

/// The draft that a finished document is.
Draft draft_of(const model::Document& document, const std::string& file);

/// The texts of a file of values, each a paragraph with its place and the path to it.
Draft draft_of(const model::Value& values);

/// The 15 文种 of 《党政机关公文处理工作条例》第八条.
const std::vector<std::u32string_view>& genres();

}  // namespace huice::lint
