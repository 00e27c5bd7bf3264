// Tables as CSV that Excel and WPS open as they should.
#pragma once

#include <cstddef>
#include <string>

#include "model/table.h"

namespace huice::sheet {

/// UTF-8 with a byte order mark, CRLF, quotes where RFC 4180 needs them. Text that a spreadsheet
/// would take for a formula (it begins with = + - @, a tab or a return) gets an apostrophe before
/// it; numbers, amounts and days are written plain.
std::string write_csv(const model::Table& table);

/// The rows from `first` on, as lines that follow others.
std::string csv_lines(const model::Table& table, std::size_t first);

}  // namespace huice::sheet
