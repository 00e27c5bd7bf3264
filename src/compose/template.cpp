#include "compose/template.h"

#include <algorithm>

#include "base/utf8.h"
#include "compose/parser.h"
#include "compose/syntax.h"

namespace huice::compose {
namespace syntax {

int Tree::line(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(line_starts, offset);
  return start.line + static_cast<int>(after - line_starts.begin()) - 1;
}

SourceSpan Tree::place(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(line_starts, offset);
  const std::size_t line_start = *(after - 1);
  const int shift = line_start == 0 ? start.column - 1 : start.indent;
  const auto before = std::string_view(text).substr(line_start, offset - line_start);
  return {.file = *file,
          .line = line(offset),
          .column = static_cast<int>(code_point_count(before)) + 1 + shift,
          .part = {}};
}

Error Tree::error(std::size_t offset, std::string id, std::string message, std::string hint) const {
  const int line_in_text = line(offset) - start.line + 1;
  return Error{.code = ErrorCode::InvalidInput,
               .id = std::move(id),
               .message = std::move(message),
               .where = place(offset),
               .hint = std::move(hint),
               .excerpt = std::string(line_at(text, line_in_text))};
}

}  // namespace syntax

namespace {

std::string with_plain_line_ends(std::string_view utf8) {
  std::string text;
  text.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (utf8[i] != '\r') {
      text += utf8[i];
    } else if (i + 1 >= utf8.size() || utf8[i + 1] != '\n') {
      text += '\n';
    }
  }
  return text;
}

}  // namespace

Result<Template> Template::parse(std::string_view utf8, std::string_view file, Start start) {
  auto tree = std::make_shared<syntax::Tree>();
  tree->file = std::make_shared<const std::string>(file);
  tree->start = start;
  tree->line_starts = {0};
  if (utf8.size() > kMaxTemplateBytes) {
    Error error = tree->error(0, "template.too-large", "模板超过 1 MB", "把它拆成几个文件");
    error.code = ErrorCode::TooLarge;
    return error;
  }
  if (const auto bad = first_bad_utf8(utf8)) {
    const LineColumn at = line_column(utf8, *bad);
    Error error = tree->error(0, "template.encoding", "模板不是 UTF-8 编码", "另存为 UTF-8 再试");
    error.where.line = start.line + at.line - 1;
    error.where.column = at.column;
    return error;
  }
  tree->text = with_plain_line_ends(utf8);
  for (std::size_t i = 0; i < tree->text.size(); ++i) {
    if (tree->text[i] == '\n') tree->line_starts.push_back(i + 1);
  }
  Findings findings;
  parse_nodes(*tree, findings);
  if (findings.empty()) return Template(std::move(tree));
  std::ranges::stable_sort(findings, {}, [](const Error& each) {
    return std::pair(each.where.line, each.where.column);
  });
  return as_error(std::move(findings));
}

}  // namespace huice::compose
