#include "sheet/heading.h"

#include <algorithm>
#include <map>
#include <utility>

#include "facts/people_number.h"
#include "text/dates.h"
#include "text/normalize.h"

namespace huice::sheet {
namespace {

using model::FactDefinition;
using model::FactType;

/// Hostile sheets may hold a hundred thousand merged ranges; headings have a few dozen.
constexpr std::size_t kMaxHeadingMerges = 2'000;

/// What headings may say, by their keys.
struct Names {
  std::map<std::string, const FactDefinition*, std::less<>> facts;
  std::map<std::string, const FactDefinition*, std::less<>> series;  ///< without a year
};
struct TopCell {
  std::string text;
  std::string key;
};
/// Every cell of the top rows that holds text, merged ranges filled: by row, then by column.
using TopRows = std::map<int, std::map<int, TopCell>>;

/// A series named 各年营业收入 is also told by `2023年营业收入`.
constexpr std::string_view kEachYear = "各年";

Names names_of(std::span<const FactDefinition> facts) {
  Names names;
  for (const FactDefinition& fact : facts) {
    auto& known = fact.yearly ? names.series : names.facts;
    known.emplace(heading_key(fact.name), &fact);
    if (!fact.yearly || !fact.name.starts_with(kEachYear)) continue;
    known.emplace(heading_key(std::string_view(fact.name).substr(kEachYear.size())), &fact);
  }
  for (const FactDefinition& fact : facts) {
    auto& known = fact.yearly ? names.series : names.facts;
    for (const std::string& alias : fact.aliases) {
      known.emplace(heading_key(alias), &fact);
    }
  }
  return names;
}

/// `2023年营业收入`, `营业收入2023`, `营业收入2023年度`: the year, and the rest in `rest`.
std::optional<int> cut_year(std::string_view key, std::string& rest) {
  const auto digits = [&](std::size_t at) {
    return key.substr(at, 4).find_first_not_of("0123456789") == key.npos;
  };
  constexpr std::size_t kDigits = 4;
  if (key.size() < kDigits) return std::nullopt;
  std::string_view left = key;
  std::string_view year;
  if (digits(0)) {
    year = key.substr(0, kDigits);
    left.remove_prefix(kDigits);
    for (const std::string_view word : {"年度", "年"}) {
      if (left.starts_with(word)) left.remove_prefix(word.size());
    }
  } else {
    for (const std::string_view word : {"年度", "年"}) {
      if (left.ends_with(word)) left.remove_suffix(word.size());
    }
    if (left.size() < kDigits || !digits(left.size() - kDigits)) return std::nullopt;
    year = left.substr(left.size() - kDigits);
    left.remove_suffix(kDigits);
  }
  rest = std::string(left);
  return std::stoi(std::string(year));
}

TopRows top_rows(const Grid& grid) {
  TopRows top;
  for (const GridRow& row : grid.rows) {
    if (row.number > kMaxHeadingRow) break;
    for (const GridCell& cell : row.cells) {
      if (cell.column > kMaxTableColumns) break;
      std::string text(text::trimmed(to_text(cell)));
      if (text.empty()) continue;
      std::string key = heading_key(text);
      top[row.number][cell.column] = {std::move(text), std::move(key)};
    }
  }
  std::size_t merges = 0;
  for (const CellRange& range : grid.merged) {
    if (range.first.row > kMaxHeadingRow || ++merges > kMaxHeadingMerges) continue;
    const auto cells = top.find(range.first.row);
    if (cells == top.end() || !cells->second.contains(range.first.column)) continue;
    const TopCell filled = cells->second.at(range.first.column);
    for (int row = range.first.row; row <= std::min(range.last.row, kMaxHeadingRow); ++row) {
      for (int column = range.first.column; column <= std::min(range.last.column, kMaxTableColumns);
           ++column) {
        top[row][column] = filled;
      }
    }
  }
  return top;
}

/// A heading cut into its name and the unit in its brackets: `资产总额（万元）`.
struct NamedUnit {
  std::string name;
  facts::ColumnUnit unit;
  bool named = false;
  std::string strange;
};

void take_unit(NamedUnit& heading, std::string_view word) {
  if (word.starts_with("单位:")) word.remove_prefix(std::string_view("单位:").size());
  if (const facts::UnitWord* money = facts::money_unit(word)) {
    heading.unit.power = money->power;
    heading.named = true;
  } else if (word.ends_with("元")) {
    heading.strange = word;
  }
  if (word == "%") {
    heading.unit.percent = true;
    heading.named = true;
  }
}

/// Cuts every bracket, wherever it stands, and a unit after a separator: `资产总额/万元`.
NamedUnit cut_unit(const std::string& key) {
  NamedUnit heading{.name = key};
  for (std::size_t open = heading.name.find('('); open != heading.name.npos;
       open = heading.name.find('(', open)) {
    const std::size_t close = heading.name.find(')', open);
    if (close == heading.name.npos) break;
    take_unit(heading, std::string_view(heading.name).substr(open + 1, close - open - 1));
    heading.name.erase(open, close - open + 1);
  }
  const std::size_t mark = heading.name.find_last_of("/:");
  if (mark != heading.name.npos && !heading.named) {
    take_unit(heading, std::string_view(heading.name).substr(mark + 1));
    if (heading.named) heading.name.resize(mark);
  }
  return heading;
}

using Levels = std::vector<const TopCell*>;

/// The levels of one column's heading from the top down, equal neighbours once.
Levels levels_of(const TopRows& top, int first, int last, int column) {
  Levels levels;
  for (int row = first; row <= last; ++row) {
    const auto cells = top.find(row);
    if (cells == top.end()) continue;
    const auto cell = cells->second.find(column);
    if (cell == cells->second.end()) continue;
    if (levels.empty() || levels.back()->key != cell->second.key) levels.push_back(&cell->second);
  }
  return levels;
}

/// What the levels may mean together, likeliest first: `2025年营业收入` under `营业收入` `2025年`.
std::vector<std::string> readings_of(const Levels& levels) {
  std::string down;
  std::string up;
  for (const TopCell* level : levels) {
    down += level->key;
    up = level->key + up;
  }
  if (levels.size() == 1) return {up};
  return {up, down, levels.back()->key, levels.front()->key};
}

/// The fact that a heading tells the source or the day of; for the whole row there is none.
bool match_telling(const std::string& key, const Names& names, HeadingColumn& match) {
  struct Ending {
    std::string_view word;
    Telling tells;
  };
  static constexpr Ending kEndings[] = {{"(来源)", Telling::Source},
                                        {"来源", Telling::Source},
                                        {"(截至)", Telling::Observed},
                                        {"截至", Telling::Observed}};
  for (const auto& [word, tells] : kEndings) {
    if (!key.ends_with(word)) continue;
    const std::string rest = key.substr(0, key.size() - word.size());
    const auto named = names.facts.find(rest);
    if (rest != "数据" && named == names.facts.end()) return false;
    match.fact = named == names.facts.end() ? nullptr : named->second;
    match.tells = tells;
    return true;
  }
  return false;
}

/// The series and its year.
bool match_year(const std::string& key, const Names& names, HeadingColumn& match) {
  std::string rest;
  const auto year = cut_year(key, rest);
  const auto named = year ? names.series.find(rest) : names.series.end();
  if (named == names.series.end()) return false;
  const auto value =
      std::ranges::find(named->second->fields, model::kSeriesValue, &FactDefinition::name);
  if (value == named->second->fields.end()) return false;
  match.fact = &*value;
  match.series = named->second;
  match.year = *year;
  return true;
}

bool match_name(const std::string& key, const Names& names, HeadingColumn& match) {
  const auto named = names.facts.find(key);
  if (named == names.facts.end()) return false;
  match.fact = named->second;
  return true;
}

HeadingColumn match_column(const Levels& levels, int column, const Names& names) {
  HeadingColumn match{.column = column};
  for (const TopCell* level : levels) {
    match.text += (match.text.empty() ? "" : "/") + text::single_spaced(level->text);
  }
  const std::vector<std::string> readings = readings_of(levels);
  for (const std::string& key : readings) {
    const std::string cut = cut_unit(key).name;
    const bool whole_name = match_name(key, names, match);
    if (!whole_name && match_telling(key, names, match)) return match;
    if (!whole_name && !match_name(cut, names, match) && !match_year(cut, names, match)) continue;
    const NamedUnit whole = cut_unit(readings.front());
    match.unit = whole.unit;
    match.unit_named = whole.named;
    match.strange_unit = whole.strange;
    return match;
  }
  return match;
}

Heading heading_at(const TopRows& top, int first, int depth, const Names& names) {
  Heading heading{.last_row = first + depth - 1};
  std::vector<int> columns;
  for (int row = first; row <= heading.last_row; ++row) {
    const auto cells = top.find(row);
    if (cells == top.end()) continue;
    for (const auto& [column, cell] : cells->second) {
      columns.push_back(column);
    }
  }
  std::ranges::sort(columns);
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  for (const int column : columns) {
    const auto levels = levels_of(top, first, heading.last_row, column);
    if (!levels.empty()) heading.columns.push_back(match_column(levels, column, names));
  }
  return heading;
}

/// `单位：万元` and `填报日期：2026年10月30日` above the table.
void take_title_lines(const TopRows& top, int before, Heading& heading) {
  NamedUnit unit;
  for (const auto& [row, cells] : top) {
    if (row >= before) break;
    for (const auto& [column, cell] : cells) {
      const std::string& key = cell.key;
      for (std::size_t at = key.find("单位:"); at != key.npos && !unit.named;
           at = key.find("单位:", at + 1)) {
        const std::string_view rest = std::string_view(key).substr(at);
        take_unit(unit, rest.substr(0, rest.find_first_of(",;)、", 7)));
      }
      if (key.find("日期") == key.npos && key.find("截至") == key.npos) continue;
      const auto days = text::find_dates(cell.text);
      if (!days.empty()) heading.observed = days.front().date;
    }
  }
  for (HeadingColumn& column : heading.columns) {
    if (!unit.named || column.unit_named || column.fact == nullptr) continue;
    if (column.fact->type != FactType::Money) continue;
    column.unit.power = unit.unit.power;
    column.unit_named = true;
  }
}

}  // namespace

int Heading::matched() const {
  std::vector<std::pair<const FactDefinition*, int>> facts;
  for (const HeadingColumn& column : columns) {
    if (column.fact != nullptr && column.tells == Telling::Value) {
      facts.emplace_back(column.fact, column.year);
    }
  }
  std::ranges::sort(facts);
  return static_cast<int>(std::unique(facts.begin(), facts.end()) - facts.begin());
}

const HeadingColumn* Heading::find(std::string_view fact) const {
  const auto found = std::ranges::find_if(columns, [&](const HeadingColumn& column) {
    return column.fact != nullptr && column.tells == Telling::Value && column.series == nullptr &&
           column.fact->name == fact;
  });
  return found == columns.end() ? nullptr : &*found;
}

std::string heading_key(std::string_view text) {
  std::string key = text::fold(text);
  std::erase_if(key, [](char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '*' || c == '"';
  });
  return key;
}

std::optional<Heading> find_heading(const Grid& grid, std::span<const FactDefinition> facts) {
  const Names names = names_of(facts);
  const TopRows top = top_rows(grid);
  std::optional<Heading> best;
  int best_first = 0;
  for (int depth = 1; depth <= kMaxHeadingDepth; ++depth) {
    for (const auto& [first, cells] : top) {
      if (first + depth - 1 > kMaxHeadingRow) break;
      Heading heading = heading_at(top, first, depth, names);
      if (heading.matched() == 0 || (best && heading.matched() <= best->matched())) continue;
      best = std::move(heading);
      best_first = first;
    }
  }
  if (best) take_title_lines(top, best_first, *best);
  return best;
}

}  // namespace huice::sheet
