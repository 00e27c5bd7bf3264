// Use case: draw up one document for each of many (批量拟稿).
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "app/batch_items.h"
#include "app/bulk_export.h"
#include "app/world.h"
#include "base/result.h"
#include "measure/report.h"
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

/// Hears of the measures of one item.
using Measured = std::function<void(const std::string& name, const measure::Report& report)>;

/// Measures what draft_each has drawn for the same request, as `drawn` tells: reads it back from
/// where it was written and holds it against GB/T 9704-2012. `file` gets a JSON list of reports, a
/// line each.
///
/// Cost: each item is laid out once more, by one thread; memory does not grow with their number but
///       for a ZIP, which is read whole.
/// Errors: those of draft_each and FinishedPages; `pdf.unreadable`, `pdf.too-much`.
Status measure_each(const World& world, const BatchRequest& request, const ExportReport& drawn,
                    const std::filesystem::path& file, const Measured& measured);

}  // namespace huice::app
