// An official document (公文) as a tree: what it says and what each part is, before any layout.
// Element names follow GB/T 9704-2012.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "model/table.h"

namespace huice::model {

/// A stretch of text in one style.
struct Run {
  std::string text;
  bool strong = false;
};

/// Body text; level 0 is plain, 1 to 4 are the headings 一、 （一） 1. （1） of 7.3.3.
/// The ordinal is part of the text. A heading that runs on into body text (`（一）…。…`) has
/// its heading sentence in `runs` and the rest in `continuation`.
struct Paragraph {
  int level = 0;
  std::vector<Run> runs;
  std::vector<Run> continuation;
  Align align = Align::Auto;  ///< Auto: justified with a first-line indent of two characters
  SourceSpan where;
};

struct TableBlock {
  Table table;
  std::string caption;  ///< centred above the table; may be empty
  SourceSpan where;
};

struct PageBreak {};

using Block = std::variant<Paragraph, TableBlock, PageBreak>;

enum class Format { Document, Letter, Order, Minutes, Plain };  ///< 文件 信函 命令(令) 纪要 无版头

/// 版头, clause 7.2.
struct Head {
  std::string copy_number;           ///< 份号
  std::string secrecy;               ///< 密级和保密期限
  std::string urgency;               ///< 紧急程度
  std::vector<std::string> issuers;  ///< 发文机关标志, without 文件; the host office first
  bool with_file_word = true;        ///< whether 文件 follows the name
  std::string number;                ///< 发文字号
  std::vector<std::string> signers;  ///< 签发人, only upwards
};

/// 署名, 成文日期 and 印章, clause 7.3.5.
struct Signature {
  enum class Seal { Sealed, Unsealed };
  std::vector<std::string> offices;
  std::string date;  ///< `2026年5月7日`
  Seal seal = Seal::Sealed;
};

/// An annex, or a text issued by the notice (印发类: the 实施方案 itself, with no label).
struct Annex {
  std::string label;  ///< `附件1`; empty for the issued text
  std::string title;
  std::vector<Block> blocks;
  std::vector<std::string> attachments;  ///< its own 附件说明, names only
  bool landscape = false;
};

/// 版记, clause 7.4.
struct Imprint {
  std::vector<std::string> copies;  ///< 抄送 offices
  std::string office;               ///< 印发机关
  std::string date;                 ///< 印发日期 without 印发
};

struct Document {
  Format format = Format::Document;
  Head head;
  std::string title;                    ///< line breaks wanted by the author are `\n`
  std::vector<std::string> addressees;  ///< 主送机关
  std::vector<Block> blocks;
  std::vector<std::string> attachments;  ///< 附件说明, names only
  Signature signature;
  std::string note;  ///< 附注, without the brackets
  std::vector<Annex> annexes;
  Imprint imprint;
};

}  // namespace huice::model
