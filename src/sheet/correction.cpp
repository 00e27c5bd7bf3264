#include "sheet/correction.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace huice::sheet {
namespace {

void put(GridRow& row, int column, const std::string& text) {
  const auto at = std::ranges::lower_bound(row.cells, column, {}, &GridCell::column);
  const bool there = at != row.cells.end() && at->column == column;
  if (there && text.empty()) {
    row.cells.erase(at);
  } else if (there) {
    *at = {.column = column, .content = text};
  } else if (!text.empty()) {
    row.cells.insert(at, {.column = column, .content = text});
  }
}

bool correct_one(std::vector<Grid>& grids, const Correction& correction) {
  const std::string_view place = correction.place;
  const std::size_t mark = place.rfind('!');
  const std::string_view sheet = mark == place.npos ? std::string_view() : place.substr(0, mark);
  const auto address = parse_a1(mark == place.npos ? place : place.substr(mark + 1));
  const auto grid = std::ranges::find(grids, sheet, &Grid::name);
  if (!address || grid == grids.end()) return false;
  const auto row = std::ranges::find(grid->rows, address->row, &GridRow::number);
  if (row == grid->rows.end()) return false;
  put(*row, address->column, correction.text);
  grid->corrected.push_back(*address);
  return true;
}

}  // namespace

Status correct(std::vector<Grid>& grids, std::span<const Correction> corrections) {
  Findings findings;
  for (const Correction& each : corrections) {
    if (correct_one(grids, each)) continue;
    findings.push_back({.code = ErrorCode::InvalidInput,
                        .id = "sheet.correction",
                        .message = "表里没有“" + each.place + "”这一格，改不了",
                        .where = {.part = each.place},
                        .hint = "重新试读这份表，再改"});
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return Unit{};
}

}  // namespace huice::sheet
