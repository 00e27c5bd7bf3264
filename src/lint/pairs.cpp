// 成对的标点: brackets, quotes and book marks, GB/T 15834-2011, 4.8, 4.9, 4.15.
#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "lint/letters.h"
#include "lint/rules.h"

namespace huice::lint {
namespace {

constexpr Rule kUnpaired{"unpaired-mark", Strength::Must, "GB/T 15834—2011 4.8、4.9、4.15",
                         "引号、括号、书名号成对", false};
constexpr Rule kNestedTitle{"nested-book-marks", Strength::Must, "GB/T 15834—2011 4.15",
                            "书名号里面用书名号，里面的用“〈〉”", true};
constexpr Rule kNestedQuote{"nested-quotes", Strength::Must, "GB/T 15834—2011 4.8",
                            "引号里面用引号，里面的用“‘’”", true};
constexpr Rule kStraight{"straight-quotes", Strength::Must, "GB/T 15834—2011 4.8",
                         "中文引号用“”，不用直引号", true};
constexpr const Rule* kRules[] = {&kUnpaired, &kNestedTitle, &kNestedQuote, &kStraight};

constexpr std::u32string_view kOpen = U"（《〈“【〔";
constexpr std::u32string_view kClose = U"）》〉”】〕";

/// Brackets of either width are halves of one pair: their width has a rule of its own.
char32_t widened(char32_t mark) {
  if (mark == U'(') return U'（';
  return mark == U')' ? U'）' : mark;
}

struct Pending {
  const Paragraph* paragraph = nullptr;
  std::size_t index = 0;
  std::size_t at = 0;
  char32_t mark = 0;
};

/// `1）` and `a）` at the start of an item have no opening half.
bool is_item_bracket(std::u32string_view text, std::size_t at) {
  constexpr std::size_t kMostLetters = 3;
  return at > 0 && at <= kMostLetters && one_of(text[at], U"）)") &&
         std::ranges::all_of(text.substr(0, at), [](char32_t c) {
           return is_digit(c) || is_latin(c) || is_numeral(c);
         });
}

/// Marks left over in each paragraph. A quotation may run over many paragraphs, a bracket over a
/// few: what is left over then closes what is left over before.
class Pairing {
 public:
  explicit Pairing(Report& report) : report_(report) {}

  void read(const Paragraph& paragraph, std::size_t index) {
    const std::u32string& text = paragraph.text;
    // A quotation of many paragraphs opens each of them and closes the last alone.
    if (text.starts_with(U'“')) {
      std::erase_if(pending_, [&](const Pending& each) {
        return each.mark == U'“' && each.index + 1 == index;
      });
    }
    std::vector<Pending> open;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char32_t mark = widened(text[i]);
      if (kOpen.find(mark) != kOpen.npos) {
        open.push_back({&paragraph, index, i, mark});
      } else if (const auto closes = kClose.find(mark); closes != kClose.npos) {
        close({&paragraph, index, i, mark}, kOpen[closes], open);
      }
    }
    for (const Pending& each : open) {
      if (pending_.size() < kMostPending) pending_.push_back(each);
    }
  }

  void finish() {
    for (const Pending& each : pending_)
      add(each, "后面没有另一半");
  }

 private:
  static constexpr std::size_t kMostNesting = 32;
  static constexpr std::size_t kMostPending = 200;

  void close(const Pending& mark, char32_t wanted, std::vector<Pending>& open) {
    for (std::size_t back = 1; back <= std::min(open.size(), kMostNesting); ++back) {
      const auto each = open.end() - static_cast<std::ptrdiff_t>(back);
      if (each->mark != wanted) continue;
      open.erase(each);
      return;
    }
    if (is_item_bracket(mark.paragraph->text, mark.at)) return;
    constexpr std::size_t kNearBrackets = 2;
    const std::size_t reach = wanted == U'“' ? mark.index : kNearBrackets;
    const auto earlier = [&](const Pending& each) {
      return each.mark == wanted && each.index + reach >= mark.index;
    };
    // One closing quote ends a quotation that each of its paragraphs opens anew.
    if (std::erase_if(pending_, earlier) == 0) add(mark, "前面没有另一半");
  }

  void add(const Pending& mark, const std::string& what) {
    report_.add(kUnpaired, *mark.paragraph,
                {.at = mark.at,
                 .message = "“" + encode_utf8(std::u32string(1, mark.mark)) + "”" + what,
                 .proposal = "补上另一半，或删去这一半"});
  }

  Report& report_;
  std::vector<Pending> pending_;
};

struct Marks {
  char32_t open;
  char32_t close;
  char32_t inner_open;
  char32_t inner_close;
  const Rule& rule;
  const char* message;
};

/// Depth 2 and deeper of one kind of mark. Only in paragraphs where they are balanced.
void check_nested(const Paragraph& paragraph, const Marks& marks, Report& report) {
  const std::u32string& text = paragraph.text;
  if (std::ranges::count(text, marks.open) != std::ranges::count(text, marks.close)) return;
  int depth = 0;
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < text.size() && depth >= 0; ++i) {
    if (text[i] == marks.open && ++depth == 2) {
      edits.push_back({i, 1, std::u32string(1, marks.inner_open)});
    }
    if (text[i] == marks.close && depth-- == 2) {
      edits.push_back({i, 1, std::u32string(1, marks.inner_close)});
    }
  }
  if (edits.size() < 2 || depth != 0) return;
  const std::size_t begin = edits.front().begin;
  const std::size_t size = edits[1].begin - begin;
  const std::u32string inside = text.substr(begin + 1, size - 1);
  report.add(marks.rule, paragraph,
             {.at = begin,
              .message = marks.message,
              .proposal = encode_utf8(std::u32string(1, marks.inner_open) + inside +
                                      std::u32string(1, marks.inner_close)),
              .edits = std::move(edits)});
}

void check_straight(const Paragraph& paragraph, Report& report) {
  const std::u32string& text = paragraph.text;
  std::vector<Edit> edits;
  bool chinese = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    // 3.5" is a length; 5'' another.
    if (text[i] != U'"' || is_digit(before(text, i))) continue;
    const bool opens = edits.size() % 2 == 0;
    chinese = chinese || is_han(opens ? letter(text, i + 1) : before(text, i));
    edits.push_back({i, 1, opens ? U"“" : U"”"});
  }
  if (edits.empty() || !chinese) return;
  const std::size_t at = edits.front().begin;
  const bool paired = edits.size() % 2 == 0;
  report.add(kStraight, paragraph,
             {.at = at,
              .message = paired ? "中文里用了直引号" : "中文里用了直引号，而且不成对",
              .proposal = "“”",
              .edits = paired ? std::move(edits) : std::vector<Edit>()});
}

void check_pairs(const Draft& draft, Report& report) {
  Pairing pairing(report);
  for (std::size_t i = 0; i < draft.paragraphs.size(); ++i) {
    const Paragraph& paragraph = draft.paragraphs[i];
    pairing.read(paragraph, i);
    check_nested(paragraph, {U'《', U'》', U'〈', U'〉', kNestedTitle, "书名号里面又用了“《》”"},
                 report);
    check_nested(paragraph, {U'“', U'”', U'‘', U'’', kNestedQuote, "引号里面又用了“”"}, report);
    check_straight(paragraph, report);
  }
  pairing.finish();
}

}  // namespace

Family pair_family() {
  return {"成对标点", kRules, check_pairs};
}

}  // namespace huice::lint
