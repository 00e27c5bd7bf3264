#include "app/inspections.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "app/typesetting.h"
#include "model/profile.h"
#include "sheet/csv_reader.h"
#include "sheet/heading.h"
#include "sheet/xlsx_reader.h"
#include "text/dates.h"
#include "text/normalize.h"

namespace huice::app {
namespace {

/// What the columns of a plan are called.
std::vector<model::FactDefinition> plan_columns() {
  const auto column = [](const char* name, std::vector<std::string> aliases) {
    model::FactDefinition definition;
    definition.name = name;
    definition.aliases = std::move(aliases);
    return definition;
  };
  return {column("检查单位", {"单位", "检查部门", "部门", "执法单位", "执法部门"}),
          column("科室", {"股室", "内设机构", "承办科室"}),
          column("企业名称", {"企业", "检查对象", "单位名称", "名称"}),
          column("统一社会信用代码", {"信用代码", "社会信用代码"}),
          column("检查事项", {"事项", "检查内容", "检查项目"}),
          column("计划日期", {"计划检查日期", "检查日期", "检查时间", "计划时间", "日期"}),
          column("例外情形", {"例外"}),
          column("法律依据", {"依据", "检查依据", "法定依据"})};
}

Result<std::vector<sheet::Grid>> read_grids(const std::filesystem::path& file) {
  if (file.extension() == ".xlsx") return sheet::read_xlsx(file);
  HUICE_TRY(auto grid, sheet::read_csv(file));
  return std::vector<sheet::Grid>{std::move(grid)};
}

Error at_cell(const sheet::Grid& grid, const sheet::GridRow& row, int column, std::string message,
              std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = "inspection.cell",
          .message = std::move(message),
          .where = grid.where(row, column),
          .hint = std::move(hint)};
}

/// Reads the rows below a heading.
class PlanRows {
 public:
  PlanRows(const sheet::Grid& grid, const sheet::Heading& heading, Findings& findings)
      : grid_(grid), heading_(heading), findings_(findings) {}

  void read_into(std::vector<campaign::Inspection>& plan) {
    for (const sheet::GridRow& row : grid_.rows) {
      // A note below the table has one cell, and none under 企业名称.
      if (row.number <= heading_.last_row || text(row, "企业名称").empty()) continue;
      plan.push_back(inspection(row));
    }
  }

 private:
  std::string text(const sheet::GridRow& row, std::string_view name) const {
    const sheet::HeadingColumn* column = heading_.find(name);
    const sheet::GridCell* cell = column == nullptr ? nullptr : row.at(column->column);
    return cell == nullptr ? std::string() : std::string(text::trimmed(sheet::to_text(*cell)));
  }

  std::string needed(const sheet::GridRow& row, std::string_view name) {
    std::string found = text(row, name);
    if (found.empty()) {
      findings_.push_back(at_cell(grid_, row, heading_.find(name)->column,
                                  "没有填" + std::string(name), "补填后再排"));
    }
    return found;
  }

  Date day(const sheet::GridRow& row) {
    const std::string written = needed(row, "计划日期");
    if (written.empty()) return {};
    if (const auto day = text::parse_people_date(written)) return *day;
    findings_.push_back(at_cell(grid_, row, heading_.find("计划日期")->column,
                                "计划日期“" + written + "”不是某一天", "写成 2026-05-27"));
    return {};
  }

  campaign::Inspection inspection(const sheet::GridRow& row) {
    campaign::Inspection result;
    result.unit = needed(row, "检查单位");
    result.division = text(row, "科室");
    result.enterprise = text(row, "企业名称");
    result.uscc = text(row, "统一社会信用代码");
    result.matter = needed(row, "检查事项");
    result.on = day(row);
    result.exception = text(row, "例外情形");
    if (result.exception == "无" || result.exception == "/" || result.exception == "—") {
      result.exception.clear();
    }
    result.ground = text(row, "法律依据");
    result.where = grid_.where(row, heading_.find("企业名称")->column);
    return result;
  }

  const sheet::Grid& grid_;
  const sheet::Heading& heading_;
  Findings& findings_;
};

bool is_plan(const std::optional<sheet::Heading>& heading) {
  return heading &&
         std::ranges::all_of(std::initializer_list<std::string_view>{"检查单位", "企业名称",
                                                                     "检查事项", "计划日期"},
                             [&](std::string_view name) { return heading->find(name) != nullptr; });
}

}  // namespace

Result<std::vector<campaign::Inspection>> read_inspections(const std::filesystem::path& file) {
  HUICE_TRY(const auto grids, read_grids(file));
  const auto columns = plan_columns();
  std::vector<campaign::Inspection> plan;
  Findings findings;
  bool any = false;
  for (const sheet::Grid& grid : grids) {
    const auto heading = sheet::find_heading(grid, columns);
    if (grid.hidden || !is_plan(heading)) continue;
    any = true;
    PlanRows(grid, *heading, findings).read_into(plan);
  }
  if (!any) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "inspection.heading",
                 .message = "找不到检查计划的表头",
                 .where = {.file = file.string()},
                 .hint = "表头至少要有 检查单位、企业名称、检查事项、计划日期"};
  }
  if (plan.size() > campaign::kMaxInspections) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "campaign.too-large",
                 .message = "检查计划有" + std::to_string(plan.size()) + "项，至多" +
                            std::to_string(campaign::kMaxInspections) + "项",
                 .where = {.file = file.string()}};
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return plan;
}

InspectionsReport report_of(const campaign::InspectionCalendar& calendar) {
  return {calendar.planned,        calendar.visits.size(), calendar.joint(),
          calendar.repeats.size(), calendar.exempt.size(), calendar.moved()};
}

Result<InspectionsReport> arrange_inspections(const World& world,
                                              const InspectionsRequest& request) {
  HUICE_TRY(const auto rules_source, read_values(request.rules));
  HUICE_TRY(const auto rules, campaign::read_inspection_rules(rules_source));
  std::vector<campaign::Inspection> plan;
  Findings findings;
  for (const auto& file : request.plans) {
    auto part = read_inspections(file);
    if (part) {
      std::ranges::move(std::move(part).value(), std::back_inserter(plan));
    } else {
      std::ranges::move(as_findings(std::move(part).error()), std::back_inserter(findings));
    }
  }
  std::ranges::move(campaign::check_inspections(rules, plan), std::back_inserter(findings));
  if (!findings.empty()) return as_error(std::move(findings));
  const auto calendar = inspection_calendar(rules, plan);
  HUICE_TRY(
      [[maybe_unused]] const Unit written,
      write_workbook(world, inspections_workbook(rules, calendar, request.file.on), request.file));
  return report_of(calendar);
}

}  // namespace huice::app
