// The parts of an official document, each as lines of a column or as something drawn on a page.
#pragma once

#include <string>
#include <vector>

#include "layout/flow.h"
#include "layout/official.h"
#include "layout/typesetter.h"
#include "model/document.h"
#include "text/words.h"

namespace huice::layout {

/// What setting a part needs: the typesetter, the words of the language, the width to fill.
struct Desk {
  Typesetter& setter;
  const text::Segmenter& words;
  Length width = kTypeWidth;       ///< of the column
  Length page_room = kTypeHeight;  ///< height of the column
};

/// Body text in 3号 on the grid, `width` wide.
Setting body_setting(Length width);
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
/// 7.3.5.
Flow signature_lines(const Desk& desk, const model::Signature& signature);
/// 7.3.6.
Flow note_lines(const Desk& desk, const std::string& note);

/// Draws the 版头 of the document's format on the page and returns where the title, or without one
/// the text, begins.
Length draw_head(const Desk& desk, const model::Document& document, PageBuilder& builder);

/// 7.4: draws the 版记 at the foot of the last page, on a new one where there is no room.
/// `moved_addressees` stand above 抄送 (7.3.2). A letter has neither rules nor 印发 (10.1).
void draw_imprint(const Desk& desk, const model::Document& document, bool move_addressees,
                  PageBuilder& builder);

/// 7.5: numbers every page from `first` on; the first page of a letter shows none (10.1).
void draw_page_numbers(Typesetter& setter, int first, bool skip_first, std::vector<Page>& pages);

/// The pages with their numbers, fonts and bookmarks; the error if anything could not be set.
Result<Pages> finish(PageBuilder& builder, Typesetter& setter, const LayoutOptions& options,
                     bool skip_first_number = false);

std::string joined(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace huice::layout
