#include "app/sheets.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/files.h"
#include "policy/library.h"
#include "render/xlsx/xlsx_writer.h"
#include "sheet/csv_reader.h"
#include "sheet/profile_reader.h"
#include "sheet/xlsx_reader.h"

namespace huice::app {
namespace {

using sheet::Grid;
using sheet::GridCell;
using sheet::GridRow;

Result<std::vector<Grid>> read_grids(const std::filesystem::path& file) {
  if (file.extension() == ".xlsx") return sheet::read_xlsx(file);
  HUICE_TRY(Grid grid, sheet::read_csv(file));
  return std::vector<Grid>{std::move(grid)};
}

/// A workbook is a container, which begins with `PK`; `called` names it in errors.
Result<std::vector<Grid>> grids_of_bytes(std::string bytes, const std::string& called) {
  if (bytes.starts_with("PK")) return sheet::read_xlsx(std::move(bytes), called);
  HUICE_TRY(Grid grid, sheet::read_csv(bytes, called));
  return std::vector<Grid>{std::move(grid)};
}

model::Value text_or_null(const std::string& text) {
  return text.empty() ? model::Value() : model::Value(text);
}

/// `企业!C5` taken apart; a part of another form is a sheet as a whole.
struct Place {
  std::string sheet;
  std::optional<sheet::CellAddress> cell;
};

Place place_of(const SourceSpan& where) {
  const std::size_t mark = where.part.rfind('!');
  const std::string_view a1 = std::string_view(where.part).substr(mark + 1);
  if (mark == std::string::npos) {
    const auto cell = sheet::parse_a1(a1);
    return {cell ? std::string() : where.part, cell};
  }
  return {where.part.substr(0, mark), sheet::parse_a1(a1)};
}

const GridRow* find_row(const std::vector<Grid>& grids, const Place& place) {
  const auto grid = std::ranges::find(grids, place.sheet, &Grid::name);
  if (grid == grids.end() || !place.cell) return nullptr;
  const auto row = std::ranges::lower_bound(grid->rows, place.cell->row, {}, &GridRow::number);
  return row != grid->rows.end() && row->number == place.cell->row ? &*row : nullptr;
}

RefusedCell refused_cell(const std::vector<Grid>& grids, const Error& finding) {
  const Place place = place_of(finding.where);
  RefusedCell refused{.sheet = place.sheet, .reason = finding.message, .id = finding.id};
  if (!place.cell) return refused;
  refused.row = place.cell->row;
  refused.column = sheet::column_letters(place.cell->column);
  const GridRow* row = find_row(grids, place);
  const GridCell* cell = row == nullptr ? nullptr : row->at(place.cell->column);
  if (cell != nullptr) refused.value = to_text(*cell);
  return refused;
}

/// A cell as it is written again: what a spreadsheet shows differently from what it holds is text.
model::Cell copied(const GridCell& cell) {
  if (cell.percent) return {.content = to_text(cell)};
  if (const auto* number = std::get_if<Decimal>(&cell.content)) return {.content = *number};
  if (const auto* day = std::get_if<Date>(&cell.content)) return {.content = *day};
  return {.content = to_text(cell)};
}

/// Cells merged in rows that stand, at their new places.
void merge_again(const Grid& grid, const std::map<int, std::size_t>& rows, model::Table& table) {
  for (const sheet::CellRange& range : grid.merged) {
    const auto first = rows.find(range.first.row);
    const auto last = rows.find(range.last.row);
    const bool stands = first != rows.end() && last != rows.end() &&
                        last->second - first->second ==
                            static_cast<std::size_t>(range.last.row - range.first.row) &&
                        static_cast<std::size_t>(range.last.column) <= table.columns.size();
    if (!stands) continue;
    for (std::size_t row = first->second; row <= last->second; ++row) {
      for (int column = range.first.column; column <= range.last.column; ++column)
        table.rows[row][static_cast<std::size_t>(column) - 1] = {.covered = true};
    }
    const GridRow& owner = *std::ranges::find(grid.rows, range.first.row, &GridRow::number);
    const GridCell* content = owner.at(range.first.column);
    model::Cell cell = content == nullptr ? model::Cell{} : copied(*content);
    cell.column_span = range.last.column - range.first.column + 1;
    cell.row_span = range.last.row - range.first.row + 1;
    table.rows[first->second][static_cast<std::size_t>(range.first.column) - 1] = std::move(cell);
  }
}

/// The worksheet without the rows `left_out`.
model::Sheet without_rows(const Grid& grid, const std::set<int>& left_out) {
  int columns = 1;
  for (const GridRow& row : grid.rows) {
    if (!row.cells.empty()) columns = std::max(columns, row.cells.back().column);
  }
  model::Sheet sheet{.name = grid.name, .table = {}};
  sheet.table.columns.resize(static_cast<std::size_t>(columns));
  std::map<int, std::size_t> places;
  for (const GridRow& row : grid.rows) {
    if (left_out.contains(row.number)) continue;
    places.emplace(row.number, sheet.table.rows.size());
    std::vector<model::Cell> cells(static_cast<std::size_t>(columns));
    for (const GridCell& cell : row.cells)
      cells[static_cast<std::size_t>(cell.column) - 1] = copied(cell);
    sheet.table.rows.push_back(std::move(cells));
  }
  merge_again(grid, places, sheet.table);
  return sheet;
}

Result<std::string> good_bytes(const std::vector<Grid>& grids, const SheetPreview& preview,
                               const std::filesystem::path& file, Date on) {
  model::Workbook book{.title = file.stem().string(), .author = {}, .sheets = {}};
  for (const Grid& grid : grids) {
    if (grid.hidden) continue;
    std::set<int> left_out;
    for (const RefusedCell& refused : preview.refused) {
      if (refused.sheet == grid.name) left_out.insert(refused.row);
    }
    book.sheets.push_back(without_rows(grid, left_out));
  }
  return render::xlsx::write(book, {.created = on});
}

Result<SheetPreview> previewed(const std::vector<Grid>& grids, const std::filesystem::path& file,
                               const model::FactCatalogue& catalogue) {
  SheetPreview preview;
  const bool is_workbook = file.extension() == ".xlsx";  // a CSV file has lists beside it
  HUICE_TRY(preview.found, is_workbook ? sheet::read_profiles(grids, catalogue)
                                       : sheet::read_profiles(file, catalogue));
  std::set<std::pair<std::string, int>> bad_rows;
  for (const Error& finding : preview.found.refused) {
    preview.refused.push_back(refused_cell(grids, finding));
    bad_rows.emplace(preview.refused.back().sheet, preview.refused.back().row);
  }
  for (const model::Profile& profile : preview.found.profiles) {
    const Place place = place_of(profile.where);
    if (place.cell && !bad_rows.contains({place.sheet, place.cell->row})) ++preview.good;
  }
  return preview;
}

}  // namespace

Result<SheetPreview> preview_sheet(const World& world, const PreviewRequest& request) {
  if (!request.good.empty() && request.good.extension() != ".xlsx") {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "sheet.format",
                 .message = "没有问题的行写成工作簿，文件名应以 .xlsx 结尾",
                 .where = {.file = request.good.string()}};
  }
  HUICE_TRY(const auto library,
            policy::load_library(request.policies.value_or(world.home / "policies")));
  HUICE_TRY(const auto grids, read_grids(request.file));
  HUICE_TRY(auto preview, previewed(grids, request.file, library.catalogue_for(request.on.year())));
  if (!request.good.empty()) {
    HUICE_TRY(const auto bytes, good_bytes(grids, preview, request.file, request.on));
    HUICE_TRY([[maybe_unused]] const Unit written, write_file(request.good, bytes));
  }
  return preview;
}

Result<std::string> good_rows(const std::filesystem::path& file,
                              const model::FactCatalogue& catalogue, Date on,
                              std::span<const sheet::Correction> corrections) {
  const std::string ending = file.extension().string();
  if (ending != ".xlsx" && ending != ".csv") {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "sheet.format",
                 .message = "“" + ending + "”不是表，没有行可以另存",
                 .hint = "换成 .xlsx 或 .csv"};
  }
  HUICE_TRY(auto grids, read_grids(file));
  HUICE_TRY([[maybe_unused]] const Unit corrected, sheet::correct(grids, corrections));
  HUICE_TRY(const auto preview, previewed(grids, file, catalogue));
  return good_bytes(grids, preview, file, on);
}

Result<sheet::Comparison> compare_sheets(const CompareRequest& request) {
  HUICE_TRY(const auto sent, read_grids(request.sent));
  HUICE_TRY(const auto wrote, read_grids(request.wrote));
  if (request.have.empty()) return sheet::compare(sent, sent, wrote, request.key);
  HUICE_TRY(const auto have, read_grids(request.have));
  return sheet::compare(sent, have, wrote, request.key);
}

Result<sheet::Comparison> compare_sheets(SheetBytes sheets, const std::string& key) {
  HUICE_TRY(const auto sent, grids_of_bytes(std::move(sheets.sent), "发出的表"));
  HUICE_TRY(const auto wrote, grids_of_bytes(std::move(sheets.wrote), "交回的表"));
  if (!sheets.have) return sheet::compare(sent, sent, wrote, key);
  HUICE_TRY(const auto have, grids_of_bytes(std::move(*sheets.have), "现有的表"));
  return sheet::compare(sent, have, wrote, key);
}

model::Value to_value(const sheet::Comparison& comparison) {
  model::Value::List changes;
  for (const sheet::Change& change : comparison.changes) {
    changes.emplace_back(model::Value::Record{{"kind", std::string(sheet::to_chinese(change.kind))},
                                              {"row", change.key},
                                              {"column", text_or_null(change.column)},
                                              {"sent", text_or_null(change.sent)},
                                              {"have", text_or_null(change.have)},
                                              {"wrote", text_or_null(change.wrote)},
                                              {"where", change.where.part}});
  }
  return model::Value::Record{{"rows", static_cast<int>(comparison.rows)},
                              {"changes", model::Value(std::move(changes))}};
}

}  // namespace huice::app
