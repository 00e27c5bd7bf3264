#include "compose/parser.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "compose/expression_parser.h"
#include "compose/lexer.h"
#include "text/suggest.h"

namespace huice::compose {
namespace {

using syntax::Node;
using syntax::Nodes;

using Names = std::initializer_list<std::string_view>;

const std::vector<std::string>& statement_names() {
  static const std::vector<std::string> kNames = {
      "if",  "elif",   "else",  "endif",    "for",     "set",    "endfor", "with",   "endwith",
      "raw", "endset", "macro", "endmacro", "include", "import", "from",   "filter", "endfilter"};
  return kNames;
}

constexpr std::array<std::string_view, 7> kUnsupported = {
    "extends", "block", "call", "autoescape", "do", "break", "continue"};

class Parser {
 public:
  Parser(const syntax::Tree& tree, std::vector<Piece> pieces, Findings& findings)
      : tree_(tree), pieces_(std::move(pieces)), findings_(findings) {}

  Nodes whole() {
    Nodes nodes;
    while (at_ < pieces_.size()) {
      append_nodes(nodes, {});
      if (at_ < pieces_.size()) stray(pieces_[at_++]);
    }
    return nodes;
  }

 private:
  /// The word a block tag begins with; "" for anything else.
  static std::string_view keyword(const Piece& piece) {
    const bool block = piece.kind == Piece::Kind::Block;
    return block && piece.tokens.front().kind == Token::Kind::Name
               ? std::string_view(piece.tokens.front().text)
               : std::string_view();
  }

  void report(std::size_t offset, std::string id, std::string message, std::string hint) {
    findings_.push_back(tree_.error(offset, std::move(id), std::move(message), std::move(hint)));
  }

  static bool closes(std::string_view word) {
    return word.starts_with("end") || word == "else" || word == "elif";
  }

  /// Nodes up to a tag that begins with one of `ends`, or any other closing tag, or the end.
  void append_nodes(Nodes& nodes, Names ends) {
    while (at_ < pieces_.size()) {
      const Piece& piece = pieces_[at_];
      const std::string_view word = keyword(piece);
      if (std::ranges::find(ends, word) != ends.end() || closes(word)) return;
      ++at_;
      append_node(nodes, piece);
    }
  }

  void append_node(Nodes& nodes, const Piece& piece) {
    if (piece.kind == Piece::Kind::Text) {
      nodes.push_back({syntax::Text{std::string(piece.text)}, piece.offset});
      return;
    }
    if (piece.kind == Piece::Kind::Print) {
      ExpressionParser parser(tree_, piece.tokens, findings_);
      syntax::Print print{parser.expression_list()};
      parser.expect_end();
      nodes.push_back({std::move(print), piece.offset});
      return;
    }
    if (++depth_ > kMaxTemplateNesting) {
      if (depth_ == kMaxTemplateNesting + 1) {
        report(piece.offset, "template.too-deep", "块嵌套太深", "把里面的部分移到宏里");
        findings_.back().code = ErrorCode::TooLarge;
      }
    } else {
      append_statement(nodes, piece);
    }
    --depth_;
  }

  void append_statement(Nodes& nodes, const Piece& piece) {
    const std::string_view word = keyword(piece);
    ExpressionParser parser(tree_, piece.tokens, findings_);
    parser.next();
    if (word == "if") return push(nodes, piece, parse_if(parser, piece));
    if (word == "for") return push(nodes, piece, parse_for(parser, piece));
    if (word == "set") return parse_set(parser, piece, nodes);
    if (word == "include") return push(nodes, piece, parse_include(parser));
    if (word == "import") return push(nodes, piece, parse_import(parser));
    if (word == "from") return push(nodes, piece, parse_from(parser));
    if (word == "filter") return push(nodes, piece, parse_filter(parser, piece));
    if (word == "macro") return push(nodes, piece, parse_macro(parser, piece));
    if (word == "with") return push(nodes, piece, parse_with(parser, piece));
    unknown(piece, word);
  }

  template <class Content>
  static void push(Nodes& nodes, const Piece& piece, Content content) {
    nodes.push_back({std::move(content), piece.offset});
  }

  void unknown(const Piece& piece, std::string_view word) {
    const std::size_t offset = piece.tokens.front().offset;
    if (std::ranges::find(kUnsupported, word) != kUnsupported.end()) {
      return report(offset, "template.unsupported", "这里不支持 {% " + std::string(word) + " %}",
                    "可用的有 if、for、set、with、macro、include、import、from、filter、raw");
    }
    const std::string found = piece.tokens.front().text;
    const auto near = text::closest(found, statement_names());
    report(offset, "template.syntax", "没有 {% " + found + " %} 这样的标签",
           near ? "是不是想写 " + std::string(*near) + "？" : "输出一个值用 {{ }}");
  }

  /// A closing tag that closes nothing.
  void stray(const Piece& piece) {
    const std::string word(keyword(piece));
    report(piece.tokens.front().offset, "template.syntax",
           "{% " + word + " %} 前面没有与它配对的标签", "删去它，或者补上开头的标签");
  }

  /// The body up to the tag `end`, which is taken. Reports an unclosed block at its opening.
  Nodes body(const Piece& opening, std::string_view end) {
    Nodes nodes;
    append_nodes(nodes, {end});
    take_end(opening, end);
    return nodes;
  }

  void take_end(const Piece& opening, std::string_view end) {
    if (at_ < pieces_.size() && keyword(pieces_[at_]) == end) {
      ExpressionParser parser(tree_, pieces_[at_].tokens, findings_);
      parser.next();
      if (end == "endmacro" && parser.peek().kind == Token::Kind::Name) parser.next();
      parser.expect_end();
      ++at_;
      return;
    }
    const std::string word(keyword(opening));
    const std::string found =
        at_ < pieces_.size() ? "，却先遇到了 {% " + std::string(keyword(pieces_[at_])) + " %}" : "";
    report(opening.offset, "template.unclosed", "{% " + word + " %} 没有结束" + found,
           "在后面补上 {% " + std::string(end) + " %}");
  }

  syntax::If parse_if(ExpressionParser& parser, const Piece& opening) {
    syntax::If node;
    node.branches.push_back({parser.expression_list(), {}});
    parser.expect_end();
    append_nodes(node.branches.back().body, {"elif", "else", "endif"});
    bool has_else = false;
    while (at_ < pieces_.size() && !has_else) {
      const std::string_view word = keyword(pieces_[at_]);
      if (word != "elif" && word != "else") break;
      ExpressionParser branch(tree_, pieces_[at_++].tokens, findings_);
      branch.next();
      has_else = word == "else";
      node.branches.push_back({has_else ? nullptr : branch.expression_list(), {}});
      branch.expect_end();
      append_nodes(node.branches.back().body, {"elif", "else", "endif"});
    }
    take_end(opening, "endif");
    return node;
  }

  syntax::For parse_for(ExpressionParser& parser, const Piece& opening) {
    syntax::For node;
    node.targets = targets(parser);
    if (!parser.take_name("in")) parser.fail("循环要写成 for 名称 in 列表");
    node.list = parser.disjunction_list();
    if (parser.take_name("if")) node.condition = parser.expression();
    if (parser.at_name("recursive")) parser.fail("这里不支持 recursive 循环");
    parser.expect_end();
    append_nodes(node.body, {"else", "endfor"});
    if (at_ < pieces_.size() && keyword(pieces_[at_]) == "else") {
      ++at_;
      append_nodes(node.otherwise, {"endfor"});
    }
    take_end(opening, "endfor");
    return node;
  }

  static std::vector<std::string> targets(ExpressionParser& parser) {
    const bool bracket = parser.take_operator("(");
    std::vector<std::string> names;
    do {
      names.push_back(parser.expect_identifier("变量的名称"));
    } while (parser.take_operator(","));
    if (bracket) parser.expect_operator(")");
    return names;
  }

  void parse_set(ExpressionParser& parser, const Piece& opening, Nodes& nodes) {
    syntax::Set node;
    node.targets = targets(parser);
    if (node.targets.size() == 1 && parser.take_operator(".")) {
      node.field = parser.expect_identifier("字段的名称");
    }
    if (parser.take_operator("=")) {
      node.value = parser.expression_list();
      parser.expect_end();
      return push(nodes, opening, std::move(node));
    }
    if (node.targets.size() != 1 || !node.field.empty()) parser.fail("set 后面缺少 = 和值");
    parser.expect_end();
    if (parser.failed()) return;
    push(nodes, opening, syntax::SetBlock{node.targets.front(), body(opening, "endset")});
  }

  static syntax::Include parse_include(ExpressionParser& parser) {
    syntax::Include node{.name = parser.expression()};
    if (parser.take_name("ignore")) {
      if (!parser.take_name("missing")) parser.fail("ignore 后面应当是 missing");
      node.ignore_missing = true;
    }
    if (!take_context(parser, true)) parser.fail("include 总是能用外面的名称，不能写 without");
    parser.expect_end();
    return node;
  }

  /// `with context` or `without context`; `usual` when neither is there.
  static bool take_context(ExpressionParser& parser, bool usual) {
    const bool written =
        parser.peek(1).kind == Token::Kind::Name && parser.peek(1).text == "context";
    if (!written || !(parser.at_name("with") || parser.at_name("without"))) return usual;
    const bool with = parser.at_name("with");
    parser.next();
    parser.next();
    return with;
  }

  static syntax::Import parse_import(ExpressionParser& parser) {
    syntax::Import node{.file = parser.expression()};
    if (!parser.take_name("as")) parser.fail("import 要写成 import \"文件\" as 名称");
    node.target = parser.expect_identifier("名称");
    node.with_context = take_context(parser, false);
    parser.expect_end();
    return node;
  }

  static syntax::Import parse_from(ExpressionParser& parser) {
    syntax::Import node{.file = parser.expression()};
    if (!parser.take_name("import")) parser.fail("from 要写成 from \"文件\" import 名称");
    do {
      const bool context = parser.peek(1).text == "context";
      if (!node.names.empty() && context) break;
      std::string name = parser.expect_identifier("要引入的名称");
      if (name.starts_with("_")) parser.fail("不能引入下划线开头的名称“" + name + "”");
      std::string alias = parser.take_name("as") ? parser.expect_identifier("名称") : name;
      node.names.push_back({std::move(name), std::move(alias)});
    } while (parser.take_operator(","));
    node.with_context = take_context(parser, false);
    parser.expect_end();
    return node;
  }

  syntax::FilterBlock parse_filter(ExpressionParser& parser, const Piece& opening) {
    syntax::FilterBlock node{.value = parser.filtered(syntax::kFilteredText), .body = {}};
    parser.expect_end();
    node.body = body(opening, "endfilter");
    return node;
  }

  syntax::Macro parse_macro(ExpressionParser& parser, const Piece& opening) {
    syntax::Macro node;
    node.name = parser.expect_identifier("宏的名称");
    parser.expect_operator("(");
    while (!parser.failed() && !parser.at_operator(")")) {
      syntax::Parameter parameter{.name = parser.expect_identifier("参数的名称"),
                                  .fallback = nullptr};
      if (parser.take_operator("=")) {
        parameter.fallback = parser.expression();
      } else if (!node.parameters.empty() && node.parameters.back().fallback) {
        parser.fail("没有默认值的参数要写在有默认值的参数前面");
      }
      node.parameters.push_back(std::move(parameter));
      if (!parser.take_operator(",")) break;
    }
    parser.expect_operator(")");
    parser.expect_end();
    node.body = body(opening, "endmacro");
    return node;
  }

  syntax::With parse_with(ExpressionParser& parser, const Piece& opening) {
    syntax::With node;
    while (parser.peek().kind != Token::Kind::End) {
      std::string name = parser.expect_identifier("变量的名称");
      parser.expect_operator("=");
      node.bindings.push_back({std::move(name), parser.expression()});
      if (!parser.take_operator(",")) break;
    }
    parser.expect_end();
    node.body = body(opening, "endwith");
    return node;
  }

  const syntax::Tree& tree_;
  std::vector<Piece> pieces_;
  Findings& findings_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

void parse_nodes(syntax::Tree& tree, Findings& findings) {
  std::vector<Piece> pieces = lex(tree, findings);
  tree.nodes = Parser(tree, std::move(pieces), findings).whole();
}

}  // namespace huice::compose
