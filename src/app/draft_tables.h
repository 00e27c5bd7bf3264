// The tables of a document as worksheets, for those who go on calculating with them.
#pragma once

#include <string>

#include "base/date.h"
#include "base/result.h"
#include "model/document.h"
#include "model/table.h"

namespace huice::app {

/// A worksheet for each table, in the order of the text, called by its caption, else by the annex
/// or the document that it stands in. No sheets where there is no table.
model::Workbook tables_of(const model::Document& document);

inline constexpr const char* kNoTable = "draft.no-table";
/// NotFound kNoTable.
Error no_table();

/// Its tables as XLSX, a worksheet each. Errors: no_table(); those of writing.
Result<std::string> tables_xlsx(const model::Document& document, Date on);

}  // namespace huice::app
