#include "sheet/table_reader.h"

#include <algorithm>
#include <array>
#include <optional>

#include "text/normalize.h"

namespace huice::sheet {
namespace {

using model::FactDefinition;
using model::FactType;
using model::Profile;

/// The text of a row that has nothing but one text, such as a note below the table.
std::optional<std::string> only_text(const GridRow& row) {
  std::optional<std::string> only;
  for (const GridCell& cell : row.cells) {
    if (text::trimmed(to_text(cell)).empty()) continue;
    if (only) return std::nullopt;
    only = std::string(text::trimmed(to_text(cell)));
  }
  return only;
}

/// `合计`, `小 计`, `总计`: the first text of the row says that it sums up others.
bool is_total(const GridRow& row) {
  for (const GridCell& cell : row.cells) {
    const std::string key = heading_key(to_text(cell));
    if (key.empty()) continue;
    return key == "合计" || key == "小计" || key == "总计" || key == "共计";
  }
  return false;
}

}  // namespace

Error finding(std::string id, std::string message, std::string hint) {
  return Error{.code = ErrorCode::InvalidInput,
               .id = std::move(id),
               .message = std::move(message),
               .where = {},
               .hint = std::move(hint)};
}

TableReader::TableReader(const Grid& grid, const Heading& heading, facts::Enterprises& enterprises)
    : grid_(grid), heading_(heading), enterprises_(enterprises) {
  for (const HeadingColumn& column : heading.columns) {
    if (column.fact != nullptr) heading_keys_.insert(heading_key(column.text));
  }
}

void TableReader::report_columns(std::string_view list) {
  for (const HeadingColumn& column : heading_.columns) {
    const SourceSpan where = place({.number = heading_.last_row}, column.column);
    if (column.tells != Telling::Value) {
      tellings_.push_back(&column);
      continue;
    }
    if (column.fact == nullptr) {
      enterprises_.note(
          finding("sheet.column.unknown", "“" + column.text + "”不是目录中的事实，这一列没有读入",
                  "如是要用的数据，请按 policies/facts.yaml 的名称改表头"),
          where);
      continue;
    }
    if (!is_first_of_fact(column)) {
      enterprises_.note(
          finding("sheet.column.duplicate",
                  "“" + column.text + "”与前面一列都是“" + name_of(column) + "”，这一列没有读入",
                  "请删去一列，或在表头写明年度等区别"),
          where);
      continue;
    }
    if (!column.strange_unit.empty()) {
      enterprises_.refuse(finding("sheet.column.unit",
                                  "“" + column.text + "”的单位“" + column.strange_unit +
                                      "”不能换算，这一列没有读入",
                                  "请换算为元、万元或亿元"),
                          where);
      continue;
    }
    report_unit(column, where);
    columns_.push_back(&column);
    const std::string prefix = list.empty() ? "" : std::string(list) + ".";
    enterprises_.map({.heading = column.text,
                      .fact = prefix + name_of(column),
                      .factor = column.unit.percent ? Decimal::scaled(1, -2)
                                                    : Decimal::scaled(1, column.unit.power),
                      .where = where});
  }
}

std::vector<std::pair<const HeadingColumn*, facts::Reading>> TableReader::read_row(
    const GridRow& row) {
  std::vector<std::pair<const HeadingColumn*, facts::Reading>> told;
  for (const HeadingColumn* column : columns_) {
    facts::Reading reading = read(row, *column, *column->fact);
    if (reading.value || reading.is_range()) told.emplace_back(column, std::move(reading));
  }
  return told;
}

void TableReader::tell_origins(const GridRow& row, Profile& profile) {
  for (const bool of_all : {true, false}) {
    for (const HeadingColumn* column : tellings_) {
      if ((column->fact == nullptr) != of_all) continue;
      const bool day = column->tells == Telling::Observed;
      const facts::Reading reading =
          read(row, *column, {.name = column->text, .type = day ? FactType::Day : FactType::Text});
      if (!reading.value) continue;
      for (auto& [name, fact] : profile.facts) {
        if (!of_all && name != column->fact->name) continue;
        if (day) fact.observed = *reading.value->day();
        if (!day) fact.source = *reading.value->text();
      }
    }
  }
}

void TableReader::refuse_range(const GridRow& row, const HeadingColumn& column) {
  enterprises_.refuse(
      finding("sheet.cell.range", "“" + column.text + "”须是确切的数，不能填区间", "不知道就留空"),
      place(row, column.column));
}

bool TableReader::is_aside(const GridRow& row) {
  if (is_total(row)) return true;
  const GridCell* name = cell_of(row, facts::kNameFact);
  const GridCell* code = cell_of(row, facts::kCodeFact);
  if (name == nullptr && code == nullptr) return only_text(row).has_value();
  const std::string key = heading_key(name == nullptr ? to_text(*code) : to_text(*name));
  if (key == "甲" || key == "乙" ||
      (key.size() <= 2 && key.find_first_not_of("0123456789") == key.npos)) {
    return true;
  }
  if (const auto only = only_text(row)) return is_note(*only);
  return heading_keys_.contains(key);
}

bool TableReader::is_corrected(const GridRow& row, int column) const {
  const CellAddress address{row.number, column};
  return std::ranges::find(grid_.corrected, address) != grid_.corrected.end();
}

bool TableReader::is_first_of_fact(const HeadingColumn& column) const {
  const auto first = std::ranges::find_if(heading_.columns, [&](const HeadingColumn& each) {
    return each.fact == column.fact && each.tells == column.tells && each.year == column.year;
  });
  return &*first == &column;
}

std::string TableReader::name_of(const HeadingColumn& column) {
  if (column.series == nullptr) return column.fact->name;
  return column.series->name + "." + std::to_string(column.year);
}

facts::Reading TableReader::read(const GridRow& row, const HeadingColumn& column,
                                 const FactDefinition& wanted) {
  const GridCell* cell = row.at(column.column);
  if (cell == nullptr) return {};
  facts::Reading reading = facts::read_cell(*cell, wanted, column.unit);
  if (reading.refusal) enterprises_.refuse(*reading.refusal, place(row, column.column));
  if (reading.note) enterprises_.note(*reading.note, place(row, column.column));
  return reading;
}

const GridCell* TableReader::cell_of(const GridRow& row, std::string_view fact) const {
  const HeadingColumn* column = heading_.find(fact);
  return column == nullptr ? nullptr : row.at(column->column);
}

bool TableReader::is_note(std::string_view text) {
  constexpr std::array<std::string_view, 8> kOpenings = {"注",   "说明", "备注", "填表",
                                                         "填报", "审核", "制表", "单位负责人"};
  constexpr std::size_t kLongestName = 180;  // bytes, sixty characters
  return text.size() > kLongestName || std::ranges::any_of(kOpenings, [&](std::string_view word) {
           return text.starts_with(word);
         });
}

void TableReader::report_unit(const HeadingColumn& column, const SourceSpan& where) {
  if (column.fact->type != FactType::Money || column.unit_named) return;
  enterprises_.note(finding("sheet.column.no-unit", "“" + column.text + "”没有注明单位，按元读入",
                            "如表中是万元，请把表头改为“" + column.text + "（万元）”"),
                    where);
}

}  // namespace huice::sheet
