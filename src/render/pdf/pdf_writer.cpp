#include "render/pdf/pdf_writer.h"

#include <optional>
#include <utility>

#include "render/pdf/content_stream.h"
#include "render/pdf/embedded_font.h"
#include "render/pdf/encryption.h"
#include "render/pdf/haru_document.h"

namespace huice::render::pdf {

struct PdfWriter::State {
  PdfOptions options;
  HaruDocument document;
  std::vector<std::shared_ptr<const FaceOutlines>> faces;
  std::vector<GlyphCodes> codes;
  std::vector<HPDF_Page> pages;
  std::vector<std::pair<int, HPDF_Outline>> open;  ///< the path from the top, levels rising
  bool is_labelled = false;
};

PdfWriter::PdfWriter(const std::vector<std::shared_ptr<const layout::FontFile>>& fonts,
                     PdfOptions options, OutlineStore& store)
    : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  for (const auto& font : fonts) {
    state_->faces.push_back(store.of(font));
    state_->codes.emplace_back(*state_->faces.back());
  }
  state_->document.set_information(state_->options);
}

PdfWriter::PdfWriter(PdfWriter&&) noexcept = default;
PdfWriter::~PdfWriter() = default;

void PdfWriter::add_page(const layout::Page& page) {
  const std::string content = content_of(page, state_->codes, state_->options.colour);
  if (!state_->is_labelled && !page.label.empty()) {
    state_->document.number_pages_from(static_cast<unsigned>(state_->pages.size()));
    state_->is_labelled = true;
  }
  state_->pages.push_back(state_->document.add_page(page.width, page.height, content));
}

void PdfWriter::add_bookmark(const layout::Bookmark& bookmark) {
  auto& open = state_->open;
  while (!open.empty() && open.back().first >= bookmark.level)
    open.pop_back();
  HPDF_Outline parent = open.empty() ? nullptr : open.back().second;
  HPDF_Page page = state_->pages[static_cast<std::size_t>(bookmark.page)];
  open.emplace_back(bookmark.level,
                    state_->document.add_outline(parent, bookmark.title, page, bookmark.y));
}

Result<std::string> PdfWriter::finish() {
  for (std::size_t i = 0; i < state_->faces.size(); ++i) {
    if (state_->codes[i].empty()) continue;
    HUICE_TRY(const EmbeddedFont font, embed_font(*state_->faces[i], state_->codes[i]));
    state_->document.add_font(i, font);
  }
  const std::string& password = state_->options.password;
  if (!password.empty()) {
    HUICE_TRY(const std::string plain, state_->document.take_bytes());
    return encrypted(plain, password);
  }
  state_->document.claim_archival(state_->options);
  return state_->document.take_bytes();
}

Result<std::string> write(const layout::Pages& pages, const PdfOptions& options,
                          OutlineStore& store) {
  PdfWriter writer(pages.fonts, options, store);
  for (const auto& page : pages.pages)
    writer.add_page(page);
  for (const auto& bookmark : pages.bookmarks)
    writer.add_bookmark(bookmark);
  return writer.finish();
}

Result<std::string> write(const layout::Pages& pages, const PdfOptions& options) {
  OutlineStore store;
  return write(pages, options, store);
}

}  // namespace huice::render::pdf
