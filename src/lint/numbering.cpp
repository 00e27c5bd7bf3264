#include "lint/numbering.h"

#include <array>

#include "base/utf8.h"
#include "lint/letters.h"
#include "lint/rules.h"
#include "text/numerals.h"

namespace huice::lint {
namespace {

constexpr Rule kOrder{"ordinal-order", Strength::Must, "GB/T 9704—2012 7.3.3",
                      "同一层次的序数依次连续，不缺号、不重号", false};
constexpr Rule kLevel{"ordinal-level", Strength::Should, "GB/T 9704—2012 7.3.3",
                      "层次依次用“一、”“（一）”“1.”“（1）”", false};
constexpr Rule kMark{"ordinal-mark", Strength::Must, "GB/T 9704—2012 7.3.3；GB/T 15834—2011 4.5",
                     "“一”后用顿号，“1”后用下脚点，带括号的序数后不用标点", true};
constexpr Rule kFirst{"first-with-comma", Strength::Should, "GB/T 15834—2011 4.4",
                      "“第一”“首先”之后用逗号", true};
constexpr Rule kEnds{"heading-ends-alike", Strength::Should, "公文写作惯例",
                     "同一层次单独成行的标题，句末标点要么都有，要么都没有", false};
constexpr const Rule* kRules[] = {&kOrder, &kLevel, &kMark, &kFirst, &kEnds};

constexpr int kChapter = 5;
constexpr int kArticle = 6;
constexpr std::size_t kLevels = 7;
constexpr long kMostNumber = 200;  // of lists; what is more is a year or a sum

std::size_t numerals_end(std::u32string_view text, std::size_t at) {
  while (is_numeral(letter(text, at)))
    ++at;
  return at;
}

std::optional<long> han_number(std::u32string_view numerals) {
  const auto number = text::parse_chinese_numeral(encode_utf8(numerals));
  if (!number || *number <= 0) return std::nullopt;
  return static_cast<long>(*number);
}

/// 第三章, 第十二条; 第三条之一 is none.
std::optional<Ordinal> article(std::u32string_view text) {
  const std::size_t end = numerals_end(text, 1);
  const auto number = han_number(text.substr(1, end - 1));
  if (!number || begins(text, end + 1, U"之")) return std::nullopt;
  const bool alone = is_blank(letter(text, end + 1)) || letter(text, end + 1) == U'\0';
  if (letter(text, end) == U'章' && alone) {
    return Ordinal{kChapter, *number, end + 1, std::u32string(text.substr(0, end + 1))};
  }
  if (letter(text, end) == U'条' && alone) {
    return Ordinal{kArticle, *number, end + 1, std::u32string(text.substr(0, end + 1))};
  }
  return std::nullopt;
}

/// （一） and （1）, in any brackets, with or without a mark behind.
std::optional<Ordinal> bracketed(std::u32string_view text) {
  const bool digits = is_digit(letter(text, 1));
  const std::size_t end = digits ? digits_end(text, 1) : numerals_end(text, 1);
  if (end == 1 || !one_of(letter(text, end), U"）)")) return std::nullopt;
  const std::u32string_view inside = text.substr(1, end - 1);
  const auto number = digits ? std::optional<long>(number_of(inside)) : han_number(inside);
  if (!number || *number > kMostNumber) return std::nullopt;
  std::size_t size = end + 1;
  if (one_of(letter(text, size), U"、.．，,") && !is_digit(letter(text, size + 1))) ++size;
  return Ordinal{digits ? 4 : 2, *number, size, U"（" + std::u32string(inside) + U"）"};
}

std::optional<Ordinal> bare(std::u32string_view text) {
  const bool digits = is_digit(text[0]);
  const std::size_t end = digits ? digits_end(text, 0) : numerals_end(text, 0);
  if (!one_of(letter(text, end), digits ? U"、.．，" : U"、.．")) return std::nullopt;
  const std::u32string_view inside = text.substr(0, end);
  const auto number = digits ? std::optional<long>(number_of(inside)) : han_number(inside);
  if (!number || *number > kMostNumber) return std::nullopt;
  // 1.5倍 and 一、二级 are none; 二、一次性补助 is one.
  const std::size_t next_end = numerals_end(text, end + 1);
  const auto next = han_number(text.substr(end + 1, next_end - end - 1));
  if (digits ? is_digit(letter(text, end + 1)) : next == *number + 1) return std::nullopt;
  // Both U+002E and U+FF0E are the stop below: fonts of type foundries prefer the second.
  const char32_t stop = letter(text, end) == U'．' ? U'．' : U'.';
  return Ordinal{digits ? 3 : 1, *number, end + 1,
                 std::u32string(inside) + (digits ? stop : U'、')};
}

/// Counts through one part of a draft.
class Counter {
 public:
  explicit Counter(Report& report) : report_(&report) {}

  void take(const Paragraph& paragraph, const Ordinal& found) {
    const auto level = static_cast<std::size_t>(found.level);
    const long last = last_[level];
    const bool expects_one = anew_[level] && (restarts_[level] || last == 0);
    if (found.number == 1) {
      if (anew_[level] && last > 0) restarts_[level] = true;
    } else if (expects_one || found.number != last + 1) {
      add(paragraph, found, expects_one ? 0 : last);
    }
    last_[level] = found.number;
    anew_[level] = false;
    // 第三章 restarts nothing: articles are numbered through.
    for (std::size_t below = level + 1; below < kChapter && found.level < kChapter; ++below)
      anew_[below] = true;
    if (found.level >= kChapter) anew_[1] = anew_[2] = anew_[3] = anew_[4] = true;
  }

  bool has(int level) const { return last_[static_cast<std::size_t>(level)] > 0; }
  bool is_below(int level) const { return !anew_[static_cast<std::size_t>(level)] && has(level); }

 private:
  void add(const Paragraph& paragraph, const Ordinal& found, long last) {
    std::string message = in_quotes(found.proper);
    if (found.number == last) {
      message += "重复";
    } else if (last == 0) {
      message += "之前没有第一项";
    } else {
      message += "与前一个序数" + std::to_string(last) + "不连续";
    }
    report_->add(
        kOrder, paragraph,
        {.at = 0,
         .message = std::move(message),
         .proposal = "这里应是第 " + std::to_string(last + 1) + " 项，核对是否缺项或错号"});
  }

  Report* report_;
  std::array<long, kLevels> last_{};
  std::array<bool, kLevels> anew_{true, true, true, true, true, true, true};
  std::array<bool, kLevels> restarts_{};
};

void check_form(const Paragraph& paragraph, const Ordinal& found, Report& report) {
  const std::u32string written = paragraph.text.substr(0, found.size);
  if (written == found.proper) return;
  report.add(kMark, paragraph,
             {.at = 0,
              .message = "序数" + in_quotes(written) + "的标点不对",
              .proposal = encode_utf8(found.proper),
              .edits = {{0, found.size, found.proper}}});
}

void check_first(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  if (text.size() < 4 || text[0] != U'第' || !is_numeral(text[1]) || text[2] != U'、') return;
  if (is_numeral(text[3])) return;  // 第一、二季度
  report.add(kFirst, paragraph,
             {.at = 2,
              .message = "“" + encode_utf8(text.substr(0, 2)) + "”之后用了顿号",
              .proposal = encode_utf8(text.substr(0, 2)) + "，",
              .edits = {{2, 1, U"，"}}});
}

/// Headings of one level that stand alone in their lines, with and without an end mark.
class HeadingEnds {
 public:
  void take(const Paragraph& paragraph, const Ordinal& found) {
    constexpr std::size_t kMostLetters = 30;
    constexpr std::u32string_view kInside = U"，；：。";
    std::u32string_view text = paragraph.text;
    if (found.level != 1 || text.size() > kMostLetters) return;
    const bool ended = text.back() == U'。';
    if (ended) text.remove_suffix(1);
    if (text.find_first_of(kInside) != text.npos) return;
    (ended ? ended_ : open_).push_back(&paragraph);
  }

  void report(Report& report) const {
    if (ended_.empty() || open_.empty()) return;
    const bool fewer_ended = ended_.size() <= open_.size();
    for (const Paragraph* each : fewer_ended ? ended_ : open_) {
      report.add(kEnds, *each,
                 {.at = each->text.size() - 1,
                  .message = fewer_ended ? "其他同级标题末尾没有句号，这里有"
                                         : "其他同级标题末尾有句号，这里没有",
                  .proposal = fewer_ended ? encode_utf8(each->text.substr(0, each->text.size() - 1))
                                          : encode_utf8(each->text) + "。"});
    }
  }

 private:
  std::vector<const Paragraph*> ended_;
  std::vector<const Paragraph*> open_;
};

void check_level(const Draft& draft, const Paragraph& paragraph, const Ordinal& found,
                 const Counter& counter, Report& report) {
  if (found.level != 4 || draft.kind == Kind::Regulation || found.number != 1) return;
  if (counter.is_below(3) || !(counter.has(1) || counter.has(2))) return;
  report.add(kLevel, paragraph,
             {.at = 0, .message = "“（1）”上面没有“1.”这一层", .proposal = "1."});
}

void check_numbering(const Draft& draft, Report& report) {
  int part = -1;
  Counter counter(report);
  HeadingEnds ends;
  for (const Paragraph& paragraph : draft.paragraphs) {
    if (paragraph.role != Role::Body) continue;
    if (paragraph.part != part) {
      counter = Counter(report);
      ends.report(report);
      ends = HeadingEnds();
      part = paragraph.part;
    }
    check_first(paragraph, report);
    const auto found = ordinal_at_start(paragraph.text);
    if (!found) continue;
    check_form(paragraph, *found, report);
    if (draft.texts_apart) continue;
    check_level(draft, paragraph, *found, counter, report);
    counter.take(paragraph, *found);
    ends.take(paragraph, *found);
  }
  ends.report(report);
}

}  // namespace

std::optional<Ordinal> ordinal_at_start(std::u32string_view text) {
  if (text.empty()) return std::nullopt;
  if (text[0] == U'第') return article(text);
  if (one_of(text[0], U"（(")) return bracketed(text);
  if (is_digit(text[0]) || is_numeral(text[0])) return bare(text);
  return std::nullopt;
}

std::size_t ordinal_size(std::u32string_view text) {
  const auto found = ordinal_at_start(text);
  return found ? found->size : 0;
}

Family numbering_family() {
  return {"层次序数", kRules, check_numbering};
}

}  // namespace huice::lint
