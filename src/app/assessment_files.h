// Use case: score sheets and rankings of an assessment (考核), for a dozen units or ten thousand.
#pragma once

#include <string>

#include "app/bulk_export.h"
#include "app/campaign_files.h"
#include "app/world.h"
#include "base/result.h"

namespace huice::app {

/// One file for each unit, or the usual ones.
enum class Each { None, Pdf, Xlsx };

struct AssessmentReport {
  Written files;        ///< in order; of files each, the folder or container
  ExportReport sheets;  ///< empty where sheets were not made one by one
};

/// An .xlsx holds an index, rankings and sheets; a .pdf the ranking and then every unit's sheet,
/// each numbered by itself. A folder gets assessment.xlsx, ranking.pdf and sheets.pdf. With `each`,
/// the folder or .zip gets 排名 and a file for each unit.
///
/// What is made sheet by sheet can be cancelled and goes on when asked for again (export_pdfs).
/// Errors: those of load_campaign, assess, layout and writing; Unsupported
///         `campaign.output-format`.
Result<AssessmentReport> write_assessment(const World& world, const CampaignRequest& request,
                                          Each each, const ExportControl& control);

}  // namespace huice::app
