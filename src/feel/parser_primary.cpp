// Literals, names, parentheses, lists, contexts and functions.
#include "base/utf8.h"
#include "feel/builtins.h"
#include "feel/lexer.h"
#include "feel/parser.h"

namespace huice::feel {

Parsed Parser::primary() {
  skip();
  if (rest().empty()) return fail_expected("表达式");
  const char first = rest().front();
  if (number_size(rest()) > 0) return number();
  if (first == '"') return text();
  if (first == '@') return at_literal();
  if (first == '(') return parenthesized();
  if (first == '[' || first == ']') return bracketed();
  if (first == '{') return context();
  if (next_is_word("function")) return function();
  if (Parsed literal = keyword_literal()) return literal;
  return name();
}

Parsed Parser::number() {
  auto node = make(NodeKind::Literal, at_);
  const std::size_t size = number_size(rest());
  const auto value = Decimal::parse(rest().substr(0, size));
  if (!value)
    return fail("feel.syntax", "数字“" + std::string(rest().substr(0, size)) + "”超出范围");
  at_ += size;
  node->value = *value;
  return finish(std::move(node));
}

Parsed Parser::text() {
  auto node = make(NodeKind::Literal, at_);
  auto read = quoted_text(rest());
  if (!read) return fail("feel.syntax", "文本缺少右引号", "在文本末尾补上 \"");
  at_ += read->size;
  node->value = std::move(read->value);
  return finish(std::move(node));
}

Parsed Parser::at_literal() {
  auto node = make(NodeKind::AtLiteral, at_);
  at_ += 1;
  skip();
  auto read = quoted_text(rest());
  if (!read) return fail_expected("带引号的日期、时刻或时长");
  at_ += read->size;
  node->text = std::move(read->value);
  return finish(std::move(node));
}

Parsed Parser::keyword_literal() {
  const std::size_t begin = at_;
  for (const auto& [word, value] :
       {std::pair<std::string_view, Value>{"true", true}, {"false", false}, {"null", Value()}}) {
    if (!next_is_word(word) || resolve().known) continue;
    accept_word(word);
    auto node = make(NodeKind::Literal, begin);
    node->value = value;
    return finish(std::move(node));
  }
  return {};
}

Parsed Parser::name() {
  auto node = make(NodeKind::Name, at_);
  const Resolved resolved = resolve();
  if (resolved.size == 0) return fail_expected("数值、名称或括号");
  if (resolved.name == "?") ++question_uses_;
  if (resolved.name == "partial") ++partial_uses_;
  if (!resolved.known && !is_lenient()) {
    if (known_.is_closed()) {
      unknown_name(resolved);
    } else {
      note_free(resolved.name);
    }
  }
  at_ += resolved.size;
  node->text = resolved.name;
  if (const Builtin* builtin = find_builtin(resolved.name)) node->value = builtin_value(*builtin);
  return finish(std::move(node), resolved.fields);
}

/// `( expression )`, `( low .. high ]` or `( >= 5 )`.
Parsed Parser::parenthesized() {
  const std::size_t begin = at_;
  at_ += 1;
  const bool was_endpoint = std::exchange(endpoint_, false);
  if (const auto op = comparison_operator()) {
    const Parsed test = compare_test(*op);
    if (!test || !expect(")")) return {};
    endpoint_ = was_endpoint;
    return test;
  }
  Parsed inner = expression();
  if (!inner) return {};
  if (accept("..")) {
    endpoint_ = was_endpoint;
    return interval_end(std::move(inner), false, begin);
  }
  if (!expect(")")) return {};
  endpoint_ = was_endpoint;
  return inner;
}

/// `[a, b]`, `[low .. high)` or `]low .. high[`.
Parsed Parser::bracketed() {
  auto node = make(NodeKind::List, at_);
  const bool low_closed = rest().front() == '[';
  at_ += 1;
  if (low_closed && accept("]")) return finish(std::move(node));
  const bool was_endpoint = std::exchange(endpoint_, false);
  Parsed first = expression();
  if (!first) return {};
  if (accept("..")) {
    endpoint_ = was_endpoint;
    return interval_end(std::move(first), low_closed, node->begin);
  }
  if (!low_closed) return fail_expected("“..”");
  node->children.push_back(first.node);
  auto fields = first.fields;
  while (accept(",")) {
    const Parsed next = expression();
    if (!next) return {};
    if (next.fields != fields) fields = nullptr;
    node->children.push_back(next.node);
  }
  if (!expect("]")) return {};
  endpoint_ = was_endpoint;
  if (node->children.size() > 1) fields = nullptr;
  return finish(std::move(node), std::move(fields));
}

Parsed Parser::interval_end(Parsed low, bool low_closed, std::size_t begin) {
  auto node = make(NodeKind::Interval, begin);
  const bool was_endpoint = std::exchange(endpoint_, true);
  const Parsed high = expression();
  endpoint_ = was_endpoint;
  if (!high) return {};
  node->low_closed = low_closed;
  node->high_closed = next_is("]");
  if (!accept("]") && !accept(")") && !accept("[")) return fail_expected("“]”或“)”");
  node->children = {low.node, high.node};
  return finish(std::move(node));
}

Parsed Parser::context() {
  auto node = make(NodeKind::Context, at_);
  at_ += 1;
  const bool was_endpoint = std::exchange(endpoint_, false);
  // Open: a literal may be joined with others that have more fields.
  const LocalScope scope(*this, {Names::open(), false});
  if (!accept("}")) {
    do {
      if (!context_entry(*node)) return {};
    } while (accept(","));
    if (!expect("}")) return {};
  }
  endpoint_ = was_endpoint;
  return finish(std::move(node), std::make_shared<const Names>(locals_.back().names));
}

bool Parser::context_entry(Node& node) {
  skip();
  std::string key;
  if (auto quoted = quoted_text(rest())) {
    key = std::move(quoted->value);
    at_ += quoted->size;
    if (!expect(":")) return false;
  } else if (auto plain = key_until_colon()) {
    key = std::move(*plain);
  } else {
    fail_expected("字段名与冒号");
    return false;
  }
  for (const std::string& earlier : node.names) {
    if (earlier != key) continue;
    fail("feel.syntax", "字段“" + key + "”写了两次", "删去其中一个");
    return false;
  }
  const std::size_t index = locals_.size() - 1;
  if (next_is_word("function")) locals_[index].names.add(key);  // it may call itself
  const Parsed value = expression();
  if (!value) return false;
  Names& names = locals_[index].names;
  if (value.fields) {
    names.add(key, *value.fields);
  } else {
    names.add(key);
  }
  if (!is_plain_name(key)) dictionary_.add(key);
  node.names.push_back(std::move(key));
  node.children.push_back(value.node);
  return true;
}

/// `function(a, b: number) expression`; `external` bodies are refused.
Parsed Parser::function() {
  auto node = make(NodeKind::Function, at_);
  accept_word("function");
  Local local;
  if (!expect("(") || !parameters(*node, local.names)) return {};
  if (next_is_word("external")) {
    return fail("feel.syntax", "不支持外部函数（external）", "改用 FEEL 表达式");
  }
  const LocalScope scope(*this, std::move(local));
  const Parsed body = expression();
  if (!body) return {};
  node->children = {body.node};
  return finish(std::move(node));
}

bool Parser::parameters(Node& node, Names& names) {
  if (accept(")")) return true;
  do {
    skip();
    TypeRef declared;
    std::string parameter;
    const std::size_t before = at_;
    if (auto key = key_until_colon()) {
      parameter = std::move(*key);
      auto written = type();
      if (!written) return false;
      declared = std::move(*written);
    } else {
      at_ = before;
      const auto end = rest().find_first_of(",)");
      if (end == std::string_view::npos || word_size(rest()) == 0) {
        fail_expected("参数名");
        return false;
      }
      parameter = canonical_name(rest().substr(0, end));
      at_ += end;
    }
    names.add(parameter);
    node.names.push_back(std::move(parameter));
    node.types.push_back(std::move(declared));
  } while (accept(","));
  return expect(")");
}

}  // namespace huice::feel
