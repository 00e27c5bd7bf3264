// 篇幅: 《整治形式主义为基层减负若干规定》 (2024).
#include <algorithm>

#include "lint/letters.h"
#include "lint/rules.h"

namespace huice::lint {
namespace {

constexpr const char* kSource = "《整治形式主义为基层减负若干规定》（2024年）";

constexpr Rule kLong{"too-long", Strength::Should, kSource,
                     "综合性文件一般不超过5000字，专项文件一般不超过4000字", false};
constexpr const Rule* kRules[] = {&kLong};

constexpr std::size_t kMostOfGeneral = 5000;
constexpr std::size_t kMostOfSpecial = 4000;

/// Letters as offices count them: Han characters and marks, each number and each word one.
std::size_t count(std::u32string_view text) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_blank(text[i])) continue;
    const bool joined = (is_digit(text[i]) || is_latin(text[i])) && i > 0 &&
                        (is_digit(text[i - 1]) || is_latin(text[i - 1]));
    if (!joined) ++letters;
  }
  return letters;
}

/// The document and the text it issues are one; annexes (tables, forms) are not counted.
void check_length(const Draft& draft, Report& report) {
  const Paragraph* title = draft.first(Role::Title);
  if (draft.kind != Kind::Official || title == nullptr) return;
  constexpr int kYearOfRule = 2024;
  if (draft.date && draft.date->year() < kYearOfRule) return;
  std::set<int> annexes;
  for (const Paragraph* label : draft.all(Role::AnnexLabel))
    if (!label->text.empty()) annexes.insert(label->part);
  std::size_t letters = 0;
  for (const Paragraph& each : draft.paragraphs) {
    if (each.role == Role::Body && !annexes.contains(each.part)) letters += count(each.text);
  }
  if (letters <= kMostOfSpecial) return;
  const bool beyond_both = letters > kMostOfGeneral;
  report.add(kLong, *title,
             {.message = "正文约 " + std::to_string(letters) + " 字，超过" +
                         (beyond_both ? "综合性文件的 5000 字" : "专项文件的 4000 字"),
              .proposal = beyond_both ? "压缩篇幅" : "专项文件应压缩；综合性文件可以不改"});
}

}  // namespace

Family length_family() {
  return {"篇幅", kRules, check_length};
}

}  // namespace huice::lint
