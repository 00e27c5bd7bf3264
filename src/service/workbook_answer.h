// Workbooks to download, as worksheets or as pages.
#pragma once

#include "app/workbook_files.h"
#include "base/date.h"
#include "base/result.h"
#include "model/table.h"
#include "service/handlers.h"

namespace huice::service {

inline constexpr const char* kXlsxType =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
inline constexpr const char* kPdfType = "application/pdf";

/// `on` is the day in the file's properties. Errors: those of workbook_xlsx, workbook_pdf.
inline Result<Answer> sheet_answer(const model::Workbook& workbook, Date on) {
  HUICE_TRY(auto xlsx, app::workbook_xlsx(workbook, on));
  return bytes_answer(kXlsxType, std::move(xlsx));
}
inline Result<Answer> pages_answer(Desk& desk, const model::Workbook& workbook, Date on) {
  const auto materials = desk.site.materials.get();
  HUICE_TRY(auto pdf, app::workbook_pdf(materials->fonts, workbook, on));
  return bytes_answer(kPdfType, std::move(pdf));
}

}  // namespace huice::service
