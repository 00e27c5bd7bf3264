// if, for, some and every; `instance of` and types.
#include <array>

#include "feel/lexer.h"
#include "feel/parser.h"

namespace huice::feel {

Parsed Parser::if_form() {
  auto node = make(NodeKind::If, at_);
  accept_word("if");
  const Parsed condition = expression();
  if (!condition || !expect_word("then")) return {};
  const Parsed yes = expression();
  if (!yes || !expect_word("else")) return {};
  const Parsed no = expression();
  if (!no) return {};
  node->children = {condition.node, yes.node, no.node};
  return finish(std::move(node), yes.fields ? yes.fields : no.fields);
}

Parsed Parser::for_form() {
  auto node = make(NodeKind::For, at_);
  accept_word("for");
  const LocalScope scope(*this, {});
  if (!iterations(*node) || !expect_word("return")) return {};
  locals_.back().names.add("partial");
  const int before = partial_uses_;
  const Parsed body = expression();
  if (!body) return {};
  if (partial_uses_ > before) node->text = "partial";
  node->children.push_back(body.node);
  return finish(std::move(node), body.fields);
}

Parsed Parser::quantified_form(NodeKind kind, std::string_view word) {
  auto node = make(kind, at_);
  accept_word(word);
  const LocalScope scope(*this, {});
  if (!iterations(*node) || !expect_word("satisfies")) return {};
  const Parsed body = expression();
  if (!body) return {};
  node->children.push_back(body.node);
  return finish(std::move(node));
}

/// `a in list, b in 1..a`: each name is known to what comes after it.
bool Parser::iterations(Node& node) {
  const std::size_t index = locals_.size() - 1;
  do {
    skip();
    std::size_t end = word_size(rest());
    if (end == 0) {
      fail_expected("循环变量名");
      return false;
    }
    // A name of several words runs up to the word `in`.
    while (end < rest().size() &&
           match_name(rest().substr(end + blank_size(rest().substr(end))), "in") == 0) {
      const std::size_t next = end + blank_size(rest().substr(end));
      const std::size_t more = word_size(rest().substr(next));
      if (more == 0) break;
      end = next + more;
    }
    std::string variable = canonical_name(rest().substr(0, end));
    at_ += end;
    if (!expect_word("in")) return false;
    const Parsed domain = iteration_domain();
    if (!domain) return false;
    if (domain.fields) {
      locals_[index].names.add(variable, *domain.fields);
    } else {
      locals_[index].names.add(variable);
    }
    node.names.push_back(std::move(variable));
    node.children.push_back(domain.node);
  } while (accept(","));
  return true;
}

Parsed Parser::iteration_domain() {
  skip();
  const std::size_t begin = at_;
  Parsed low = expression();
  if (!low || !accept("..")) return low;
  const Parsed high = expression();
  if (!high) return {};
  auto node = make(NodeKind::Interval, begin);
  node->children = {low.node, high.node};
  return finish(std::move(node));
}

Parsed Parser::instance_of(Parsed value) {
  auto node = make(NodeKind::InstanceOf, value.node->begin);
  if (!expect_word("of")) return {};
  auto wanted = type();
  if (!wanted) return {};
  node->types.push_back(std::move(*wanted));
  node->children = {value.node};
  return finish(std::move(node));
}

std::optional<TypeRef> Parser::type() {
  static constexpr std::array<std::string_view, 15> kBuiltIn = {"years and months duration",
                                                                "days and time duration",
                                                                "year month duration",
                                                                "day time duration",
                                                                "date and time",
                                                                "dateTime",
                                                                "yearMonthDuration",
                                                                "dayTimeDuration",
                                                                "number",
                                                                "string",
                                                                "boolean",
                                                                "date",
                                                                "time",
                                                                "Any",
                                                                "Null"};
  skip();
  if (!enter()) return std::nullopt;
  std::optional<TypeRef> result;
  const auto user = known_.longest_type(rest());
  if (user && user->size > word_size(rest())) {
    at_ += user->size;
    result = TypeRef{TypeRef::Form::Named, user->name, {}, {}};
  } else if (accept_word("list")) {
    result = list_like_type(TypeRef::Form::List);
  } else if (accept_word("range")) {
    result = list_like_type(TypeRef::Form::Range);
  } else if (accept_word("context")) {
    result = context_type();
  } else if (accept_word("function")) {
    result = function_type();
  } else {
    for (const auto name : kBuiltIn) {
      if (result || !accept_word(name)) continue;
      result = TypeRef{
          name == "Any" ? TypeRef::Form::Any : TypeRef::Form::Named, std::string(name), {}, {}};
    }
    std::size_t end = result ? 0 : word_size(rest());
    while (end > 0 && end + 1 < rest().size() && rest()[end] == '.') {
      const std::size_t more = word_size(rest().substr(end + 1));
      if (more == 0) break;
      end += 1 + more;
    }
    if (!result && user && user->size >= end) end = user->size;
    if (end > 0) {
      result = TypeRef{TypeRef::Form::Named, canonical_name(rest().substr(0, end)), {}, {}};
      at_ += end;
    }
    if (!result) fail_expected("类型名");
  }
  leave();
  return failed_ ? std::nullopt : result;
}

std::optional<TypeRef> Parser::list_like_type(TypeRef::Form form) {
  TypeRef result{form, {}, {}, {}};
  if (!accept("<")) {
    result.arguments.emplace_back();
    return result;
  }
  auto element = type();
  if (!element || !expect(">")) return std::nullopt;
  result.arguments.push_back(std::move(*element));
  return result;
}

std::optional<TypeRef> Parser::context_type() {
  TypeRef result{TypeRef::Form::Context, {}, {}, {}};
  if (!accept("<")) return result;
  if (accept(">")) return result;
  do {
    auto key = key_until_colon();
    if (!key) {
      fail_expected("字段名与冒号");
      return std::nullopt;
    }
    auto field = type();
    if (!field) return std::nullopt;
    result.fields.push_back(std::move(*key));
    result.arguments.push_back(std::move(*field));
  } while (accept(","));
  if (!expect(">")) return std::nullopt;
  return result;
}

std::optional<TypeRef> Parser::function_type() {
  TypeRef result{TypeRef::Form::Function, {}, {}, {}};
  if (!accept("<")) return result;
  if (!accept(">")) {
    do {
      auto parameter = type();
      if (!parameter) return std::nullopt;
      result.arguments.push_back(std::move(*parameter));
    } while (accept(","));
    if (!expect(">")) return std::nullopt;
  }
  if (!expect("->")) return std::nullopt;
  auto given = type();
  if (!given) return std::nullopt;
  result.arguments.push_back(std::move(*given));
  return result;
}

}  // namespace huice::feel
