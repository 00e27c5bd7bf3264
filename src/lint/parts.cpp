#include "lint/parts.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "lint/letters.h"
#include "text/dates.h"
#include "text/document_number.h"
#include "text/numerals.h"

namespace huice::lint {
namespace {

using Words = std::vector<std::u32string_view>;

/// Kinds of text that travel with a 公文 or stand alone, and are no 文种.
const Words& other_kinds() {
  static const Words kKinds = {U"方案", U"条例", U"规定", U"办法", U"细则", U"规则", U"规划",
                               U"计划", U"要点", U"措施", U"清单", U"制度", U"法",   U"解释",
                               U"章程", U"总结", U"安排", U"名单", U"台账", U"表",   U"修正案"};
  return kKinds;
}

/// Where the 发文字号 in the line is, in UTF-8 bytes.
std::optional<text::FoundDocumentNumber> number_in(const std::string& utf8) {
  const auto found = text::find_document_numbers(utf8);
  if (found.size() != 1) return std::nullopt;
  return found.front();
}

bool is_bracket_or_blank(char32_t c) {
  return is_blank(c) || one_of(c, U"（）()*");  // * of Markdown
}

/// The issuer that a title names before 关于 and the like; empty when it names none.
std::u32string issuer_in_title(std::u32string_view title) {
  std::size_t first = title.size();
  for (const std::u32string_view verb : {U"关于", U"转发", U"批转", U"印发", U"令", U"公告"})
    first = std::min(first, title.find(verb));
  if (first == title.size() || !is_office(title.substr(0, first))) return {};
  return std::u32string(title.substr(0, first));
}

std::u32string issuer_of(const Draft& draft) {
  if (const Paragraph* head = draft.first(Role::Letterhead)) {
    std::u32string name = without_blanks(head->text);
    if (name.ends_with(U"文件")) name.resize(name.size() - 2);
    return name;
  }
  if (auto named = issuer_in_title(draft.title); !named.empty()) return named;
  const Paragraph* office = draft.first(Role::Office);
  return office == nullptr ? std::u32string() : without_blanks(office->text);
}

Kind kind_of(const Draft& draft) {
  constexpr std::ptrdiff_t kFewestArticles = 3;
  const auto articles = std::ranges::count_if(draft.paragraphs, [](const Paragraph& each) {
    const auto ordinal = text::leading_ordinal(encode_utf8(each.text));
    return each.part == 0 && ordinal && ordinal->kind == text::OrdinalKind::Article;
  });
  if (articles >= kFewestArticles && draft.first(Role::Addressee) == nullptr) {
    return Kind::Regulation;
  }
  const bool official = draft.first(Role::Number) != nullptr ||
                        draft.first(Role::Letterhead) != nullptr ||
                        (draft.first(Role::Addressee) != nullptr && !draft.title.empty());
  return official ? Kind::Official : Kind::Text;
}

}  // namespace

const std::vector<std::u32string_view>& genres() {
  static const Words kGenres = {U"决议", U"决定", U"命令", U"令",   U"公报", U"公告",
                                U"通告", U"意见", U"通知", U"通报", U"报告", U"请示",
                                U"批复", U"议案", U"函",   U"纪要"};
  return kGenres;
}

bool is_office(std::u32string_view name) {
  static const Words kEndings = {
      U"人民政府", U"政府",   U"国务院",   U"委员会",   U"常委会", U"党委",   U"县委",
      U"市委",     U"省委",   U"区委",     U"办公厅",   U"办公室", U"局",     U"厅",
      U"部",       U"委",     U"院",       U"领导小组", U"指挥部", U"联合会", U"总工会",
      U"银行",     U"开发区", U"管理处",   U"中心",     U"总局",   U"署",     U"协会",
      U"总队",     U"公司",   U"联席会议", U"集团",     U"科",     U"股"};
  constexpr std::size_t kFewest = 2;
  if (name.size() < kFewest || ending_of(name, kEndings).empty()) return false;
  return name.find_first_of(U"。，；：,;:！？《》“”") == std::u32string_view::npos;
}

bool is_number_line(std::u32string_view line) {
  constexpr std::size_t kMost = 60;
  if (line.size() > kMost) return false;
  const std::string utf8 = encode_utf8(line);
  // 云政发〔2026〕3 without its 号 is still meant as one.
  if (line.find_first_of(U"〔[［") != line.npos && text::parse_document_number(utf8)) return true;
  const auto found = number_in(utf8);
  if (!found) return false;
  std::u32string rest = decode_utf8(utf8.substr(0, found->offset));
  rest += decode_utf8(utf8.substr(found->offset + found->size));
  const auto begin = std::ranges::find_if_not(rest, is_bracket_or_blank);
  const std::u32string_view left(begin, rest.end());
  return left.empty() || left.starts_with(U"签发人");
}

std::optional<Date> day_of(std::u32string_view line) {
  return text::parse_people_date(encode_utf8(without_blanks(line)));
}

bool is_date_line(std::u32string_view line) {
  constexpr std::size_t kMost = 16;
  const std::u32string plain = without_blanks(line);
  if (plain.size() > kMost || plain.empty()) return false;
  if (day_of(plain)) return true;
  // A day that does not exist is still meant as one.
  const bool all = std::ranges::all_of(plain, [](char32_t c) {
    return is_digit(c) || is_numeral(c) || one_of(c, U"年月日号○Ｏ０");
  });
  return all && holds(plain, U"年") && holds(plain, U"月") && one_of(plain.back(), U"日号");
}

bool is_copy_number(std::u32string_view line) {
  constexpr std::size_t kMost = 8;
  if (line.starts_with(U"份号")) return true;
  return !line.empty() && line.size() <= kMost && digits_end(line, 0) == line.size();
}

bool is_secrecy(std::u32string_view line) {
  constexpr std::size_t kMost = 14;
  if (line.size() > kMost) return false;
  for (const std::u32string_view word : {U"绝密", U"机密", U"秘密", U"密级"}) {
    if (line.starts_with(word)) return true;
  }
  return false;
}

bool is_urgency(std::u32string_view line) {
  constexpr std::size_t kMost = 4;
  if (line.starts_with(U"紧急程度")) return true;
  return line.size() <= kMost && holds(line, U"急");
}

bool is_addressee(std::u32string_view line) {
  constexpr std::size_t kMost = 400;
  if (line.size() < 3 || line.size() > kMost || !one_of(line.back(), U"：:")) return false;
  if (line.find_first_of(U"。！？“") != std::u32string_view::npos) return false;
  for (const std::u32string_view other : {U"附件", U"抄送", U"如下", U"主题词", U"附："}) {
    if (holds(line, other)) return false;
  }
  const std::u32string_view names = line.substr(0, line.size() - 1);
  static const Words kEndings = {U"单位", U"机构",   U"部门", U"企业", U"乡镇", U"街道",
                                 U"同志", U"县长",   U"市长", U"书记", U"局长", U"主任",
                                 U"省长", U"各股室", U"军区", U"公司", U"组织", U"学校"};
  return is_office(names.substr(names.find_last_of(U"，、 　") + 1)) || names.starts_with(U"各") ||
         !ending_of(names, kEndings).empty();
}

bool is_annex_label(std::u32string_view line) {
  constexpr std::size_t kMost = 6;
  std::u32string_view rest = line;
  if (line.size() > kMost || !rest.starts_with(U"附件")) return false;
  rest.remove_prefix(2);
  if (!rest.empty() && one_of(rest.back(), U"：:")) rest.remove_suffix(1);
  return std::ranges::all_of(
      rest, [](char32_t c) { return is_digit(c) || is_numeral(c) || is_blank(c); });
}

bool is_copies(std::u32string_view line) {
  return line.starts_with(U"抄送") && one_of(letter(line, 2), U"：:");
}

bool is_printing(std::u32string_view line) {
  constexpr std::size_t kMost = 50;
  return line.size() <= kMost && line.ends_with(U"印发") &&
         text::find_dates(encode_utf8(line)).size() == 1;
}

bool is_note(std::u32string_view line) {
  if (one_of(letter(line, 0), U"（(") && one_of(line.back(), U"）)")) return true;
  return line.starts_with(U"联系人：") || line.starts_with(U"联系人:") || line.starts_with(U"此件");
}

std::u32string_view without_bracketed_end(std::u32string_view title) {
  while (!title.empty() && one_of(title.back(), U"。．.！"))
    title.remove_suffix(1);
  while (!title.empty() && one_of(title.back(), U"）)")) {
    const auto open = title.find_last_of(U"（(");
    if (open == std::u32string_view::npos) break;
    title = title.substr(0, open);
  }
  return title;
}

std::u32string_view genre_of(std::u32string_view title) {
  return ending_of(without_bracketed_end(title), genres());
}

bool is_whole_title(std::u32string_view title) {
  const std::u32string_view core = without_bracketed_end(title);
  if (!ending_of(core, genres()).empty()) return true;
  // 关于印发…方案 goes on with 的通知.
  if (holds(core, U"印发") || holds(core, U"转发") || holds(core, U"批转")) return false;
  return !ending_of(core, other_kinds()).empty();
}

const Paragraph* Draft::first(Role role) const {
  const auto found = std::ranges::find(paragraphs, role, &Paragraph::role);
  return found == paragraphs.end() ? nullptr : &*found;
}

std::vector<const Paragraph*> Draft::all(Role role) const {
  std::vector<const Paragraph*> found;
  for (const Paragraph& each : paragraphs) {
    if (each.role == role) found.push_back(&each);
  }
  return found;
}

void complete(Draft& draft) {
  draft.genre = genre_of(draft.title);
  if (const Paragraph* number = draft.first(Role::Number)) {
    std::u32string_view text = number->text;
    text = text.substr(0, text.find(U"签发人"));
    draft.number = trimmed(text);
  }
  draft.issuer = issuer_of(draft);
  for (const Paragraph& each : draft.paragraphs) {
    if (each.role == Role::Date && each.part == 0 && !draft.date) draft.date = day_of(each.text);
  }
  draft.kind = kind_of(draft);
}

}  // namespace huice::lint
