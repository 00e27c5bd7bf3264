#include "layout/parts.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "layout/references.h"
#include "layout/table_rows.h"
#include "layout/title.h"

namespace huice::layout {
namespace {

/// 黑体, 楷体, 仿宋, 仿宋 for the four levels of 7.3.3.
Role role_of(int level) {
  if (level == 1) return Role::Hei;
  return level == 2 ? Role::Kai : Role::FangSong;
}

void append_spans(std::vector<Span>& spans, const std::vector<model::Run>& runs, Role role) {
  for (const model::Run& run : runs) {
    // The body has no bolder face: what is stressed is set in 黑体.
    spans.push_back({run.text, run.strong && role == Role::FangSong ? Role::Hei : role});
  }
}

Setting paragraph_setting(const Desk& desk, model::Align align) {
  Setting setting = body_setting(desk.width, desk.grid);
  switch (align) {
    case model::Align::Auto:
      setting.first_indent = desk.grid.cell * 2;
      break;
    case model::Align::Left:
      break;
    case model::Align::Centre:
      setting.fill = Fill::Centre;
      break;
    case model::Align::Right:
      setting.fill = Fill::Right;
      break;
  }
  return setting;
}

/// The last line of a paragraph never begins a page alone, and the first ends none alone (孤行) but
/// in a paragraph of three lines: moved whole, it would leave two lines of the page blank.
void keep_lines_together(Flow& lines) {
  constexpr std::size_t kMayPart = 3;
  if (lines.size() < 2) return;
  if (lines.size() != kMayPart) lines.front().keeps_next = true;
  lines[lines.size() - 2].keeps_next = true;
}

std::string text_of(const std::vector<model::Run>& runs) {
  std::string text;
  for (const model::Run& run : runs)
    text += run.text;
  return text;
}

Flow paragraph_lines(const Desk& desk, const model::Paragraph& paragraph) {
  std::vector<Span> spans;
  append_spans(spans, paragraph.runs, role_of(paragraph.level));
  append_spans(spans, paragraph.continuation, Role::FangSong);
  Flow lines =
      lines_of(desk.setter.set(spans, paragraph_setting(desk, paragraph.align), paragraph.where),
               kSize3, desk.grid.line_gap());
  if (lines.empty()) return lines;
  keep_lines_together(lines);
  if (paragraph.level > 0) {
    // A heading is never the last line of a page; one that runs on needs no more than the text.
    if (paragraph.continuation.empty()) lines.back().keeps_next = true;
    if (paragraph.level <= 2) {
      lines.front().bookmark = text_of(paragraph.runs);
      lines.front().bookmark_level = paragraph.level + 1;
    }
  }
  return lines;
}

struct BlockLines {
  const Desk& desk;
  Flow& lines;
  bool& breaks;

  void operator()(const model::Paragraph& paragraph) { add(paragraph_lines(desk, paragraph)); }
  void operator()(const model::TableBlock& block) { add(table_block_lines(desk, block)); }
  void operator()(const model::PageBreak&) { breaks = true; }
  void operator()(const model::Contents& block) { add(reference_lines(desk, block.references)); }
  void operator()(const model::TermIndex& block) { add(reference_lines(desk, block.references)); }

  void add(Flow more) {
    if (more.empty()) return;
    more.front().new_page = std::exchange(breaks, false);
    append(lines, std::move(more));
  }
};

SetLine ordinal(const Desk& desk, std::size_t number) {
  return natural_line(desk, std::to_string(number) + ".", Role::FangSong);
}

/// Sets `word` at `x` of a line, before what is there, so that the text is read in its order.
void prepend(FlowLine& line, SetLine word, Length x) {
  move(word.runs, x, Length());
  line.runs.insert(line.runs.begin(), std::make_move_iterator(word.runs.begin()),
                   std::make_move_iterator(word.runs.end()));
}

/// A list of 附件 no longer than this stays on one page.
constexpr std::size_t kAttachmentsTogether = 6;
}  // namespace

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

Setting body_setting(Length width, const Grid& grid) {
  return {.size = kSize3, .cell = grid.cell, .width = width, .first_indent = {}, .rest_indent = {}};
}

SetLine natural_line(const Desk& desk, std::string_view text, Role role) {
  Setting setting = body_setting(kPageHeight, desk.grid);
  setting.fill = Fill::Left;
  std::vector<SetLine> lines = desk.setter.set(text, role, setting);
  return lines.empty() ? SetLine{} : std::move(lines.front());
}

Flow lines_of(std::vector<SetLine> lines, Length size, Length gap) {
  Flow flow;
  for (SetLine& line : lines) {
    flow.push_back({.height = size, .gap = gap, .runs = std::move(line.runs)});
  }
  return flow;
}

Flow title_lines(const Desk& desk, const std::string& title) {
  const auto cells = static_cast<int>(desk.width.units() / kSize2.units());
  Setting setting{.size = kSize2, .cell = kSize2, .width = desk.width, .fill = Fill::Centre};
  Flow flow;
  for (const std::string& line : break_title(title, cells)) {
    Flow set = lines_of(desk.setter.set(line, Role::XiaoBiaoSong, setting), kSize2, kLineGap);
    append(flow, std::move(set));
  }
  for (FlowLine& line : flow)
    line.keeps_next = true;
  if (!flow.empty()) {
    flow.front().bookmark = title;
    std::erase(flow.front().bookmark, '\n');
  }
  return flow;
}

Flow addressee_lines(const Desk& desk, const std::vector<std::string>& addressees) {
  if (addressees.empty()) return {};
  const std::string text = joined(addressees, "，") + "：";
  Flow flow = lines_of(desk.setter.set(text, Role::FangSong, body_setting(desk.width, desk.grid)),
                       kSize3, desk.grid.line_gap());
  for (FlowLine& line : flow)
    line.keeps_next = true;
  return flow;
}

Flow body_lines(const Desk& desk, const std::vector<model::Block>& blocks) {
  Flow lines;
  bool breaks = false;
  for (const model::Block& block : blocks)
    std::visit(BlockLines{desk, lines, breaks}, block);
  return lines;
}

Flow attachment_lines(const Desk& desk, const std::vector<std::string>& names) {
  Flow flow;
  const bool numbered = names.size() > 1;
  const Length cell = desk.grid.cell;
  const Length label = cell * 5;  // two blank, 附件：
  const Length number = !numbered ? Length() : (names.size() > 9 ? cell + half(cell) : cell);
  for (std::size_t i = 0; i < names.size(); ++i) {
    Setting setting = body_setting(desk.width, desk.grid);
    setting.first_indent = setting.rest_indent = label + number;
    Flow lines =
        lines_of(desk.setter.set(names[i], Role::FangSong, setting), kSize3, desk.grid.line_gap());
    if (lines.empty()) continue;
    if (numbered) prepend(lines.front(), ordinal(desk, i + 1), label);
    if (i == 0) {
      prepend(lines.front(), natural_line(desk, "附件：", Role::FangSong), cell * 2);
      lines.front().gap = desk.grid.gap_of(1);
    }
    append(flow, std::move(lines));
  }
  if (flow.size() <= kAttachmentsTogether) {
    for (std::size_t i = 0; i + 1 < flow.size(); ++i)
      flow[i].keeps_next = true;
  }
  return flow;
}

Flow attendance_lines(const Desk& desk, const std::vector<model::Attendance>& attendance) {
  Flow flow;
  const Length cell = desk.grid.cell;
  for (const model::Attendance& each : attendance) {
    // Two blank, the label and its colon, which is a whole character here.
    Setting setting = body_setting(desk.width, desk.grid);
    setting.first_indent = setting.rest_indent = cell * 5;
    Flow lines = lines_of(desk.setter.set(joined(each.names, "、"), Role::FangSong, setting),
                          kSize3, desk.grid.line_gap());
    if (lines.empty()) continue;
    const std::vector<Span> label = {{each.label, Role::Hei}, {"：", Role::FangSong}};
    Setting left = body_setting(desk.width, desk.grid);
    left.fill = Fill::Left;
    for (SetLine& word : desk.setter.set(label, left, {}))
      prepend(lines.front(), std::move(word), cell * 2);
    if (flow.empty()) lines.front().gap = desk.grid.gap_of(1);
    append(flow, std::move(lines));
  }
  return flow;
}

Flow note_lines(const Desk& desk, const std::string& note) {
  if (note.empty()) return {};
  Setting setting = body_setting(desk.width, desk.grid);
  setting.first_indent = desk.grid.cell * 2;
  return lines_of(desk.setter.set("（" + note + "）", Role::FangSong, setting), kSize3,
                  desk.grid.line_gap());
}

}  // namespace huice::layout
