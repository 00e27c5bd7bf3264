// Use case: draw up one document (拟稿).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "campaign/campaign.h"
#include "compose/expand.h"
#include "layout/pages.h"
#include "measure/report.h"
#include "model/document.h"
#include "render/pdf/pdf_options.h"

namespace huice::app {

struct DraftRequest {
  std::string template_name;                      ///< a name in templates/ or a path
  std::filesystem::path data;                     ///< YAML or JSON
  std::optional<std::filesystem::path> campaign;  ///< whose tables and figures the text may use
  std::optional<std::filesystem::path> fonts;     ///< instead of templates/fonts.yaml
  std::filesystem::path out;                      ///< .pdf, .xlsx of its tables; empty: only check
  std::filesystem::path report;                   ///< .json of the measures; empty: none
  Date on;                                        ///< the date in the file's properties
  render::pdf::Colour colour = render::pdf::Colour::Cmyk;
  std::string password;  ///< opens the PDF; empty: none, and the PDF is PDF/A-2u
};

struct DraftReport {
  int pages = 0;  ///< of a PDF
  std::vector<layout::Substitution> substitutions;
  std::optional<measure::Report> measures;  ///< only where they were asked for
};

/// The data of a template; with a campaign, its values and its schedule among them.
/// Errors: those of reading the files; InvalidInput `data.type`.
Result<compose::Content> read_content(const std::filesystem::path& data,
                                      const std::optional<std::filesystem::path>& campaign_folder);
/// The data of a template with the values and tables of a campaign.
/// Errors: InvalidInput `data.type` where `data` is no record.
Result<compose::Content> content_with(model::Value data, const campaign::Campaign& campaign);
/// The data of a template; with a campaign, its values and tables too.
/// Errors: those of load_campaign; InvalidInput `data.type` where `data` is no record.
Result<compose::Content> content_with_campaign(
    model::Value data, const std::optional<std::filesystem::path>& campaign);

/// Checks a template by itself: it and what it brings in can be read, it uses only names that its
/// schema has, and the sample beside it, if any, fits. Nothing is drawn.
/// Errors: all that is wrong, at once.
Status check_template(const World& world, const std::string& template_name);

/// The 发文机关, or whoever had it printed.
std::string author_of(const model::Document& document);

/// Holds `seen`, read back from a PDF of `pages`, against the standard.
measure::Report measures_of(const model::Document& document, const layout::Pages& pages,
                            const std::vector<render::pdf::SeenPage>& seen);

/// With a campaign, its values join the data under the name `campaign` and its schedule is the
/// table `安排表`.
/// `report` gets the measures of the finished PDF against GB/T 9704-2012, read back from its bytes.
/// Errors: everything wrong with template, data and fonts; Unsupported `draft.format`;
/// `pdf.unreadable`, `pdf.too-much`. No file is touched unless the whole document stands.
Result<DraftReport> draft(const World& world, const DraftRequest& request);

}  // namespace huice::app
