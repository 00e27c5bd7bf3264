// 用词: repeated and miswritten words, blanks among letters, words of the house.
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "lint/letters.h"
#include "lint/numbering.h"
#include "lint/rules.h"

namespace huice::lint {
namespace {

constexpr const char* kPractice = "公文写作惯例";

constexpr Rule kRepeated{"repeated-word", Strength::Should, kPractice, "同一个字词不连写两遍",
                         false};
constexpr Rule kMiswritten{"miswritten-word", Strength::Should,
                           "《现代汉语词典》推荐词形；《第一批异形词整理表》（GF 1001—2001）",
                           "不写别字和不规范的词形", true};
constexpr Rule kHouse{"house-word", Strength::Should, "本单位用词表（--words）", "按本单位的用词表",
                      true};
constexpr Rule kAbout{"about-twice", Strength::Should, kPractice,
                      "表示约数的词不叠用：“约…左右”“超过…以上”", false};
constexpr Rule kFall{"falls-by-times", Strength::Should, kPractice,
                     "减少、降低不用“倍”，用百分数或几分之几", false};
constexpr Rule kBlank{"blank-among-letters", Strength::Should, "GB/T 9704—2012 7.3.3",
                      "汉字之间不留空格", true};
constexpr Rule kIndent{"half-width-indent", Strength::Should, "GB/T 9704—2012 7.3.3",
                       "段首空二字，用两个全角空格，不用半角空格", false};
constexpr const Rule* kRules[] = {&kRepeated, &kMiswritten, &kHouse, &kAbout,
                                  &kFall,     &kBlank,      &kIndent};

struct Word {
  std::u32string_view wrong;
  std::u32string_view right;
  std::u32string_view except = {};  ///< letters that may follow or precede where it is right
};

// Only forms that no text of an office means otherwise.
constexpr Word kWords[] = {{U"其它", U"其他"},
                           {U"帐户", U"账户"},
                           {U"帐号", U"账号"},
                           {U"做帐", U"做账"},
                           {U"撤消", U"撤销"},
                           {U"好象", U"好像"},
                           {U"做为", U"作为", U"当看叫"},
                           {U"按装", U"安装"},
                           {U"既使", U"即使"},
                           {U"布署", U"部署"},
                           {U"园满", U"圆满"},
                           {U"松驰", U"松弛"},
                           {U"幅射", U"辐射"},
                           {U"渡假", U"度假"},
                           {U"编篡", U"编纂"},
                           {U"防碍", U"妨碍"},
                           {U"亲睐", U"青睐"},
                           {U"迫不急待", U"迫不及待"},
                           {U"签定", U"签订"},
                           {U"复盖", U"覆盖"},
                           {U"渲泄", U"宣泄"},
                           {U"坐阵", U"坐镇"},
                           {U"气慨", U"气概"},
                           {U"寒喧", U"寒暄"},
                           {U"脉博", U"脉搏"},
                           {U"一如继往", U"一如既往"},
                           {U"再接再励", U"再接再厉"},
                           {U"再接再历", U"再接再厉"},
                           {U"相形见拙", U"相形见绌"},
                           {U"责无旁代", U"责无旁贷"},
                           {U"默守成规", U"墨守成规"},
                           {U"不径而走", U"不胫而走"},
                           {U"份内之事", U"分内之事"},
                           {U"统筹兼固", U"统筹兼顾"},
                           {U"贯切", U"贯彻"},
                           {U"精减机构", U"精简机构"}};

void check_list(const Paragraph& paragraph, const Rule& rule, const Word& word, Report& report) {
  const std::u32string& text = paragraph.text;
  for (std::size_t at = text.find(word.wrong); at != text.npos;
       at = text.find(word.wrong, at + word.wrong.size())) {
    const char32_t next = letter(text, at + word.wrong.size());
    if (one_of(next, word.except) || one_of(before(text, at), word.except)) continue;
    report.add(rule, paragraph,
               {.at = at,
                .message = in_quotes(word.wrong) + "应作" + in_quotes(word.right),
                .proposal = encode_utf8(word.right),
                .edits = {{at, word.wrong.size(), std::u32string(word.right)}}});
  }
}

/// 截止2026年5月 is 截至: 截止 takes no time behind it.
void check_until(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  for (std::size_t at = text.find(U"截止"); at != text.npos; at = text.find(U"截止", at + 2)) {
    std::size_t next = at + 2;
    if (letter(text, next) == U'到' || letter(text, next) == U'至') ++next;
    const bool time = is_digit(letter(text, next)) || begins(text, next, U"目前") ||
                      begins(text, next, U"上月") || begins(text, next, U"今年");
    if (!time) continue;
    report.add(kMiswritten, paragraph,
               {.at = at,
                .message = "后面跟时间用“截至”，不用" + in_quotes(text.substr(at, next - at)),
                .proposal = "截至",
                .edits = {{at, next - at, U"截至"}}});
  }
}

/// 的的, 和和: function words; and words of two to four letters twice in a row.
void check_repeated(const Paragraph& paragraph, Report& report) {
  constexpr std::u32string_view kSingle = U"的和在是与及或被把将对由";
  const std::u32string& text = paragraph.text;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    std::size_t size = 0;
    if (text[i] == text[i + 1] && one_of(text[i], kSingle)) size = 1;
    for (const std::size_t letters : {4U, 3U, 2U}) {
      if (size > 0 || i + 2 * letters > text.size()) continue;
      const std::u32string_view word = std::u32string_view(text).substr(i, letters);
      // 一个一个 and 研究研究 are words; so is what is all one letter.
      const bool plain = std::ranges::all_of(word, is_han) && !is_numeral(word.front()) &&
                         word.front() != U'对' && word.find_first_not_of(word.front()) != word.npos;
      if (plain && begins(text, i + letters, word)) size = letters;
    }
    if (size == 0) continue;
    const std::u32string word = text.substr(i, size);
    // 的的确确, 对对子, 为目的的投资.
    const bool idiom = size == 1 && (begins(text, i, U"的的确确") || begins(text, i, U"对对") ||
                                     before(text, i) == U'目');
    if (!idiom) {
      report.add(kRepeated, paragraph,
                 {.at = i, .message = in_quotes(word) + "连写了两遍", .proposal = encode_utf8(word)});
    }
    i += 2 * size - 1;
  }
}

/// `word` … `end` within a few letters and one clause.
void check_about(const Paragraph& paragraph, std::u32string_view word, std::u32string_view end,
                 Report& report) {
  constexpr std::size_t kReach = 10;
  const std::u32string& text = paragraph.text;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const std::size_t begin = at + word.size();
    if (!is_digit(letter(text, begin)) || (word == U"约" && before(text, at) == U'大')) continue;
    const std::u32string_view reach = std::u32string_view(text).substr(begin, kReach);
    const auto found = reach.find(end);
    const auto stop = reach.find_first_of(U"，。；、：（");
    if (found == reach.npos || found > stop) continue;
    report.add(kAbout, paragraph,
               {.at = at,
                .message = "“" + encode_utf8(word) + "”与“" + encode_utf8(end) + "”叠用",
                .proposal = "只留一个"});
  }
}

void check_fall(const Paragraph& paragraph, Report& report) {
  constexpr std::size_t kReach = 8;
  const std::u32string& text = paragraph.text;
  for (const std::u32string_view verb : {U"减少", U"降低", U"下降", U"缩短", U"缩小"}) {
    for (std::size_t at = text.find(verb); at != text.npos; at = text.find(verb, at + 1)) {
      std::size_t i = at + verb.size();
      if (one_of(letter(text, i), U"了到")) ++i;
      const std::size_t number = i;
      while (i < number + kReach && (is_digit(letter(text, i)) || is_numeral(letter(text, i)) ||
                                     letter(text, i) == U'.')) {
        ++i;
      }
      if (i == number || letter(text, i) != U'倍') continue;
      report.add(kFall, paragraph,
                 {.at = at,
                  .message = in_quotes(text.substr(at, i + 1 - at)) + "：减少不能用倍数",
                  .proposal = "改用百分数，或写明由多少减到多少"});
    }
  }
}

void check_blanks(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  constexpr std::size_t kFewestLetters = 12;  // of a sentence; headings are spread on purpose
  if (text.size() < kFewestLetters) return;
  const std::size_t start = ordinal_size(text);
  for (std::size_t i = start + 1; i + 1 < text.size(); ++i) {
    if (text[i] != U' ' || !is_han(text[i - 1])) continue;
    std::size_t end = i;
    while (letter(text, end) == U' ')
      ++end;
    // 王 五 and 总 则 are spread on purpose.
    const bool spread = i < 2 || is_blank(letter(text, end + 1)) || end + 1 >= text.size() ||
                        one_of(before(text, i - 1), U" \u3000，、：；") ||
                        one_of(text[i - 1], U"部局会院府室厅委行署日");  // joint issuers
    if (!is_han(letter(text, end)) || spread) continue;
    report.add(kBlank, paragraph,
               {.at = i,
                .message = "汉字之间有空格",
                .proposal = encode_utf8(std::u32string{text[i - 1], text[end]}),
                .edits = {{i, end - i, U""}}});
    i = end;
  }
}

void check_indent(const Paragraph& paragraph, Report& report) {
  constexpr std::size_t kMost = 8;  // more is a signature set to the right
  const bool half = !paragraph.indent.empty() && paragraph.indent.size() <= kMost &&
                    paragraph.indent.find_first_not_of(U" \t") == std::u32string::npos;
  if (!half || paragraph.offset < paragraph.indent.size()) return;
  report.add(kIndent, paragraph,
             {.at = 0, .message = "段首用半角空格缩进", .proposal = "　　（两个全角空格）"});
}

void check_words(const Draft& draft, Report& report) {
  for (const Paragraph& paragraph : draft.paragraphs) {
    for (const Word& word : kWords)
      check_list(paragraph, kMiswritten, word, report);
    for (const auto& [wrong, right] : report.choice().own_words)
      check_list(paragraph, kHouse, {wrong, right}, report);
    check_until(paragraph, report);
    // 的通知的通知 of titles has a rule of its own.
    if (paragraph.role != Role::Title) check_repeated(paragraph, report);
    for (const std::u32string_view word : {U"大约", U"约", U"近"}) {
      check_about(paragraph, word, U"左右", report);
      check_about(paragraph, word, U"上下", report);
    }
    for (const std::u32string_view word : {U"超过", U"高于", U"多于"})
      check_about(paragraph, word, U"以上", report);
    for (const std::u32string_view word : {U"不足", U"低于", U"少于"})
      check_about(paragraph, word, U"以下", report);
    check_fall(paragraph, report);
    if (paragraph.role == Role::Body) check_blanks(paragraph, report);
    if (paragraph.role == Role::Body) check_indent(paragraph, report);
  }
}

}  // namespace

Family word_family() {
  return {"用词", kRules, check_words};
}

}  // namespace huice::lint
