// The rows of one table, below a heading that is known.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/cell_value.h"
#include "facts/enterprises.h"
#include "model/profile.h"
#include "sheet/grid.h"
#include "sheet/heading.h"

namespace huice::sheet {

/// What is wrong with a cell, a row or a sheet; whoever reports it says where.
Error finding(std::string id, std::string message, std::string hint);

/// Reads the rows below a heading, cell by cell. Of the grid it asks no rows.
class TableReader {
 public:
  TableReader(const Grid& grid, const Heading& heading, facts::Enterprises& enterprises);

  /// Reports what became of each column. `list` is the list fact whose items the rows are.
  void report_columns(std::string_view list);

  /// What the row tells, column by column; findings are reported.
  std::vector<std::pair<const HeadingColumn*, facts::Reading>> read_row(const GridRow& row);

  /// Sources and days that the row tells of its facts; what is told of one comes before what is
  /// told of all.
  void tell_origins(const GridRow& row, model::Profile& profile);

  /// A list has no place for a number of which only a range is known.
  void refuse_range(const GridRow& row, const HeadingColumn& column);

  /// Whether the row is no item of the table: a total, a note, a heading repeated, a line of
  /// column numbers (`甲 乙 1 2`).
  bool is_aside(const GridRow& row);

  SourceSpan place(const GridRow& row, int column) const { return grid_.where(row, column); }
  bool is_corrected(const GridRow& row, int column) const;

 private:
  bool is_first_of_fact(const HeadingColumn& column) const;
  static std::string name_of(const HeadingColumn& column);
  facts::Reading read(const GridRow& row, const HeadingColumn& column,
                      const model::FactDefinition& wanted);
  const GridCell* cell_of(const GridRow& row, std::string_view fact) const;
  static bool is_note(std::string_view text);
  void report_unit(const HeadingColumn& column, const SourceSpan& where);

  const Grid& grid_;
  const Heading& heading_;
  facts::Enterprises& enterprises_;
  std::set<std::string, std::less<>> heading_keys_;
  std::vector<const HeadingColumn*> columns_;
  std::vector<const HeadingColumn*> tellings_;  ///< sources and days
};

}  // namespace huice::sheet
