// Finished pages to PDF bytes, through libharu.
#pragma once

#include <string>

#include "base/date.h"
#include "base/result.h"
#include "layout/pages.h"

namespace huice::render::pdf {

struct PdfOptions {
  std::string title;
  std::string author;
  Date created;  ///< the only date in the file: equal input gives equal bytes
};

/// Fonts are subset and embedded as Type 0 / Identity-H with ToUnicode; streams are deflated.
///
/// Errors: Internal `pdf.subset`, `pdf.libharu`.
/// Cost:   dominated by subsetting and deflating the glyphs used.
Result<std::string> write(const layout::Pages& pages, const PdfOptions& options);

}  // namespace huice::render::pdf
