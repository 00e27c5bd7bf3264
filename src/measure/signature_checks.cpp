// 署名, 成文日期, 印章: GB/T 9704-2012, 7.3.5.
#include <algorithm>

#include "measure/checker.h"

namespace huice::measure {
namespace {

using layout::kCell;
using layout::kTypeRight;
using layout::SealPlace;

/// The line of the date: the last that says only that.
std::optional<std::size_t> date_line(const Checker& checker) {
  const std::string wanted = without_blanks(checker.document.signature.date);
  const auto& lines = checker.lines.all();
  for (std::size_t i = lines.size(); i-- > 0;) {
    if (is_body(lines[i]) && !wanted.empty() && lines[i].text == wanted) return i;
  }
  return std::nullopt;
}

/// The 署名 in the lines above the date, which is the line `date`.
std::vector<SeenText> offices_above(const Checker& checker, std::size_t date) {
  const auto& offices = checker.document.signature.offices;
  const std::size_t first = date - std::min(date, offices.size() + 1);
  std::vector<SeenText> found;
  for (const std::string& office : offices) {
    const auto place = checker.lines.find(office, first);
    if (place && place->line < date) found.push_back(place->part);
  }
  return found;
}

Length width(const SeenText& text) {
  return text.right - text.left;
}

void check_sealed(Checker& checker, const SeenText& date, const std::vector<SeenText>& offices,
                  const std::vector<SealPlace>& seals) {
  checker.length("7.3.5.1", "成文日期右空四字", date.page, kTypeRight - date.right,
                 checker.grid(date.page).cell * 4, kLoose, Strength::Advised);
  if (offices.empty()) return;
  const SeenText& office = offices.back();
  checker.length("7.3.5.1", "署名与成文日期中线之差", date.page, office.middle() - date.middle(),
                 Length(), kLoose, Strength::Advised);
  if (seals.empty() || seals.back().page != date.page) return;
  const SealPlace& seal = seals.back();
  checker.length("7.3.5.1", "印章与成文日期中线之差", date.page,
                 seal.x + layout::half(seal.width) - date.middle(), Length(), kLoose);
  const Length below = layout::half(office.top + date.bottom) - seal.y - layout::half(seal.height);
  checker.between("7.3.5.1", "署名和成文日期在印章中心偏下", date.page, below, Length(),
                  layout::half(seal.height));
}

bool apart(const SealPlace& a, const SealPlace& b) {
  return a.page != b.page || a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y ||
         b.y + b.height < a.y;
}

/// 7.3.5.1: seals apart and within the 版心.
void check_seals(Checker& checker, const std::vector<SealPlace>& seals) {
  for (auto seal = seals.begin(); seal != seals.end(); ++seal) {
    checker.between("7.3.5.1", "印章左端至版心左边缘", seal->page, seal->x - layout::kTypeLeft,
                    Length(), layout::kTypeWidth);
    checker.between("7.3.5.1", "印章右端至版心左边缘", seal->page,
                    seal->x + seal->width - layout::kTypeLeft, Length(), layout::kTypeWidth);
    for (auto other = seals.begin(); other != seal; ++other) {
      if (apart(*seal, *other)) continue;
      checker.that("7.3.5.1", "印章之间", seal->page, false,
                   other->name + "与" + seal->name + "相交或相切", "互不相交或相切");
    }
  }
}

/// 7.3.5.1: the top of the first row within a line of the text.
void check_seal_top(Checker& checker, const std::vector<SealPlace>& seals) {
  if (seals.empty()) return;
  const SealPlace& first = seals.front();
  std::optional<Length> above;
  for (const SeenText* line : body_of_page(checker.lines, first.page)) {
    if (line->bottom <= first.y + kLoose) above = line->bottom;
  }
  if (!above) {
    return checker.that("7.3.5.1", "印章与正文同面", first.page, false, "不同面", "同面");
  }
  checker.between("7.3.5.1", "印章顶端至正文（一行之内）", first.page, first.y - *above, Length(),
                  checker.grid(first.page).pitch);
}

/// 7.3.5.2. A date longer than 署名 takes the two characters at the right instead of it.
void check_unsealed(Checker& checker, const SeenText& date, const std::vector<SeenText>& offices) {
  if (offices.empty()) return;
  const auto widest = std::ranges::max_element(offices, {}, width);
  const Length two = checker.grid(date.page).cell * 2;
  checker.length("7.3.5.2", "成文日期比署名右移二字", date.page, date.left - offices.back().left,
                 two, kLoose);
  if (width(date) > width(*widest)) {
    checker.length("7.3.5.2", "成文日期右空二字", date.page, kTypeRight - date.right, two, kLoose);
  } else {
    checker.length("7.3.5.2", "署名右空二字", widest->page, kTypeRight - widest->right, two,
                   kLoose);
  }
}

/// 7.3.5.3. Stamps of several widths stand on one middle, the widest four characters in.
void check_name_seals(Checker& checker, const SeenText& date, const std::vector<SealPlace>& seals) {
  checker.length("7.3.5.3", "成文日期右空四字", date.page, kTypeRight - date.right, kCell * 4,
                 kLoose);
  const auto& stamps = checker.document.signature.stamps;
  for (std::size_t i = 0; i < std::min(seals.size(), stamps.size()); ++i) {
    const SealPlace& seal = seals[i];
    checker.between("7.3.5.3", "签名章右空四字", seal.page, kTypeRight - seal.x - seal.width,
                    kCell * 4 - kLoose, kCell * 6);
    const auto position = checker.lines.find(stamps[i].position);
    if (!position) continue;
    const SeenText& part = position->part;
    checker.length("7.3.5.3", "职务与签名章之间（二字）", part.page, seal.x - part.right, kCell * 2,
                   kLoose);
    checker.length("7.3.5.3", "职务与签名章中线之差", part.page,
                   layout::half(part.top + part.bottom) - seal.y - layout::half(seal.height),
                   Length(), kLoose);
  }
}

/// Whether a line says nothing but who signs.
bool is_signature(const model::Signature& signature, std::string text) {
  const auto cut = [&](const std::string& name) {
    const std::string part = without_blanks(name);
    const std::size_t at = part.empty() ? std::string::npos : text.find(part);
    if (at != std::string::npos) text.erase(at, part.size());
  };
  for (const std::string& office : signature.offices)
    cut(office);
  for (const model::Stamp& stamp : signature.stamps) {
    cut(stamp.position);
    cut(stamp.name);
  }
  return text.empty();
}

/// 7.3.5.5: 行距 and 字距 may give way, so that 署名 shares its page with text.
void check_company(Checker& checker, const SeenText& date) {
  const auto body = body_of_page(checker.lines, date.page);
  const bool shared = std::ranges::any_of(body, [&](const SeenText* line) {
    return line->top < date.top && !is_signature(checker.document.signature, line->text);
  });
  checker.that("7.3.5.5", "署名与正文同面", date.page, shared, shared ? "同面" : "不同面",
               "可以调整行距、字距，使其同面", Strength::Advised);
}

}  // namespace

void check_signature(Checker& checker, const std::vector<SealPlace>& seals) {
  using Seal = model::Signature::Seal;
  const auto at = date_line(checker);
  if (!at) return;
  const SeenText& date = checker.lines.all()[*at];
  check_company(checker, date);
  const auto offices = offices_above(checker, *at);
  switch (checker.document.signature.seal) {
    case Seal::Sealed:
      check_sealed(checker, date, offices, seals);
      check_seals(checker, seals);
      return check_seal_top(checker, seals);
    case Seal::Unsealed:
      return check_unsealed(checker, date, offices);
    case Seal::NameSeal:
      return check_name_seals(checker, date, seals);
  }
}

}  // namespace huice::measure
