#include "layout/references.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "base/utf8.h"

namespace huice::layout {
namespace {

/// `document` may be const.
template <class Document, class Visit>
void for_each_block(Document& document, Visit visit) {
  for (auto& block : document.blocks)
    visit(block);
  for (auto& annex : document.annexes) {
    for (auto& block : annex.blocks)
      visit(block);
  }
}

std::string without_line_breaks(std::string text) {
  std::erase(text, '\n');
  return text;
}

bool same(const std::vector<model::Reference>& a, const std::vector<model::Reference>& b) {
  return std::ranges::equal(a, b, [](const model::Reference& x, const model::Reference& y) {
    return x.text == y.text && x.level == y.level && x.pages == y.pages;
  });
}

bool replace(std::vector<model::Reference>& old, std::vector<model::Reference> now) {
  if (same(old, now)) return false;
  old = std::move(now);
  return true;
}

/// The headings of `levels` levels, counted from the outermost that there is below the title.
std::vector<model::Reference> headings(const model::Document& document, const Pages& pages,
                                       int levels) {
  const std::string title = without_line_breaks(document.title);
  std::vector<const Bookmark*> found;
  int outermost = 9;
  for (const Bookmark& each : pages.bookmarks) {
    if (!title.empty() && each.level == 1 && without_line_breaks(each.title) == title) continue;
    found.push_back(&each);
    outermost = std::min(outermost, each.level);
  }
  std::vector<model::Reference> references;
  for (const Bookmark* each : found) {
    if (each->level >= outermost + levels) continue;
    references.push_back({.text = without_line_breaks(each->title),
                          .level = each->level - outermost + 1,
                          .pages = pages.pages[static_cast<std::size_t>(each->page)].label});
  }
  return references;
}

/// The terms that stand anywhere, with their pages.
std::vector<model::Reference> places(const std::vector<std::string>& terms, const Pages& pages,
                                     const std::vector<std::u32string>& page_texts) {
  std::vector<model::Reference> references;
  for (const std::string& term : terms) {
    const std::u32string wanted = decode_utf8(term);
    model::Reference reference{.text = term, .level = 1, .pages = {}};
    for (std::size_t i = 0; i < page_texts.size() && i < pages.pages.size(); ++i) {
      if (page_texts[i].find(wanted) == std::u32string::npos) continue;
      reference.pages += (reference.pages.empty() ? "" : "、") + pages.pages[i].label;
    }
    if (!reference.pages.empty()) references.push_back(std::move(reference));
  }
  return references;
}

/// On one line as wide as it comes, from 0.
SetLine single_line(Typesetter& setter, std::string_view text, Role role) {
  Setting setting = body_setting(kPageHeight);
  setting.fill = Fill::Left;
  std::vector<SetLine> lines = setter.set(text, role, setting);
  return lines.empty() ? SetLine{} : std::move(lines.front());
}

void put_at(FlowLine& line, SetLine more, Length x) {
  move(more.runs, x, Length());
  std::ranges::move(more.runs, std::back_inserter(line.runs));
}

/// Dots from `from` to `to`, in columns counted from the right.
void put_dots(const Desk& desk, FlowLine& line, Length from, Length to) {
  const std::int64_t count = (to - from).units() / kSize3.units();
  std::string dots;
  for (std::int64_t i = 0; i < count; ++i)
    dots += "…";
  if (dots.empty()) return;
  SetLine set = single_line(desk.setter, dots, Role::FangSong);
  const Length x = to - set.right;
  put_at(line, std::move(set), x);
}

Flow reference_line(const Desk& desk, const model::Reference& reference) {
  const Length indent = kCell * (2 * (reference.level - 1));
  SetLine number = single_line(desk.setter, reference.pages, Role::FangSong);
  const bool beside = number.right + kCell * 8 < desk.width - indent;
  Setting setting = body_setting(desk.width - (beside ? number.right + kCell * 2 : Length()));
  setting.fill = Fill::Left;
  setting.first_indent = indent;
  setting.rest_indent = indent + kCell * 2;
  const Role role = reference.level == 1 ? Role::Hei : Role::FangSong;
  std::vector<SetLine> lines = desk.setter.set(reference.text, role, setting);
  const Length text_end = lines.empty() ? indent : lines.back().right;
  Flow flow = lines_of(std::move(lines), kSize3, kLineGap);
  if (beside && !flow.empty()) {
    const Length left = desk.width - number.right;
    put_dots(desk, flow.back(), text_end + half(kCell), left - half(kCell));
    put_at(flow.back(), std::move(number), left);
  } else if (!reference.pages.empty()) {
    Setting below = body_setting(desk.width);
    below.fill = Fill::Right;
    Flow pages =
        lines_of(desk.setter.set(reference.pages, Role::FangSong, below), kSize3, kLineGap);
    std::ranges::move(pages, std::back_inserter(flow));
  }
  return flow;
}

}  // namespace

bool has_references(const model::Document& document) {
  bool found = false;
  for_each_block(document, [&](const model::Block& block) {
    found = found || std::holds_alternative<model::Contents>(block) ||
            std::holds_alternative<model::TermIndex>(block);
  });
  return found;
}

bool fill_references(model::Document& document, const Pages& pages,
                     const std::vector<std::u32string>& page_texts) {
  bool changed = false;
  for_each_block(document, [&](model::Block& block) {
    if (auto* contents = std::get_if<model::Contents>(&block)) {
      changed |= replace(contents->references, headings(document, pages, contents->levels));
    } else if (auto* index = std::get_if<model::TermIndex>(&block)) {
      changed |= replace(index->references, places(index->terms, pages, page_texts));
    }
  });
  return changed;
}

Flow reference_lines(const Desk& desk, const std::vector<model::Reference>& references) {
  Flow flow;
  for (const model::Reference& each : references) {
    Flow lines = reference_line(desk, each);
    for (FlowLine& line : lines)
      line.listed = true;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i)
      lines[i].keeps_next = true;
    std::ranges::move(lines, std::back_inserter(flow));
  }
  return flow;
}

}  // namespace huice::layout
