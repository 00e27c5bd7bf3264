#include "feel/expression.h"

#include "base/utf8.h"
#include "feel/parser.h"

namespace huice::feel {

Result<Expression> Expression::parse(std::string_view text, const Names& known,
                                     const SourceSpan& at) {
  return read(text, known, at, false);
}

Result<Expression> Expression::parse_unary_tests(std::string_view text, const Names& known,
                                                 const SourceSpan& at) {
  return read(text, known, at, true);
}

Result<Expression> Expression::read(std::string_view text, const Names& known, const SourceSpan& at,
                                    bool unary_tests) {
  if (text.size() > kMaxExpressionBytes) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "feel.too-large",
                 .message = "表达式超过 " + std::to_string(kMaxExpressionBytes) + " 字节",
                 .where = at,
                 .hint = "把它拆成参数或派生事实"};
  }
  if (const auto bad = first_bad_utf8(text)) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "feel.syntax",
                 .message = "表达式含有不是 UTF-8 的字节",
                 .where = place_in(text.substr(0, *bad), *bad, at),
                 .hint = "用 UTF-8 编码保存文件"};
  }
  auto source = std::make_shared<Source>();
  source->text = std::string(text);
  source->at = at;
  Parser parser(source->text, known, at);
  source->root = unary_tests ? parser.whole_unary_tests() : parser.whole_expression();
  if (!parser.findings().empty()) {
    Error error = as_error(std::move(parser.findings()));
    if (at.file.empty()) error.excerpt = std::string(line_at(text, error.where.line));
    return error;
  }
  source->names = std::move(parser.free_names());
  return Expression(std::move(source));
}

Expression Expression::literal(const Value& value) {
  auto node = std::make_shared<Node>();
  node->value = value;
  auto source = std::make_shared<Source>();
  source->text = to_text(value);
  node->end = source->text.size();
  source->root = std::move(node);
  return Expression(std::move(source));
}

std::string_view Expression::text_of(const Node& node) const {
  const std::string_view text = source_->text;
  if (node.begin > text.size() || node.end < node.begin) return {};
  return text.substr(node.begin, node.end - node.begin);
}

SourceSpan Expression::place(std::size_t offset) const {
  return place_in(source_->text, offset, source_->at);
}

SourceSpan place_in(std::string_view text, std::size_t offset, const SourceSpan& at) {
  const LineColumn inside = line_column(text, offset);
  SourceSpan place = at;
  if (at.line == 0) {
    place.line = inside.line;
    place.column = inside.column;
    return place;
  }
  place.line = at.line + inside.line - 1;
  place.column = inside.line == 1 ? std::max(at.column, 1) + inside.column - 1 : inside.column;
  return place;
}

}  // namespace huice::feel
