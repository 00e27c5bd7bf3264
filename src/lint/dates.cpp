// 日期: days and years in running text, GB/T 15835-2011.
#include "base/date.h"
#include "base/utf8.h"
#include "lint/letters.h"
#include "lint/rules.h"

namespace huice::lint {
namespace {

constexpr const char* kFigures = "GB/T 15835—2011";

constexpr Rule kShortYear{"two-digit-year", Strength::Must, kFigures, "年份写全四位，不简写",
                          false};
constexpr Rule kPadding{"date-padding", Strength::Should, kFigures, "汉字写的年月日，月和日前不补0",
                        true};
constexpr Rule kHao{"day-as-hao", Strength::Should, "公文写作惯例", "日期写“日”，不写“号”", true};
constexpr Rule kImpossible{"impossible-date", Strength::Must, "历法", "日期真实存在", false};
constexpr Rule kHanZero{"han-year-zero", Strength::Must, kFigures,
                        "汉字年份里的零写“〇”，不写0、零和圆圈", true};
constexpr const Rule* kRules[] = {&kShortYear, &kPadding, &kHao, &kImpossible, &kHanZero};

/// A month, and a day where there is one, in digits behind 年 or on their own.
struct MonthDay {
  std::size_t month = 0;  // where its digits begin
  std::size_t month_end = 0;
  std::size_t day = 0;
  std::size_t day_end = 0;  // 0: no day
};

/// `5月7日` or `5月` at `at`; blanks are not allowed.
std::optional<MonthDay> month_day_at(std::u32string_view text, std::size_t at) {
  MonthDay found{.month = at, .month_end = digits_end(text, at)};
  const std::size_t size = found.month_end - at;
  if (size == 0 || size > 2 || letter(text, found.month_end) != U'月') return std::nullopt;
  found.day = found.month_end + 1;
  const std::size_t end = digits_end(text, found.day);
  const std::size_t days = end - found.day;
  if (days > 0 && days <= 2 && one_of(letter(text, end), U"日号")) found.day_end = end;
  return found;
}

void check_short_year(const Paragraph& paragraph, std::size_t at, Report& report) {
  const std::u32string& text = paragraph.text;
  const std::size_t end = digits_end(text, at);
  if (end - at != 2 || letter(text, end) != U'年') return;
  // 有期徒刑10年6个月 and 20年5月的变化 are spans; a month of a year is followed by 日, 份 or an
  // end.
  const auto month = month_day_at(text, end + 1);
  const bool dated = month && (month->day_end > 0 || begins(text, month->month_end, U"月份"));
  const bool range = one_of(before(text, at), U"—－-～~") && at >= 2 && is_digit(text[at - 2]) &&
                     at >= 5 && digits_end(text, at - 5) == at - 1 &&
                     !is_digit(before(text, at - 5));
  const bool year = begins(text, end, U"年度") || range;
  if (!dated && !year) return;
  const std::string written = encode_utf8(text.substr(at, 2));
  report.add(kShortYear, paragraph,
             {.at = at,
              .message = "年份写成了两位“" + written + "年”",
              .proposal = "20" + written + "年（核对世纪）"});
}

void check_padding(const Paragraph& paragraph, const MonthDay& found, Report& report) {
  const std::u32string& text = paragraph.text;
  std::vector<Edit> edits;
  if (text[found.month] == U'0' && found.month_end - found.month == 2) {
    edits.push_back({found.month, 1, U""});
  }
  if (found.day_end > 0 && text[found.day] == U'0') edits.push_back({found.day, 1, U""});
  if (edits.empty()) return;
  const std::size_t end = found.day_end > 0 ? found.day_end + 1 : found.month_end + 1;
  std::u32string proper = text.substr(found.month, end - found.month);
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)
    proper.erase(edit->begin - found.month, 1);
  report.add(kPadding, paragraph,
             {.at = found.month,
              .message = "月或日前补了0：" + in_quotes(text.substr(found.month, end - found.month)),
              .proposal = encode_utf8(proper),
              .edits = std::move(edits)});
}

void check_hao(const Paragraph& paragraph, const MonthDay& found, Report& report) {
  const std::u32string& text = paragraph.text;
  if (found.day_end == 0 || text[found.day_end] != U'号') return;
  if (one_of(letter(text, found.day_end + 1), U"楼线令文院")) return;
  report.add(kHao, paragraph,
             {.at = found.day_end,
              .message = "日期写成了“号”",
              .proposal = encode_utf8(text.substr(found.month, found.day_end - found.month)) + "日",
              .edits = {{found.day_end, 1, U"日"}}});
}

/// The four digits of a year directly before `month`; 0 when there are none.
int year_before(std::u32string_view text, std::size_t month) {
  if (month < 5 || text[month - 1] != U'年') return 0;
  const std::size_t begin = month - 5;
  if (digits_end(text, begin) != month - 1 || is_digit(before(text, begin))) return 0;
  return number_of(text.substr(begin, 4));
}

void check_existence(const Paragraph& paragraph, const MonthDay& found, Report& report) {
  const std::u32string& text = paragraph.text;
  const std::u32string_view view = text;
  const int month = number_of(view.substr(found.month, found.month_end - found.month));
  const int day =
      found.day_end > 0 ? number_of(view.substr(found.day, found.day_end - found.day)) : 1;
  const int written = year_before(text, found.month);
  // 5月 of 15个月 is not a date; 13月 after a year is a mistake.
  if (found.day_end == 0 && written == 0) return;
  constexpr int kLeapYear = 2000;
  const bool exists = month > 0 && day > 0 &&
                      Date::make(written > 0 ? written : kLeapYear, static_cast<unsigned>(month),
                                 static_cast<unsigned>(day))
                          .has_value();
  if (exists) return;
  const std::size_t end = found.day_end > 0 ? found.day_end + 1 : found.month_end + 1;
  report.add(kImpossible, paragraph,
             {.at = found.month,
              .message = "没有这一天：" + in_quotes(view.substr(found.month, end - found.month)),
              .proposal = "核对日期"});
}

void check_months(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i])) continue;
    if (const auto found = month_day_at(text, i)) {
      check_padding(paragraph, *found, report);
      check_hao(paragraph, *found, report);
      check_existence(paragraph, *found, report);
    }
    check_short_year(paragraph, i, report);
    i = digits_end(text, i) - 1;
  }
}

/// 二0二六年, 二○二六年, 二零二六年: four letters before 年, at least two of them Han digits.
void check_han_year(const Paragraph& paragraph, Report& report) {
  constexpr std::size_t kLetters = 4;
  const std::u32string& text = paragraph.text;
  for (std::size_t end = text.find(U'年', kLetters); end != text.npos;
       end = text.find(U'年', end + 1)) {
    const std::size_t begin = end - kLetters;
    std::vector<Edit> edits;
    std::size_t others = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (one_of(text[i], U"0０○◯Ｏ零")) {
        edits.push_back({i, 1, U"〇"});
      } else if (one_of(text[i], U"〇一二三四五六七八九")) {
        ++others;
      }
    }
    if (edits.empty() || edits.size() + others != kLetters || others < 2) continue;
    if (is_numeral(before(text, begin))) continue;
    std::u32string proper = text.substr(begin, kLetters + 1);
    for (const Edit& edit : edits)
      proper[edit.begin - begin] = U'〇';
    report.add(kHanZero, paragraph,
               {.at = begin,
                .message = "汉字年份的零写法不对：" + in_quotes(text.substr(begin, kLetters + 1)),
                .proposal = encode_utf8(proper),
                .edits = std::move(edits)});
  }
}

void check_dates(const Draft& draft, Report& report) {
  for (const Paragraph& paragraph : draft.paragraphs) {
    // 成文日期 and 印发日期 have rules of their own, stricter ones.
    if (paragraph.role == Role::Date || paragraph.role == Role::Printing) continue;
    check_months(paragraph, report);
    check_han_year(paragraph, report);
  }
}

}  // namespace

Family date_family() {
  return {"日期", kRules, check_dates};
}

}  // namespace huice::lint
