// Workbooks to files, in the format that the name of the file asks for.
#pragma once

#include <filesystem>
#include <optional>

#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
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

/// Unsupported `campaign.output-format`, for the name of a file that is neither .xlsx nor .pdf.
Error unsupported_output(const std::filesystem::path& out);

}  // namespace huice::app
