#include "sheet/xlsx_reader.h"

#include <utility>

#include "archive/zip_reader.h"
#include "base/files.h"
#include "sheet/worksheet_reader.h"
#include "sheet/xlsx_parts.h"

namespace huice::sheet {
namespace {

/// The container of .xls, and of every workbook protected by a password.
constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Takes a row of the worksheet `sheet`, whose merged cells are known after its last row.
using TakeOpenRow = std::function<void(Grid& sheet, GridRow row)>;

/// `begin` makes the place for the next worksheet.
Status read_sheets(std::string bytes, std::string file, const std::function<Grid&(Grid)>& begin,
                   const TakeOpenRow& take) {
  if (bytes.starts_with(kCompoundFile)) {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "xlsx.old-format",
                 .message = "这是旧版 .xls 工作簿，或设有打开密码的工作簿",
                 .where = {.file = std::move(file)},
                 .hint = "请用 Excel 或 WPS 打开，取消密码，另存为“Excel 工作簿（*.xlsx）”"};
  }
  HUICE_TRY(const auto zip, archive::ZipReader::open(std::move(bytes), std::move(file)));
  HUICE_TRY(const WorkbookParts parts, read_workbook_parts(zip));
  CellBudget budget;
  for (const WorksheetPart& part : parts.sheets) {
    HUICE_TRY(auto pieces, zip.pieces(part.member));
    Grid& grid = begin({.file = zip.file(), .name = part.name, .hidden = part.hidden});
    const Status read = read_worksheet([&] { return pieces.next(); }, parts, budget, grid,
                                       [&](GridRow row) { take(grid, std::move(row)); });
    if (!read) return read.error();
  }
  return Unit{};
}

}  // namespace

Result<std::vector<Grid>> read_xlsx(std::string bytes, std::string file) {
  return read_xlsx_heads(std::move(bytes), std::move(file), kMaxRow);
}

Result<std::vector<Grid>> read_xlsx_heads(std::string bytes, std::string file, int last_row) {
  std::vector<Grid> grids;
  const auto begin = [&](Grid sheet) -> Grid& { return grids.emplace_back(std::move(sheet)); };
  const auto take = [&](Grid& sheet, GridRow row) {
    if (row.number <= last_row || sheet.rows.empty()) sheet.rows.push_back(std::move(row));
  };
  const Status read = read_sheets(std::move(bytes), std::move(file), begin, take);
  if (!read) return read.error();
  return grids;
}

Result<std::vector<Grid>> read_xlsx(const std::filesystem::path& path) {
  HUICE_TRY(std::string bytes, read_file(path));
  return read_xlsx(std::move(bytes), path.string());
}

Status read_xlsx_rows(std::string bytes, std::string file, const TakeSheetRow& take) {
  Grid open;
  const auto begin = [&](Grid sheet) -> Grid& { return open = std::move(sheet); };
  return read_sheets(std::move(bytes), std::move(file), begin,
                     [&](const Grid& sheet, GridRow row) { take(sheet, std::move(row)); });
}

Status read_xlsx_rows(const std::filesystem::path& path, const TakeSheetRow& take) {
  HUICE_TRY(std::string bytes, read_file(path));
  return read_xlsx_rows(std::move(bytes), path.string(), take);
}

}  // namespace huice::sheet
