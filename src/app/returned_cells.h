// Schedules and ledgers that were sent out, filled in and sent back: what becomes of each cell that
// was changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/campaign_store.h"
#include "base/date.h"
#include "base/result.h"
#include "model/table.h"
#include "model/value.h"
#include "sheet/comparison.h"
#include "sheet/grid.h"
#include "store/audit.h"

namespace huice::app {

/// A workbook that came back, and what was decided of its conflicts.
struct ReturnedBook {
  std::vector<sheet::Grid> sent;    ///< as it was sent
  std::vector<sheet::Grid> wrote;   ///< as it came back
  std::vector<std::string> theirs;  ///< cells of conflicts, `安排表!H5`, of which theirs comes in
  std::vector<std::string> ours;    ///< of which what is here stays
};

/// Errors: those of sheet::read_xlsx.
Result<ReturnedBook> read_returned(const std::filesystem::path& sent,
                                   const std::filesystem::path& wrote);
/// The same from the bytes of the workbooks.
Result<ReturnedBook> read_returned_bytes(std::string sent, std::string wrote);

/// A workbook of ours as it would come back if nobody changed it. Errors: those of writing it.
Result<std::vector<sheet::Grid>> grids_of(const model::Workbook& book, Date on);

/// What becomes of a cell that was changed.
enum class Fate {
  Taken,   ///< 收: comes in
  Kept,    ///< 不收: what is here stays, as was decided of a conflict
  Agreed,  ///< 一致: means what is here already, or what was sent
  Refused  ///< 拒: nothing comes in while there is one
};

/// `收`, `不收`, `一致`, `拒`.
std::string_view to_chinese(Fate fate);

/// A cell that was changed, or a row that was added or left out.
struct ReturnedCell {
  sheet::Change change;
  Fate fate = Fate::Taken;
  std::string becomes;  ///< what is recorded of it: an event of the ledger; may be empty
  std::string reason;   ///< of a refused one
  std::string hint;
};

/// What came of a workbook.
struct Intake {
  std::vector<ReturnedCell> cells;  ///< those that were changed
  Findings further;          ///< what else stands against it: of the campaign, not of one cell
  std::int64_t version = 0;  ///< of the campaign that was compared; of files 0
  bool accepted = false;     ///< it was written

  std::size_t count(Fate fate) const;
  /// Nothing stands against taking it in.
  bool is_sound() const { return further.empty() && count(Fate::Refused) == 0; }
};

/// Every refused cell with sheet, row, column, value and reason, then `further`.
Findings findings_of(const Intake& intake);

/// `{kind, fate, where, row, column, sent, have, wrote, becomes, reason, hint}`.
model::Value cell_value(const ReturnedCell& cell);

/// The changed cells of the worksheet `name`, its rows told apart by the column `key` and its
/// cells compared by `meaning`. What only they changed is Taken; conflicts go as was decided, those
/// nothing was decided of are Refused, as are rows that were added or left out. Formulas that were
/// worked out anew are left out.
///
/// Errors: those of sheet::compare; InvalidInput `campaign.returned` where a workbook has no such
///         sheet, or something was decided of a cell in which there is no conflict.
Result<std::vector<ReturnedCell>> changed_cells(const ReturnedBook& book,
                                                const std::vector<sheet::Grid>& have,
                                                const std::string& name, const std::string& key,
                                                const sheet::Meaning& meaning);

/// The same of all worksheets of the workbook. Errors: as of one.
Result<std::vector<ReturnedCell>> changed_cells(const ReturnedBook& book,
                                                const std::vector<sheet::Grid>& have,
                                                const std::string& key,
                                                const sheet::Meaning& meaning);

/// Sets `cell` aside.
void refuse(ReturnedCell& cell, std::string reason, std::string hint);

/// The rows of which something comes in, in their order.
std::vector<std::string> taken_rows(const std::vector<ReturnedCell>& cells);

/// For each of these rows an entry of the audit log, `action` of `campaign/row`, with its columns
/// that come in as they are here and as they wrote.
std::vector<store::AuditEntry> audit_rows(const std::vector<ReturnedCell>& cells,
                                          const std::string& campaign, const std::string& action,
                                          const Actor& actor);

}  // namespace huice::app
