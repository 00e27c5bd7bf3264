#include "render/pdf/pdf_writer.h"

#include <map>
#include <optional>
#include <utility>

#include "render/pdf/content_stream.h"
#include "render/pdf/embedded_font.h"
#include "render/pdf/encryption.h"
#include "render/pdf/haru_document.h"
#include "render/pdf/page_list.h"
#include "render/pdf/picture.h"

namespace huice::render::pdf {
namespace {

/// A picture in the document, without its samples.
struct Drawn {
  std::size_t number = 0;
  Raster sides;
};

}  // namespace

struct PdfWriter::State {
  PdfOptions options;
  HaruDocument document;
  std::vector<std::shared_ptr<const FaceOutlines>> faces;
  std::vector<GlyphCodes> codes;
  PageList pages{document};
  std::map<std::shared_ptr<const std::string>, Drawn> pictures;
  std::optional<Error> failure;  ///< the first picture that cannot be drawn

  Result<std::size_t> number_of(const layout::Picture& picture);
  std::string content_of_pictures(const layout::Page& page);
};

/// The number of `picture` in the document, which takes it in when it is new.
Result<std::size_t> PdfWriter::State::number_of(const layout::Picture& picture) {
  auto known = pictures.find(picture.bytes);
  if (known == pictures.end()) {
    HUICE_TRY(Raster raster, read_picture(*picture.bytes, picture.name));
    document.add_picture(pictures.size(), raster);
    Drawn drawn{pictures.size(), {.width = raster.width, .height = raster.height}};
    known = pictures.emplace(picture.bytes, std::move(drawn)).first;
  }
  HUICE_TRY([[maybe_unused]] const Unit fits, check_proportions(known->second.sides, picture));
  return known->second.number;
}

std::string PdfWriter::State::content_of_pictures(const layout::Page& page) {
  std::vector<std::size_t> numbers;
  for (const auto& picture : page.pictures) {
    auto number = number_of(picture);
    if (!number) {
      if (!failure) failure = std::move(number).error();
      return {};
    }
    numbers.push_back(number.value());
  }
  return pdf::content_of_pictures(page, numbers);
}

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
  const std::string content =
      content_of(page, state_->codes, state_->options.colour) + state_->content_of_pictures(page);
  const HaruPage added = state_->document.add_page(page.width, page.height, content);
  if (!page.pictures.empty()) state_->document.show_pictures(added);
  state_->pages.add(added, page.label);
}

void PdfWriter::add_bookmark(const layout::Bookmark& bookmark) {
  state_->pages.add_bookmark(bookmark);
}

Result<std::string> PdfWriter::finish() {
  if (state_->failure) return *state_->failure;
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
