#include "sheet/profile_reader.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "base/files.h"
#include "facts/enterprises.h"
#include "sheet/csv_reader.h"
#include "sheet/heading.h"
#include "sheet/table_reader.h"
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

std::string text_of(const Profile& profile, std::string_view fact) {
  const auto found = profile.facts.find(fact);
  if (found == profile.facts.end()) return {};
  const std::string* text = found->second.value.text();
  return text == nullptr ? std::string() : *text;
}

/// What a worksheet is read as.
struct Role {
  const Grid* grid = nullptr;
  const FactDefinition* list = nullptr;  ///< nullptr: a table of enterprises
  std::optional<Heading> heading;

  bool is_known() const { return heading.has_value(); }
  bool is_table() const { return is_known() && list == nullptr; }
};

using UseRow = std::function<void(const GridRow& row)>;
/// Hands on the rows of a worksheet.
using EachRow = std::function<Status(const Grid& sheet, const UseRow& use)>;

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
  Importer(const FactCatalogue& catalogue, std::string file, facts::TakeProfile take = {})
      : file_(std::move(file)), enterprises_(file_, std::move(take)) {
    for (const FactDefinition& fact : catalogue.facts) {
      if (fact.type == FactType::List) lists_.push_back({&fact, list_columns(catalogue, fact)});
      if (fact.type != FactType::List || fact.yearly) facts_.push_back(fact);
    }
  }

  Result<ProfileImport> read(std::span<const Grid> grids) {
    const std::vector<Role> roles = roles_of(grids);
    int tables = 0;
    for (const Role& role : roles) {
      if (role.is_table()) {
        HUICE_TRY([[maybe_unused]] const Unit read,
                  read_enterprises(role, ++tables, rows_of(*role.grid)));
      }
      if (!role.heading) skip(*role.grid, "sheet.no-heading", "没有认出表头，没有读入");
    }
    if (tables == 0) return no_heading();
    for (const Role& role : roles) {
      if (role.heading && role.list != nullptr) read_list(role);
    }
    return enterprises_.finish();
  }

  /// Reads the rows of the only table of a file, of whose worksheets `heads` are the first rows;
  /// nullopt for a file of another form.
  Result<std::optional<ProfileImport>> stream(std::span<const Grid> heads, const EachRow& rows) {
    const std::vector<Role> roles = roles_of(heads);
    const auto table = std::ranges::find_if(roles, &Role::is_table);
    if (table == roles.end() || std::ranges::count_if(roles, &Role::is_known) > 1 ||
        std::ranges::count(heads, table->grid->name, &Grid::name) > 1)
      return std::optional<ProfileImport>();
    for (const Role& role : roles) {
      if (role.is_table()) {
        HUICE_TRY([[maybe_unused]] const Unit read, read_enterprises(role, 1, rows));
      } else {
        skip(*role.grid, "sheet.no-heading", "没有认出表头，没有读入");
      }
    }
    return std::optional(enterprises_.finish());
  }

 private:
  struct List {
    const FactDefinition* fact;
    std::vector<FactDefinition> columns;
  };

  std::vector<Role> roles_of(std::span<const Grid> grids) {
    std::vector<Role> roles;
    for (const Grid& grid : grids) {
      if (grid.rows.empty()) continue;
      if (grid.hidden) {
        skip(grid, "sheet.hidden", "是隐藏的工作表，没有读入");
        continue;
      }
      roles.push_back(role_of(grid));
    }
    return roles;
  }

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

  static EachRow rows_of(const Grid& grid) {
    return [&grid](const Grid&, const UseRow& use) -> Status {
      std::ranges::for_each(grid.rows, use);
      return Unit{};
    };
  }

  Status read_enterprises(const Role& role, int table, const EachRow& rows) {
    TableReader reader(*role.grid, *role.heading, enterprises_);
    reader.report_columns({});
    return rows(*role.grid, [&](const GridRow& row) {
      if (row.number <= role.heading->last_row || reader.is_aside(row)) return;
      read_enterprise(reader, role, row, table);
    });
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

bool is_workbook(const std::string& extension) {
  return extension == ".xlsx" || extension == ".xlsm" || extension == ".xls" || extension == ".et";
}

bool is_text_table(const std::string& extension) {
  return extension == ".csv" || extension == ".txt";
}

/// nullopt for a file that is not one table of enterprises without lists.
Result<std::optional<ProfileImport>> stream(const std::filesystem::path& path,
                                            const FactCatalogue& catalogue,
                                            const facts::TakeProfile& take) {
  const std::string extension = text::fold(path.extension().string());
  const std::string file = path.string();
  Importer importer(catalogue, file, take);
  if (is_text_table(extension)) {
    HUICE_TRY(const auto lists, read_lists_beside(path, catalogue));
    if (!lists.empty()) return std::optional<ProfileImport>();
    HUICE_TRY(const std::string bytes, read_file(path));
    Grid head{.file = file};
    HUICE_TRY([[maybe_unused]] const Unit read, read_csv_rows(bytes, file, [&](GridRow row) {
                if (row.number <= kMaxHeadingRow) head.rows.push_back(std::move(row));
              }));
    return importer.stream({&head, 1}, [&](const Grid&, const UseRow& use) {
      return read_csv_rows(bytes, file, use);
    });
  }
  if (!is_workbook(extension)) return std::optional<ProfileImport>();
  HUICE_TRY(std::string bytes, read_file(path));
  HUICE_TRY(const auto heads, read_xlsx_heads(bytes, file, kMaxHeadingRow));
  return importer.stream(heads, [&](const Grid& sheet, const UseRow& use) {
    return read_xlsx_rows(std::move(bytes), file, [&](const Grid& each, const GridRow& row) {
      if (each.name == sheet.name) use(row);
    });
  });
}

}  // namespace

Result<ProfileImport> read_profiles(std::span<const Grid> grids, const FactCatalogue& catalogue) {
  return Importer(catalogue, grids.empty() ? std::string() : grids.front().file).read(grids);
}

Result<ProfileImport> read_profiles(const std::filesystem::path& path,
                                    const FactCatalogue& catalogue,
                                    std::span<const Correction> corrections) {
  const std::string extension = text::fold(path.extension().string());
  if (is_text_table(extension)) {
    HUICE_TRY(Grid grid, read_csv(path));
    HUICE_TRY(std::vector<Grid> grids, read_lists_beside(path, catalogue));
    grids.insert(grids.begin(), std::move(grid));
    HUICE_TRY([[maybe_unused]] const Unit corrected, correct(grids, corrections));
    return read_profiles(grids, catalogue);
  }
  if (is_workbook(extension)) {
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

Result<ProfileImport> each_profile(const std::filesystem::path& path,
                                   const FactCatalogue& catalogue, const facts::TakeProfile& take) {
  HUICE_TRY(auto streamed, stream(path, catalogue, take));
  if (streamed) return *std::move(streamed);
  HUICE_TRY(ProfileImport whole, read_profiles(path, catalogue));
  for (Profile& profile : whole.profiles)
    take(std::move(profile));
  whole.profiles.clear();
  return whole;
}

}  // namespace huice::sheet
