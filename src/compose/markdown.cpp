#include "compose/markdown.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "compose/blanks.h"
#include "compose/markdown_tree.h"
#include "compose/table_marker.h"
#include "text/numerals.h"

namespace huice::compose {
namespace {

using text::OrdinalKind;

constexpr std::array<OrdinalKind, 4> kLevels = {OrdinalKind::Han, OrdinalKind::HanBracket,
                                                OrdinalKind::Digit, OrdinalKind::DigitBracket};

std::string plain(const std::vector<InlineRun>& runs) {
  std::string text;
  for (const InlineRun& run : runs)
    text += run.text;
  return text;
}

/// `标题 {横排}` -> `标题` and `横排`.
struct Marked {
  std::string_view text;
  std::string_view mark;
};
Marked split_mark(std::string_view text) {
  text = trimmed(text);
  const std::size_t open = text.rfind('{');
  if (!text.ends_with('}') || open == std::string_view::npos) return {text, {}};
  return {trimmed(text.substr(0, open)), text.substr(open + 1, text.size() - open - 2)};
}

/// What a level-1 heading begins: an annex, with the number it was given, or an issued text.
struct SectionTitle {
  bool annex = false;
  int number = 0;  ///< 0: not written
  std::string title;
  bool landscape = false;
  bool separate = false;
};

SectionTitle section_title(std::string_view heading) {
  SectionTitle section;
  std::string_view whole = trimmed(heading);
  for (Marked each = split_mark(whole); !each.mark.empty(); each = split_mark(whole)) {
    if (each.mark != "横排" && each.mark != "另装") break;
    (each.mark == "横排" ? section.landscape : section.separate) = true;
    whole = each.text;
  }
  section.title = std::string(whole);
  constexpr std::string_view kAnnex = "附件";
  if (!whole.starts_with(kAnnex)) return section;
  std::string_view rest = whole.substr(kAnnex.size());
  std::size_t digits = 0;
  int number = 0;
  while (digits < rest.size() && digits < 4 && rest[digits] >= '0' && rest[digits] <= '9') {
    number = number * 10 + (rest[digits++] - '0');
  }
  rest.remove_prefix(digits);
  std::string_view title = without_leading_blanks(rest);
  for (const std::string_view colon : {std::string_view("："), std::string_view(":")}) {
    if (title.starts_with(colon)) title = without_leading_blanks(title.substr(colon.size()));
  }
  if (title.size() == rest.size()) return section;  // 附件管理办法 is a title like any other
  section.annex = true;
  section.number = number;
  section.title = std::string(title);
  return section;
}

std::optional<model::Align> align_of(std::string_view mark) {
  if (mark == "居中") return model::Align::Centre;
  if (mark == "居右") return model::Align::Right;
  if (mark == "居左") return model::Align::Left;
  return std::nullopt;
}

std::vector<model::Run> to_runs(const std::vector<InlineRun>& inlines) {
  std::vector<model::Run> runs;
  for (const InlineRun& each : inlines)
    runs.push_back({.text = each.text, .strong = each.strong});
  return runs;
}

/// Without blanks at both ends of the paragraph: the indent is the layout's.
std::vector<model::Run> trimmed_runs(std::vector<model::Run> runs) {
  while (!runs.empty()) {
    runs.front().text = std::string(without_leading_blanks(runs.front().text));
    if (!runs.front().text.empty()) break;
    runs.erase(runs.begin());
  }
  while (!runs.empty()) {
    runs.back().text = std::string(without_trailing_blanks(runs.back().text));
    if (!runs.back().text.empty()) break;
    runs.pop_back();
  }
  return runs;
}

/// `values`: what is still open in the texts of tables.
model::Cell to_cell(const std::vector<InlineRun>& runs, const std::vector<std::string>& values) {
  std::string text = filled_in(runs.size() == 1 ? runs.front().text : plain(runs), values);
  const std::string_view core = trimmed(text);
  if (core.size() < text.size()) text = std::string(core);
  model::Cell cell;
  cell.content = std::move(text);
  cell.strong = !runs.empty() && std::ranges::all_of(runs, &InlineRun::strong);
  return cell;
}

/// A table whose header is empty has none.
model::Table to_table(const MarkdownTable& markdown, const std::vector<std::string>& values) {
  constexpr std::array<model::Align, 4> kAligns = {model::Align::Auto, model::Align::Left,
                                                   model::Align::Centre, model::Align::Right};
  model::Table table;
  for (const MarkdownTable::Align align : markdown.columns)
    table.columns.push_back({.width = 0, .align = kAligns[static_cast<std::size_t>(align)]});
  const auto empty = [&](const auto& runs) {
    return trimmed(filled_in(plain(runs), values)).empty();
  };
  const bool headless = !markdown.rows.empty() && std::ranges::all_of(markdown.rows.front(), empty);
  table.header_rows = headless ? 0 : 1;
  table.rows.reserve(markdown.rows.size());
  for (const auto& row : markdown.rows) {
    if (headless && &row == &markdown.rows.front()) continue;
    auto& cells = table.rows.emplace_back();
    cells.reserve(row.size());
    for (const auto& runs : row)
      cells.push_back(to_cell(runs, values));
  }
  return table;
}

constexpr std::string_view kSameAsLeft = "{同左}";
constexpr std::string_view kSameAsAbove = "{同上}";

bool is_word(const model::Cell& cell, std::string_view word) {
  const auto* text = std::get_if<std::string>(&cell.content);
  return text != nullptr && *text == word;
}

/// Below a row of the header with 同左, a row with 同上 is the next level of the header.
void find_levels(model::Table& table) {
  const auto has = [&](int row, std::string_view word) {
    return std::ranges::any_of(table.rows[static_cast<std::size_t>(row)],
                               [&](const model::Cell& cell) { return is_word(cell, word); });
  };
  const int rows = static_cast<int>(table.rows.size());
  while (table.header_rows > 0 && table.header_rows < rows &&
         has(table.header_rows - 1, kSameAsLeft) && has(table.header_rows, kSameAsAbove))
    ++table.header_rows;
}

/// Merges cells that say 同左 with the one to their left, 同上 with the one above. Returns whether
/// each had one; the row below the header has none above it.
bool merge_cells(model::Table& table) {
  const auto says = [&](std::size_t row, std::size_t column, std::string_view word) {
    return is_word(table.rows[row][column], word);
  };
  find_levels(table);
  bool all = true;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    for (std::size_t column = 0; column < table.rows[row].size(); ++column) {
      std::size_t left = column;
      while (left > 0 && says(row, left, kSameAsLeft))
        --left;
      std::size_t top = row;
      while (top > 0 && says(top, column, kSameAsAbove))
        --top;
      const auto head = static_cast<std::size_t>(table.header_rows);
      all = all && !says(row, left, kSameAsLeft) && !says(top, column, kSameAsAbove) &&
            (row < head || top >= head);
      model::Cell& to_left = table.rows[row][left];
      to_left.column_span = std::max(to_left.column_span, static_cast<int>(column - left) + 1);
      model::Cell& above = table.rows[top][column];
      above.row_span = std::max(above.row_span, static_cast<int>(row - top) + 1);
      table.rows[row][column].covered = left < column || top < row;
    }
  }
  return all;
}

class Builder {
 public:
  Builder(const Expansion& expansion, const Tables& tables)
      : expansion_(expansion), tables_(tables) {}

  Result<Sections> build(FilledTree filled) {
    for (const MarkdownFinding& each : filled.tree.findings)
      report(each.line, each.id, each.message, each.hint);
    blocks_ = std::move(filled.tree.blocks);
    values_ = std::move(filled.values);
    for (at_ = 0; at_ < blocks_.size(); ++at_)
      add_block(blocks_[at_]);
    number_annexes();
    if (findings_.empty()) return std::move(sections_);
    std::ranges::stable_sort(findings_, {}, [](const Error& each) { return each.where.line; });
    return as_error(std::move(findings_));
  }

 private:
  SourceSpan place(int line) const {
    const auto index = static_cast<std::size_t>(std::max(line, 1) - 1);
    return index < expansion_.lines.size() ? expansion_.lines[index] : SourceSpan{};
  }

  void report(int line, std::string id, std::string message, std::string hint) {
    findings_.push_back(Error{.code = ErrorCode::InvalidInput,
                              .id = std::move(id),
                              .message = std::move(message),
                              .where = place(line),
                              .hint = std::move(hint),
                              .excerpt = std::string(line_at(expansion_.text, line))});
  }

  std::vector<model::Block>& blocks() {
    return sections_.annexes.empty() ? sections_.body : sections_.annexes.back().blocks;
  }

  const MarkdownBlock* following() const {
    return at_ + 1 < blocks_.size() ? &blocks_[at_ + 1] : nullptr;
  }

  void add_block(const MarkdownBlock& block) {
    if (block.kind != MarkdownBlock::Kind::Paragraph && has_stray_marker(block)) {
      report(block.line, "markdown.table", "表要独占一段", "把 {{ table(…) }} 写在单独的一行");
      return;
    }
    switch (block.kind) {
      case MarkdownBlock::Kind::Heading:
        return block.level == 1 ? begin_section(block) : add_heading(block);
      case MarkdownBlock::Kind::Paragraph:
        return add_paragraph(block);
      case MarkdownBlock::Kind::Item:
        return add_item(block);
      case MarkdownBlock::Kind::Table:
        return add_markdown_table(block);
      case MarkdownBlock::Kind::Rule:
        blocks().emplace_back(model::PageBreak{});
    }
  }

  static bool has_stray_marker(const MarkdownBlock& block) {
    const auto marked = [](const auto& runs) {
      return has_marker(runs.size() == 1 ? runs.front().text : plain(runs));
    };
    const auto marked_row = [&](const auto& row) { return std::ranges::any_of(row, marked); };
    return marked(block.runs) ||
           (block.table != nullptr && std::ranges::any_of(block.table->rows, marked_row));
  }

  void begin_section(const MarkdownBlock& block) {
    const SectionTitle title = section_title(plain(block.runs));
    if (title.title.empty()) {
      report(block.line, "markdown.annex", "附件没有标题", "在 # 附件 后面空一格写上标题");
    }
    model::Annex annex;
    annex.title = title.title;
    annex.landscape = title.landscape;
    annex.separate = title.separate;
    if (title.annex) annex.label = "附件";
    sections_.annexes.push_back(std::move(annex));
    written_numbers_.push_back(title.annex ? title.number : 0);
    section_lines_.push_back(block.line);
    counters_ = {};
    level_ = 0;
  }

  /// The next ordinal of `level` (1 to 4); those below it begin again.
  std::string next_ordinal(int level) {
    const auto index = static_cast<std::size_t>(level - 1);
    ++counters_[index];
    std::fill(counters_.begin() + level, counters_.end(), 0);
    return text::to_ordinal(kLevels[index], counters_[index]);
  }

  bool check_heading(const MarkdownBlock& block, int level, std::string_view text) {
    if (text::leading_ordinal(text)) {
      report(block.line, "markdown.ordinal", "标题会自动编号，不要再写序号",
             "删去标题开头的序号；层次由 # 的个数决定");
      return false;
    }
    if (level > 1 && std::all_of(counters_.begin(), counters_.begin() + level - 1,
                                 [](int count) { return count == 0; })) {
      report(block.line, "markdown.level", "这个标题上面没有上一级标题",
             "正文的第一级标题用 ##，依次为 ###、####、#####");
      return false;
    }
    return true;
  }

  void add_heading(const MarkdownBlock& block) {
    const int level = block.level - 1;
    if (level > 4) {
      report(block.line, "markdown.level", "公文的层次不超过四级", "至多用五个 #");
      return;
    }
    const std::string text(trimmed(plain(block.runs)));
    if (!check_heading(block, level, text)) return;
    level_ = level;
    model::Paragraph paragraph;
    paragraph.level = level;
    paragraph.runs = {{.text = next_ordinal(level) + text, .strong = false}};
    paragraph.where = place(block.line);
    const MarkdownBlock* next = following();
    const bool runs_on = text.ends_with("。") && next != nullptr &&
                         next->kind == MarkdownBlock::Kind::Paragraph &&
                         !has_marker(plain(next->runs));
    if (runs_on) {
      paragraph.continuation = trimmed_runs(to_runs(next->runs));
      ++at_;
    }
    blocks().emplace_back(std::move(paragraph));
  }

  void add_paragraph(const MarkdownBlock& block) {
    const std::string text = plain(block.runs);
    if (const auto index = marked_table(trimmed(text))) return add_named_table(*index, block.line);
    if (has_marker(text)) {
      report(block.line, "markdown.table", "表要独占一段", "把 {{ table(…) }} 写在单独的一行");
      return;
    }
    if (take_caption(text)) return;
    if (add_reference_list(text, block.line)) return;
    if (add_running_heading(block)) return;
    model::Paragraph paragraph;
    paragraph.runs = trimmed_runs(to_runs(block.runs));
    paragraph.where = place(block.line);
    take_align(paragraph);
    if (!paragraph.runs.empty()) blocks().emplace_back(std::move(paragraph));
  }

  /// `表：标题` directly above a table.
  bool take_caption(std::string_view text) {
    const MarkdownBlock* next = following();
    const bool table_follows =
        next != nullptr && (next->kind == MarkdownBlock::Kind::Table ||
                            marked_table(trimmed(plain(next->runs))).has_value());
    constexpr std::string_view kCaption = "表：";
    if (!table_follows || !trimmed(text).starts_with(kCaption)) return false;
    caption_ = std::string(trimmed(trimmed(text).substr(kCaption.size())));
    return true;
  }

  /// `{目录}`, `{目录：三级}` or `{索引：术语、术语}` alone in a paragraph.
  bool add_reference_list(std::string_view text, int line) {
    const auto [before, mark] = split_mark(text);
    if (!before.empty() || mark.empty()) return false;
    const std::size_t colon = std::min(mark.find("："), mark.size());
    const std::string_view name = mark.substr(0, colon);
    const std::string_view rest =
        mark.substr(std::min(colon + std::string_view("：").size(), mark.size()));
    if (name == "索引") {
      blocks().emplace_back(
          model::TermIndex{.terms = listed(rest), .references = {}, .where = place(line)});
      return true;
    }
    if (name != "目录") return false;
    constexpr std::array<std::string_view, 4> kDepths = {"一级", "二级", "三级", "四级"};
    const auto depth = std::ranges::find(kDepths, rest);
    if (depth == kDepths.end() && !rest.empty()) {
      report(line, "markdown.contents", "目录的级数“" + std::string(rest) + "”看不懂",
             "写成 {目录} 或 {目录：三级}，至多四级");
    }
    model::Contents contents{.levels = 2, .references = {}, .where = place(line)};
    if (depth != kDepths.end()) contents.levels = static_cast<int>(depth - kDepths.begin()) + 1;
    blocks().emplace_back(std::move(contents));
    return true;
  }

  /// The parts of `甲、乙、丙`, each once.
  static std::vector<std::string> listed(std::string_view text) {
    constexpr std::string_view kSeparator = "、";
    std::vector<std::string> parts;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(kSeparator), text.size());
      const std::string part(trimmed(text.substr(0, end)));
      if (!part.empty() && std::ranges::find(parts, part) == parts.end()) parts.push_back(part);
      text.remove_prefix(std::min(end + kSeparator.size(), text.size()));
    }
    return parts;
  }

  static void take_align(model::Paragraph& paragraph) {
    if (paragraph.runs.empty()) return;
    const auto [text, mark] = split_mark(paragraph.runs.back().text);
    const auto align = align_of(mark);
    if (!align) return;
    paragraph.align = *align;
    paragraph.runs.back().text = std::string(text);
    if (paragraph.runs.back().text.empty()) paragraph.runs.pop_back();
  }

  /// `**小标题。**正文` below a heading.
  bool add_running_heading(const MarkdownBlock& block) {
    const auto& runs = block.runs;
    const bool sentence =
        runs.size() > 1 && runs.front().strong && trimmed(runs.front().text).ends_with("。");
    if (!sentence || level_ == 0 || level_ >= 4) return false;
    const std::string text(trimmed(runs.front().text));
    if (!check_heading(block, level_ + 1, text)) return true;
    model::Paragraph paragraph;
    paragraph.level = level_ + 1;
    paragraph.runs = {{.text = next_ordinal(level_ + 1) + text, .strong = false}};
    paragraph.continuation = trimmed_runs(to_runs({runs.begin() + 1, runs.end()}));
    paragraph.where = place(block.line);
    blocks().emplace_back(std::move(paragraph));
    return true;
  }

  void add_item(const MarkdownBlock& block) {
    std::string mark = "——";
    if (block.number > 0) {
      const auto kind = block.level == 1 ? OrdinalKind::Digit : OrdinalKind::DigitBracket;
      mark = text::to_ordinal(kind, block.number);
    }
    model::Paragraph paragraph;
    paragraph.runs = trimmed_runs(to_runs(block.runs));
    paragraph.runs.insert(paragraph.runs.begin(), {.text = mark, .strong = false});
    paragraph.where = place(block.line);
    blocks().emplace_back(std::move(paragraph));
  }

  void add_named_table(std::size_t index, int line) {
    if (index >= tables_.size()) {
      report(line, "markdown.table", "正文里有印不出的控制字符", "检查数据里的特殊字符");
      return;
    }
    add_table(std::next(tables_.begin(), static_cast<std::ptrdiff_t>(index))->second, line);
  }

  void add_markdown_table(const MarkdownBlock& block) {
    model::Table table = to_table(*block.table, values_);
    if (!merge_cells(table)) {
      report(block.line, "markdown.table", "{同左} 的左边或 {同上} 的上边没有可以合并的单元格",
             "第一列不写 {同左}，表头下面的第一行不写 {同上}");
    }
    add_table(std::move(table), block.line);
  }

  void add_table(model::Table table, int line) {
    blocks().emplace_back(model::TableBlock{
        .table = std::move(table), .caption = std::move(caption_), .where = place(line)});
    caption_.clear();
  }

  /// Annexes count from 1 after each issued text; a single one has no number.
  void number_annexes() {
    auto& annexes = sections_.annexes;
    for (std::size_t begin = 0; begin < annexes.size();) {
      if (annexes[begin].label.empty()) {
        ++begin;
        continue;
      }
      std::size_t end = begin;
      while (end < annexes.size() && !annexes[end].label.empty())
        ++end;
      for (std::size_t i = begin; i < end; ++i)
        number_annex(i, static_cast<int>(i - begin) + 1, end - begin == 1);
      begin = end;
    }
  }

  void number_annex(std::size_t index, int number, bool only) {
    const int written = written_numbers_[index];
    if (written != 0 && written != number) {
      report(section_lines_[index], "markdown.annex",
             "这是第 " + std::to_string(number) + " 个附件，却写作附件" + std::to_string(written),
             "附件按出现的先后编号；只写 # 附件 标题 则自动编号");
    }
    if (!only) sections_.annexes[index].label += std::to_string(number);
  }

  const Expansion& expansion_;
  const Tables& tables_;
  std::vector<MarkdownBlock> blocks_;
  std::vector<std::string> values_;  // that the tables of blocks_ leave open
  std::size_t at_ = 0;
  Sections sections_;
  std::vector<int> written_numbers_;  // of each annex
  std::vector<int> section_lines_;    // of each annex
  std::array<int, 4> counters_{};
  int level_ = 0;  // of the heading that the text stands under
  std::string caption_;
  Findings findings_;
};

}  // namespace

Result<Sections> read_markdown(const Expansion& expansion, const Tables& tables,
                               MarkdownMemory* memory) {
  return Builder(expansion, tables)
      .build(memory == nullptr ? FilledTree{read_markdown_tree(expansion.text), {}}
                               : memory->tree_of(expansion));
}

}  // namespace huice::compose
