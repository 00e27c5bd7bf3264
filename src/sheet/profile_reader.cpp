#include "sheet/profile_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "facts/enterprises.h"
#include "sheet/csv_reader.h"
#include "sheet/heading.h"
#include "sheet/xlsx_reader.h"
#include "text/normalize.h"

namespace huice::sheet {
namespace {

using model::Fact;
using model::FactCatalogue;
using model::FactDefinition;
using model::FactType;
using model::Profile;
using model::Value;

/// A table of enterprises names its enterprises, and says at least one more thing of them.
constexpr int kMinMatched = 2;

Error finding(std::string id, std::string message, std::string hint) {
  return Error{.code = ErrorCode::InvalidInput,
               .id = std::move(id),
               .message = std::move(message),
               .where = {},
               .hint = std::move(hint)};
}

std::string text_of(const Profile& profile, std::string_view fact) {
  const auto found = profile.facts.find(fact);
  if (found == profile.facts.end()) return {};
  const std::string* text = found->second.value.text();
  return text == nullptr ? std::string() : *text;
}

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

/// Reads the rows below a heading, cell by cell.
class TableReader {
 public:
  TableReader(const Grid& grid, const Heading& heading, facts::Enterprises& enterprises)
      : grid_(grid), heading_(heading), enterprises_(enterprises) {
    for (const HeadingColumn& column : heading.columns) {
      if (column.fact != nullptr) heading_keys_.insert(heading_key(column.text));
    }
  }

  /// Reports what became of each column. `list` is the list fact whose items the rows are.
  void report_columns(std::string_view list) {
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

  /// What the row tells, column by column; findings are reported.
  std::vector<std::pair<const HeadingColumn*, facts::Reading>> read_row(const GridRow& row) {
    std::vector<std::pair<const HeadingColumn*, facts::Reading>> told;
    for (const HeadingColumn* column : columns_) {
      facts::Reading reading = read(row, *column, *column->fact);
      if (reading.value || reading.is_range()) told.emplace_back(column, std::move(reading));
    }
    return told;
  }

  /// Sources and days that the row tells of its facts; what is told of one comes before what is
  /// told of all.
  void tell_origins(const GridRow& row, Profile& profile) {
    for (const bool of_all : {true, false}) {
      for (const HeadingColumn* column : tellings_) {
        if ((column->fact == nullptr) != of_all) continue;
        const bool day = column->tells == Telling::Observed;
        const facts::Reading reading = read(
            row, *column, {.name = column->text, .type = day ? FactType::Day : FactType::Text});
        if (!reading.value) continue;
        for (auto& [name, fact] : profile.facts) {
          if (!of_all && name != column->fact->name) continue;
          if (day) fact.observed = *reading.value->day();
          if (!day) fact.source = *reading.value->text();
        }
      }
    }
  }

  /// A list has no place for a number of which only a range is known.
  void refuse_range(const GridRow& row, const HeadingColumn& column) {
    enterprises_.refuse(finding("sheet.cell.range", "“" + column.text + "”须是确切的数，不能填区间",
                                "不知道就留空"),
                        place(row, column.column));
  }

  /// Whether the row is no item of the table: a total, a note, a heading repeated, a line of
  /// column numbers (`甲 乙 1 2`).
  bool is_aside(const GridRow& row) {
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

  SourceSpan place(const GridRow& row, int column) const { return grid_.where(row, column); }
  bool is_corrected(const GridRow& row, int column) const {
    const CellAddress address{row.number, column};
    return std::ranges::find(grid_.corrected, address) != grid_.corrected.end();
  }

 private:
  bool is_first_of_fact(const HeadingColumn& column) const {
    const auto first = std::ranges::find_if(heading_.columns, [&](const HeadingColumn& each) {
      return each.fact == column.fact && each.tells == column.tells && each.year == column.year;
    });
    return &*first == &column;
  }

  static std::string name_of(const HeadingColumn& column) {
    if (column.series == nullptr) return column.fact->name;
    return column.series->name + "." + std::to_string(column.year);
  }

  facts::Reading read(const GridRow& row, const HeadingColumn& column,
                      const FactDefinition& wanted) {
    const GridCell* cell = row.at(column.column);
    if (cell == nullptr) return {};
    facts::Reading reading = facts::read_cell(*cell, wanted, column.unit);
    if (reading.refusal) enterprises_.refuse(*reading.refusal, place(row, column.column));
    if (reading.note) enterprises_.note(*reading.note, place(row, column.column));
    return reading;
  }

  const GridCell* cell_of(const GridRow& row, std::string_view fact) const {
    const HeadingColumn* column = heading_.find(fact);
    return column == nullptr ? nullptr : row.at(column->column);
  }

  static bool is_note(std::string_view text) {
    constexpr std::array<std::string_view, 8> kOpenings = {"注",   "说明", "备注", "填表",
                                                           "填报", "审核", "制表", "单位负责人"};
    constexpr std::size_t kLongestName = 180;  // bytes, sixty characters
    return text.size() > kLongestName || std::ranges::any_of(kOpenings, [&](std::string_view word) {
             return text.starts_with(word);
           });
  }

  void report_unit(const HeadingColumn& column, const SourceSpan& where) {
    if (column.fact->type != FactType::Money || column.unit_named) return;
    enterprises_.note(finding("sheet.column.no-unit", "“" + column.text + "”没有注明单位，按元读入",
                              "如表中是万元，请把表头改为“" + column.text + "（万元）”"),
                      where);
  }

  const Grid& grid_;
  const Heading& heading_;
  facts::Enterprises& enterprises_;
  std::set<std::string, std::less<>> heading_keys_;
  std::vector<const HeadingColumn*> columns_;
  std::vector<const HeadingColumn*> tellings_;  ///< sources and days
};

/// What a worksheet is read as.
struct Role {
  const Grid* grid = nullptr;
  const FactDefinition* list = nullptr;  ///< nullptr: a table of enterprises
  std::optional<Heading> heading;
};

/// Facts that name an enterprise, then the fields of a list: the columns of a list's worksheet.
std::vector<FactDefinition> list_columns(const FactCatalogue& catalogue,
                                         const FactDefinition& list) {
  std::vector<FactDefinition> columns = list.fields;
  for (const std::string_view key : {facts::kCodeFact, facts::kNameFact}) {
    if (const FactDefinition* fact = catalogue.find(key)) columns.push_back(*fact);
  }
  return columns;
}

bool is_named(const Grid& grid, const FactDefinition& list) {
  const std::string name = heading_key(grid.name);
  return !name.empty() && (name == heading_key(list.name) ||
                           std::ranges::any_of(list.aliases, [&](const std::string& alias) {
                             return name == heading_key(alias);
                           }));
}

bool names_enterprises(const Heading& heading) {
  return heading.find(facts::kNameFact) != nullptr || heading.find(facts::kCodeFact) != nullptr;
}

class Importer {
 public:
  Importer(const FactCatalogue& catalogue, std::string file)
      : file_(std::move(file)), enterprises_(file_) {
    for (const FactDefinition& fact : catalogue.facts) {
      if (fact.type == FactType::List) lists_.push_back({&fact, list_columns(catalogue, fact)});
      if (fact.type != FactType::List || fact.yearly) facts_.push_back(fact);
    }
  }

  Result<ProfileImport> read(std::span<const Grid> grids) {
    std::vector<Role> roles;
    for (const Grid& grid : grids) {
      if (grid.rows.empty()) continue;
      if (grid.hidden) {
        skip(grid, "sheet.hidden", "是隐藏的工作表，没有读入");
        continue;
      }
      roles.push_back(role_of(grid));
    }
    int tables = 0;
    for (const Role& role : roles) {
      if (role.heading && role.list == nullptr) read_enterprises(role, ++tables);
      if (!role.heading) skip(*role.grid, "sheet.no-heading", "没有认出表头，没有读入");
    }
    if (tables == 0) return no_heading();
    for (const Role& role : roles) {
      if (role.heading && role.list != nullptr) read_list(role);
    }
    return enterprises_.finish();
  }

 private:
  struct List {
    const FactDefinition* fact;
    std::vector<FactDefinition> columns;
  };

  Role role_of(const Grid& grid) const {
    Role role{.grid = &grid};
    if (auto heading = find_heading(grid, facts_);
        heading && heading->matched() >= kMinMatched && names_enterprises(*heading)) {
      role.heading = std::move(heading);
    }
    for (const List& list : lists_) {
      auto heading = find_heading(grid, list.columns);
      if (!heading || heading->matched() < kMinMatched || !names_enterprises(*heading)) continue;
      const bool better = !role.heading || heading->matched() > role.heading->matched();
      if (!better && !is_named(grid, *list.fact)) continue;
      role.list = list.fact;
      role.heading = std::move(heading);
    }
    return role;
  }

  void skip(const Grid& grid, std::string id, const std::string& why) {
    enterprises_.note(finding(std::move(id), "“" + grid.name + "”" + why, ""),
                      {.file = grid.file, .part = grid.name});
  }

  Error no_heading() const {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "sheet.no-heading",
                 .message = "没有找到企业数据表：前 " + std::to_string(kMaxHeadingRow) +
                            " 行里没有含“企业名称”或“统一社会信用代码”的表头",
                 .where = {.file = file_},
                 .hint =
                     "表头至少要有“企业名称”或“统一社会信用代码”，"
                     "并有一列目录中的事实，如“从业人数”"};
  }

  void read_enterprises(const Role& role, int table) {
    TableReader reader(*role.grid, *role.heading, enterprises_);
    reader.report_columns({});
    for (const GridRow& row : role.grid->rows) {
      if (row.number <= role.heading->last_row || reader.is_aside(row)) continue;
      read_enterprise(reader, role, row, table);
    }
  }

  void read_enterprise(TableReader& reader, const Role& role, const GridRow& row, int table) {
    const SourceSpan where = reader.place(row, row.cells.front().column);
    Profile profile{.where = where};
    for (auto& [column, reading] : reader.read_row(row)) {
      std::string source = enterprises_.source(reader.place(row, column->column));
      if (reader.is_corrected(row, column->column)) source += "（导入时改填）";
      if (column->series != nullptr) {
        if (reading.is_range()) reader.refuse_range(row, *column);
        if (reading.value) add_year(profile, *column, *reading.value, std::move(source));
      } else {
        profile.facts.emplace(column->fact->name,
                              reading.to_fact(std::move(source), role.heading->observed));
      }
    }
    reader.tell_origins(row, profile);
    profile.uscc = text_of(profile, facts::kCodeFact);
    profile.name = text_of(profile, facts::kNameFact);
    if (profile.facts.empty()) return;
    if (profile.uscc.empty() && profile.name.empty()) {
      enterprises_.refuse(
          finding("sheet.row.nameless", "这一行没有企业名称，也没有统一社会信用代码，没有读入",
                  "请补填其中一项"),
          where);
      return;
    }
    enterprises_.add(std::move(profile), table);
  }

  /// One more year of a series.
  static void add_year(Profile& profile, const HeadingColumn& column, const Value& figure,
                       std::string source) {
    const auto [fact, fresh] = profile.facts.try_emplace(
        column.series->name,
        Fact{.value = Value::List{}, .source = std::move(source), .observed = {}});
    auto& years = std::get<Value::List>(fact->second.value.content());
    years.emplace_back(Value::Record{{std::string(model::kSeriesYear), Value(column.year)},
                                     {std::string(model::kSeriesValue), figure}});
  }

  void read_list(const Role& role) {
    TableReader reader(*role.grid, *role.heading, enterprises_);
    reader.report_columns(role.list->name);
    for (const GridRow& row : role.grid->rows) {
      if (row.number <= role.heading->last_row || reader.is_aside(row)) continue;
      read_item(reader, role, row);
    }
    enterprises_.complete(role.list->name, {.file = role.grid->file, .part = role.grid->name});
  }

  void read_item(TableReader& reader, const Role& role, const GridRow& row) {
    const SourceSpan where = reader.place(row, row.cells.front().column);
    std::string code;
    std::string name;
    Value::Record item;
    for (auto& [column, reading] : reader.read_row(row)) {
      if (reading.is_range()) reader.refuse_range(row, *column);
      if (!reading.value) continue;
      Value& value = *reading.value;
      const std::string& fact = column->fact->name;
      if (fact == facts::kCodeFact) {
        code = value.text() == nullptr ? "" : *value.text();
      } else if (fact == facts::kNameFact) {
        name = value.text() == nullptr ? "" : *value.text();
      } else {
        item.emplace_back(fact, std::move(value));
      }
    }
    if (item.empty()) return;
    if (enterprises_.append(role.list->name, code, name, std::move(item), where)) return;
    const std::string who = code.empty() ? name : name.empty() ? code : name + " " + code;
    enterprises_.refuse(
        finding("sheet.row.unknown-enterprise", "企业表里没有“" + who + "”，这一行没有读入",
                "请核对统一社会信用代码，或在企业表中补上该企业"),
        where);
  }

  std::string file_;
  facts::Enterprises enterprises_;
  std::vector<FactDefinition> facts_;
  std::vector<List> lists_;
};

/// The CSV files beside `path` that hold list facts, each named as its fact.
Result<std::vector<Grid>> read_lists_beside(const std::filesystem::path& path,
                                            const FactCatalogue& catalogue) {
  std::vector<Grid> grids;
  for (const FactDefinition& fact : catalogue.facts) {
    if (fact.type != FactType::List) continue;
    std::vector<std::string> stems = {fact.name};
    if (fact.name == "新招用人员") stems.emplace_back("hires");
    for (const std::string& stem : stems) {
      std::error_code ignored;
      const auto beside = path.parent_path() / (stem + ".csv");
      if (beside == path || !std::filesystem::is_regular_file(beside, ignored)) continue;
      HUICE_TRY(Grid grid, read_csv(beside));
      grid.name = fact.name;
      grids.push_back(std::move(grid));
      break;
    }
  }
  return grids;
}

}  // namespace

Result<ProfileImport> read_profiles(std::span<const Grid> grids, const FactCatalogue& catalogue) {
  return Importer(catalogue, grids.empty() ? std::string() : grids.front().file).read(grids);
}

Result<ProfileImport> read_profiles(const std::filesystem::path& path,
                                    const FactCatalogue& catalogue,
                                    std::span<const Correction> corrections) {
  const std::string extension = text::fold(path.extension().string());
  if (extension == ".csv" || extension == ".txt") {
    HUICE_TRY(Grid grid, read_csv(path));
    HUICE_TRY(std::vector<Grid> grids, read_lists_beside(path, catalogue));
    grids.insert(grids.begin(), std::move(grid));
    HUICE_TRY([[maybe_unused]] const Unit corrected, correct(grids, corrections));
    return read_profiles(grids, catalogue);
  }
  if (extension == ".xlsx" || extension == ".xlsm" || extension == ".xls" || extension == ".et") {
    HUICE_TRY(std::vector<Grid> grids, read_xlsx(path));
    HUICE_TRY([[maybe_unused]] const Unit corrected, correct(grids, corrections));
    return read_profiles(grids, catalogue);
  }
  return Error{.code = ErrorCode::Unsupported,
               .id = "sheet.format",
               .message = "不认识的表格格式“" + path.extension().string() + "”",
               .where = {.file = path.string()},
               .hint = "请提供 .xlsx 或 .csv 文件"};
}

}  // namespace huice::sheet
