#include "lint/rules.h"

#include <algorithm>

#include "base/utf8.h"

namespace huice::lint {
namespace {

/// The paragraph round letter `at`, for people to recognise.
std::string excerpt_of(const std::u32string& text, std::size_t at) {
  constexpr std::size_t kBefore = 12;
  constexpr std::size_t kLetters = 36;
  const std::size_t begin = at > kBefore ? at - kBefore : 0;
  const std::u32string_view piece = std::u32string_view(text).substr(begin, kLetters);
  return (begin > 0 ? "…" : "") + encode_utf8(piece) +
         (begin + piece.size() < text.size() ? "…" : "");
}

}  // namespace

void Report::add(const Rule& rule, const Paragraph& paragraph, Remark remark) {
  if (!choice_.rules.empty() && !choice_.rules.contains(std::string(rule.id))) return;
  if (findings_.size() >= kMostFindings) return;
  const std::size_t at = std::min(remark.at, paragraph.text.size());
  SourceSpan where = paragraph.where;
  // Values and expanded templates know where they come from, not each of their letters.
  const bool exact =
      where.line > 0 ? where.part.empty() && !draft_.laid_out_by_us : !where.part.empty();
  if (exact && where.column > 0) where.column += static_cast<int>(at);
  findings_.push_back({.rule = &rule,
                       .where = std::move(where),
                       .message = std::move(remark.message),
                       .proposal = std::move(remark.proposal),
                       .excerpt = excerpt_of(paragraph.text, at),
                       .paragraph = static_cast<std::size_t>(&paragraph - &draft_.paragraphs[0]),
                       .edits = std::move(remark.edits)});
}

std::vector<Finding> Report::finish() && {
  // A half-width colon behind 抄送 is one fault, told by the rule that knows 抄送: the first.
  std::set<std::pair<std::size_t, std::size_t>> replaced;  // paragraph and letter
  std::erase_if(findings_, [&](const Finding& each) {
    bool anew = each.edits.empty();
    for (const Edit& edit : each.edits)
      anew = edit.size == 0 || replaced.emplace(each.paragraph, edit.begin).second || anew;
    return !anew;
  });
  std::ranges::stable_sort(findings_, {}, [](const Finding& each) {
    return std::pair(each.paragraph, each.where.column);
  });
  return std::move(findings_);
}

const std::vector<Family>& families() {
  static const std::vector<Family> kFamilies = {
      direction_family(), title_family(),    head_family(),  ending_family(), attachment_family(),
      numbering_family(), citation_family(), mark_family(),  pair_family(),   date_family(),
      figure_family(),    word_family(),     table_family(), length_family()};
  return kFamilies;
}

}  // namespace huice::lint
