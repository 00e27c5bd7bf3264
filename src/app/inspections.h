// Use case: the year's inspection plans of all units, put together (企业宁静日).
#pragma once

#include <filesystem>
#include <vector>

#include "app/workbook_files.h"
#include "app/world.h"
#include "base/result.h"
#include "campaign/inspections.h"

namespace huice::app {

struct InspectionsRequest {
  std::vector<std::filesystem::path> plans;  ///< .xlsx or .csv, one a unit or of all units
  std::filesystem::path rules;               ///< YAML; see campaign::InspectionRules
  WorkbookFile file;
};

/// What became of the plans.
struct InspectionsReport {
  std::size_t planned = 0, visits = 0, joint = 0, repeats = 0, exempt = 0, moved = 0;
};
InspectionsReport report_of(const campaign::InspectionCalendar& calendar);

/// The planned inspections of a worksheet or CSV file: under a heading with at least 检查单位,
/// 企业名称, 检查事项 and 计划日期, under these or like names, wherever it stands.
/// Errors: those of reading; InvalidInput `inspection.heading` where no sheet has such a heading,
/// `inspection.cell` for each cell that cannot be read, with its place; TooLarge
/// `campaign.too-large`.
Result<std::vector<campaign::Inspection>> read_inspections(const std::filesystem::path& file);

/// Errors: those of read_inspections of all files at once; those of read_inspection_rules,
/// check_inspections and write_workbook.
Result<InspectionsReport> arrange_inspections(const World& world,
                                              const InspectionsRequest& request);

}  // namespace huice::app
