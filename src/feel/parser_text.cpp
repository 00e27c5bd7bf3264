// How the parser looks at characters, resolves names and reports what is wrong.
#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"
#include "feel/builtins.h"
#include "feel/lexer.h"
#include "feel/parser.h"

namespace huice::feel {
namespace {

constexpr std::array<std::string_view, 17> kKeywords = {
    "and",   "or",        "if",      "then",     "else",     "for",  "return", "in",  "some",
    "every", "satisfies", "between", "instance", "function", "true", "false",  "null"};

/// Full-width marks that Chinese input methods put where FEEL wants ASCII.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kFullWidth = {{{"，", ","},
                                                                                       {"（", "("},
                                                                                       {"）", ")"},
                                                                                       {"：", ":"},
                                                                                       {"“", "\""},
                                                                                       {"”", "\""},
                                                                                       {"＜", "<"},
                                                                                       {"＞", ">"},
                                                                                       {"＝", "="},
                                                                                       {"≤", "<="},
                                                                                       {"≥", ">="},
                                                                                       {"≠", "!="},
                                                                                       {"【", "["},
                                                                                       {"】", "]"},
                                                                                       {"×", "*"},
                                                                                       {"÷", "/"}}};

constexpr std::array<std::string_view, 6> kProperties = {
    "time offset", "start included", "end included", "start", "end", "timezone"};

/// Collects the names of several words, at any depth, that fields may have.
void collect(const Names& names, Names& dictionary) {
  for (const std::string& name : names.list()) {
    if (!is_plain_name(name)) dictionary.add(name);
    if (const auto fields = names.fields(name)) collect(*fields, dictionary);
  }
}

}  // namespace

Parser::Parser(std::string_view text, const Names& known, const SourceSpan& at)
    : text_(text), known_(known), where_(at) {}

/// Filled when first asked for: most expressions take no field of a value unknown to us.
const Names& Parser::dictionary() {
  if (std::exchange(dictionary_filled_, true)) return dictionary_;
  for (const auto property : kProperties)
    dictionary_.add(std::string(property));
  collect(known_, dictionary_);
  for (const std::string& name : known_.loose_fields())
    dictionary_.add(name);
  return dictionary_;
}

std::size_t Parser::blank() const {
  return blank_size(rest());
}

bool Parser::at_end() {
  skip();
  return at_ >= text_.size();
}

bool Parser::next_is(std::string_view symbol) {
  skip();
  return rest().starts_with(symbol);
}

bool Parser::accept(std::string_view symbol) {
  if (!next_is(symbol)) return false;
  at_ += symbol.size();
  return true;
}

bool Parser::next_is_word(std::string_view word) {
  skip();
  return match_name(rest(), word) > 0;
}

bool Parser::accept_word(std::string_view word) {
  if (!next_is_word(word)) return false;
  at_ += match_name(rest(), word);
  return true;
}

bool Parser::expect(std::string_view symbol) {
  if (accept(symbol)) return true;
  fail_expected("“" + std::string(symbol) + "”");
  return false;
}

bool Parser::expect_word(std::string_view word) {
  if (accept_word(word)) return true;
  fail_expected("“" + std::string(word) + "”");
  return false;
}

std::optional<Operator> Parser::comparison_operator() {
  static constexpr std::array<std::pair<std::string_view, Operator>, 7> kOperators = {
      {{"<=", Operator::Le},
       {">=", Operator::Ge},
       {"!=", Operator::Ne},
       {"<", Operator::Lt},
       {">", Operator::Gt},
       {"==", Operator::None},
       {"=", Operator::Eq}}};
  for (const auto& [symbol, op] : kOperators) {
    if (!next_is(symbol)) continue;
    if (op == Operator::None) {
      fail("feel.syntax", "相等应写“=”，实为“==”", "把“==”改为“=”");
      return std::nullopt;
    }
    at_ += symbol.size();
    return op;
  }
  return std::nullopt;
}

/// The canonical name before a colon, if what follows looks like `name :`.
std::optional<std::string> Parser::key_until_colon() {
  skip();
  std::size_t end = 0;
  if (word_size(rest()) == 0) return std::nullopt;
  while (const auto next = first_code_point(rest().substr(end))) {
    const char32_t c = next->value;
    if (c == U':') break;
    const bool inside = is_name_part(c) || blank_size(rest().substr(end, next->size)) > 0 ||
                        (c < 0x80 && std::string_view("./-'+*").find(static_cast<char>(c)) !=
                                         std::string_view::npos);
    if (!inside) return std::nullopt;
    end += next->size;
  }
  if (end >= rest().size()) return std::nullopt;
  std::string key = canonical_name(rest().substr(0, end));
  at_ += end + 1;
  return key;
}

bool Parser::is_lenient() const {
  return std::ranges::any_of(locals_, [](const Local& local) { return local.lenient; });
}

/// The longest name here; inner scopes win among equally long ones.
Parser::Resolved Parser::resolve() {
  Resolved best;
  bool is_free = false;
  const auto consider = [&](const Names& names, bool free) {
    const auto match = names.longest(rest());
    if (!match || match->size <= best.size) return;
    best = {match->name, match->size, match->fields, true};
    is_free = free;
  };
  for (auto local = locals_.rbegin(); local != locals_.rend(); ++local)
    consider(local->names, false);
  consider(known_, true);
  consider(builtin_names(), false);
  const std::size_t word = word_size(rest());
  const auto is_keyword = [&] {
    return std::ranges::find(kKeywords, rest().substr(0, word)) != kKeywords.end();
  };
  if (word > 0 && best.size <= word && is_keyword()) return {};
  if (best.known) {
    if (is_free) note_free(best.name);
    return best;
  }
  return {std::string(rest().substr(0, word)), word, nullptr, false};
}

std::optional<Names::Match> Parser::field_name(const std::shared_ptr<const Names>& fields) {
  skip();
  std::optional<Names::Match> best;
  if (fields) best = fields->longest(rest());
  if (!best) best = dictionary().longest(rest());
  const std::size_t word = word_size(rest());
  if (best && best->size >= word) return best;
  if (word == 0) return std::nullopt;
  return Names::Match{std::string(rest().substr(0, word)), word, nullptr};
}

void Parser::note_free(const std::string& name) {
  if (std::ranges::find(free_names_, name) == free_names_.end()) free_names_.push_back(name);
}

void Parser::unknown_name(const Resolved& resolved) {
  std::optional<std::string> nearest;
  for (auto local = locals_.rbegin(); local != locals_.rend() && !nearest; ++local)
    nearest = local->names.nearest(resolved.name);
  if (!nearest) nearest = known_.nearest(resolved.name);
  if (!nearest) nearest = builtin_names().nearest(resolved.name);
  findings_.push_back({.code = ErrorCode::InvalidInput,
                       .id = "feel.unknown-name",
                       .message = "没有名为“" + resolved.name + "”的事实、参数或函数",
                       .where = place_in(text_, at_, where_),
                       .hint = nearest ? "是否应为“" + *nearest + "”？"
                                       : std::string("核对名称，或先在事实目录、参数中登记它")});
}

bool Parser::enter() {
  if (++depth_ <= kMaxExpressionDepth) return true;
  fail("feel.too-deep", "表达式嵌套超过 " + std::to_string(kMaxExpressionDepth) + " 层",
       "把内层拆成单独的参数或派生事实");
  return false;
}

Parsed Parser::fail(std::string id, std::string message, std::string hint) {
  if (failed_) return {};
  failed_ = true;
  const bool size = id != "feel.syntax";
  findings_.push_back({.code = size ? ErrorCode::TooLarge : ErrorCode::InvalidInput,
                       .id = std::move(id),
                       .message = std::move(message),
                       .where = place_in(text_, at_, where_),
                       .hint = std::move(hint)});
  return {};
}

Parsed Parser::fail_expected(std::string_view expected) {
  skip();
  if (at_end()) {
    return fail("feel.syntax", "此处应为" + std::string(expected) + "，表达式却已结束",
                "补全表达式“" + std::string(text_.substr(0, 120)) + "”");
  }
  for (const auto& [wide, ascii] : kFullWidth) {
    if (!rest().starts_with(wide)) continue;
    return fail("feel.syntax",
                "此处应为" + std::string(expected) + "，实为全角符号“" + std::string(wide) + "”",
                "改用半角符号 " + std::string(ascii));
  }
  const std::size_t word = word_size(rest());
  const auto next = first_code_point(rest());
  const std::size_t size = word > 0 ? word : (next ? next->size : 1);
  return fail(
      "feel.syntax",
      "此处应为" + std::string(expected) + "，实为“" + std::string(rest().substr(0, size)) + "”",
      "核对括号、引号与运算符");
}

std::shared_ptr<Node> Parser::make(NodeKind kind, std::size_t begin) const {
  auto node = std::make_shared<Node>();
  node->kind = kind;
  node->begin = begin;
  return node;
}

Parsed Parser::finish(std::shared_ptr<Node> node, std::shared_ptr<const Names> fields) {
  if (failed_) return {};
  node->end = at_;
  // Looking for what follows has skipped blanks, which are no part of the node.
  while (node->end > node->begin &&
         std::string_view(" \t\r\n").find(text_[node->end - 1]) != std::string_view::npos) {
    --node->end;
  }
  return {std::move(node), std::move(fields)};
}

}  // namespace huice::feel
