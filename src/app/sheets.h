// Use cases of tables that come in: how a sheet of enterprises is understood, before anything is
// taken from it, and what was changed in a sheet that came back.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "facts/profile_import.h"
#include "model/value.h"
#include "sheet/comparison.h"
#include "sheet/correction.h"

namespace huice::app {

/// A cell, or with an empty column a row, that was not taken.
struct RefusedCell {
  std::string sheet;  ///< empty of CSV
  int row = 0;
  std::string column;  ///< `C`
  std::string value;   ///< as written
  std::string reason;
  std::string id;
};

struct SheetPreview {
  facts::ProfileImport found;
  std::vector<RefusedCell> refused;  ///< of `found`, in its order
  std::size_t good = 0;              ///< enterprises with no refused cell in their row
};

struct PreviewRequest {
  std::filesystem::path file;                     ///< .xlsx or .csv
  std::optional<std::filesystem::path> policies;  ///< with the catalogue; else that of the home
  Date on;
  /// .xlsx that gets the sheet without the rows in which something was refused; empty: none.
  std::filesystem::path good;
};

/// Errors: those of load_library, of the readers and of writing; Unsupported `sheet.format`.
Result<SheetPreview> preview_sheet(const World& world, const PreviewRequest& request);

/// The workbook that PreviewRequest::good gets, of a file of a table in which cells were mended.
/// Errors: those of the readers, of sheet::correct and of writing; Unsupported `sheet.format` for
/// what is no table.
Result<std::string> good_rows(const std::filesystem::path& file,
                              const model::FactCatalogue& catalogue, Date on,
                              std::span<const sheet::Correction> corrections = {});

struct CompareRequest {
  std::filesystem::path sent;
  std::filesystem::path have;  ///< empty: nothing has changed here since
  std::filesystem::path wrote;
  std::string key;  ///< heading of the column that tells rows apart; empty: found
};

/// Errors: those of the readers and of sheet::compare.
Result<sheet::Comparison> compare_sheets(const CompareRequest& request);

/// Sheets whose bytes are at hand, workbooks or CSV.
struct SheetBytes {
  std::string sent;
  std::optional<std::string> have;  ///< nothing has changed here since where there is none
  std::string wrote;
};

/// Errors: as compare_sheets.
Result<sheet::Comparison> compare_sheets(SheetBytes sheets, const std::string& key);

/// The form of docs/schemas/sheet-comparison.schema.json.
model::Value to_value(const sheet::Comparison& comparison);

}  // namespace huice::app
