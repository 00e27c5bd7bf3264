// A worksheet that was sent out, filled in and sent back: what they wrote, against what was sent
// and what has become of it here since.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "sheet/grid.h"

namespace huice::sheet {

enum class ChangeKind {
  Changed,   ///< 改动: they changed what nobody has changed here
  Agreed,    ///< 一致: they changed it to what it is here by now, or only how it is spelled
  Conflict,  ///< 冲突: both changed it, differently
  Computed,  ///< 重算: a formula, sent as one, that gives another value by what they changed
  Added,     ///< 新增: a row that was not sent
  Removed,   ///< 删去: a row that did not come back
};

/// `改动`, `一致`, `冲突`, `重算`, `新增` or `删去`.
std::string_view to_chinese(ChangeKind kind);

struct Change {
  ChangeKind kind = ChangeKind::Changed;
  std::string key;     ///< of the row
  std::string column;  ///< its heading; empty of whole rows
  std::string sent;
  std::string have;
  std::string wrote;
  SourceSpan where;  ///< in the file they wrote; of a removed row, in the one that was sent
};

struct Comparison {
  std::vector<Change> changes;  ///< in the order of the sheets and rows that came back
  std::size_t rows = 0;         ///< that were compared
  std::vector<std::string>
      keys;  ///< heading of the column that names rows, for each sheet; or empty

  std::size_t count(ChangeKind kind) const;
};

/// What the text of a cell under a heading means, in one spelling: cells of one meaning are alike.
using Meaning = std::function<std::string(const std::string& column, const std::string& text)>;

/// Compares worksheets of the same name. The heading is the first row of several cells, with those
/// below it that are merged into it; rows of one cell are titles and notes. Rows are told apart by
/// the column headed `key` or, when that is empty, by the first column in which every row has a
/// text of its own. Numbers are equal by value, texts without their outer blanks, or by `meaning`.
///
/// Errors: InvalidInput, all under `also`: `sheet.compare-heading` for a sheet without heading or
///         that did not come back, `sheet.compare-key` for a `key` that no sheet has, or two
///         rows of one name.
Result<Comparison> compare(std::span<const Grid> sent, std::span<const Grid> have,
                           std::span<const Grid> wrote, const std::string& key,
                           const Meaning& meaning = {});

}  // namespace huice::sheet
