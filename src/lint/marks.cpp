// 标点: width, form and place of single marks, GB/T 15834-2011.
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "lint/letters.h"
#include "lint/numbering.h"
#include "lint/rules.h"

namespace huice::lint {
namespace {

constexpr Rule kHalfWidth{"half-width-mark", Strength::Must, "GB/T 15834—2011 第5章",
                          "中文里的标点用全角，不用半角", true};
constexpr Rule kDoubled{"doubled-mark", Strength::Must, "GB/T 15834—2011 第4章",
                        "同一处不重复写标点", true};
constexpr Rule kEllipsis{"ellipsis-form", Strength::Must, "GB/T 15834—2011 4.11",
                         "省略号写作“……”，占两个字", true};
constexpr Rule kEllipsisEtc{"ellipsis-with-deng", Strength::Should, "GB/T 15834—2011 4.11",
                            "省略号和“等”不同时用", false};
constexpr Rule kDash{"dash-form", Strength::Must, "GB/T 15834—2011 4.10",
                     "破折号写作“——”，占两个字", true};
constexpr Rule kBetweenMarks{"comma-between-marks", Strength::Should, "GB/T 15834—2011 4.5",
                             "并列的书名号之间、引号之间通常不用顿号", true};
constexpr Rule kBeforeEtc{"comma-before-deng", Strength::Should, "GB/T 15834—2011 4.5",
                          "“等”“等等”前不用顿号", true};
constexpr Rule kBeforeAnd{"comma-before-and", Strength::Should, "GB/T 15834—2011 4.5",
                          "“和”“与”“及”“以及”前不用顿号", true};
constexpr Rule kOpenEnd{"paragraph-left-open", Strength::Must, "GB/T 15834—2011 4.1、4.4",
                        "一段不以逗号、顿号结束", false};
constexpr Rule kNoEnd{"paragraph-without-end", Strength::Should, "GB/T 15834—2011 4.1",
                      "成句的一段末尾有句末标点", false};
constexpr const Rule* kRules[] = {&kHalfWidth,    &kDoubled,   &kEllipsis,  &kEllipsisEtc, &kDash,
                                  &kBetweenMarks, &kBeforeEtc, &kBeforeAnd, &kOpenEnd,     &kNoEnd};

constexpr std::u32string_view kHalf = U",;:?!.";
constexpr std::u32string_view kFull = U"，；：？！。";
constexpr std::u32string_view kClosing = U"》”’）〉】〕%％";

/// A half-width mark that stands in a Chinese sentence: by its neighbours.
bool is_chinese_context(std::u32string_view text, std::size_t at) {
  const char32_t left = before(text, at);
  const char32_t right = letter(text, at + 1);
  if (is_han(left) || one_of(left, kClosing)) {
    // 云岭县:8080 and 参见a.b are notation; a full stop needs Chinese on both sides.
    return text[at] != U'.' || is_han(right) || right == U'\0';
  }
  return text[at] != U'.' && (is_han(right) || one_of(right, U"“《（")) &&
         (is_digit(left) || one_of(left, U")]"));
}

void check_half_width(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  for (std::size_t i = ordinal_size(text); i < text.size(); ++i) {
    const auto which = kHalf.find(text[i]);
    if (which == kHalf.npos || !is_chinese_context(text, i)) continue;
    if (text[i] == U'.' && (letter(text, i + 1) == U'.' || before(text, i) == U'.')) continue;
    const std::u32string right(1, kFull[which]);
    report.add(kHalfWidth, paragraph,
               {.at = i,
                .message = "中文里用了半角的“" + encode_utf8(text.substr(i, 1)) + "”",
                .proposal = encode_utf8(right),
                .edits = {{i, 1, right}}});
  }
}

/// Where the bracket that opens at `open` closes; npos when it does not within kMostInside letters.
std::size_t closing_bracket(std::u32string_view text, std::size_t open) {
  constexpr std::size_t kMostInside = 500;
  int depth = 0;
  for (std::size_t i = open; i < std::min(text.size(), open + kMostInside); ++i) {
    if (one_of(text[i], U"(（")) ++depth;
    if (one_of(text[i], U")）") && --depth == 0) return i;
  }
  return std::u32string_view::npos;
}

void check_half_brackets(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  for (std::size_t i = ordinal_size(text); i < text.size(); ++i) {
    if (text[i] != U'(') continue;
    const std::size_t close = closing_bracket(text, i);
    if (close == std::u32string::npos || before(text, i) == U']') continue;
    const std::u32string_view inside = std::u32string_view(text).substr(i + 1, close - i - 1);
    const bool chinese = is_han(before(text, i)) || one_of(before(text, i), kClosing) ||
                         std::ranges::any_of(inside, is_han);
    if (!chinese) continue;
    std::vector<Edit> edits = {{i, 1, U"（"}};
    if (text[close] == U')') edits.push_back({close, 1, U"）"});
    report.add(kHalfWidth, paragraph,
               {.at = i,
                .message = "中文里用了半角的括号",
                .proposal = "（" + encode_utf8(inside) + "）",
                .edits = std::move(edits)});
  }
}

void check_doubled(const Paragraph& paragraph, Report& report) {
  constexpr std::u32string_view kMarks = U"，；：、。";
  const std::u32string& text = paragraph.text;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (!one_of(text[i], kMarks) || !one_of(text[i + 1], kMarks)) continue;
    std::size_t end = i + 1;
    bool same = true;
    for (; one_of(letter(text, end), kMarks); ++end)
      same = same && text[end] == text[i];
    // 。。。 is meant as an ellipsis.
    if (same && text[i] == U'。' && end - i >= 3) {
      i = end;
      continue;
    }
    Remark remark{.at = i,
                  .message = "标点重复：" + in_quotes(std::u32string_view(text).substr(i, end - i))};
    if (same) {
      remark.proposal = encode_utf8(text.substr(i, 1));
      remark.edits = {{i + 1, end - i - 1, U""}};
    }
    report.add(kDoubled, paragraph, std::move(remark));
    i = end;
  }
}

/// The run of the letter at `at`.
std::size_t run_end(std::u32string_view text, std::size_t at) {
  std::size_t end = at;
  while (letter(text, end) == text[at])
    ++end;
  return end;
}

bool is_malformed_ellipsis(char32_t mark, std::size_t size) {
  if (mark == U'…') return size != 2 && size != 4;
  return size >= 3 && size <= 6;
}

void check_ellipsis(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!one_of(text[i], U"….。·")) continue;
    const std::size_t end = run_end(text, i);
    const bool chinese = is_han(before(text, i)) || is_han(letter(text, end)) ||
                         one_of(before(text, i), U"”》）、，") || text[i] == U'…';
    if (chinese && is_malformed_ellipsis(text[i], end - i)) {
      report.add(kEllipsis, paragraph,
                 {.at = i,
                  .message = "省略号写成了" + in_quotes(std::u32string_view(text).substr(i, end - i)),
                  .proposal = "……",
                  .edits = {{i, end - i, U"……"}}});
    }
    if (begins(text, end, U"等") && end - i == 2 && text[i] == U'…') {
      report.add(kEllipsisEtc, paragraph,
                 {.at = i, .message = "省略号后面又写了“等”", .proposal = "只留一个"});
    }
    i = end - 1;
  }
}

void check_dash(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!one_of(text[i], U"-－—―ー─")) continue;
    const std::size_t end = run_end(text, i);
    const std::size_t size = end - i;
    const bool between = (is_han(before(text, i)) || one_of(before(text, i), kClosing)) &&
                         (is_han(letter(text, end)) || one_of(letter(text, end), U"“《"));
    const bool wrong = one_of(text[i], U"—") ? size == 3 : size >= 2;
    if (between && wrong) {
      report.add(kDash, paragraph,
                 {.at = i,
                  .message = "破折号写成了" + in_quotes(std::u32string_view(text).substr(i, size)),
                  .proposal = "——",
                  .edits = {{i, size, U"——"}}});
    }
    i = end - 1;
  }
}

/// One finding a paragraph: where it is the habit of a text, it is the habit everywhere in it.
void check_between_marks(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  std::vector<Edit> edits;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const bool titles = text[i - 1] == U'》' && text[i + 1] == U'《';
    const bool quotes = text[i - 1] == U'”' && text[i + 1] == U'“';
    if (text[i] == U'、' && (titles || quotes)) edits.push_back({i, 1, U""});
  }
  if (edits.empty()) return;
  const std::size_t at = edits.front().begin;
  const std::string count =
      edits.size() > 1 ? "（本段 " + std::to_string(edits.size()) + " 处）" : "";
  report.add(kBetweenMarks, paragraph,
             {.at = at,
              .message = "并列的书名号或引号之间用了顿号" + count,
              .proposal = "删去顿号",
              .edits = std::move(edits)});
}

bool begins_with_any(std::u32string_view text, std::size_t at,
                     std::initializer_list<std::u32string_view> words) {
  return std::ranges::any_of(words, [&](auto word) { return begins(text, at, word); });
}

void check_before_conjunction(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != U'、') continue;
    // 、等级 and 、等车 are words of the list; what ends a list is followed by a mark or a noun.
    const bool etc = letter(text, i + 1) == U'等' &&
                     (i + 2 == text.size() || one_of(letter(text, i + 2), U"，。；、：）”等") ||
                      begins_with_any(text, i + 2,
                                      {U"方面", U"问题", U"部门", U"单位", U"工作", U"情况",
                                       U"内容", U"事项", U"领域", U"环节", U"活动", U"措施",
                                       U"材料", U"费用", U"企业", U"机构", U"行业", U"有关"}));
    const bool conjunction =
        begins(text, i + 1, U"以及") ||
        (begins(text, i + 1, U"和") &&
         !begins_with_any(text, i + 1,
                          {U"和谐", U"和平", U"和睦", U"和解", U"和美", U"和顺", U"和田", U"和县",
                           U"和林", U"和静", U"和龙", U"和善"}));
    const bool linked = begins_with_any(text, i + 1, {U"及其", U"与其"}) &&
                        !begins_with_any(text, i + 1, {U"与其说"});
    if (!etc && !conjunction && !linked) continue;
    report.add(etc ? kBeforeEtc : kBeforeAnd, paragraph,
               {.at = i,
                .message = etc ? "“等”前用了顿号" : "连词前用了顿号",
                .proposal = "删去顿号",
                .edits = {{i, 1, U""}}});
  }
}

void check_end(const Paragraph& paragraph, Report& report) {
  constexpr std::size_t kFewestLetters = 25;
  const std::u32string& text = paragraph.text;
  if (text.empty()) return;
  if (one_of(text.back(), U"，、")) {
    report.add(kOpenEnd, paragraph,
               {.at = text.size() - 1,
                .message = "一段以" + in_quotes(text.substr(text.size() - 1)) + "结束",
                .proposal = "按文意改为句号、分号，或接上后文"});
    return;
  }
  const bool sentence = text.size() >= kFewestLetters && holds(text, U"，");
  if (sentence && (is_han(text.back()) || is_digit(text.back()))) {
    report.add(kNoEnd, paragraph,
               {.at = text.size() - 1,
                .message = "一段末尾没有标点",
                .proposal = encode_utf8(text.substr(text.size() - 1)) + "。"});
  }
}

void check_marks(const Draft& draft, Report& report) {
  for (const Paragraph& paragraph : draft.paragraphs) {
    check_half_width(paragraph, report);
    check_half_brackets(paragraph, report);
    check_doubled(paragraph, report);
    check_ellipsis(paragraph, report);
    check_dash(paragraph, report);
    check_between_marks(paragraph, report);
    check_before_conjunction(paragraph, report);
    if (paragraph.role == Role::Body && draft.kind != Kind::Text) check_end(paragraph, report);
  }
}

}  // namespace

Family mark_family() {
  return {"标点", kRules, check_marks};
}

}  // namespace huice::lint
