#include "compose/markdown_memory.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "compose/table_marker.h"
#include "text/normalize.h"

namespace huice::compose {
namespace {

/// Value i stands in a shape as the character kFirstMark + i, of a private plane. Markdown takes it
/// for a letter.
constexpr char32_t kFirstMark = 0xF0000;
constexpr std::size_t kMostValues = 0xFFFD;
constexpr std::size_t kMarkBytes = 4;
/// The lead byte of the plane's characters in UTF-8, and of hardly any in use.
constexpr char kMarkLead = '\xF3';
/// Longer texts seldom repeat, and their trees are large.
constexpr std::size_t kLongestShape = 256 * 1024;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_ascii(char c) {
  return (c & 0x80) == 0;
}

bool begins_with_han(std::string_view text) {
  const auto first = first_code_point(text);
  return first && text::is_han(first->value);
}

/// A text with the stretches that values take in it.
class Shaper {
 public:
  explicit Shaper(const Expansion& expansion) : text_(expansion.text), values_(expansion.values) {}

  /// The text with marks for values; nullopt when it is better parsed as it is.
  std::optional<std::string> shape() {
    if (values_.size() > kMostValues || text_.size() > kLongestShape ||
        text_.find(kMarkLead) != text_.npos) {
      return std::nullopt;
    }
    open_.reserve(values_.size());
    std::string shape;
    shape.reserve(text_.size() + values_.size());
    std::size_t from = 0;
    for (const Expansion::Inserted& value : values_) {
      if (!is_open(value)) continue;
      shape += text_.substr(from, value.begin - from);
      append_utf8(shape, kFirstMark + static_cast<char32_t>(open_.size()));
      open_.push_back(plain(text_.substr(value.begin, value.size)));
      from = value.begin + value.size;
    }
    shape += text_.substr(from);
    if (!is_plain_around(shape)) return std::nullopt;
    return shape;
  }

  /// What the marks of shape() stand for.
  std::vector<std::string> take_values() && { return std::move(open_); }

 private:
  /// Of what values escape, only points and brackets behind digits are let through.
  static std::string plain(std::string_view escaped) {
    std::string text(escaped);
    if (escaped.find('\\') != escaped.npos) std::erase(text, '\\');
    return text;
  }

  /// Whether Markdown reads the value as it reads its mark.
  bool is_open(const Expansion::Inserted& value) const {
    const std::string_view text = text_.substr(value.begin, value.size);
    return !text.empty() && is_harmless(text) && is_open_before(value.begin, text) &&
           is_open_after(value.begin + value.size, text);
  }

  static bool is_harmless(std::string_view text) {
    constexpr std::string_view kMarks = "`*_{}[]<>#|~&!";
    constexpr std::string_view kFirst = "-+=:.)";
    constexpr std::string_view kSpacer = "\xE2\x80\x85";  // which parsing takes out
    if (is_blank(text.front()) || is_blank(text.back()) || kFirst.find(text.front()) != kFirst.npos)
      return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (!is_ascii(c) || is_letter(c)) continue;
      const char next = i + 1 < text.size() ? text[i + 1] : '\0';
      const bool is_bad_escape = c == '\\' && next != '.' && next != ')';
      if (c < ' ' || c == 0x7F || is_bad_escape || kMarks.find(c) != kMarks.npos) return false;
    }
    return text.find(kSpacer) == text.npos && !has_marker(text);
  }

  /// Beside ** and the like it matters whether a letter or a mark stands there.
  static bool is_emphasis(char c) { return c == '*' || c == '_' || c == '~'; }

  bool is_open_before(std::size_t begin, std::string_view value) const {
    const bool is_word = is_letter(value.front()) || begins_with_han(value);
    const char before = begin == 0 ? '\n' : text_[begin - 1];
    if (before == '\\') return false;
    if (is_emphasis(before) && !is_word) return false;
    if (!is_ascii(value.front())) return true;
    // At the start of a line digits may number an item, and a blank goes between Latin words that
    // the end of a line parts.
    std::size_t line = begin;
    while (line > 0 && text_[line - 1] != '\n')
      --line;
    while (line < begin && is_blank(text_[line]))
      ++line;
    return line < begin && (text_[line] == '|' || !is_ascii(text_[line]));
  }

  bool is_open_after(std::size_t end, std::string_view value) const {
    std::size_t last = value.size() - 1;
    while (last > 0 && (value[last] & 0xC0) == 0x80)
      --last;
    const bool is_word = is_letter(value.back()) || begins_with_han(value.substr(last));
    const char after = end < text_.size() ? text_[end] : '\n';
    if (is_emphasis(after) && !is_word) return false;
    while (end < text_.size() && is_blank(text_[end]))
      ++end;
    return !is_ascii(value.back()) || (end < text_.size() && text_[end] != '\n');
  }

  /// Entities, links, code and HTML but for <br> may take a value in.
  static bool is_plain_around(std::string_view shape) {
    for (std::size_t at = 0; at < shape.size(); ++at) {
      const char c = shape[at];
      if (c != '&' && c != '[' && c != '`' && c != '<') continue;
      const std::string_view rest = shape.substr(at);
      const bool is_break =
          rest.starts_with("<br>") || rest.starts_with("<br/>") || rest.starts_with("<br />");
      if (!is_break) return false;
    }
    return true;
  }

  std::string_view text_;
  const std::vector<Expansion::Inserted>& values_;
  std::vector<std::string> open_;  ///< values with marks
};

}  // namespace

std::string filled_in(std::string_view text, const std::vector<std::string>& values) {
  std::string filled;
  while (!text.empty() && !values.empty()) {
    const std::size_t mark = text.find(kMarkLead);
    if (mark == text.npos) break;
    filled += text.substr(0, mark);
    const auto character = first_code_point(text.substr(mark));
    filled += values[character->value - kFirstMark];
    text.remove_prefix(mark + kMarkBytes);
  }
  return filled.append(text);
}

FilledTree MarkdownMemory::tree_of(const Expansion& expansion) {
  Shaper shaper(expansion);
  std::optional<std::string> shape = shaper.shape();
  if (!shape) return {read_markdown_tree(expansion.text), {}};
  const auto* known = trees_.find(*shape);
  if (known == nullptr) {
    auto tree = std::make_shared<const MarkdownTree>(read_markdown_tree(*shape));
    if (!tree->findings.empty()) return {read_markdown_tree(expansion.text), {}};
    known = &trees_.add(*std::move(shape), std::move(tree));
  }
  FilledTree filled{**known, std::move(shaper).take_values()};
  for (MarkdownBlock& block : filled.tree.blocks) {
    for (InlineRun& run : block.runs)
      run.text = filled_in(run.text, filled.values);
  }
  return filled;
}

}  // namespace huice::compose
