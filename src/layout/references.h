// Tables of contents and indexes of terms: lines whose page numbers are known only afterwards.
#pragma once

#include <string>
#include <vector>

#include "layout/pages.h"
#include "layout/parts.h"
#include "model/document.h"

namespace huice::layout {

bool has_references(const model::Document& document);

/// Fills every 目录 and 索引 of the document with the pages that `pages` shows. `page_texts` are
/// the texts of the pages without those lists. False when nothing changed.
bool fill_references(model::Document& document, const Pages& pages,
                     const std::vector<std::u32string>& page_texts);

/// A text, dots, a page number at the right edge; one level is two characters deep.
Flow reference_lines(const Desk& desk, const std::vector<model::Reference>& references);

}  // namespace huice::layout
