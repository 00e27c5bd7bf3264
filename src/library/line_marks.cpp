#include "library/line_marks.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "library/page_furniture.h"
#include "text/dates.h"
#include "text/document_number.h"
#include "text/normalize.h"
#include "text/numerals.h"

namespace huice::library {
namespace {

constexpr std::array<std::string_view, 32> kAgencyEndings = {
    "国务院", "办公厅", "厅",   "局",       "部",       "委",     "委员会", "办公室",
    "政府",   "总局",   "署",   "银行",     "中央",     "省委",   "市委",   "县委",
    "区委",   "常委会", "公司", "领导小组", "联席会议", "指挥部", "法院",   "检察院",
    "中心",   "管委会", "协会", "学院",     "大会",     "工作组", "办事处", "联合会"};

/// 9:30, 08：30.
bool has_clock(std::string_view line) {
  const std::string folded = text::fold(line);
  const auto digit = [&](std::size_t at) {
    return at < folded.size() && folded[at] >= '0' && folded[at] <= '9';
  };
  for (auto at = folded.find(':'); at != std::string::npos; at = folded.find(':', at + 1)) {
    if (at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2)) return true;
  }
  return false;
}

/// 第3期, （总第16期）.
bool is_issue(std::string_view line) {
  constexpr std::size_t kMostBytes = 40;
  return line.size() <= kMostBytes && line.find("第") != std::string_view::npos &&
         (line.ends_with("期") || line.ends_with("期）"));
}

bool has_letters(std::string_view line) {
  return std::ranges::any_of(decode_utf8(line), [](char32_t c) {
    return text::is_han(c) || (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'z');
  });
}

}  // namespace

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool starts_with_one_of(std::string_view text, std::span<const std::string_view> starts) {
  return std::ranges::any_of(starts, [&](auto start) { return text.starts_with(start); });
}

bool is_copy_number(std::string_view line) {
  constexpr std::size_t kDigits = 6;  // GB/T 9704-2012, 7.2.1
  return line.size() == kDigits && line.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_mark_above(std::string_view line) {
  static constexpr std::array<std::string_view, 12> kStarts = {"绝密", "机密", "秘密", "特急",
                                                               "加急", "特提", "平急", "签发",
                                                               "签批", "发往", "等级", "收文单位"};
  constexpr std::size_t kMostBytes = 240;
  if (line.size() > kMostBytes) return false;
  if (starts_with_one_of(line, kStarts)) return true;
  return is_copy_number(line) || is_issue(line) || !has_letters(line);
}

std::optional<SignedLine> signed_line(std::string_view raw) {
  constexpr std::size_t kMostBytes = 300;
  if (raw.size() > kMostBytes) return std::nullopt;
  const auto dates = text::find_dates(raw);
  if (dates.size() != 1 || dates[0].offset + dates[0].size != raw.size()) return std::nullopt;
  const auto before = text::trimmed(raw.substr(0, dates[0].offset));
  if (!names_agencies(before)) return std::nullopt;
  return SignedLine{joined_agencies(before), dates[0].date};
}

bool is_byline(std::string_view line) {
  constexpr std::size_t kMostBytes = 200;
  return line.size() <= kMostBytes && !holds(line, "。") && has_clock(line) &&
         !text::find_dates(line).empty();
}

bool is_agency(std::string_view name) {
  constexpr std::size_t kMostLetters = 60;
  const std::size_t letters = code_point_count(name);
  if (letters < 2 || letters > kMostLetters) return false;
  for (const std::string_view mark : {"。", "，", "；", "：", "《", "“", ">", "|"}) {
    if (holds(name, mark)) return false;
  }
  return std::ranges::any_of(kAgencyEndings, [&](auto ending) { return name.ends_with(ending); });
}

std::string joined_agencies(std::string_view line) {
  std::string names = without_inner_blanks(line);
  for (auto blank = names.find(' '); blank != std::string::npos; blank = names.find(' '))
    names.replace(blank, 1, "、");
  return names;
}

bool names_agencies(std::string_view line) {
  constexpr std::string_view kMark = "、";
  const std::string names = joined_agencies(line);
  std::string_view rest = names;
  while (true) {
    const auto mark = rest.find(kMark);
    if (!is_agency(rest.substr(0, mark))) return is_agency(names) && !holds(names, kMark);
    if (mark == std::string_view::npos) return true;
    rest.remove_prefix(mark + kMark.size());
  }
}

bool is_addressee(const SourceLine& line) {
  const std::string_view text = line.text;
  if (!text.ends_with("：") && !text.ends_with(':')) return false;
  for (const std::string_view never :
       {"。", "如下", "下列", "以下", "为了", "根据", "；", "要求", "附件"}) {
    if (holds(text, never)) return false;
  }
  constexpr std::size_t kMostLetters = 400;
  return !text::leading_ordinal(text) && code_point_count(text) <= kMostLetters;
}

std::optional<Date> date_of_line(std::string_view line) {
  constexpr std::string_view kBrackets[] = {"（", "(", "）", ")"};
  for (const auto bracket : kBrackets) {
    if (line.starts_with(bracket)) line.remove_prefix(bracket.size());
    if (line.ends_with(bracket)) line.remove_suffix(bracket.size());
  }
  return text::parse_people_date(line);
}

std::optional<std::string> number_of_line(std::string_view raw) {
  constexpr std::size_t kMostBytes = 600;
  if (raw.size() > kMostBytes) return std::nullopt;
  const std::string line = text::single_spaced(raw);
  if (const auto number = text::parse_document_number(line)) return number->text();
  // 签发人 or a date may stand in the same line; telegrams give their 等级 before it and the number
  // of the machine behind it.
  const auto found = text::find_document_numbers(line);
  constexpr std::size_t kMostBesides = 40;
  const bool telegram = line.starts_with("等级");
  if (found.size() != 1 || (line.size() > found[0].size + kMostBesides && !telegram))
    return std::nullopt;
  for (const std::string_view never : {"。", "，", "《", "公布", "通过", "关于"}) {
    if (holds(line, never)) return std::nullopt;
  }
  return found[0].number.text();
}

bool is_title_like(const SourceLine& line) {
  const std::string_view text = line.text;
  constexpr std::size_t kMostLetters = 64;
  if (line.table_row || code_point_count(text) > kMostLetters || holds(text, "。")) return false;
  for (const std::string_view mark : {"；", "，", "：", ":", ";", ",", "！", "、"}) {
    if (text.ends_with(mark)) return false;
  }
  if (has_clock(text)) return false;
  // A day inside a line tells when a page was put out; titles name years at most.
  if (!holds(text, "关于") && !text::find_dates(text).empty()) return false;
  return !text::leading_ordinal(text) && !number_of_line(text);
}

bool begins_subject(std::string_view line) {
  static constexpr std::array<std::string_view, 12> kStarts = {
      "关于", "印发", "转发", "批转", "发布", "公布", "贯彻", "对", "令", "同意", "废止", "调整"};
  return starts_with_one_of(line, kStarts);
}

std::string genre_of(std::string_view title, const std::vector<std::string>& genres) {
  for (int i = 0; i < 2; ++i) {
    for (const std::string_view close : {"）", ")"}) {
      const auto open = std::max(title.rfind("（") + 1, title.rfind('(') + 1);
      if (title.ends_with(close) && open > 1) title = title.substr(0, open - 1);
    }
  }
  while (title.ends_with("》") || title.ends_with("”"))
    title.remove_suffix(3);
  for (const std::string& genre : genres) {
    if (title.ends_with(genre)) return genre;
  }
  return {};
}

}  // namespace huice::library
