#include "service/match_workbook.h"

#include <utility>

#include "notation/json.h"
#include "policy/decision_sheet.h"
#include "policy/explain.h"
#include "policy/sheet_parts.h"

namespace huice::service {
namespace {

constexpr std::string_view kYuan = "元";  ///< the only field of a cell that holds money

model::Value value_of(const model::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.content)) return *text;
  if (const auto* count = std::get_if<Decimal>(&cell.content)) return *count;
  if (const auto* money = std::get_if<Money>(&cell.content)) {
    return model::Value::Record{{std::string(kYuan), money->to_yuan()}};
  }
  return {};
}

model::Cell cell_of(const model::Value& value) {
  if (const std::string* text = value.text()) return policy::text_cell(*text);
  if (const Decimal* count = value.number()) return {.content = *count};
  const model::Value* yuan = value.find(kYuan);
  if (yuan == nullptr || yuan->number() == nullptr) return {};
  const auto money = money_from_yuan(*yuan->number());
  return money ? policy::money_cell(money.value()) : model::Cell();
}

/// The rows below the heading.
model::Value rows_value(const model::Table& table) {
  model::Value::List rows;
  for (auto row = static_cast<std::size_t>(table.header_rows); row < table.rows.size(); ++row) {
    model::Value::List cells;
    for (const model::Cell& cell : table.rows[row])
      cells.push_back(value_of(cell));
    rows.emplace_back(std::move(cells));
  }
  return rows;
}

}  // namespace

MatchWorkbook::MatchWorkbook(const model::FactCatalogue& catalogue,
                             const policy::MatchOptions& options)
    : book_(policy::to_workbook({}, catalogue, options)) {
  book_.sheets.push_back(policy::decision_heading(options));
}

std::string MatchWorkbook::rows_of(const policy::Library& library,
                                   std::span<const policy::DecisionFile> decisions,
                                   const model::FactCatalogue& catalogue,
                                   const model::Profile& profile,
                                   const policy::MatchOptions& options) {
  const auto matches = policy::match_all(library, {&profile, 1}, options);
  model::Value::List sheets;
  for (const model::Sheet& sheet : policy::to_workbook(matches, catalogue, options).sheets)
    sheets.push_back(rows_value(sheet.table));
  if (const auto decided = policy::decision_sheet(library, decisions, {&profile, 1}, options)) {
    sheets.push_back(rows_value(decided->table));
  }
  return notation::write_json(model::Value(std::move(sheets)));
}

Status MatchWorkbook::add(std::string_view rows) {
  HUICE_TRY(const auto sheets, notation::read_json(rows, "匹配结果"));
  for (std::size_t sheet = 0; sheet < sheets.list()->size(); ++sheet) {
    auto& table = book_.sheets.at(sheet).table;
    for (const model::Value& row : *(*sheets.list())[sheet].list()) {
      std::vector<model::Cell> cells;
      for (const model::Value& each : *row.list())
        cells.push_back(cell_of(each));
      // Each enterprise was the first of its own list.
      if (sheet == 0) cells.front() = policy::count_cell(table.rows.size());
      table.rows.push_back(std::move(cells));
    }
  }
  return Unit{};
}

model::Workbook MatchWorkbook::finish() && {
  const auto& decided = book_.sheets.back().table;
  if (decided.rows.size() == static_cast<std::size_t>(decided.header_rows)) book_.sheets.pop_back();
  return std::move(book_);
}

}  // namespace huice::service
