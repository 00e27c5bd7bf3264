// 版头和主送: what stands above the text; GB/T 9704-2012, 7.2 and 7.3.2.
#include <algorithm>

#include "base/utf8.h"
#include "lint/letters.h"
#include "lint/parts.h"
#include "lint/rules.h"
#include "text/document_number.h"

namespace huice::lint {
namespace {

constexpr const char* kNumberSource = "GB/T 9704—2012 7.2.5";

constexpr Rule kBrackets{"number-brackets", Strength::Must, kNumberSource,
                         "发文字号的年份用六角括号“〔〕”", true};
constexpr Rule kYear{"number-year", Strength::Must, kNumberSource, "发文字号的年份写全四位", false};
constexpr Rule kSerial{"number-serial", Strength::Must, kNumberSource,
                       "发文字号的顺序号不编虚位（1不编为01），不加“第”字，后加“号”", true};
constexpr Rule kCopy{"copy-number-form", Strength::Should, "GB/T 9704—2012 7.2.1",
                     "份号一般用6位3号阿拉伯数字", false};
constexpr Rule kSecrecy{"secrecy-form", Strength::Must, "GB/T 9704—2012 7.2.2",
                        "密级写绝密、机密或秘密，保密期限用阿拉伯数字，二者之间用“★”", false};
constexpr Rule kSecretCopy{"secret-without-copy-number", Strength::Must,
                           "《党政机关公文处理工作条例》第九条（一）", "涉密公文标注份号", false};
constexpr Rule kUrgency{"urgency-value", Strength::Must, "《党政机关公文处理工作条例》第九条（三）",
                        "紧急程度写特急或加急（电报：特提、特急、加急、平急）", false};
constexpr Rule kColon{"addressee-colon", Strength::Must, "GB/T 9704—2012 7.3.2",
                      "主送机关后用全角冒号", true};
constexpr Rule kMarks{"addressee-marks", Strength::Should, "公文写作惯例",
                      "主送机关同类之间用顿号，不同类之间用逗号", false};
constexpr Rule kNoAddressee{"addressee-missing", Strength::Should,
                            "《党政机关公文处理工作条例》第九条（八）",
                            "除公布性公文外写明主送机关", false};
constexpr const Rule* kRules[] = {&kBrackets,   &kYear,    &kSerial, &kCopy,  &kSecrecy,
                                  &kSecretCopy, &kUrgency, &kColon,  &kMarks, &kNoAddressee};

/// A number of the form 云政发〔2026〕3号, as it is written: where each of its parts stands.
struct WrittenNumber {
  std::size_t open = 0;
  std::size_t year = 0;
  std::size_t close = 0;
  std::size_t serial = 0;  // behind 第, if there is one
  std::size_t end = 0;     // behind the digits of the serial
};

/// The number whose bracket opens at `open`; only digits that leave no doubt.
std::optional<WrittenNumber> written_number(std::u32string_view text, std::size_t open) {
  constexpr std::u32string_view kOpens = U"〔[（(【［﹝";
  constexpr std::u32string_view kCloses = U"〕]）)】］﹞";
  if (kOpens.find(text[open]) == kOpens.npos || !is_han(before(text, open))) return std::nullopt;
  WrittenNumber found{.open = open, .year = open + 1};
  found.close = digits_end(text, found.year);
  const std::size_t digits = found.close - found.year;
  if ((digits != 4 && digits != 2) || kCloses.find(letter(text, found.close)) == kCloses.npos) {
    return std::nullopt;
  }
  found.serial = found.close + 1;
  if (letter(text, found.serial) == U'第') ++found.serial;
  found.end = digits_end(text, found.serial);
  if (found.end == found.serial || letter(text, found.end) != U'号') return std::nullopt;
  return found;
}

void check_brackets(const Paragraph& paragraph, const WrittenNumber& found, Report& report) {
  const std::u32string& text = paragraph.text;
  if (text[found.open] == U'〔' && text[found.close] == U'〕') return;
  const std::u32string year = text.substr(found.year, found.close - found.year);
  report.add(kBrackets, paragraph,
             {.at = found.open,
              .message = "发文字号的年份用了" +
                         in_quotes(text.substr(found.open, found.close + 1 - found.open)),
              .proposal = "〔" + encode_utf8(year) + "〕",
              .edits = {{found.open, 1, U"〔"}, {found.close, 1, U"〕"}}});
}

void check_serial(const Paragraph& paragraph, const WrittenNumber& found, Report& report) {
  const std::u32string& text = paragraph.text;
  std::vector<Edit> edits;
  if (found.serial > found.close + 1) edits.push_back({found.close + 1, 1, U""});
  std::size_t zeros = found.serial;
  while (zeros + 1 < found.end && text[zeros] == U'0')
    ++zeros;
  if (zeros > found.serial) edits.push_back({found.serial, zeros - found.serial, U""});
  if (edits.empty()) return;
  const std::u32string written = text.substr(found.close + 1, found.end - found.close);
  report.add(kSerial, paragraph,
             {.at = found.close + 1,
              .message = "发文字号的顺序号写成了" + in_quotes(written),
              .proposal = encode_utf8(text.substr(zeros, found.end - zeros)) + "号",
              .edits = std::move(edits)});
}

void check_numbers(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const auto found = written_number(text, i);
    if (!found) continue;
    check_brackets(paragraph, *found, report);
    check_serial(paragraph, *found, report);
    if (found->close - found->year == 2) {
      report.add(
          kYear, paragraph,
          {.at = found->year,
           .message = "发文字号的年份只写了两位",
           .proposal = "〔20" + encode_utf8(text.substr(found->year, found->close - found->year)) +
                       "〕（核对世纪）"});
    }
  }
}

/// 号 left out at the end of the document's own number.
void check_own_number(const Draft& draft, Report& report) {
  const Paragraph* own = draft.first(Role::Number);
  if (own == nullptr || draft.number.empty() || !is_digit(draft.number.back())) return;
  const std::size_t at = own->text.find(draft.number) + draft.number.size();
  report.add(kSerial, *own,
             {.at = at,
              .message = "发文字号末尾没有“号”字",
              .proposal = encode_utf8(draft.number) + "号",
              .edits = {{at, 0, U"号"}}});
}

void check_copy_number(const Draft& draft, Report& report) {
  constexpr std::size_t kDigits = 6;
  const Paragraph* copy = draft.first(Role::CopyNumber);
  if (copy == nullptr) return;
  if (copy->text.size() == kDigits && digits_end(copy->text, 0) == kDigits) return;
  report.add(kCopy, *copy,
             {.message = "份号" + in_quotes(copy->text) + "不是6位数字", .proposal = "如 000001"});
}

/// 机密, 机密★1年, 机密★6个月, 秘密★长期.
bool is_proper_secrecy(std::u32string_view text) {
  for (const std::u32string_view level : {U"绝密", U"机密", U"秘密"}) {
    if (text == level) return true;
    if (!text.starts_with(level) || letter(text, 2) != U'★') continue;
    const std::u32string_view term = text.substr(3);
    const std::size_t digits = digits_end(term, 0);
    if (term == U"长期") return true;
    return digits > 0 && (term.substr(digits) == U"年" || term.substr(digits) == U"个月");
  }
  return false;
}

void check_secrecy(const Draft& draft, Report& report) {
  const Paragraph* secrecy = draft.first(Role::Secrecy);
  if (secrecy == nullptr) return;
  if (!is_proper_secrecy(without_blanks(secrecy->text))) {
    report.add(kSecrecy, *secrecy,
               {.message = "密级和保密期限写成了" + in_quotes(secrecy->text),
                .proposal = "如 机密★1年、秘密★6个月"});
  }
  if (draft.first(Role::CopyNumber) == nullptr) {
    report.add(kSecretCopy, *secrecy,
               {.message = "标了密级，没有份号", .proposal = "在密级上面一行写6位份号"});
  }
}

void check_urgency(const Draft& draft, Report& report) {
  const Paragraph* urgency = draft.first(Role::Urgency);
  if (urgency == nullptr) return;
  static constexpr std::u32string_view kValues[] = {U"特急", U"加急", U"特提", U"平急"};
  if (std::ranges::find(kValues, without_blanks(urgency->text)) != std::end(kValues)) return;
  report.add(kUrgency, *urgency,
             {.message = "紧急程度写成了" + in_quotes(urgency->text), .proposal = "特急 或 加急"});
}

void check_addressee(const Draft& draft, Report& report) {
  static const std::vector<std::u32string_view> kPublic = {
      U"公告", U"通告", U"公报", U"令", U"命令", U"纪要", U"决议", U"决定", U"议案", U"意见"};
  const Paragraph* addressee = draft.first(Role::Addressee);
  if (addressee == nullptr) {
    const Paragraph* title = draft.first(Role::Title);
    const bool wanted = !draft.genre.empty() && ending_of(draft.genre, kPublic).empty();
    if (title == nullptr || !wanted) return;
    report.add(kNoAddressee, *title,
               {.message = encode_utf8(draft.genre) + "没有主送机关",
                .proposal = "标题下一行写主送机关，后用全角冒号"});
    return;
  }
  const std::u32string& text = addressee->text;
  if (text.back() == U':') {
    report.add(kColon, *addressee,
               {.at = text.size() - 1,
                .message = "主送机关后用了半角冒号",
                .proposal = "：",
                .edits = {{text.size() - 1, 1, U"："}}});
  }
  if (const auto at = text.find_first_of(U"；;"); at != text.npos) {
    report.add(kMarks, *addressee,
               {.at = at, .message = "主送机关之间用了分号", .proposal = "、 或 ，"});
  }
}

void check_head(const Draft& draft, Report& report) {
  for (const Paragraph& paragraph : draft.paragraphs)
    check_numbers(paragraph, report);
  if (draft.kind != Kind::Official) return;
  check_own_number(draft, report);
  check_copy_number(draft, report);
  check_secrecy(draft, report);
  check_urgency(draft, report);
  check_addressee(draft, report);
}

}  // namespace

Family head_family() {
  return {"版头和主送", kRules, check_head};
}

}  // namespace huice::lint
