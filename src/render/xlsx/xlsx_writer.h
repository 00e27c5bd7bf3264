// Workbooks as XLSX files.
#pragma once

#include <cstddef>
#include <string>

#include "base/date.h"
#include "base/result.h"
#include "model/table.h"

namespace huice::render::xlsx {

/// From so many rows on a workbook is written a row at a time: a third less work, and hardly any
/// memory, for a quarter more bytes.
inline constexpr std::size_t kManyRows = 20'000;
/// Each worksheet that is written so holds a file open.
inline constexpr std::size_t kMostStreamedSheets = 100;

struct XlsxOptions {
  Date created;                       ///< the creation day in the document's properties
  std::size_t many_rows = kManyRows;  ///< from so many rows of a table on, a row at a time
};

/// The bytes of an XLSX file: for each sheet its label, title and subtitle, the table, the notes.
///
/// Numbers, amounts and days are written as such with a number format; formulas carry the values
/// they give. Text is always text: `=1+1` typed into a form stays these four letters. Widths that
/// a column leaves open, and the heights of wrapped rows, follow from the content. Sheets print on
/// A4, fitted to its width, the heading repeated and pages numbered. Names of worksheets are made
/// valid and unique, in formulas too. Drop-down lists, colours by condition, links and names of
/// areas are those of the sheet. Equal input gives equal bytes.
///
/// Errors: InvalidInput `xlsx.shape` (spans that overlap or leave the table), `xlsx.text` (over
///         32767 characters), naming the sheet and cell, `xlsx.choices` (a drop-down list of more
///         than 255 characters), `xlsx.link`, `xlsx.name`; TooLarge `xlsx.size`; Io
///         `xlsx.unwritable`.
Result<std::string> write(const model::Workbook& book, const XlsxOptions& options);

}  // namespace huice::render::xlsx
