// Files as lines that know their places.
#include <algorithm>

#include "base/utf8.h"
#include "lint/draft.h"
#include "lint/letters.h"

namespace huice::lint {
namespace {

/// Calls `take` with each line of `text` and its number from 1.
template <class Take>
void each_line(std::u32string_view text, Take take) {
  for (int number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find(U'\n'), text.size());
    std::u32string_view line = text.substr(0, end);
    if (line.ends_with(U'\r')) line.remove_suffix(1);
    take(line, number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

Error too_large(const std::string& file) {
  return Error{.code = ErrorCode::TooLarge,
               .id = "lint.too-large",
               .message = "文稿超过 " + std::to_string(kMaxDraftLetters) + " 字，不像一份公文",
               .where = {.file = file},
               .hint = "检查是否拿错了文件；多份文稿分开校对"};
}

/// Letters of Markdown notation at the start of a line.
std::size_t notation_size(std::u32string_view line) {
  std::size_t at = 0;
  while (letter(line, at) == U' ')
    ++at;
  const std::size_t marks = at;
  while (letter(line, at) == U'#')
    ++at;
  if (at > marks && letter(line, at) == U' ') return at + 1;
  if (one_of(letter(line, marks), U">-*+") && letter(line, marks + 1) == U' ') return marks + 2;
  return marks;
}

bool is_rule(std::u32string_view line) {
  return line.size() >= 3 && line.find_first_not_of(U"-=*_|: ") == std::u32string_view::npos;
}

}  // namespace

Result<std::vector<Line>> lines_of_text(std::string_view utf8, const std::string& file) {
  const std::u32string text = decode_utf8(utf8);
  if (text.size() > kMaxDraftLetters) return too_large(file);
  std::vector<Line> lines;
  bool gap = false;
  each_line(text, [&](std::u32string_view line, int number) {
    const bool empty = trimmed(line).empty();
    if (!empty) {
      lines.push_back({.text = std::u32string(line),
                       .where = {.file = file, .line = number, .column = 1},
                       // Collections of statutes mark their chapters as Markdown does.
                       .skip = line.starts_with(U"#") ? notation_size(line) : 0,
                       .after_gap = gap,
                       .table_row = holds(line, U"\t") && !is_blank(line.front())});
    }
    gap = empty;
  });
  return lines;
}

Result<std::vector<Line>> lines_of_markdown(std::string_view utf8, const std::string& file) {
  const std::u32string text = decode_utf8(utf8);
  if (text.size() > kMaxDraftLetters) return too_large(file);
  std::vector<Line> lines;
  bool gap = false;
  bool fenced = false;
  bool front_matter = text.starts_with(U"---\n");
  each_line(text, [&](std::u32string_view line, int number) {
    const std::u32string_view plain = trimmed(line);
    if (front_matter) {
      if (number > 1 && plain == U"---") front_matter = false;
      return;
    }
    if (plain.starts_with(U"```")) fenced = !fenced;
    // An empty line parts paragraphs in Markdown; it is no gap of the printed text.
    if (plain.empty() || fenced || plain.starts_with(U"```") || is_rule(plain)) return;
    const bool heading = plain.starts_with(U'#');
    lines.push_back({.text = std::u32string(line),
                     .where = {.file = file, .line = number, .column = 1},
                     .skip = notation_size(line),
                     .after_gap = gap && heading,
                     .table_row = plain.starts_with(U'|')});
    gap = true;
  });
  return lines;
}

}  // namespace huice::lint
