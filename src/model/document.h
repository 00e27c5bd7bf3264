// An official document (公文) as a tree: what it says and what each part is, before any layout.
// Element names follow GB/T 9704-2012.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/length.h"
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

/// A line of a table of contents or of an index of terms: where to find it.
struct Reference {
  std::string text;
  int level = 1;      ///< 1 is outermost
  std::string pages;  ///< `3` or `3、7`; empty until the pages are known
};

/// 目录: the headings of the text with their pages. layout fills `references`.
struct Contents {
  int levels = 2;  ///< how many levels of headings; annexes and issued texts are level 1
  std::vector<Reference> references;
  SourceSpan where;
};

/// 索引: terms with the pages that they stand on. layout fills `references`.
struct TermIndex {
  std::vector<std::string> terms;
  std::vector<Reference> references;
  SourceSpan where;
};

using Block = std::variant<Paragraph, TableBlock, PageBreak, Contents, TermIndex>;

enum class Format { Document, Letter, Order, Minutes, Plain };  ///< 文件 信函 命令(令) 纪要 无版头

/// 版头, clause 7.2.
struct Head {
  std::string copy_number;           ///< 份号
  std::string secrecy;               ///< 密级和保密期限
  std::string urgency;               ///< 紧急程度
  std::vector<std::string> issuers;  ///< 发文机关标志, without 文件; the host office first
  bool with_file_word = true;        ///< whether 文件 follows the name
  std::string number;                ///< 发文字号; of an order 令号, of minutes their issue
  std::vector<std::string> signers;  ///< 签发人, only upwards
  std::string producer;              ///< 制发机关, only minutes: at the left below the number
  std::string produced;              ///< 制发日期, only minutes: at the right
};

/// An 印章 of an office, or the 签名章 of the one who signs for it.
struct Stamp {
  std::string office;    ///< the 署名 it belongs to; empty for a 签名章
  std::string position;  ///< 职务, in full, only of a 签名章
  std::string name;      ///< 姓名, only of a 签名章
  Length width;          ///< true size; a seal is a circle
  Length height;
  std::string image;  ///< PNG or JPEG as the author named it; empty: the place stays free
  SourceSpan where;   ///< of `image`, whose folder a relative name starts from
};

/// 县级政府 4.5 cm, 国发〔1999〕25号; what a seal measures when nobody says.
inline constexpr Length kSealDiameter = mm(45);
/// Of a 签名章; no rule fixes its size.
inline constexpr Length kNameSealWidth = mm(40);
inline constexpr Length kNameSealHeight = mm(20);

/// 署名, 成文日期 and 印章, clause 7.3.5.
struct Signature {
  enum class Seal { Sealed, Unsealed, NameSeal };  ///< 加盖 不加盖 签名章
  std::vector<std::string> offices;
  std::string date;  ///< `2026年5月7日`
  Seal seal = Seal::Sealed;
  /// Sealed: as many as offices, in their order. NameSeal: one each row, the host office first.
  std::vector<Stamp> stamps;
  bool outlined = false;  ///< whether the place of a stamp without image is drawn
};

/// 出席, 请假 or 列席 of minutes, clause 10.3.
struct Attendance {
  std::string label;
  std::vector<std::string> names;
};

/// An annex, or a text issued by the notice (印发类: the 实施方案 itself, with no label).
struct Annex {
  std::string label;  ///< `附件1`; empty for the issued text
  std::string title;
  std::vector<Block> blocks;
  std::vector<std::string> attachments;  ///< its own 附件说明, names only
  bool landscape = false;
  /// 7.3.7: not bound with the text. Follows the 版记, is numbered by itself and names its
  /// 发文字号.
  bool separate = false;
};

/// 版记, clause 7.4.
struct Imprint {
  std::vector<std::string> copies;  ///< 抄送 offices
  std::string office;               ///< 印发机关
  std::string date;                 ///< 印发日期 without 印发
  bool even_page = false;           ///< on an even page, a blank one before it if need be
};

struct Document {
  Format format = Format::Document;
  Head head;
  std::string title;                    ///< line breaks wanted by the author are `\n`
  std::vector<std::string> addressees;  ///< 主送机关
  std::vector<Block> blocks;
  std::vector<std::string> attachments;  ///< 附件说明, names only
  std::vector<Attendance> attendance;    ///< only of minutes
  Signature signature;
  std::string note;  ///< 附注, without the brackets
  std::vector<Annex> annexes;
  Imprint imprint;
  bool preprinted = false;    ///< 套打: on paper whose red parts are printed already
  bool has_cover = false;     ///< 封面: title and text up to the first page break are a cover
  bool turned_alike = false;  ///< 横排同向: tables on their side all have their head at the left
};

}  // namespace huice::model
