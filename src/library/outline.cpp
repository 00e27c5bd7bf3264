// Headings and passages of a body.
#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "library/structure.h"
#include "text/normalize.h"
#include "text/numerals.h"

namespace huice::library {
namespace {

constexpr int kArticleLevel = 5;

int level_of(text::OrdinalKind kind) {
  using enum text::OrdinalKind;
  switch (kind) {
    case Part:
      return 2;
    case Chapter:
      return 3;
    case Section:
      return 4;
    case Article:
      return kArticleLevel;
    case Han:
      return 6;
    case HanBracket:
      return 7;
    case Digit:
      return 8;
    case DigitBracket:
      break;
  }
  return 9;
}

/// Longest heading that stands in a line of its own, and that runs into its paragraph.
constexpr std::size_t kOwnLineLetters = 48;
constexpr std::size_t kRunInLetters = 36;

bool ends_clause(std::string_view line) {
  for (const std::string_view mark : {"。", "；", "，", "、", "：", ";", ",", ":"}) {
    if (line.ends_with(mark)) return true;
  }
  return false;
}

/// Where the heading of a line with a 序号 ends; 0 when the line is a plain item of a list.
std::size_t heading_size(std::string_view line, const text::Ordinal& ordinal) {
  if (ordinal.kind == text::OrdinalKind::Article) return ordinal.size;
  const auto stop = line.find("。");
  if (stop == std::string_view::npos) {
    const bool own_line = !ends_clause(line) && code_point_count(line) <= kOwnLineLetters;
    return own_line ? line.size() : 0;
  }
  const std::size_t end = stop + std::string_view("。").size();
  const bool item =
      ordinal.kind == text::OrdinalKind::Digit || ordinal.kind == text::OrdinalKind::DigitBracket;
  if (item && end == line.size()) return 0;
  const bool clause_inside = line.substr(0, stop).find("；") != std::string_view::npos;
  if (clause_inside || code_point_count(line.substr(0, end)) > kRunInLetters) return 0;
  return end;
}

/// Turns lines into blocks one at a time; knows whether it is inside an article.
class Outliner {
 public:
  std::vector<Block> take() { return std::move(blocks_); }

  void add(const SourceLine& line) {
    if (line.table_row) {
      blocks_.push_back({BlockKind::TableRow, 0, line.text});
      return;
    }
    // 附件：1.… and the lines below it name the annexes; they are no headings.
    const bool names_annexes =
        (line.text.starts_with("附件：") || line.text.starts_with("附件:")) &&
        !is_annex_mark(line.text);
    auto ordinal = text::leading_ordinal(line.text);
    in_annex_list_ =
        names_annexes || (in_annex_list_ && ordinal && ordinal->kind == text::OrdinalKind::Digit);
    if (in_annex_list_) ordinal.reset();
    if (line.heading > 0 || is_annex_mark(line.text)) {
      in_article_ = false;
      const int level = ordinal ? level_of(ordinal->kind) : std::max(1, line.heading);
      if (!ordinal || ordinal->kind != text::OrdinalKind::Article) {
        heading(level, line.text);
        return;
      }
    }
    const std::size_t size = ordinal ? heading_size(line.text, *ordinal) : 0;
    const bool item_of_article =
        in_article_ && level_of(ordinal ? ordinal->kind : text::OrdinalKind::Han) > kArticleLevel;
    if (size == 0 || item_of_article) {
      blocks_.push_back({BlockKind::Paragraph, 0, line.text});
      return;
    }
    in_article_ = ordinal->kind == text::OrdinalKind::Article;
    const std::string_view rest = text::trimmed(std::string_view(line.text).substr(size));
    heading(level_of(ordinal->kind), std::string_view(line.text).substr(0, size));
    if (!rest.empty()) blocks_.push_back({BlockKind::Paragraph, 0, std::string(rest)});
  }

 private:
  void heading(int level, std::string_view text) {
    if (text.ends_with("。")) text.remove_suffix(std::string_view("。").size());
    blocks_.push_back({BlockKind::Heading, level, std::string(text)});
  }

  std::vector<Block> blocks_;
  bool in_article_ = false;
  bool in_annex_list_ = false;
};

bool closes_sentence(std::string_view rest) {
  for (const std::string_view mark : {"”", "’", "）", "》", "」", ")"}) {
    if (rest.starts_with(mark)) return true;
  }
  return false;
}

/// Text without a full stop is cut there all the same: no passage is longer than a reader can see.
constexpr std::size_t kMostSentenceLetters = 4 * kPassageLetters;

/// `text` up to `most` letters.
std::string_view first_letters(std::string_view text, std::size_t most) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts = (text[at] & 0xC0) != 0x80;
    if (starts && letters++ == most) return text.substr(0, at);
  }
  return text;
}

/// Gathers paragraphs until a passage is full or a heading starts another.
class PassageGatherer {
 public:
  std::vector<Passage> take() {
    flush();
    return std::move(passages_);
  }

  void add(const Block& block) {
    if (block.kind == BlockKind::Heading) {
      // What stands below carries the heading along.
      if (bare_ && block.level > open_.back().level) bare_ = false;
      flush();
      while (!open_.empty() && open_.back().level >= block.level)
        open_.pop_back();
      open_.push_back(block);
      bare_ = true;
      return;
    }
    if (block.kind == BlockKind::Signature) return;
    bare_ = false;
    const std::size_t letters = code_point_count(block.text);
    if (letters <= kPassageLetters) {
      append(block.text, letters);
      return;
    }
    for (std::string_view sentence : sentences_of(block.text)) {
      while (!sentence.empty()) {
        const std::string_view piece = first_letters(sentence, kMostSentenceLetters);
        append(piece, code_point_count(piece), true);
        sentence.remove_prefix(piece.size());
      }
    }
    joined_ = false;
  }

 private:
  void append(std::string_view text, std::size_t letters, bool same_paragraph = false) {
    if (letters_ > 0 && letters_ + letters > kPassageLetters) flush();
    if (!text_.empty() && !(same_paragraph && joined_)) text_ += '\n';
    text_ += text;
    letters_ += letters;
    joined_ = same_paragraph;
  }

  void flush() {
    // A heading without text of its own is found by its words all the same.
    if (text_.empty() && !bare_) return;
    std::vector<std::string> headings;
    for (const Block& heading : open_)
      headings.push_back(heading.text);
    if (text_.empty() && headings.empty()) return;
    passages_.push_back({std::move(headings), std::move(text_)});
    text_.clear();
    letters_ = 0;
    joined_ = false;
    bare_ = false;
  }

  std::vector<Passage> passages_;
  std::vector<Block> open_;
  std::string text_;
  std::size_t letters_ = 0;
  bool joined_ = false;  // the text ends inside a paragraph
  bool bare_ = false;    // the last heading has no text yet
};

}  // namespace

std::vector<Block> blocks_of(const std::vector<SourceLine>& lines) {
  Outliner outliner;
  for (const SourceLine& line : lines)
    outliner.add(line);
  return outliner.take();
}

std::vector<Passage> passages_of(const Circular& circular) {
  PassageGatherer gatherer;
  for (const Block& block : circular.blocks)
    gatherer.add(block);
  return gatherer.take();
}

bool is_annex_mark(std::string_view line) {
  constexpr std::string_view kAnnex = "附件";
  if (!line.starts_with(kAnnex)) return false;
  std::string_view rest = line.substr(kAnnex.size());
  if (rest.ends_with("：")) rest.remove_suffix(std::string_view("：").size());
  return rest.empty() || text::parse_chinese_numeral(text::trimmed(rest)).has_value();
}

std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> sentences;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto next = first_code_point(text.substr(at)).value_or(CodePoint{0xFFFD, 1});
    at += next.size;
    const bool end =
        next.value == U'。' || next.value == U'！' || next.value == U'？' || next.value == U'\n';
    if (!end) continue;
    while (closes_sentence(text.substr(at)))
      at += first_code_point(text.substr(at))->size;
    sentences.push_back(text.substr(start, at - start));
    start = at;
  }
  if (start < text.size()) sentences.push_back(text.substr(start));
  return sentences;
}

}  // namespace huice::library
