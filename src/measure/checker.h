// The checks of one document, gathered clause by clause.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "layout/geometry.h"
#include "measure/report.h"
#include "measure/seen_text.h"

namespace huice::measure {

/// Whether a clause demands (规定、应当) or recommends (一般、推荐、可以).
enum class Strength { Demanded, Advised };

/// What is off by less than this keeps a clause that names a place: cells are 0.07 mm narrower than
/// the characters in them.
inline constexpr Length kNear = Length::from_units(5400);  // 0.15 mm
/// Where a line is set by its characters, blank halves of marks come and go.
inline constexpr Length kLoose = mm(1);

/// What all checks look at, and where they put what they find. Pages count from 0 here.
class Checker {
 public:
  Checker(const model::Document& checked, const std::vector<render::pdf::SeenPage>& seen);

  const model::Document& document;  // NOLINT: a bundle of what is given
  const std::vector<render::pdf::SeenPage>& pages;
  SeenLines lines;
  /// The grid each page is set on, by its lines: 7.3.5.5 lets it give way.
  std::vector<layout::Grid> grids;
  std::vector<Check> checks;

  const layout::Grid& grid(int page) const { return grids[static_cast<std::size_t>(page)]; }

  /// `value` is `wanted`, within `tolerance`.
  void length(std::string_view clause, std::string_view what, int page, Length value, Length wanted,
              Length tolerance = kNear, Strength strength = Strength::Demanded);
  /// `value` lies between the two.
  void between(std::string_view clause, std::string_view what, int page, Length value, Length low,
               Length high, Strength strength = Strength::Demanded);
  void that(std::string_view clause, std::string_view what, int page, bool holds, std::string value,
            std::string_view limit, Strength strength = Strength::Demanded);
  /// 字号 in points, which the standard recommends.
  void size(std::string_view clause, std::string_view what, const SeenText& text, Length wanted);
  /// A line in the middle of the 版心.
  void centred(std::string_view clause, std::string_view what, int page, Length middle);
  /// A part that should be there is not.
  void missing(std::string_view clause, std::string_view what, int page, std::string_view limit) {
    that(clause, what, page, false, "没有找到", limit);
  }
};

/// Body text: 3号 and black within the 版心.
bool is_body(const SeenText& line);
std::vector<const SeenText*> body_of_page(const SeenLines& lines, int page);
/// Rules across the page of one colour, from the top down.
std::vector<render::pdf::SeenBox> rules_of(const render::pdf::SeenPage& page,
                                           render::pdf::Paint paint);

void check_pages(Checker& checker);    ///< 5 and 8
void check_numbers(Checker& checker);  ///< 7.5
void check_head(Checker& checker);     ///< 7.2 and 10
void check_body(Checker& checker);     ///< 7.3.1 to 7.3.4, 7.3.6, 7.3.7, 10.2, 10.3
void check_signature(Checker& checker, const std::vector<layout::SealPlace>& seals);  ///< 7.3.5
void check_imprint(Checker& checker);                                                 ///< 7.4

}  // namespace huice::measure
