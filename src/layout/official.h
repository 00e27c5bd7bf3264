// Official documents (公文) as pages, by GB/T 9704-2012.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "layout/fonts.h"
#include "layout/pages.h"
#include "layout/typesetter.h"
#include "model/document.h"

namespace huice::layout {

struct LayoutOptions {
  int first_page = 1;        ///< the number of the first page
  bool page_numbers = true;  ///< 7.5
  /// The pictures that the document names, by those names; one that is not here is left out.
  std::map<std::string, std::shared_ptr<const std::string>, std::less<>> images = {};
  TypeMemory* memory = nullptr;  ///< of the same faces; saves work where documents are alike
};

/// Sets the whole document: 版头, 主体, 版记, page numbers, bookmarks.
///
/// Errors: InvalidInput `font.no-glyph` for a character that no face of its role has, with the
///         place of its paragraph, all at once; TooLarge `layout.too-many-pages`.
Result<Pages> lay_out(const model::Document& document, const FontSet& fonts,
                      const LayoutOptions& options = {});

}  // namespace huice::layout
