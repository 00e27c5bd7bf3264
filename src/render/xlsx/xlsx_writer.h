// Workbooks as XLSX files.
#pragma once

#include <string>

#include "base/date.h"
#include "base/result.h"
#include "model/table.h"

namespace huice::render::xlsx {

struct XlsxOptions {
  Date created;                  ///< the creation day in the document's properties
  bool constant_memory = false;  ///< a row at a time; ignored where cells span rows
};

/// The bytes of an XLSX file: for each sheet its label, title and subtitle, the table, the notes.
///
/// Numbers, amounts and days are written as such with a number format; formulas carry the values
/// they give. Text is always text: `=1+1` typed into a form stays these four letters. Widths that
/// a column leaves open, and the heights of wrapped rows, follow from the content. Sheets print on
/// A4, fitted to its width, the heading repeated and pages numbered. Names of worksheets are made
/// valid and unique, in formulas too. Equal input gives equal bytes.
///
/// Errors: InvalidInput `xlsx.shape` (spans that overlap or leave the table), `xlsx.text` (over
///         32767 characters), naming the sheet and cell; TooLarge `xlsx.size`; Io
///         `xlsx.unwritable`.
Result<std::string> write(const model::Workbook& book, const XlsxOptions& options);

}  // namespace huice::render::xlsx
