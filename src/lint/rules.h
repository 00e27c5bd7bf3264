// What a rule is, what it finds, and the families in which rules come.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lint/draft.h"

namespace huice::lint {

/// The words of the sources: 必须 where they say 应当 or 不得, 建议 where they say 一般 or 可以,
/// where the source is practice, and where only a person can be sure.
enum class Strength { Must, Should };

struct Rule {
  std::string_view id;  ///< stable: `half-width-mark`
  Strength strength = Strength::Should;
  std::string_view source;  ///< Chinese
  std::string_view says;    ///< Chinese, one sentence
  bool mechanical = false;  ///< has edits that need no judgement
};

/// Replaces `size` letters of a paragraph, from `begin`, by `text`.
struct Edit {
  std::size_t begin = 0;
  std::size_t size = 0;
  std::u32string text;
};

struct Finding {
  const Rule* rule = nullptr;
  SourceSpan where;
  std::string message;
  std::string proposal;  ///< what to write instead; empty when only the author knows
  std::string excerpt;   ///< the paragraph, shortened
  std::size_t paragraph = 0;
  std::vector<Edit> edits;
};

/// What a rule says of one place.
struct Remark {
  std::size_t at = 0;  ///< letter of the paragraph
  std::string message;
  std::string proposal = {};
  std::vector<Edit> edits = {};
};

/// A document cited in the draft, by 《title》, by number, or by both.
struct CitedName {
  std::u32string title;  ///< without 《》
  std::u32string number;
};

/// What a library knows of a cited document.
struct Basis {
  std::string title;
  std::string number;
  std::string lapse;  ///< why it no longer holds, a clause in Chinese; empty while it does
};
using BasisOf = std::function<std::optional<Basis>(const CitedName&)>;

/// House style: wrong word to right word.
using OwnWords = std::map<std::u32string, std::u32string>;

/// What the caller wants checked beyond the built-in.
struct Choice {
  std::set<std::string> rules;  ///< ids; empty: all
  OwnWords own_words;
  BasisOf basis_of;  ///< absent: cited documents are not followed
};

/// Findings of one draft; nobody reads more.
inline constexpr std::size_t kMostFindings = 10'000;

/// Collects findings, the first kMostFindings of them. Rules write into it, nothing else.
class Report {
 public:
  Report(const Draft& draft, const Choice& choice) : draft_(draft), choice_(choice) {}
  /// `paragraph` is one of the draft's.
  void add(const Rule& rule, const Paragraph& paragraph, Remark remark);
  const Choice& choice() const { return choice_; }
  /// In the order of the draft.
  std::vector<Finding> finish() &&;

 private:
  const Draft& draft_;
  const Choice& choice_;
  std::vector<Finding> findings_;
};

/// Rules that look at the same thing together.
struct Family {
  std::string_view name;  ///< Chinese
  std::span<const Rule* const> rules;
  void (*check)(const Draft& draft, Report& report);
};

Family direction_family();   ///< 行文
Family title_family();       ///< 标题
Family head_family();        ///< 版头和主送
Family ending_family();      ///< 署名、日期和版记
Family attachment_family();  ///< 附件
Family numbering_family();   ///< 层次序数
Family citation_family();    ///< 引用
Family mark_family();        ///< 标点
Family pair_family();        ///< 成对的标点
Family date_family();        ///< 日期
Family figure_family();      ///< 数字
Family word_family();        ///< 用词
Family table_family();       ///< 表格
Family length_family();      ///< 篇幅

/// All of them, in the order of docs/lint.md.
const std::vector<Family>& families();

}  // namespace huice::lint
