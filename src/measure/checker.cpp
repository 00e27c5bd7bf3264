#include "measure/checker.h"

#include <algorithm>
#include <utility>

namespace huice::measure {
namespace {

using render::pdf::Paint;
using render::pdf::SeenBox;
using render::pdf::SeenPage;
using render::pdf::SeenShape;

std::string told(Length length) {
  return in_millimetres(length).to_string() + " mm";
}

std::string points(Length length) {
  return Decimal::scaled((length.units() + 635) / 1270, -1).to_plain() + " 磅";
}

Length distance(Length a, Length b) {
  return a < b ? b - a : a - b;
}

Verdict verdict(bool holds, Strength strength) {
  if (holds) return Verdict::Conforms;
  return strength == Strength::Demanded ? Verdict::Violates : Verdict::Advice;
}

/// The middle one of those that are near `usual`; `usual` without any.
Length middle_step(std::vector<Length> steps, Length usual) {
  const auto far = [&](Length step) { return distance(step, usual) > layout::share(usual, 1, 4); };
  std::erase_if(steps, far);
  if (steps.empty()) return usual;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::ranges::nth_element(steps, middle);
  return *middle;
}

layout::Grid grid_of_page(const SeenLines& lines, int page) {
  const auto body = body_of_page(lines, page);
  std::vector<Length> down;
  std::vector<Length> across;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (i > 0) down.push_back(body[i]->top - body[i - 1]->top);
    const auto& glyphs = body[i]->glyphs;
    for (std::size_t k = 1; k < glyphs.size(); ++k)
      across.push_back(glyphs[k].x - glyphs[k - 1].x);
  }
  return {middle_step(std::move(across), layout::kCell),
          middle_step(std::move(down), layout::kPitch)};
}

}  // namespace

Checker::Checker(const model::Document& checked, const std::vector<SeenPage>& seen)
    : document(checked), pages(seen), lines(seen) {
  for (std::size_t page = 0; page < seen.size(); ++page)
    grids.push_back(grid_of_page(lines, static_cast<int>(page)));
}

void Checker::length(std::string_view clause, std::string_view what, int page, Length value,
                     Length wanted, Length tolerance, Strength strength) {
  const bool holds = distance(value, wanted) <= tolerance;
  const std::string slack =
      tolerance > kNear ? "（±" + in_millimetres(tolerance).to_plain() + "）" : "";
  checks.push_back({std::string(clause), std::string(what), page + 1, told(value),
                    told(wanted) + slack, verdict(holds, strength), in_millimetres(value)});
}

void Checker::between(std::string_view clause, std::string_view what, int page, Length value,
                      Length low, Length high, Strength strength) {
  const bool holds = value >= low - kNear && value <= high + kNear;
  checks.push_back({std::string(clause), std::string(what), page + 1, told(value),
                    told(low) + " 至 " + told(high), verdict(holds, strength),
                    in_millimetres(value)});
}

void Checker::that(std::string_view clause, std::string_view what, int page, bool holds,
                   std::string value, std::string_view limit, Strength strength) {
  checks.push_back({std::string(clause), std::string(what), page + 1, std::move(value),
                    std::string(limit), verdict(holds, strength), std::nullopt});
}

void Checker::size(std::string_view clause, std::string_view what, const SeenText& text,
                   Length wanted) {
  // 三号 is 16 points to word processors and 15.75 to printers.
  const bool holds = distance(text.size, wanted) <= half_pt(1);
  that(clause, std::string(what) + "字号", text.page, holds, points(text.size), points(wanted),
       Strength::Advised);
}

void Checker::centred(std::string_view clause, std::string_view what, int page, Length middle) {
  length(clause, std::string(what) + "偏离居中", page,
         middle - layout::half(layout::kTypeLeft + layout::kTypeRight), Length(), kLoose);
}

bool is_body(const SeenText& line) {
  return distance(line.size, layout::kSize3) <= half_pt(1) && line.paint == Paint::Black &&
         line.bottom <= layout::kTypeBottom + mm(10);
}

std::vector<const SeenText*> body_of_page(const SeenLines& lines, int page) {
  std::vector<const SeenText*> body = lines.of_page(page);
  std::erase_if(body, [](const SeenText* line) { return !is_body(*line); });
  return body;
}

std::vector<SeenBox> rules_of(const SeenPage& page, Paint paint) {
  std::vector<SeenBox> rules;
  for (const SeenShape& shape : page.shapes) {
    const SeenBox& box = shape.box;
    const bool is_rule = box.right - box.left > mm(100) && box.bottom - box.top < mm(3);
    if (shape.paint == paint && is_rule) rules.push_back(box);
  }
  std::ranges::sort(rules, {}, &SeenBox::top);
  return rules;
}

}  // namespace huice::measure
