// Tables as rows of a flow: bordered, wrapped, merged, with the header repeated on every page.
#pragma once

#include "layout/flow.h"
#include "layout/parts.h"
#include "model/document.h"
#include "model/table.h"

namespace huice::layout {

/// The rows of a table that fills the column. Text is 小四, or smaller where columns are many.
Flow table_lines(const Desk& desk, const model::Table& table, const SourceSpan& where);

/// The same with its caption, set off from the text round it.
Flow table_block_lines(const Desk& desk, const model::TableBlock& block);

}  // namespace huice::layout
