// Workbooks to files, in the format that the name of the file asks for.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "layout/fonts.h"
#include "model/table.h"

namespace huice::app {

struct WorkbookFile {
  std::filesystem::path out;                   ///< .xlsx or .pdf
  std::optional<std::filesystem::path> fonts;  ///< instead of templates/fonts.yaml
  Date on;                                     ///< the date in the file's properties
};

/// Writes the workbook. Errors: Unsupported `campaign.output-format`; those of layout and writing.
Status write_workbook(const World& world, const model::Workbook& workbook,
                      const WorkbookFile& file);

/// The workbook as a file of either kind; `on` is the date in its properties. Errors: those of
/// layout and writing.
Result<std::string> workbook_xlsx(const model::Workbook& workbook, Date on);
Result<std::string> workbook_pdf(const layout::FontSet& fonts, const model::Workbook& workbook,
                                 Date on);

/// Unsupported `campaign.output-format`, for the name of a file that is neither .xlsx nor .pdf.
Error unsupported_output(const std::filesystem::path& out);

}  // namespace huice::app
