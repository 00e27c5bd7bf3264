#include "layout/table_grid.h"

#include <algorithm>
#include <limits>

namespace huice::layout {
namespace {

constexpr std::size_t kFree = std::numeric_limits<std::size_t>::max();
const model::Cell kEmptyCell{};

std::size_t at_least_one(int span) {
  return static_cast<std::size_t>(std::max(span, 1));
}

}  // namespace

TableGrid::TableGrid(const model::Table& table)
    : rows_(table.rows.size()), columns_(table.columns.size()) {
  for (const auto& row : table.rows)
    columns_ = std::max(columns_, row.size());
  header_rows_ = std::min(static_cast<std::size_t>(std::max(table.header_rows, 0)), rows_);
  owners_.assign(rows_ * columns_, kFree);
  for (std::size_t row = 0; row < rows_; ++row) {
    const auto& cells = table.rows[row];
    for (std::size_t column = 0; column < cells.size(); ++column) {
      const model::Cell& cell = cells[column];
      if (cell.covered) continue;
      claim({&cell, row, column, at_least_one(cell.row_span), at_least_one(cell.column_span)});
    }
  }
  for (std::size_t row = 0; row < rows_; ++row) {
    for (std::size_t column = 0; column < columns_; ++column) {
      if (owner(row, column) == kFree) claim({&kEmptyCell, row, column, 1, 1});
    }
  }
}

void TableGrid::claim(CellBox box) {
  if (owner(box.row, box.column) != kFree) return;
  box.column_span = std::min(box.column_span, columns_ - box.column);
  const std::size_t end = box.row < header_rows_ ? header_rows_ : rows_;
  box.row_span = std::min(box.row_span, end - box.row);
  std::size_t width = 1;
  while (width < box.column_span && owner(box.row, box.column + width) == kFree)
    ++width;
  box.column_span = width;
  const auto row_is_free = [&](std::size_t row) {
    for (std::size_t i = 0; i < width; ++i) {
      if (owner(row, box.column + i) != kFree) return false;
    }
    return true;
  };
  std::size_t height = 1;
  while (height < box.row_span && row_is_free(box.row + height))
    ++height;
  box.row_span = height;
  for (std::size_t row = 0; row < height; ++row) {
    for (std::size_t column = 0; column < width; ++column) {
      owner(box.row + row, box.column + column) = boxes_.size();
    }
  }
  boxes_.push_back(box);
}

bool TableGrid::joined_above(std::size_t row, std::size_t column) const {
  return row > 0 && owner(row, column) == owner(row - 1, column);
}

bool TableGrid::joined_left(std::size_t row, std::size_t column) const {
  return column > 0 && owner(row, column) == owner(row, column - 1);
}

bool TableGrid::joined_below(std::size_t row) const {
  if (row + 1 >= rows_) return false;
  for (std::size_t column = 0; column < columns_; ++column) {
    if (joined_above(row + 1, column)) return true;
  }
  return false;
}

std::size_t& TableGrid::owner(std::size_t row, std::size_t column) {
  return owners_[row * columns_ + column];
}

std::size_t TableGrid::owner(std::size_t row, std::size_t column) const {
  return owners_[row * columns_ + column];
}

}  // namespace huice::layout
