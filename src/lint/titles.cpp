// 标题: office, matter and 文种; GB/T 9704-2012, 7.3.1; 条例第九条.
#include <algorithm>

#include "base/utf8.h"
#include "lint/letters.h"
#include "lint/parts.h"
#include "lint/rules.h"

namespace huice::lint {
namespace {

constexpr const char* kElements = "《党政机关公文处理工作条例》第九条（七）";

constexpr Rule kGenre{"title-genre", Strength::Must, "《党政机关公文处理工作条例》第八条",
                      "标题以十五个文种之一结束；方案、计划、总结等用“通知”印发", false};
constexpr Rule kTwoGenres{"title-two-genres", Strength::Must, "《党政机关公文处理工作条例》第八条",
                          "不并用两个文种，不自造文种", false};
constexpr Rule kIssuer{"title-issuer", Strength::Should, kElements, "标题写明发文机关", false};
constexpr Rule kMatter{"title-matter", Strength::Must, kElements, "标题写明事由", false};
constexpr Rule kDoubled{"title-doubled-genre", Strength::Should, "公文写作惯例",
                        "层层转发的标题不叠“的通知的通知”", false};
constexpr Rule kAbout{"title-doubled-about", Strength::Should, "公文写作惯例",
                      "“关于”不连写，一个标题里不套两个“关于印发”", false};
constexpr Rule kEnd{"title-end-mark", Strength::Must, "GB/T 15834—2011 附录A；公文写作惯例",
                    "标题末尾不用标点", true};
constexpr Rule kInside{"title-marks", Strength::Should, "公文写作惯例",
                       "标题里除书名号、引号、顿号、括号外一般不用标点", false};
constexpr const Rule* kRules[] = {&kGenre,   &kTwoGenres, &kIssuer, &kMatter,
                                  &kDoubled, &kAbout,     &kEnd,    &kInside};

void check_genre(const Draft& draft, const Paragraph& last, Report& report) {
  const std::u32string_view title = without_bracketed_end(draft.title);
  const std::size_t end = last.text.size() - std::min<std::size_t>(last.text.size(), 2);
  if (draft.genre.empty()) {
    report.add(kGenre, last,
               {.at = end,
                .message = "标题" + in_quotes(title) + "没有以文种结束",
                .proposal = "关于印发《…》的通知（或十五个文种中合适的一个）"});
    return;
  }
  const std::u32string_view before_genre = title.substr(0, title.size() - draft.genre.size());
  static constexpr std::u32string_view kFirst[] = {U"请示", U"报告", U"申请", U"请求", U"建议"};
  for (const std::u32string_view first : kFirst) {
    const bool joined = before_genre.ends_with(first) &&
                        (draft.genre == U"报告" || draft.genre == U"请示" || draft.genre == U"函");
    // 调研报告 and 考察报告 are one word; 建议的报告 has its 的.
    if (joined) {
      report.add(kTwoGenres, last,
                 {.at = end,
                  .message = "“" + encode_utf8(first) + encode_utf8(draft.genre) +
                             "”不是文种，请示与报告不能并用",
                  .proposal = "请求批准用“请示”，汇报情况用“报告”"});
    }
  }
}

void check_elements(const Draft& draft, const Paragraph& first, Report& report) {
  static const std::vector<std::u32string_view> kShort = {U"令",   U"命令", U"公告", U"通告",
                                                          U"公报", U"纪要", U"决议", U"通报"};
  if (draft.genre.empty() || !ending_of(draft.genre, kShort).empty()) return;
  const std::u32string_view title = without_bracketed_end(draft.title);
  const bool about = holds(title, U"关于") || holds(title, U"转发") || holds(title, U"批转") ||
                     holds(title, U"对") || holds(title, U"印发");
  constexpr std::size_t kBareTitle = 12;
  if (!about && title.size() <= kBareTitle) {
    report.add(kMatter, first,
               {.message = "标题" + in_quotes(title) + "没有写明事由",
                .proposal = "发文机关名称＋关于＋事由＋的＋" + encode_utf8(draft.genre)});
  }
  if (title.starts_with(U"关于") && draft.first(Role::Letterhead) == nullptr) {
    const std::string issuer = draft.issuer.empty() ? "发文机关名称" : encode_utf8(draft.issuer);
    report.add(kIssuer, first,
               {.message = "标题没有写明发文机关，也没有发文机关标志",
                .proposal = issuer + encode_utf8(title)});
  }
}

void check_doubling(const Draft& draft, const Paragraph& first, const Paragraph& last,
                    Report& report) {
  const std::u32string& title = draft.title;
  for (const std::u32string_view genre : genres()) {
    const std::u32string one = U"的" + std::u32string(genre);
    const auto at = title.find(one + one);
    if (at == title.npos || title.find(U"》", at) == at + one.size()) continue;
    std::u32string proper = title;
    proper.erase(at, one.size());
    report.add(kDoubled, last,
               {.at = last.text.size() - std::min(last.text.size(), one.size()),
                .message = "标题里叠用" + in_quotes(one + one),
                .proposal = encode_utf8(proper)});
    break;
  }
  if (const auto at = title.find(U"关于关于"); at != title.npos) {
    report.add(kAbout, first, {.message = "标题里“关于”连写了两遍", .proposal = "关于"});
  } else if (title.find(U"关于印发") != title.rfind(U"关于印发") && !holds(title, U"《")) {
    report.add(kAbout, first,
               {.message = "标题里套了两个“关于印发”", .proposal = "只留最前面的一个"});
  }
}

void check_marks(const Paragraph& line, bool last, Report& report) {
  constexpr std::u32string_view kMarks = U"。，；：！？,;:!?.";
  const std::u32string& text = line.text;
  std::size_t end = text.size();
  while (last && end > 0 && one_of(text[end - 1], kMarks))
    --end;
  if (end < text.size()) {
    report.add(kEnd, line,
               {.at = end,
                .message = "标题末尾有标点" + in_quotes(text.substr(end)),
                .proposal = encode_utf8(text.substr(0, end)),
                .edits = {{end, text.size() - end, U""}}});
  }
  const auto inside = std::u32string_view(text).substr(0, end).find_first_of(kMarks);
  if (inside == text.npos) return;
  report.add(kInside, line,
             {.at = inside,
              .message = "标题里用了" + in_quotes(text.substr(inside, 1)),
              .proposal = "改写事由，不用这个标点"});
}

void check_title(const Draft& draft, Report& report) {
  const auto lines = draft.all(Role::Title);
  if (draft.kind != Kind::Official || lines.empty()) return;
  const Paragraph& first = *lines.front();
  const Paragraph& last = *lines.back();
  check_genre(draft, last, report);
  check_elements(draft, first, report);
  check_doubling(draft, first, last, report);
  for (const Paragraph* line : lines)
    check_marks(*line, line == lines.back(), report);
}

}  // namespace

Family title_family() {
  return {"标题", kRules, check_title};
}

}  // namespace huice::lint
