// Finished pages to PDF bytes, through libharu.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "layout/pages.h"
#include "render/pdf/face_outlines.h"
#include "render/pdf/pdf_options.h"

namespace huice::render::pdf {

/// One PDF, page by page: a page is turned to operators and deflated when it is added, so that
/// thousands of documents can be merged without their pages being kept. Fonts follow at the end.
class PdfWriter {
 public:
  /// `fonts` are those that runs name by number; outlines are taken from `store`, which many
  /// writers may share.
  PdfWriter(const std::vector<std::shared_ptr<const layout::FontFile>>& fonts, PdfOptions options,
            OutlineStore& store);
  PdfWriter(PdfWriter&&) noexcept;
  ~PdfWriter();

  void add_page(const layout::Page& page);
  /// `bookmark.page` counts all pages added so far and must be one of them; levels grow by one.
  void add_bookmark(const layout::Bookmark& bookmark);

  /// The file, PDF/A-2u unless a password is set: fonts as Type 0 / Identity-H with ToUnicode, one
  /// output intent, metadata, page labels, an identifier made from the content.
  /// Errors: InvalidInput `pdf.subset`, those of read_picture and check_proportions for the first
  ///         picture that cannot be drawn, Internal `pdf.libharu`, `pdf.encrypt`.
  Result<std::string> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// All of `pages` in one go. Errors: as PdfWriter::finish.
/// Cost: dominated by deflating the outlines used; a store kept from before saves reading them.
Result<std::string> write(const layout::Pages& pages, const PdfOptions& options,
                          OutlineStore& store);
Result<std::string> write(const layout::Pages& pages, const PdfOptions& options);

}  // namespace huice::render::pdf
