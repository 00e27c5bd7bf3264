// 引用: how other documents are named, and whether they still hold.
#include <algorithm>

#include "base/utf8.h"
#include "lint/letters.h"
#include "lint/rules.h"
#include "text/document_number.h"

namespace huice::lint {
namespace {

constexpr const char* kPractice = "公文写作惯例";

constexpr Rule kOrder{"citation-order", Strength::Should, kPractice,
                      "引用公文先引标题，后引发文字号", false};
constexpr Rule kBrackets{"citation-brackets", Strength::Should, kPractice,
                         "引用公文的发文字号放在标题后的圆括号里", true};
constexpr Rule kLapsed{"citation-lapsed", Strength::Must,
                       "《党政机关公文处理工作条例》第十九条（一）",
                       "依据的文件现行有效（对照 --library 的文件库）", false};
constexpr Rule kMismatch{"citation-mismatch", Strength::Must, kPractice,
                         "引用的标题与发文字号是同一份文件（对照 --library 的文件库）", false};
constexpr const Rule* kRules[] = {&kOrder, &kBrackets, &kLapsed, &kMismatch};

/// Letters of a title; no document has a longer one.
constexpr std::size_t kMostTitle = 300;

/// A number of the bracketed form in a text; letters, not bytes.
struct Cited {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::u32string number;
};

std::vector<Cited> numbers_in(const std::u32string& text) {
  const std::string utf8 = encode_utf8(text);
  std::vector<Cited> found;
  std::size_t byte = 0;
  std::size_t at = 0;
  for (const auto& each : text::find_document_numbers(utf8)) {
    if (each.number.form != text::DocumentNumber::Form::Bracketed) continue;
    at += code_point_count(std::string_view(utf8).substr(byte, each.offset - byte));
    byte = each.offset;
    const std::size_t size = code_point_count(utf8.substr(each.offset, each.size));
    found.push_back({at, at + size, decode_utf8(each.number.text())});
  }
  return found;
}

/// Where the 《 stands whose 》 is at `close`; npos when there is none.
std::size_t title_begin(std::u32string_view text, std::size_t close) {
  int depth = 0;
  for (std::size_t i = close + 1; i-- > 0 && i + kMostTitle > close;) {
    if (text[i] == U'》') ++depth;
    if (text[i] == U'《' && --depth == 0) return i;
  }
  return std::u32string_view::npos;
}

/// Behind the 》 of the 《 at `open`; npos when there is none.
std::size_t title_end(std::u32string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < std::min(text.size(), open + kMostTitle); ++i) {
    if (text[i] == U'《') ++depth;
    if (text[i] == U'》' && --depth == 0) return i + 1;
  }
  return std::u32string_view::npos;
}

void check_order(const Paragraph& paragraph, const Cited& cited, Report& report) {
  const std::u32string& text = paragraph.text;
  std::size_t open = cited.end;
  for (const std::u32string_view between : {U"文件", U"文", U"的"}) {
    if (begins(text, open, between)) open += between.size();
  }
  if (letter(text, open) != U'《' || before(text, cited.begin) == U'（') return;
  const std::size_t end = title_end(text, open);
  if (end == text.npos) return;
  const std::u32string title = text.substr(open, end - open);
  report.add(kOrder, paragraph,
             {.at = cited.begin,
              .message = "先写了发文字号，后写标题",
              .proposal = encode_utf8(title) + "（" + encode_utf8(cited.number) + "）"});
}

void check_brackets(const Paragraph& paragraph, const Cited& cited, Report& report) {
  const std::u32string& text = paragraph.text;
  // The title is followed by the number at once, as nothing but a citation is.
  if (before(text, cited.begin) != U'》' || letter(text, cited.end) == U'《') return;
  report.add(kBrackets, paragraph,
             {.at = cited.begin,
              .message = "标题后的发文字号没有放在圆括号里",
              .proposal = "（" + encode_utf8(cited.number) + "）",
              .edits = {{cited.begin, 0, U"（"}, {cited.end, 0, U"）"}}});
}

/// Titles without their issuer, marks and blanks.
std::u32string core_of(std::u32string_view title) {
  std::u32string kept;
  for (const char32_t c : title) {
    if (!is_blank(c) && !one_of(c, U"《》〈〉“”‘’\"、")) kept += c;
  }
  const auto about = kept.find(U"关于");
  return about == kept.npos ? kept : kept.substr(about);
}

void follow(const Paragraph& paragraph, std::size_t at, const CitedName& name, Report& report) {
  const auto basis = report.choice().basis_of(name);
  if (!basis) return;
  if (!basis->lapse.empty()) {
    report.add(
        kLapsed, paragraph,
        {.at = at,
         .message = "依据" + in_quotes(name.title.empty() ? name.number : name.title) + basis->lapse,
         .proposal = "改引现行有效的文件，或说明仍可依据的理由"});
  }
  const std::u32string kept = core_of(decode_utf8(basis->title));
  const std::u32string cited = core_of(name.title);
  const bool differs = !name.title.empty() && !name.number.empty() && !basis->title.empty() &&
                       basis->number == encode_utf8(name.number) && !holds(kept, cited) &&
                       !holds(cited, kept);
  if (!differs) return;
  report.add(kMismatch, paragraph,
             {.at = at,
              .message = encode_utf8(name.number) + "在文件库里是《" + basis->title + "》",
              .proposal = "核对标题和发文字号"});
}

/// Every 《title》（number）, 《title》 and number of a paragraph, followed once each.
void follow_all(const Paragraph& paragraph, const std::vector<Cited>& numbers, Report& report) {
  constexpr std::size_t kFewestLetters = 6;
  const std::u32string& text = paragraph.text;
  std::vector<std::size_t> named;
  for (const Cited& cited : numbers) {
    const bool bracketed = one_of(before(text, cited.begin), U"（(");
    const std::size_t close = cited.begin - (bracketed ? 2 : 1);
    const bool titled = cited.begin >= 2 && letter(text, close) == U'》';
    const std::size_t open = titled ? title_begin(text, close) : text.npos;
    CitedName name{.number = cited.number};
    if (open != text.npos) {
      name.title = text.substr(open + 1, close - open - 1);
      named.push_back(open);
    }
    follow(paragraph, open == text.npos ? cited.begin : open, name, report);
  }
  for (std::size_t open = text.find(U'《'); open != text.npos; open = text.find(U'《', open + 1)) {
    const std::size_t end = title_end(text, open);
    if (end == text.npos || end - open < kFewestLetters) continue;
    if (std::ranges::find(named, open) != named.end()) continue;
    follow(paragraph, open, {.title = text.substr(open + 1, end - open - 2)}, report);
  }
}

void check_citations(const Draft& draft, Report& report) {
  for (const Paragraph& paragraph : draft.paragraphs) {
    if (paragraph.role == Role::Number || paragraph.role == Role::Title) continue;
    const auto numbers = numbers_in(paragraph.text);
    for (const Cited& cited : numbers) {
      check_order(paragraph, cited, report);
      check_brackets(paragraph, cited, report);
    }
    if (report.choice().basis_of) follow_all(paragraph, numbers, report);
  }
}

}  // namespace

Family citation_family() {
  return {"引用", kRules, check_citations};
}

}  // namespace huice::lint
