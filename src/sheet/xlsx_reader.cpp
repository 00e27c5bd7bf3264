#include "sheet/xlsx_reader.h"

#include "archive/zip_reader.h"
#include "base/files.h"
#include "sheet/worksheet_reader.h"
#include "sheet/xlsx_parts.h"

namespace huice::sheet {
namespace {

/// The container of .xls, and of every workbook protected by a password.
constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

}  // namespace

Result<std::vector<Grid>> read_xlsx(std::string bytes, std::string file) {
  if (bytes.starts_with(kCompoundFile)) {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "xlsx.old-format",
                 .message = "这是旧版 .xls 工作簿，或设有打开密码的工作簿",
                 .where = {.file = std::move(file)},
                 .hint = "请用 Excel 或 WPS 打开，取消密码，另存为“Excel 工作簿（*.xlsx）”"};
  }
  HUICE_TRY(const auto zip, archive::ZipReader::open(std::move(bytes), std::move(file)));
  HUICE_TRY(const WorkbookParts parts, read_workbook_parts(zip));
  std::vector<Grid> grids;
  CellBudget budget;
  for (const WorksheetPart& part : parts.sheets) {
    HUICE_TRY(const std::string xml, zip.read(part.member));
    Grid grid{.file = zip.file(), .name = part.name, .hidden = part.hidden};
    const Status read = read_worksheet(xml, parts, budget, grid);
    if (!read) return read.error();
    grids.push_back(std::move(grid));
  }
  return grids;
}

Result<std::vector<Grid>> read_xlsx(const std::filesystem::path& path) {
  HUICE_TRY(std::string bytes, read_file(path));
  return read_xlsx(std::move(bytes), path.string());
}

}  // namespace huice::sheet
