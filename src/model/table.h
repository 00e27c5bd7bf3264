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
  int decimals = -1;     ///< digits after the point of a number; -1: as computed
  bool percent = false;  ///< a number is shown in hundredths, with %
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

/// Cells of a table; rows and columns from 0, the last ones included.
struct CellArea {
  int first_row = 0;
  int first_column = 0;
  int last_row = 0;
  int last_column = 0;
};

/// The only texts that may be typed into cells: a drop-down list.
struct Choices {
  CellArea area;
  std::vector<std::string> texts;
};

enum class Mark { Bad, Doubtful, Good };

/// How cells are coloured while they are edited. `formula` is of the first cell of the area, in A1
/// notation of the worksheet without `=`; in other cells its relative references move along.
struct Condition {
  CellArea area;
  std::string formula;
  Mark mark = Mark::Bad;
};

/// Where a click on a cell leads: `#` and the name of a sheet, or a web or mail address.
struct Link {
  int row = 0;
  int column = 0;
  std::string target;
};

/// Cells that formulas of the reader may call by name.
struct NamedArea {
  std::string name;
  CellArea area;
};

/// One worksheet: a table with the title lines above and the notes below it.
struct Sheet {
  std::string name;   ///< of the worksheet, at most 31 characters, none of []:*?/\ .
  std::string label;  ///< `附件1`; may be empty
  std::string title;
  std::string subtitle;  ///< unit and date line below the title; may be empty
  Table table;
  std::vector<std::string> notes;  ///< lines below the table
  bool landscape = true;
  // Of worksheets only; paper has none of them.
  std::vector<Choices> choices = {};
  std::vector<Condition> conditions = {};
  std::vector<Link> links = {};
  std::vector<NamedArea> names = {};
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
