// A table as boxes on a grid, whatever spans its cells claim.
#pragma once

#include <cstddef>
#include <vector>

#include "model/table.h"

namespace huice::layout {

/// A cell and the part of the grid it takes.
struct CellBox {
  const model::Cell* cell = nullptr;
  std::size_t row = 0;
  std::size_t column = 0;
  std::size_t row_span = 1;
  std::size_t column_span = 1;
};

/// Every place of the grid belongs to exactly one box: spans are cut at the edges of the table, at
/// the end of its head, and where they run into another cell's; places that no cell takes are empty
/// boxes.
class TableGrid {
 public:
  explicit TableGrid(const model::Table& table);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  const std::vector<CellBox>& boxes() const { return boxes_; }

  bool joined_above(std::size_t row, std::size_t column) const;
  bool joined_left(std::size_t row, std::size_t column) const;
  /// Whether any box goes on from `row` into the next.
  bool joined_below(std::size_t row) const;

 private:
  std::size_t& owner(std::size_t row, std::size_t column);
  std::size_t owner(std::size_t row, std::size_t column) const;
  void claim(CellBox box);

  std::size_t rows_ = 0;
  std::size_t header_rows_ = 0;
  std::size_t columns_ = 0;
  std::vector<CellBox> boxes_;
  std::vector<std::size_t> owners_;  ///< index into boxes_ by place
};

}  // namespace huice::layout
