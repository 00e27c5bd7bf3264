#include "layout/parts.h"

#include <algorithm>
#include <utility>
#include <variant>

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

Setting paragraph_setting(Length width, model::Align align) {
  Setting setting = body_setting(width);
  switch (align) {
    case model::Align::Auto:
      setting.first_indent = kCell * 2;
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

/// No line of a paragraph alone on its page (孤行).
void keep_lines_together(Flow& lines) {
  if (lines.size() < 2) return;
  lines.front().keeps_next = true;
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
  Flow lines = lines_of(
      desk.setter.set(spans, paragraph_setting(desk.width, paragraph.align), paragraph.where),
      kSize3, kLineGap);
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

void append(Flow& to, Flow from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

struct BlockLines {
  const Desk& desk;
  Flow& lines;
  bool& breaks;

  void operator()(const model::Paragraph& paragraph) { add(paragraph_lines(desk, paragraph)); }
  void operator()(const model::TableBlock& block) { add(table_block_lines(desk, block)); }
  void operator()(const model::PageBreak&) { breaks = true; }

  void add(Flow more) {
    if (more.empty()) return;
    more.front().new_page = std::exchange(breaks, false);
    append(lines, std::move(more));
  }
};

FlowLine line_at(SetLine line, Length x, Length gap) {
  move(line.runs, x, Length());
  return {.height = kSize3, .gap = gap, .runs = std::move(line.runs)};
}

/// A single line of body text, natural width, left edge at 0.
SetLine natural_line(Typesetter& setter, std::string_view text, Role role) {
  Setting setting = body_setting(kPageHeight);
  setting.fill = Fill::Left;
  std::vector<SetLine> lines = setter.set(text, role, setting);
  return lines.empty() ? SetLine{} : std::move(lines.front());
}

SetLine ordinal(Typesetter& setter, std::size_t number) {
  return natural_line(setter, std::to_string(number) + ".", Role::FangSong);
}

/// Sets `word` at `x` of a line, before what is there, so that the text is read in its order.
void prepend(FlowLine& line, SetLine word, Length x) {
  move(word.runs, x, Length());
  line.runs.insert(line.runs.begin(), std::make_move_iterator(word.runs.begin()),
                   std::make_move_iterator(word.runs.end()));
}

/// A list of 附件 no longer than this stays on one page.
constexpr std::size_t kAttachmentsTogether = 6;
/// Seals of 45 mm, three side by side in 156 mm; fewer where the names need more.
constexpr std::int64_t kSealsPerRow = 3;
/// Lines from row to row, so that seals below each other do not touch.
constexpr int kSealRowBlanks = 4;
/// 7.3.5.1: the seal's upper edge stays within a line of the text. With 署名 and 成文日期 just
/// below the middle of a seal of 45 mm, 署名 comes two blank lines below the text.
constexpr int kSealBlanks = 2;

/// The middle of 署名 and 成文日期 when the date ends four characters from the right.
Length seal_middle(const Desk& desk, Length office_width, Length date_width) {
  const Length by_date = desk.width - kCell * 4 - half(date_width);
  return std::min(by_date, desk.width - half(office_width));
}

Flow sealed_alone(const Desk& desk, const model::Signature& signature) {
  Flow lines;
  SetLine date = natural_line(desk.setter, signature.date, Role::FangSong);
  SetLine office = natural_line(desk.setter, signature.offices.front(), Role::FangSong);
  const Length middle = seal_middle(desk, office.right, date.right);
  const Length office_x = std::max(Length(), middle - half(office.right));
  const Length date_x = middle - half(date.right);
  lines.push_back(line_at(std::move(office), office_x, gap_of(kSealBlanks)));
  lines.push_back(line_at(std::move(date), date_x, kLineGap));
  return lines;
}

Length widest_of(const std::vector<SetLine>& lines) {
  Length widest;
  for (const SetLine& line : lines)
    widest = std::max(widest, line.right);
  return widest;
}

std::vector<SetLine> natural_lines(const Desk& desk, const std::vector<std::string>& texts) {
  std::vector<SetLine> lines;
  for (const std::string& text : texts) {
    lines.push_back(natural_line(desk.setter, text, Role::FangSong));
  }
  return lines;
}

/// Joint issue: rows of names, each under its own seal, the date under the last name.
Flow sealed_joint(const Desk& desk, const model::Signature& signature) {
  std::vector<SetLine> offices = natural_lines(desk, signature.offices);
  SetLine date = natural_line(desk.setter, signature.date, Role::FangSong);
  const Length widest = widest_of(offices) + kCell;
  const auto per_row = static_cast<std::size_t>(
      std::clamp<std::int64_t>(desk.width.units() / widest.units(), 1, kSealsPerRow));
  Flow lines;
  Length middle;
  for (std::size_t first = 0; first < offices.size(); first += per_row) {
    const std::size_t count = std::min(per_row, offices.size() - first);
    FlowLine row{.height = kSize3, .gap = gap_of(first == 0 ? kSealBlanks : kSealRowBlanks)};
    for (std::size_t i = 0; i < count; ++i) {
      SetLine& office = offices[first + i];
      middle = per_row == 1 ? seal_middle(desk, office.right, date.right)
                            : share(desk.width, 2 * static_cast<std::int64_t>(i) + 1,
                                    2 * static_cast<std::int64_t>(count));
      move(office.runs, middle - half(office.right), Length());
      std::ranges::move(office.runs, std::back_inserter(row.runs));
    }
    lines.push_back(std::move(row));
  }
  const Length x = middle - half(date.right);
  lines.push_back(line_at(std::move(date), x, kLineGap));
  return lines;
}

/// 7.3.5.2: 署名 two characters from the right, the date two characters right of its beginning; a
/// date longer than that takes the two characters and pushes 署名 left.
Flow unsealed(const Desk& desk, const model::Signature& signature) {
  Flow lines;
  SetLine date = natural_line(desk.setter, signature.date, Role::FangSong);
  std::vector<SetLine> offices = natural_lines(desk, signature.offices);
  const Length widest = widest_of(offices);
  Length office_x = desk.width - kCell * 2 - widest;
  if (date.right > widest) office_x = desk.width - kCell * 4 - date.right;
  office_x = std::max(office_x, Length());
  for (SetLine& office : offices) {
    const Length gap = lines.empty() ? gap_of(1) : kLineGap;
    lines.push_back(line_at(std::move(office), office_x, gap));
  }
  const Length gap = lines.empty() ? gap_of(1) : kLineGap;
  lines.push_back(line_at(std::move(date), office_x + kCell * 2, gap));
  return lines;
}

}  // namespace

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

Setting body_setting(Length width) {
  return {.size = kSize3, .cell = kCell, .width = width, .first_indent = {}, .rest_indent = {}};
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
  for (const std::string& line : break_title(title, cells, desk.words)) {
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
  Flow flow =
      lines_of(desk.setter.set(text, Role::FangSong, body_setting(desk.width)), kSize3, kLineGap);
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
  const Length label = kCell * 5;  // two blank, 附件：
  const Length number = !numbered ? Length() : (names.size() > 9 ? kCell + half(kCell) : kCell);
  for (std::size_t i = 0; i < names.size(); ++i) {
    Setting setting = body_setting(desk.width);
    setting.first_indent = setting.rest_indent = label + number;
    Flow lines = lines_of(desk.setter.set(names[i], Role::FangSong, setting), kSize3, kLineGap);
    if (lines.empty()) continue;
    if (numbered) prepend(lines.front(), ordinal(desk.setter, i + 1), label);
    if (i == 0) {
      prepend(lines.front(), natural_line(desk.setter, "附件：", Role::FangSong), kCell * 2);
      lines.front().gap = gap_of(1);
    }
    append(flow, std::move(lines));
  }
  if (flow.size() <= kAttachmentsTogether) {
    for (std::size_t i = 0; i + 1 < flow.size(); ++i)
      flow[i].keeps_next = true;
  }
  return flow;
}

Flow signature_lines(const Desk& desk, const model::Signature& signature) {
  if (signature.offices.empty() && signature.date.empty()) return {};
  if (signature.seal == model::Signature::Seal::Unsealed || signature.offices.empty()) {
    return unsealed(desk, signature);
  }
  return signature.offices.size() == 1 ? sealed_alone(desk, signature)
                                       : sealed_joint(desk, signature);
}

Flow note_lines(const Desk& desk, const std::string& note) {
  if (note.empty()) return {};
  Setting setting = body_setting(desk.width);
  setting.first_indent = kCell * 2;
  return lines_of(desk.setter.set("（" + note + "）", Role::FangSong, setting), kSize3, kLineGap);
}

}  // namespace huice::layout
