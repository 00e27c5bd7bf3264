#include <algorithm>

#include "library/readers.h"
#include "text/encoding.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

/// Cuts at line ends and form feeds.
template <class Take>
void each_line(std::string_view text, Take take) {
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("\n\f"), text.size());
    take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// Word leaves `[bookmark: _GoBack]` behind when it saves as text.
std::string without_bookmarks(std::string_view line) {
  constexpr std::string_view kMark = "[bookmark: ";
  std::string clean;
  while (!line.empty()) {
    const auto mark = line.find(kMark);
    const auto end = mark == std::string_view::npos ? mark : line.find(']', mark);
    if (end == std::string_view::npos) break;
    clean += line.substr(0, mark);
    line.remove_prefix(end + 1);
  }
  return clean.append(line);
}

/// Emphasis, code and link marks; the words stay.
std::string without_marks(std::string_view line) {
  std::string clean;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool pair = line.substr(i, 2) == "**" || line.substr(i, 2) == "__";
    if (pair) {
      ++i;
    } else if (line[i] == ']' && i + 1 < line.size() && line[i + 1] == '(') {
      const auto end = line.find(')', i);
      if (end != std::string_view::npos) i = end;
    } else if (line[i] != '`' && line[i] != '[') {
      clean += line[i];
    }
  }
  return clean;
}

bool is_rule(std::string_view line) {
  return line.size() >= 3 && line.find_first_not_of("-=*_|: ") == std::string_view::npos;
}

SourceLine markdown_line(std::string_view line) {
  SourceLine read;
  const auto marks = line.find_first_not_of('#');
  constexpr std::size_t kMostMarks = 6;
  if (marks != 0 && marks <= kMostMarks && marks < line.size() && line[marks] == ' ') {
    read.heading = static_cast<int>(marks);
    line.remove_prefix(marks);
  } else if (line.starts_with("|")) {
    read.table_row = true;
    line.remove_prefix(1);
    if (line.ends_with('|')) line.remove_suffix(1);
  } else {
    for (const std::string_view mark : {"> ", "- ", "* ", "+ "}) {
      if (line.starts_with(mark)) line.remove_prefix(mark.size());
    }
  }
  read.text = without_marks(line);
  return read;
}

}  // namespace

Result<SourceText> read_plain_text(std::string_view bytes) {
  HUICE_TRY(text::Decoded decoded, text::decode_text(bytes));
  SourceText source{.encoding = decoded.encoding};
  each_line(decoded.text, [&](std::string_view line) {
    SourceLine read{.text = without_bookmarks(line)};
    // Collections of statutes mark their chapters as Markdown does.
    if (line.starts_with("# ") || line.starts_with("## ") || line.starts_with("### ")) {
      read = markdown_line(line);
    }
    source.lines.push_back(std::move(read));
  });
  return finished(std::move(source));
}

Result<SourceText> read_markdown(std::string_view bytes) {
  HUICE_TRY(text::Decoded decoded, text::decode_text(bytes));
  SourceText source{.encoding = decoded.encoding};
  bool front_matter = decoded.text.starts_with("---\n");
  bool fenced = false;
  int number = 0;
  each_line(decoded.text, [&](std::string_view raw) {
    const std::string_view line = text::trimmed(raw);
    ++number;
    if (front_matter) {
      if (number > 1 && line == "---") front_matter = false;
      return;
    }
    if (line.starts_with("```")) {
      fenced = !fenced;
    } else if (fenced) {
      source.lines.push_back({.text = std::string(line)});
    } else if (!is_rule(line)) {
      source.lines.push_back(markdown_line(line));
    }
  });
  return finished(std::move(source));
}

}  // namespace huice::library
