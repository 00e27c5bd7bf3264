// Tables as values: what a schedule, a ledger or a score sheet says, before it becomes XLSX or PDF.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/money.h"

namespace huice::model {

/// A formula in A1 notation without `=`, and the value it gives, for viewers that do not calculate.
struct Formula {
  std::string text;
  Decimal cached;
};

enum class Align { Auto, Left, Centre, Right };  ///< Auto: numbers right, dates centre, text left

struct Cell {
  std::variant<std::monostate, std::string, Decimal, Money, Date, Formula> content;
  int column_span = 1;
  int row_span = 1;
  bool covered = false;  ///< lies under the span of another cell; its content is ignored
  bool strong = false;
  Align align = Align::Auto;
  int decimals = -1;  ///< digits after the point of a number; -1: as computed
};

struct Column {
  double width = 0;  ///< in Chinese characters; 0: from the content
  Align align = Align::Auto;
};

/// Every row has exactly one cell a column.
struct Table {
  std::vector<Column> columns;
  int header_rows = 0;  ///< repeated on every page
  std::vector<std::vector<Cell>> rows;
};

/// The text of a cell as it is printed.
std::string to_text(const Cell& cell);

/// One worksheet: a table with the title lines above and the notes below it.
struct Sheet {
  std::string name;   ///< of the worksheet, at most 31 characters, none of []:*?/\ .
  std::string label;  ///< `附件1`; may be empty
  std::string title;
  std::string subtitle;  ///< unit and date line below the title; may be empty
  Table table;
  std::vector<std::string> notes;  ///< lines below the table
  bool landscape = true;
};

/// The worksheet row (from 1) on which the table begins, for formulas that name cells: label, title
/// and subtitle take one row each above it when they are there.
int first_table_row(const Sheet& sheet);

struct Workbook {
  std::string title;
  std::string author;
  std::vector<Sheet> sheets;
};

}  // namespace huice::model
