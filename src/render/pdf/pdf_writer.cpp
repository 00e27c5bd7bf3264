#include "render/pdf/pdf_writer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "render/pdf/content_stream.h"
#include "render/pdf/font_subset.h"
#include "render/pdf/haru_document.h"

namespace huice::render::pdf {
namespace {

void collect(const std::vector<layout::GlyphRun>& runs, std::vector<UsedGlyphs>& used) {
  for (const auto& run : runs) {
    auto& glyphs = used[static_cast<std::size_t>(run.font)];
    for (const auto& placed : run.glyphs) {
      auto& text = glyphs[placed.glyph];
      if (text.empty()) text = placed.text;
    }
  }
}

/// One subset a font of the pages; a font that set nothing has an empty one and is not embedded.
Result<std::vector<FontSubset>> subset_fonts(const layout::Pages& pages) {
  std::vector<UsedGlyphs> used(pages.fonts.size());
  for (const auto& page : pages.pages) {
    collect(page.runs, used);
    collect(page.turned_runs, used);
  }
  std::vector<FontSubset> subsets(used.size());
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (used[i].empty()) continue;
    HUICE_TRY(subsets[i], subset_font(*pages.fonts[i], used[i]));
  }
  return subsets;
}

void add_bookmarks(HaruDocument& document, const layout::Pages& pages,
                   const std::vector<HPDF_Page>& handles) {
  std::vector<std::pair<int, HPDF_Outline>> open;  // the path from the top, levels rising
  for (const auto& bookmark : pages.bookmarks) {
    while (!open.empty() && open.back().first >= bookmark.level)
      open.pop_back();
    HPDF_Outline parent = open.empty() ? nullptr : open.back().second;
    HPDF_Page page = handles[static_cast<std::size_t>(bookmark.page)];
    open.emplace_back(bookmark.level,
                      document.add_outline(parent, bookmark.title, page, bookmark.y));
  }
}

}  // namespace

Result<std::string> write(const layout::Pages& pages, const PdfOptions& options) {
  HUICE_TRY(const auto fonts, subset_fonts(pages));
  HaruDocument document;
  document.set_information(options.title, options.author, options.created);
  for (const auto& font : fonts)
    document.add_font(font);
  std::vector<HPDF_Page> handles;
  for (const auto& page : pages.pages) {
    handles.push_back(document.add_page(page.width, page.height, content_of(page, fonts)));
  }
  add_bookmarks(document, pages, handles);
  const auto numbered = std::ranges::find_if(
      pages.pages, [](const layout::Page& page) { return !page.label.empty(); });
  if (numbered != pages.pages.end()) {
    document.number_pages_from(static_cast<unsigned>(numbered - pages.pages.begin()));
  }
  return document.take_bytes();
}

}  // namespace huice::render::pdf
