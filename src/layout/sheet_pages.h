// Schedules, ledgers and score sheets as pages.
#pragma once

#include "base/result.h"
#include "layout/fonts.h"
#include "layout/official.h"
#include "layout/pages.h"
#include "model/table.h"

namespace huice::layout {

/// Sets a sheet on A4 pages, upright or lying as the sheet asks: label, title, subtitle, the table
/// with its header rows repeated on every page, notes and page numbers.
/// Errors: as lay_out of a document.
Result<Pages> lay_out(const model::Sheet& sheet, const FontSet& fonts,
                      const LayoutOptions& options = {});

/// All sheets of a workbook one after the other, each from a new page, numbered through.
Result<Pages> lay_out(const model::Workbook& workbook, const FontSet& fonts,
                      const LayoutOptions& options = {});

}  // namespace huice::layout
