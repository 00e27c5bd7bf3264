// What an export wrote, read back document by document.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/bulk_export.h"
#include "base/result.h"
#include "render/pdf/page_reader.h"

namespace huice::app {

class FinishedPages {
 public:
  virtual ~FinishedPages() = default;

  /// `out` as export_pdfs left it; `password` opens its PDFs.
  /// Errors: those of reading a file, a container or a PDF.
  static Result<std::unique_ptr<FinishedPages>> open(const std::filesystem::path& out,
                                                     ExportForm form, std::string password);

  /// Of `item`, which was drawn. Items are asked for in the order of the export's report.
  virtual Result<std::vector<render::pdf::SeenPage>> next(const BatchItem& item) = 0;
};

}  // namespace huice::app
