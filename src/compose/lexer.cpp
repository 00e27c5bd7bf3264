#include "compose/lexer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/utf8.h"
#include "compose/blanks.h"

namespace huice::compose {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_ascii_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

/// CJK and full-width punctuation: never part of a name, though not ASCII.
bool is_wide_punctuation(char32_t c) {
  return (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x3004) ||
         (c >= 0x3008 && c <= 0x3020) || (c >= 0xFF00 && c <= 0xFF0F) ||
         (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF3E) ||
         (c >= 0xFF5B && c <= 0xFF65) || (c >= 0xFDD0 && c <= 0xFDEF) || c == 0xFEFF;
}

bool starts_name(const CodePoint& c) {
  if (c.value >= 0x80) return !is_wide_punctuation(c.value);
  return c.value == '_' || (c.value >= 'a' && c.value <= 'z') || (c.value >= 'A' && c.value <= 'Z');
}

bool continues_name(const CodePoint& c) {
  return starts_name(c) || (c.value >= '0' && c.value <= '9');
}

/// Chains like `a + a + …` nest as deeply as they are long.
constexpr std::size_t kMaxTagTokens = 2000;

constexpr std::array<std::string_view, 6> kLongOperators = {"//", "**", "==", "!=", "<=", ">="};
constexpr std::string_view kShortOperators = "+-*/%~<>=.:|,()[]{}";

class Lexer {
 public:
  Lexer(const syntax::Tree& tree, Findings& findings)
      : tree_(tree), source_(tree.text), findings_(findings) {}

  std::vector<Piece> run() {
    while (at_ < source_.size()) {
      const std::size_t open = next_opening();
      const std::size_t text_begin = at_;
      if (open == std::string_view::npos) {
        add_text(text_begin, source_.size());
        break;
      }
      add_text(text_begin, text_end(open, text_begin));
      at_ = open;
      read_tag();
    }
    return std::move(pieces_);
  }

 private:
  std::string_view rest() const { return source_.substr(at_); }
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }

  /// The next `{{`, `{%` or `{#`.
  std::size_t next_opening() const {
    for (std::size_t from = at_;;) {
      const std::size_t open = source_.find('{', from);
      if (open == std::string_view::npos || open + 1 >= source_.size()) {
        return std::string_view::npos;
      }
      const char second = source_[open + 1];
      if (second == '{' || second == '%' || second == '#') return open;
      from = open + 1;
    }
  }

  /// Where the text before the tag at `open` ends: `-` takes all blanks, and a block or comment
  /// that is the first thing on its line takes the blanks before it.
  std::size_t text_end(std::size_t open, std::size_t begin) const {
    const char mark = open + 2 < source_.size() ? source_[open + 2] : '\0';
    const std::string_view text = source_.substr(begin, open - begin);
    if (mark == '-') return begin + without_trailing_blanks(text).size();
    if (mark == '+' || source_[open + 1] == '{') return open;
    std::size_t end = open;
    while (end > begin && (source_[end - 1] == ' ' || source_[end - 1] == '\t'))
      --end;
    return end == 0 || source_[end - 1] == '\n' ? end : open;
  }

  void add_text(std::size_t begin, std::size_t end) {
    if (end <= begin) return;
    pieces_.push_back({.kind = Piece::Kind::Text,
                       .offset = begin,
                       .text = source_.substr(begin, end - begin),
                       .tokens = {}});
  }

  void report(std::size_t offset, std::string id, std::string message, std::string hint) {
    findings_.push_back(tree_.error(offset, std::move(id), std::move(message), std::move(hint)));
  }

  void read_tag() {
    const std::size_t open = at_;
    if (peek(1) == '#') return skip_comment();
    if (peek(1) == '%' && read_raw()) return;
    const bool block = peek(1) == '%';
    at_ += 2;
    if (peek() == '-' || peek() == '+') ++at_;
    Piece piece{.kind = block ? Piece::Kind::Block : Piece::Kind::Print,
                .offset = open,
                .text = {},
                .tokens = {}};
    if (read_tokens(piece, block ? "%}" : "}}")) pieces_.push_back(std::move(piece));
  }

  /// Past `-%}`, `+%}` or `%}` and the blanks that go with it.
  void finish_tag(std::string_view closing, bool takes_newline) {
    const char mark = peek();
    if (mark == '-' || mark == '+') ++at_;
    at_ += closing.size();
    if (mark == '-') {
      at_ = source_.size() - without_leading_blanks(rest()).size();
    } else if (mark != '+' && takes_newline && peek() == '\n') {
      ++at_;
    }
  }

  void skip_comment() {
    const std::size_t close = source_.find("#}", at_ + 2);
    if (close == std::string_view::npos) {
      report(at_, "template.unclosed", "注释 {# 没有结束", "在注释的末尾写 #}");
      at_ = source_.size();
      return;
    }
    const bool marked = close > at_ + 2 && (source_[close - 1] == '-' || source_[close - 1] == '+');
    at_ = marked ? close - 1 : close;
    finish_tag("#}", true);
  }

  /// Past `{%- name -%}` at `from`: the offsets of its closing mark; nullopt when it is not there.
  std::optional<std::size_t> bare_tag(std::size_t from, std::string_view name) const {
    std::size_t at = from + 2;
    if (at < source_.size() && (source_[at] == '-' || source_[at] == '+')) ++at;
    while (at < source_.size() && is_ascii_blank(source_[at]))
      ++at;
    if (!source_.substr(at).starts_with(name)) return std::nullopt;
    at += name.size();
    while (at < source_.size() && is_ascii_blank(source_[at]))
      ++at;
    const std::string_view end = source_.substr(at, 3);
    if (end.starts_with("%}") || end == "-%}" || end == "+%}") return at;
    return std::nullopt;
  }

  /// `{% raw %}` … `{% endraw %}` as plain text.
  bool read_raw() {
    const auto close = bare_tag(at_, "raw");
    if (!close) return false;
    const std::size_t open = at_;
    at_ = *close;
    finish_tag("%}", true);
    const std::size_t begin = at_;
    for (std::size_t end = source_.find("{%", begin); end != std::string_view::npos;
         end = source_.find("{%", end + 2)) {
      if (const auto end_close = bare_tag(end, "endraw")) {
        add_text(begin, text_end(end, begin));
        at_ = *end_close;
        finish_tag("%}", true);
        return true;
      }
    }
    report(open, "template.unclosed", "{% raw %} 没有结束", "在后面补上 {% endraw %}");
    at_ = source_.size();
    return true;
  }

  /// The tokens of a tag and its end. False, after reporting, when the tag is broken; the text goes
  /// on after the first thing that looks like its end.
  bool read_tokens(Piece& piece, std::string_view closing) {
    std::string brackets;  // open ones
    for (;;) {
      while (at_ < source_.size() && is_ascii_blank(peek()))
        ++at_;
      if (at_ >= source_.size()) return unclosed(piece.offset, closing);
      const bool in_record = !brackets.empty() && brackets.back() == '{' && closing == "}}";
      if (!in_record && at_closing(closing)) {
        piece.tokens.push_back({.kind = Token::Kind::End, .text = {}, .offset = at_});
        finish_tag(closing, piece.kind == Piece::Kind::Block);
        return true;
      }
      if (piece.tokens.size() >= kMaxTagTokens) {
        Error error = tree_.error(piece.offset, "template.too-large", "这个标签太长",
                                  "用 {% set %} 把它拆成几步");
        error.code = ErrorCode::TooLarge;
        return skip_broken(std::move(error), piece.offset, closing);
      }
      auto token = read_token(piece);
      if (!token) return skip_broken(std::move(token).error(), piece.offset, closing);
      if (token.value().kind == Token::Kind::Operator) {
        const char c = token.value().text.front();
        if (c == '(' || c == '[' || c == '{') brackets += c;
        if (!brackets.empty() && (c == ')' || c == ']' || c == '}')) brackets.pop_back();
      }
      piece.tokens.push_back(std::move(token).value());
    }
  }

  bool at_closing(std::string_view closing) const {
    if (rest().starts_with(closing)) return true;
    return (peek() == '-' || peek() == '+') && source_.substr(at_ + 1).starts_with(closing);
  }

  bool unclosed(std::size_t open, std::string_view closing) {
    const std::string opening(source_.substr(open, 2));
    report(open, "template.unclosed", "标签 " + opening + " 没有结束",
           "在标签的末尾写 " + std::string(closing));
    at_ = std::min(source_.size(), open + 2);
    const std::size_t close = source_.find(closing, at_);
    at_ = close == std::string_view::npos ? source_.size() : close + closing.size();
    return false;
  }

  /// A strange character before the next tag or the end of the text means that this tag's end is
  /// missing; then that is what is reported.
  bool skip_broken(Error error, std::size_t open, std::string_view closing) {
    const std::size_t close = source_.find(closing, at_);
    const std::size_t next = next_opening();
    if (close == std::string_view::npos || next < close) return unclosed(open, closing);
    findings_.push_back(std::move(error));
    at_ = close + closing.size();
    return false;
  }

  Result<Token> read_token(const Piece& piece) {
    const char c = peek();
    if (c == '"' || c == '\'') return read_text();
    if (is_digit(c)) {
      const bool after_dot = !piece.tokens.empty() && piece.tokens.back().text == "." &&
                             piece.tokens.back().kind == Token::Kind::Operator;
      return read_number(after_dot);
    }
    const auto first = first_code_point(rest());
    if (first && starts_name(*first)) return read_name();
    return read_operator(first);
  }

  Token read_name() {
    Token token{.kind = Token::Kind::Name, .text = {}, .offset = at_};
    const std::size_t begin = at_;
    for (auto next = first_code_point(rest()); next && continues_name(*next);
         next = first_code_point(rest())) {
      at_ += next->size;
    }
    token.text = source_.substr(begin, at_ - begin);
    return token;
  }

  void read_digits(std::string& digits) {
    for (; is_digit(peek()) || (peek() == '_' && is_digit(peek(1))); ++at_) {
      if (peek() != '_') digits += peek();
    }
  }

  /// After a dot only an index can follow: `list.0.name`.
  Token read_number(bool only_digits) {
    Token token{.kind = Token::Kind::Number, .text = {}, .offset = at_};
    read_digits(token.text);
    if (only_digits) return token;
    if (peek() == '.' && is_digit(peek(1))) {
      token.text += '.';
      ++at_;
      read_digits(token.text);
    }
    const bool exponent =
        (peek() == 'e' || peek() == 'E') &&
        (is_digit(peek(1)) || ((peek(1) == '+' || peek(1) == '-') && is_digit(peek(2))));
    if (exponent) {
      token.text += {peek(), peek(1)};
      at_ += 2;
      read_digits(token.text);
    }
    return token;
  }

  Result<Token> read_text() {
    Token token{.kind = Token::Kind::Text, .text = {}, .offset = at_};
    const char quote = peek();
    for (++at_; at_ < source_.size() && peek() != quote; ++at_) {
      if (peek() == '\\') {
        ++at_;
        read_escape(token.text);
      } else {
        token.text += peek();
      }
    }
    if (at_ >= source_.size()) {
      at_ = token.offset + 1;
      return tree_.error(token.offset, "template.syntax", "文本的引号没有结束",
                         "在文本的末尾补上同样的引号");
    }
    ++at_;
    return token;
  }

  /// The four digits after the first character.
  static std::optional<char32_t> hexadecimal(std::string_view escape) {
    unsigned value = 0;
    const std::string_view digits = escape.substr(std::min<std::size_t>(1, escape.size()), 4);
    const auto [end, code] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    const bool whole = digits.size() == 4 && end == digits.data() + 4 && code == std::errc();
    if (!whole || (value >= 0xD800 && value <= 0xDFFF)) return std::nullopt;
    return value;
  }

  /// The escape after a backslash; stops on its last character.
  void read_escape(std::string& text) {
    constexpr std::string_view kLetters = "ntr\\\"'";
    constexpr std::string_view kMeanings = "\n\t\r\\\"'";
    if (const auto index = kLetters.find(peek()); index != std::string_view::npos && peek() != 0) {
      text += kMeanings[index];
      return;
    }
    if (const auto value = hexadecimal(source_.substr(at_)); value && peek() == 'u') {
      append_utf8(text, *value);
      at_ += 4;
      return;
    }
    text += '\\';
    if (at_ < source_.size()) text += peek();
  }

  Result<Token> read_operator(const std::optional<CodePoint>& first) {
    Token token{.kind = Token::Kind::Operator, .text = {}, .offset = at_};
    for (const std::string_view longer : kLongOperators) {
      if (rest().starts_with(longer)) token.text = longer;
    }
    if (token.text.empty() && kShortOperators.find(peek()) != std::string_view::npos) {
      token.text = peek();
    }
    if (!token.text.empty()) {
      at_ += token.text.size();
      return token;
    }
    const std::string found(rest().substr(0, first ? first->size : 1));
    const bool wide = first && is_wide_punctuation(first->value);
    return tree_.error(
        at_, "template.syntax", "标签里不能有“" + found + "”",
        wide ? "标签里的标点要用半角（英文）的" : "删去这个字符，或者把文本放在引号里");
  }

  const syntax::Tree& tree_;
  std::string_view source_;
  Findings& findings_;
  std::size_t at_ = 0;
  std::vector<Piece> pieces_;
};

}  // namespace

std::vector<Piece> lex(const syntax::Tree& tree, Findings& findings) {
  return Lexer(tree, findings).run();
}

}  // namespace huice::compose
