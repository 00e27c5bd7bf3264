#include "app/returned_cells.h"

#include <algorithm>
#include <span>
#include <utility>

#include "notation/json.h"
#include "render/xlsx/xlsx_writer.h"
#include "sheet/xlsx_reader.h"

namespace huice::app {
namespace {

using model::Value;
using sheet::Change;
using sheet::ChangeKind;
using sheet::Grid;

Error refusal(std::string message, SourceSpan where, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = "campaign.returned",
          .message = std::move(message),
          .where = std::move(where),
          .hint = std::move(hint)};
}

Result<std::span<const Grid>> named(const std::vector<Grid>& grids, const std::string& name,
                                    const std::string& which) {
  const auto found = std::ranges::find(grids, name, &Grid::name);
  if (found != grids.end()) return std::span(&*found, 1);
  return refusal(which + "里没有工作表“" + name + "”",
                 {.file = grids.empty() ? std::string() : grids.front().file},
                 "给出导出的那份，工作表的名称不要改动");
}

bool is_among(const std::vector<std::string>& cells, const Change& change) {
  return std::ranges::find(cells, change.where.part) != cells.end();
}

ReturnedCell decided(const ReturnedBook& book, Change change) {
  ReturnedCell cell{.change = std::move(change)};
  switch (cell.change.kind) {
    case ChangeKind::Agreed:
      cell.fate = Fate::Agreed;
      break;
    case ChangeKind::Conflict:
      if (is_among(book.ours, cell.change)) {
        cell.fate = Fate::Kept;
      } else if (!is_among(book.theirs, cell.change)) {
        refuse(cell, "发出以后这里也改过，两边不同", "商定以哪边为准，逐格选定");
      }
      break;
    case ChangeKind::Added:
      refuse(cell, "没有发出过这一行，或行的名称改了", "行和名称不要改动；新的另行登记");
      break;
    case ChangeKind::Removed:
      refuse(cell, "这一行没有交回，或行的名称改了", "行和名称不要改动；补上这一行");
      break;
    default:
      break;
  }
  return cell;
}

/// Whatever was decided must be of a conflict.
Findings idle_decisions(const ReturnedBook& book, const std::vector<Change>& changes) {
  Findings findings;
  for (const auto* cells : {&book.theirs, &book.ours}) {
    for (const std::string& each : *cells) {
      const bool is_conflict = std::ranges::any_of(changes, [&](const Change& change) {
        return change.kind == ChangeKind::Conflict && change.where.part == each;
      });
      if (is_conflict) continue;
      findings.push_back(
          refusal("“" + each + "”这一格没有冲突", {}, "只选定有冲突的格，写法如 安排表!H5"));
    }
  }
  return findings;
}

/// Errors: `campaign.returned` for decisions of cells without conflict.
Result<std::vector<ReturnedCell>> decided(const ReturnedBook& book, std::vector<Change> changes) {
  Findings idle = idle_decisions(book, changes);
  if (!idle.empty()) return as_error(std::move(idle));
  std::vector<ReturnedCell> cells;
  for (Change& change : changes)
    if (change.kind != ChangeKind::Computed) cells.push_back(decided(book, std::move(change)));
  return cells;
}

/// The columns of one row that come in, as `{column: text}`.
std::string row_text(const std::vector<ReturnedCell>& cells, const std::string& row,
                     std::string Change::*text) {
  Value::Record record;
  for (const ReturnedCell& cell : cells)
    if (cell.fate == Fate::Taken && cell.change.key == row)
      record.emplace_back(cell.change.column, cell.change.*text);
  return notation::write_json(Value(std::move(record)));
}

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

}  // namespace

Result<ReturnedBook> read_returned(const std::filesystem::path& sent,
                                   const std::filesystem::path& wrote) {
  ReturnedBook book;
  HUICE_TRY(book.sent, sheet::read_xlsx(sent));
  HUICE_TRY(book.wrote, sheet::read_xlsx(wrote));
  return book;
}

Result<ReturnedBook> read_returned_bytes(std::string sent, std::string wrote) {
  ReturnedBook book;
  HUICE_TRY(book.sent, sheet::read_xlsx(std::move(sent), "发出的表"));
  HUICE_TRY(book.wrote, sheet::read_xlsx(std::move(wrote), "交回的表"));
  return book;
}

Result<std::vector<Grid>> grids_of(const model::Workbook& book, Date on) {
  HUICE_TRY(auto bytes, render::xlsx::write(book, {.created = on}));
  return sheet::read_xlsx(std::move(bytes), "现在的" + book.title);
}

std::string_view to_chinese(Fate fate) {
  constexpr std::string_view kNames[] = {"收", "不收", "一致", "拒"};
  return kNames[static_cast<std::size_t>(fate)];
}

std::size_t Intake::count(Fate fate) const {
  return static_cast<std::size_t>(std::ranges::count(cells, fate, &ReturnedCell::fate));
}

Findings findings_of(const Intake& intake) {
  Findings findings;
  for (const auto& [change, fate, becomes, reason, hint] : intake.cells) {
    if (fate != Fate::Refused) continue;
    std::string message = "“" + change.key + "”";
    if (!change.column.empty()) message += "的“" + change.column + "”填写“" + change.wrote + "”";
    findings.push_back(refusal(message + "：" + reason, change.where, hint));
  }
  findings.insert(findings.end(), intake.further.begin(), intake.further.end());
  return findings;
}

Value cell_value(const ReturnedCell& cell) {
  const Change& change = cell.change;
  return Value::Record{{"kind", std::string(sheet::to_chinese(change.kind))},
                       {"fate", std::string(to_chinese(cell.fate))},
                       {"where", change.where.part},
                       {"row", change.key},
                       {"column", text_or_null(change.column)},
                       {"sent", text_or_null(change.sent)},
                       {"have", text_or_null(change.have)},
                       {"wrote", text_or_null(change.wrote)},
                       {"becomes", text_or_null(cell.becomes)},
                       {"reason", text_or_null(cell.reason)},
                       {"hint", text_or_null(cell.hint)}};
}

Result<std::vector<ReturnedCell>> changed_cells(const ReturnedBook& book,
                                                const std::vector<Grid>& have,
                                                const std::string& name, const std::string& key,
                                                const sheet::Meaning& meaning) {
  HUICE_TRY(const auto sent, named(book.sent, name, "发出的那份"));
  HUICE_TRY(const auto wrote, named(book.wrote, name, "交回的那份"));
  HUICE_TRY(const auto here, named(have, name, "现在的那份"));
  HUICE_TRY(auto compared, sheet::compare(sent, here, wrote, key, meaning));
  return decided(book, std::move(compared.changes));
}

Result<std::vector<ReturnedCell>> changed_cells(const ReturnedBook& book,
                                                const std::vector<Grid>& have,
                                                const std::string& key,
                                                const sheet::Meaning& meaning) {
  HUICE_TRY(auto compared, sheet::compare(book.sent, have, book.wrote, key, meaning));
  return decided(book, std::move(compared.changes));
}

void refuse(ReturnedCell& cell, std::string reason, std::string hint) {
  cell.fate = Fate::Refused;
  cell.becomes.clear();
  cell.reason = std::move(reason);
  cell.hint = std::move(hint);
}

std::vector<std::string> taken_rows(const std::vector<ReturnedCell>& cells) {
  std::vector<std::string> rows;
  for (const ReturnedCell& cell : cells) {
    const bool is_new = std::ranges::find(rows, cell.change.key) == rows.end();
    if (cell.fate == Fate::Taken && is_new) rows.push_back(cell.change.key);
  }
  return rows;
}

std::vector<store::AuditEntry> audit_rows(const std::vector<ReturnedCell>& cells,
                                          const std::string& campaign, const std::string& action,
                                          const Actor& actor) {
  std::vector<store::AuditEntry> entries;
  for (const std::string& row : taken_rows(cells)) {
    entries.push_back({.at = actor.at,
                       .actor = actor.name,
                       .origin = actor.origin,
                       .action = action,
                       .subject = campaign + "/" + row,
                       .before = row_text(cells, row, &Change::have),
                       .after = row_text(cells, row, &Change::wrote)});
  }
  return entries;
}

}  // namespace huice::app
