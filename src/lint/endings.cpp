// 署名、日期、附注和版记: what stands below the text; GB/T 9704-2012, 7.3.5, 7.3.6, 7.4.
#include <algorithm>

#include "base/utf8.h"
#include "lint/letters.h"
#include "lint/parts.h"
#include "lint/rules.h"
#include "text/dates.h"

namespace huice::lint {
namespace {

constexpr Rule kOffice{"signature-differs", Strength::Must,
                       "《党政机关公文处理工作条例》第九条（十一）",
                       "署名与发文机关标志或标题中的发文机关一致", false};
constexpr Rule kNoDate{"date-missing", Strength::Must, "《党政机关公文处理工作条例》第九条（十二）",
                       "署会议通过或签发的成文日期", false};
constexpr Rule kDate{"date-form", Strength::Must, "GB/T 9704—2012 7.3.5.4",
                     "成文日期用阿拉伯数字，年月日标全，年份标全称，月、日不编虚位", true};
constexpr Rule kYear{"date-against-number", Strength::Should,
                     "《党政机关公文处理工作条例》第九条（五）（十二）",
                     "发文字号的年份与成文日期的年份一致", false};
constexpr Rule kPrinted{"printing-before-date", Strength::Must, "GB/T 9704—2012 7.4.3",
                        "印发日期不早于成文日期", false};
constexpr Rule kPrinting{"printing-form", Strength::Must, "GB/T 9704—2012 7.4.3",
                         "印发日期用阿拉伯数字，年月日标全，月、日不编虚位", true};
constexpr Rule kCopies{"copies-form", Strength::Must, "GB/T 9704—2012 7.4.2",
                       "“抄送”后用全角冒号，最后一个抄送机关后用句号", true};
constexpr Rule kNote{"note-brackets", Strength::Must, "GB/T 9704—2012 7.3.6", "附注用圆括号括起",
                     true};
constexpr Rule kContact{"note-without-phone", Strength::Should, "公文写作惯例",
                        "附注写联系人的，一并写电话", false};
constexpr Rule kBlankPage{"blank-page-note", Strength::Should, "GB/T 9704—2012 7.3.5.5",
                          "排不下时调整行距、字距，不标“此页无正文”", false};
constexpr Rule kSubject{"subject-words", Strength::Should, "GB/T 9704—2012（2012年起不再标注）",
                        "不标主题词", false};
constexpr const Rule* kRules[] = {&kOffice, &kNoDate, &kDate,    &kYear,      &kPrinted, &kPrinting,
                                  &kCopies, &kNote,   &kContact, &kBlankPage, &kSubject};

/// GB/T 9704-2012 is in force since this day; what was issued before followed another.
bool is_older_than_standard(const Draft& draft) {
  constexpr int kYearOfStandard = 2012;
  constexpr unsigned kMonthOfStandard = 7;
  const auto begin = Date::make(kYearOfStandard, kMonthOfStandard, 1);
  return draft.date && begin && *draft.date < *begin;
}

/// One name is the other, or its end: 县政府办公室 signs for 云岭县人民政府办公室.
bool is_same_office(std::u32string_view a, std::u32string_view b) {
  if (holds(a, b) || holds(b, a)) return true;
  constexpr std::size_t kTail = 3;
  return a.size() >= kTail && b.size() >= kTail && a.front() == b.front() &&
         a.substr(a.size() - kTail) == b.substr(b.size() - kTail);
}

void check_office(const Draft& draft, Report& report) {
  std::vector<const Paragraph*> signers;
  for (const Paragraph* each : draft.all(Role::Office)) {
    if (each->part == 0) signers.push_back(each);
  }
  if (signers.size() != 1 || draft.issuer.empty()) return;
  if (draft.all(Role::Letterhead).size() > 1) return;
  const std::u32string name = without_blanks(signers.front()->text);
  // 标题 of joint issuers names them with blanks or 、 between.
  if (is_same_office(draft.issuer, name) || draft.title.find(name) != draft.title.npos) return;
  report.add(kOffice, *signers.front(),
             {.message = "署名" + in_quotes(name) + "与发文机关" + in_quotes(draft.issuer) + "不一致",
              .proposal = encode_utf8(draft.issuer)});
}

std::u32string proper_day(const Date& day) {
  return decode_utf8(day.to_chinese());
}

void check_date(const Draft& draft, const Paragraph& paragraph, Report& report) {
  const auto day = day_of(paragraph.text);
  if (!day) {
    report.add(kDate, paragraph,
               {.message = "没有这一天：" + in_quotes(paragraph.text), .proposal = "核对成文日期"});
    return;
  }
  const std::u32string proper = proper_day(*day);
  if (paragraph.text != proper && !is_older_than_standard(draft)) {
    report.add(kDate, paragraph,
               {.message = "成文日期写成了" + in_quotes(paragraph.text),
                .proposal = encode_utf8(proper),
                .edits = {{0, paragraph.text.size(), proper}}});
  }
}

void check_dates(const Draft& draft, Report& report) {
  const Paragraph* date = nullptr;
  for (const Paragraph* each : draft.all(Role::Date)) {
    check_date(draft, *each, report);
    if (each->part == 0 && date == nullptr) date = each;
  }
  static const std::vector<std::u32string_view> kDatedBelowTitle = {U"纪要", U"决议", U"决定",
                                                                    U"令", U"公报"};
  const Paragraph* title = draft.first(Role::Title);
  const bool dated_elsewhere = !ending_of(draft.genre, kDatedBelowTitle).empty();
  // Excerpts without signature are common among published texts: ask only where one is begun.
  if (date == nullptr && title != nullptr && !dated_elsewhere &&
      (draft.first(Role::Letterhead) != nullptr || draft.first(Role::Copies) != nullptr ||
       draft.first(Role::Office) != nullptr)) {
    report.add(kNoDate, *title,
               {.message = "没有成文日期", .proposal = "署名下一行写 2026年5月7日 这样的日期"});
  }
  const auto open = draft.number.find(U'〔');
  if (date == nullptr || !draft.date || open == draft.number.npos) return;
  const std::size_t end = digits_end(draft.number, open + 1);
  const int year = number_of(std::u32string_view(draft.number).substr(open + 1, end - open - 1));
  if (end - open - 1 == 4 && year != draft.date->year()) {
    report.add(kYear, *date,
               {.message = "成文日期在" + std::to_string(draft.date->year()) + "年，发文字号是〔" +
                           std::to_string(year) + "〕",
                .proposal = "核对二者"});
  }
}

void check_printing(const Draft& draft, const Paragraph& paragraph, Report& report) {
  const std::string utf8 = encode_utf8(paragraph.text);
  const auto days = text::find_dates(utf8);
  if (days.size() != 1) return;
  const std::size_t at = code_point_count(std::string_view(utf8).substr(0, days[0].offset));
  const std::size_t size = code_point_count(utf8.substr(days[0].offset, days[0].size));
  const std::u32string proper = proper_day(days[0].date);
  if (paragraph.text.substr(at, size) != proper) {
    report.add(kPrinting, paragraph,
               {.at = at,
                .message = "印发日期写成了" + in_quotes(paragraph.text.substr(at, size)),
                .proposal = encode_utf8(proper),
                .edits = {{at, size, proper}}});
  }
  if (draft.date && days[0].date < *draft.date) {
    report.add(kPrinted, paragraph,
               {.at = at,
                .message = "印发日期早于成文日期" + encode_utf8(proper_day(*draft.date)),
                .proposal = "核对二者"});
  }
}

void check_copies(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  if (letter(text, 2) == U':') {
    report.add(kCopies, paragraph,
               {.at = 2,
                .message = "“抄送”后用了半角冒号",
                .proposal = "抄送：",
                .edits = {{2, 1, U"："}}});
  }
  if (text.back() == U'。') return;
  const bool mark = one_of(text.back(), U".，；、,;");
  report.add(kCopies, paragraph,
             {.at = text.size() - 1,
              .message = "抄送机关末尾没有句号",
              .proposal = encode_utf8(text.substr(0, text.size() - (mark ? 1 : 0))) + "。",
              .edits = {{text.size() - (mark ? 1 : 0), mark ? 1U : 0U, U"。"}}});
}

void check_note(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  if (holds(text, U"联系人") && !holds(text, U"电话") && std::ranges::none_of(text, is_digit)) {
    report.add(kContact, paragraph,
               {.message = "附注有联系人，没有电话", .proposal = "（联系人：姓名，电话：号码）"});
  }
  if (one_of(text.front(), U"（(") && one_of(text.back(), U"）)")) return;
  report.add(kNote, paragraph,
             {.message = "附注没有用圆括号括起",
              .proposal = "（" + encode_utf8(text) + "）",
              .edits = {{0, text.size(), U"（" + text + U"）"}}});
}

void check_dropped(const Paragraph& paragraph, Report& report) {
  if (const auto at = paragraph.text.find(U"此页无正文"); at != paragraph.text.npos) {
    report.add(kBlankPage, paragraph,
               {.at = at,
                .message = "标了“此页无正文”",
                .proposal = "删去，调整行距、字距使印章与正文同页"});
  }
  if (paragraph.text.starts_with(U"主题词：") || paragraph.text.starts_with(U"主题词:")) {
    report.add(kSubject, paragraph, {.message = "标了主题词", .proposal = "删去这一行"});
  }
}

void check_ending(const Draft& draft, Report& report) {
  if (draft.kind != Kind::Official) return;
  check_office(draft, report);
  check_dates(draft, report);
  for (const Paragraph& paragraph : draft.paragraphs) {
    if (paragraph.role == Role::Printing) check_printing(draft, paragraph, report);
    if (paragraph.role == Role::Copies) check_copies(paragraph, report);
    if (paragraph.role == Role::Note) check_note(paragraph, report);
    check_dropped(paragraph, report);
  }
}

}  // namespace

Family ending_family() {
  return {"署名、日期和版记", kRules, check_ending};
}

}  // namespace huice::lint
