// Any bytes as a workbook, or, where they are no container, as the XML of a worksheet: what lies
// deflated in a container is seldom reached by changing its bytes.
#include <string>
#include <string_view>
#include <utility>

#include "sheet/worksheet_reader.h"
#include "sheet/xlsx_reader.h"
#include "sheet_fuzz.h"

namespace {

using namespace huice::sheet;

void read_as_worksheet(const std::string& xml) {
  WorkbookParts parts;
  for (const char* text : {"企业名称", "甲厂", ""})
    parts.strings.add(text);
  parts.formats = {NumberKind::Plain, NumberKind::Day, NumberKind::Percent};
  CellBudget budget{.cells = 100'000, .text_bytes = 1'000'000};
  Grid grid{.file = "fuzz.xlsx", .name = "表"};
  std::string_view rest = xml;
  const huice::archive::Pieces pieces = [&] {
    return huice::Result<std::string_view>(std::exchange(rest, {}));
  };
  const TakeRow take = [&](GridRow row) { grid.rows.push_back(std::move(row)); };
  if (read_worksheet(pieces, parts, budget, grid, take)) check_grids({grid});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (!bytes.starts_with("PK")) {
    read_as_worksheet(bytes);
    return 0;
  }
  const auto grids = read_xlsx(bytes, "fuzz.xlsx");
  if (grids) check_grids(grids.value());
  return 0;
}
