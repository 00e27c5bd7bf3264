// The parts of an official document, each as lines of a column or as something drawn on a page.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "layout/flow.h"
#include "layout/official.h"
#include "layout/typesetter.h"
#include "model/document.h"

namespace huice::layout {

/// What setting a part needs: the typesetter, the width to fill.
struct Desk {
  Typesetter& setter;
  Length width = kTypeWidth;       ///< of the column
  Length page_room = kTypeHeight;  ///< height of the column
  Grid grid = {};                  ///< of body text
};

/// Body text in 3号 on the grid, `width` wide.
Setting body_setting(Length width, const Grid& grid = {});
/// A single line of body text, natural width, left edge at 0.
SetLine natural_line(const Desk& desk, std::string_view text, Role role);
/// Set lines as lines of a flow, body pitch.
Flow lines_of(std::vector<SetLine> lines, Length size, Length gap);

/// 7.3.1: 2号小标宋, centred, balanced. The first line has no gap above.
Flow title_lines(const Desk& desk, const std::string& title);
/// 7.3.2: 顶格, ending in a colon.
Flow addressee_lines(const Desk& desk, const std::vector<std::string>& addressees);
/// 7.3.3.
Flow body_lines(const Desk& desk, const std::vector<model::Block>& blocks);
/// 7.3.4: names aligned; a blank line above.
Flow attachment_lines(const Desk& desk, const std::vector<std::string>& names);
/// The bytes of the pictures that a document names, by the names it gives them.
using Images = std::map<std::string, std::shared_ptr<const std::string>, std::less<>>;

/// 7.3.5: 署名 and 成文日期, with the places of the seals.
Flow signature_lines(const Desk& desk, const model::Signature& signature, const Images& images);
/// 10.3: 出席, 请假, 列席; a blank line above the first.
Flow attendance_lines(const Desk& desk, const std::vector<model::Attendance>& attendance);
/// 7.3.6.
Flow note_lines(const Desk& desk, const std::string& note);

/// 10.1: the double rules of a letter. The lower one ends 20 mm above the edge of the page; text
/// keeps 7/8 of a 3号 character away from either. The weights are open.
inline constexpr Length kLetterRuleFoot = mm(20);
inline constexpr Length kLetterThick = Length::from_units(25200);
inline constexpr Length kLetterThin = Length::from_units(9000);
inline constexpr Length kLetterRuleGap = Length::from_units(18000);
inline constexpr Length kLetterRuleHeight = kLetterThick + kLetterRuleGap + kLetterThin;
inline constexpr Length kLetterTextGap = share(kSize3, 7, 8);

/// Draws the 版头 of the document's format on the page and returns where the title, or without one
/// the text, begins.
Length draw_head(const Desk& desk, const model::Document& document, PageBuilder& builder);

/// What the 版记 came to stand on.
struct ImprintPlace {
  bool alone = false;           ///< on a page with nothing else
  bool too_tall = false;        ///< more than a page
  std::size_t blank_pages = 0;  ///< before it, so that it stands on an even page
};

/// 7.4: draws the 版记 at the foot of the last page, on a new one where there is no room.
/// `moved_addressees` stand above 抄送 (7.3.2). A letter has neither rules nor 印发 (10.1).
/// `first_page` is the number of the first page, which an 版记 on an even page goes by.
ImprintPlace draw_imprint(const Desk& desk, const model::Document& document, bool move_addressees,
                          int first_page, PageBuilder& builder);

/// 7.5: `numbers[i]` on the page i; a page without one shows none.
void draw_page_numbers(Typesetter& setter, const std::vector<std::optional<int>>& numbers,
                       std::vector<Page>& pages);

/// Every page numbered from `first` on.
std::vector<std::optional<int>> numbers_from(int first, std::size_t pages);

/// The pages with their numbers, fonts and bookmarks; the error if anything could not be set.
Result<Pages> finish(PageBuilder& builder, Typesetter& setter,
                     const std::vector<std::optional<int>>& numbers);

std::string joined(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace huice::layout
