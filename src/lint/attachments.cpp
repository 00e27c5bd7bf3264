// 附件: the list below the text against the annexes themselves; GB/T 9704-2012, 7.3.4 and 7.3.7.
#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "lint/letters.h"
#include "lint/parts.h"
#include "lint/rules.h"

namespace huice::lint {
namespace {

constexpr const char* kListSource = "GB/T 9704—2012 7.3.4";
constexpr const char* kAnnexSource = "GB/T 9704—2012 7.3.7";

constexpr Rule kColon{"attachment-colon", Strength::Must, kListSource, "“附件”后用全角冒号", true};
constexpr Rule kEnd{"attachment-end-mark", Strength::Must, kListSource, "附件名称后不用标点", true};
constexpr Rule kNumbers{"attachment-numbers", Strength::Must, kListSource,
                        "有多个附件时用阿拉伯数字顺序号“1.”“2.”；只有一个附件不编号", true};
constexpr Rule kTitle{"annex-title-differs", Strength::Must, kAnnexSource, "附件标题与附件说明一致",
                      false};
constexpr Rule kCount{"annex-count", Strength::Must, kAnnexSource, "附件说明列出的附件与所附的一致",
                      false};
constexpr Rule kMention{"annex-mention", Strength::Should, kAnnexSource,
                        "正文提到的附件在附件说明里有", false};
constexpr const Rule* kRules[] = {&kColon, &kEnd, &kNumbers, &kTitle, &kCount, &kMention};

/// A line of the list without its label and number.
struct Listed {
  const Paragraph* paragraph = nullptr;
  int number = 0;        ///< 0: none
  std::size_t mark = 0;  ///< where the mark behind the number is
  std::size_t name = 0;  ///< where the name begins
};

Listed listed(const Paragraph& paragraph) {
  const std::u32string& text = paragraph.text;
  Listed found{.paragraph = &paragraph};
  std::size_t at = 0;
  for (const std::u32string_view label : {U"附件", U"附"}) {
    if (begins(text, 0, label) && one_of(letter(text, label.size()), U"：:")) {
      at = label.size() + 1;
      break;
    }
  }
  while (is_blank(letter(text, at)))
    ++at;
  const std::size_t end = digits_end(text, at);
  if (end > at && end - at <= 2 && one_of(letter(text, end), U".．、，")) {
    found.number = number_of(std::u32string_view(text).substr(at, end - at));
    found.mark = end;
    at = end + 1;
  }
  while (is_blank(letter(text, at)))
    ++at;
  found.name = at;
  return found;
}

/// Names are the same when letters are, whatever marks and blanks stand round them.
std::u32string plain(std::u32string_view name) {
  std::u32string kept;
  for (const char32_t c : name) {
    if (!is_blank(c) && !one_of(c, U"《》〈〉“”\"。")) kept += c;
  }
  return kept;
}

void check_form(const Listed& each, Report& report) {
  const Paragraph& paragraph = *each.paragraph;
  const std::u32string& text = paragraph.text;
  if (const auto colon = text.find(U':'); colon <= 2 && colon < each.name) {
    report.add(kColon, paragraph,
               {.at = colon,
                .message = "“附件”后用了半角冒号",
                .proposal = "附件：",
                .edits = {{colon, 1, U"："}}});
  }
  if (each.number > 0 && one_of(text[each.mark], U"、，")) {
    report.add(kNumbers, paragraph,
               {.at = each.mark,
                .message = "附件顺序号后用了" + in_quotes(text.substr(each.mark, 1)),
                .proposal = std::to_string(each.number) + ".",
                .edits = {{each.mark, 1, U"."}}});
  }
  if (text.size() > each.name && one_of(text.back(), U"。；，、.;,")) {
    report.add(kEnd, paragraph,
               {.at = text.size() - 1,
                .message = "附件名称后有标点",
                .proposal = encode_utf8(text.substr(0, text.size() - 1)),
                .edits = {{text.size() - 1, 1, U""}}});
  }
}

void check_numbers(const std::vector<Listed>& list, Report& report) {
  if (list.size() == 1) {
    if (list.front().number == 0) return;
    report.add(kNumbers, *list.front().paragraph,
               {.at = list.front().mark,
                .message = "只有一个附件，编了顺序号",
                .proposal = "附件：" +
                            encode_utf8(list.front().paragraph->text.substr(list.front().name))});
    return;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    const int wanted = static_cast<int>(i) + 1;
    if (list[i].number == wanted) continue;
    report.add(
        kNumbers, *list[i].paragraph,
        {.at = list[i].mark,
         .message = list[i].number == 0 ? "有多个附件，这一个没有编顺序号" : "附件顺序号不连续",
         .proposal = std::to_string(wanted) + "."});
  }
}

/// A label with its title lines.
struct Annex {
  const Paragraph* label = nullptr;
  const Paragraph* first_line = nullptr;
  std::u32string title;
};

std::vector<Annex> annexes_of(const Draft& draft) {
  std::vector<Annex> found;
  for (const Paragraph& each : draft.paragraphs) {
    if (each.role == Role::AnnexLabel) {
      found.push_back({.label = &each});
    } else if (each.role == Role::AnnexTitle && !found.empty() &&
               each.part == found.back().label->part) {
      if (found.back().first_line == nullptr) found.back().first_line = &each;
      found.back().title += without_blanks(each.text);
    }
  }
  return found;
}

void check_titles(const std::vector<Listed>& list, const std::vector<Annex>& annexes,
                  Report& report) {
  for (std::size_t i = 0; i < std::min(list.size(), annexes.size()); ++i) {
    if (annexes[i].title.empty()) continue;
    const std::u32string name = list[i].paragraph->text.substr(list[i].name);
    if (plain(name) == plain(annexes[i].title)) continue;
    report.add(
        kTitle, *annexes[i].first_line,
        {.message = "附件标题" + in_quotes(annexes[i].title) + "与附件说明" + in_quotes(name) + "不一致",
         .proposal = encode_utf8(name)});
  }
  if (annexes.size() == list.size()) return;
  // （另发）, （另送）, （略）: not bound with the document, and said so.
  const bool apart = std::ranges::any_of(list, [](const Listed& each) {
    return holds(each.paragraph->text, U"另") || holds(each.paragraph->text, U"（略");
  });
  if (apart && annexes.size() < list.size()) return;
  report.add(kCount, *list.front().paragraph,
             {.message = "附件说明列了 " + std::to_string(list.size()) + " 个附件，文后附了 " +
                         std::to_string(annexes.size()) + " 个",
              .proposal = "核对附件"});
}

/// 见附件3 in the text, with fewer than three annexes.
void check_mentions(const Draft& draft, std::size_t count, Report& report) {
  constexpr std::size_t kMostDigits = 2;
  for (const Paragraph& paragraph : draft.paragraphs) {
    if (paragraph.role != Role::Body) continue;
    const std::u32string& text = paragraph.text;
    for (std::size_t at = text.find(U"附件"); at != text.npos; at = text.find(U"附件", at + 2)) {
      const std::size_t end = digits_end(text, at + 2);
      const std::size_t digits = end - at - 2;
      if (digits == 0 || digits > kMostDigits) continue;
      const int number = number_of(std::u32string_view(text).substr(at + 2, digits));
      if (static_cast<std::size_t>(number) <= count) continue;
      report.add(kMention, paragraph,
                 {.at = at,
                  .message = "正文提到附件" + std::to_string(number) + "，附件只有 " +
                             std::to_string(count) + " 个",
                  .proposal = "核对附件编号"});
    }
  }
}

void check_attachments(const Draft& draft, Report& report) {
  if (draft.kind == Kind::Regulation) return;
  std::vector<Listed> main;
  for (const Paragraph* each : draft.all(Role::Attachments)) {
    const Listed item = listed(*each);
    // `附件：` alone heads the list below it.
    if (item.name < each->text.size()) main.push_back(item);
  }
  for (const Listed& each : main)
    check_form(each, report);
  const auto annexes = annexes_of(draft);
  if (main.empty()) {
    // What has no list and no labels may still travel with annexes that are kept elsewhere.
    if (draft.kind == Kind::Official && !annexes.empty()) {
      check_mentions(draft, annexes.size(), report);
    }
    return;
  }
  check_numbers(main, report);
  if (!annexes.empty()) check_titles(main, annexes, report);
  check_mentions(draft, std::max(main.size(), annexes.size()), report);
}

}  // namespace

Family attachment_family() {
  return {"附件", kRules, check_attachments};
}

}  // namespace huice::lint
