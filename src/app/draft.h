// Use case: draw up one document (拟稿).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "compose/expand.h"
#include "layout/pages.h"
#include "render/pdf/pdf_options.h"

namespace huice::app {

struct DraftRequest {
  std::string template_name;                      ///< a name in templates/ or a path
  std::filesystem::path data;                     ///< YAML or JSON
  std::optional<std::filesystem::path> campaign;  ///< whose tables and figures the text may use
  std::optional<std::filesystem::path> fonts;     ///< instead of templates/fonts.yaml
  std::filesystem::path out;                      ///< .pdf; empty: only check
  Date on;                                        ///< the date in the file's properties
  render::pdf::Colour colour = render::pdf::Colour::Cmyk;
  std::string password;  ///< opens the PDF; empty: none, and the PDF is PDF/A-2u
};

struct DraftReport {
  int pages = 0;
  std::vector<layout::Substitution> substitutions;
};

/// The data of a template; with a campaign, its values and its schedule among them.
/// Errors: those of reading the files; InvalidInput `data.type`.
Result<compose::Content> read_content(const std::filesystem::path& data,
                                      const std::optional<std::filesystem::path>& campaign_folder);

/// With a campaign, its values join the data under the name `campaign` and its schedule is the
/// table `安排表`.
/// Errors: everything wrong with template, data and fonts; Unsupported `draft.format`. No file is
/// touched unless the whole document stands.
Result<DraftReport> draft(const World& world, const DraftRequest& request);

}  // namespace huice::app
