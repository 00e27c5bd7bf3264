// Use case: draw up one document for each of many (批量拟稿).
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/batch_items.h"
#include "app/bulk_export.h"
#include "app/world.h"
#include "base/result.h"
#include "render/pdf/pdf_options.h"

namespace huice::app {

struct BatchRequest {
  std::string template_name;                      ///< a name in templates/ or a path
  std::filesystem::path each;                     ///< as of read_batch_items
  std::optional<std::filesystem::path> data;      ///< what all have in common
  std::optional<std::filesystem::path> campaign;  ///< as of DraftRequest
  std::optional<std::filesystem::path> fonts;
  std::filesystem::path out;  ///< a folder, a .zip; with `merge` one .pdf
  bool merge = false;         ///< all in one file, a bookmark for each
  /// The date, colour and password of each file; title and author come from the document.
  render::pdf::PdfOptions pdf;
};

/// Draws each item; one that fails does not stop the others.
///
/// An item's fields come before those of `data`. Its 文件名 names the file and is no data.
/// Errors: what keeps all from being drawn: template, fonts and lists that cannot be read, those of
///         read_batch_items and export_pdfs.
Result<ExportReport> draft_each(const World& world, const BatchRequest& request,
                                const ExportControl& control);

}  // namespace huice::app
