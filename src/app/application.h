// Use case: 一表受理. The application form for a policy, filled from the profile and its match,
// with the papers held and those to be brought later (容缺受理).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/match.h"
#include "app/workbook_files.h"
#include "app/world.h"
#include "base/result.h"
#include "campaign/acceptance.h"
#include "layout/fonts.h"
#include "model/value.h"
#include "policy/match.h"

namespace huice::app {

struct ApplicationRequest {
  MatchRequest match;             ///< one enterprise and, under `ids`, one policy
  std::string uscc;               ///< which enterprise of the file; empty: it holds but one
  std::filesystem::path rules;    ///< YAML; see campaign::AcceptanceRules
  std::vector<std::string> held;  ///< names of the papers that are there
  WorkbookFile file;              ///< .pdf or .xlsx
};

struct ApplicationReport {
  campaign::Acceptance acceptance;
  std::string status;  ///< of the match, in Chinese
};

/// What an application is, before it is on paper.
struct Application {
  ApplicationReport report;
  model::Value form;  ///< the data of templates/application-form.md
};

/// The application of `enterprise` for the policy `id`, with the papers `held` on `on`. A policy
/// that the enterprise cannot have is refused; one that waits for facts or for a person is not.
/// Errors: those of check_papers and accept; NotFound `application.policy` (not in the county's
/// list); InvalidInput `application.ineligible` with what stands against it.
Result<Application> draw_up_application(const policy::EnterpriseMatches& enterprise,
                                        const std::string& id,
                                        const campaign::AcceptanceRules& rules,
                                        const std::vector<std::string>& held, Date on);

/// The form as a file of either kind. Errors: those of compose, layout and writing.
Result<std::string> application_pdf(const World& world, const layout::FontSet& fonts,
                                    const model::Value& form, Date on);
Result<std::string> application_xlsx(const model::Value& form, Date on);

/// Writes the form. Errors: those of match_enterprises, read_acceptance_rules, draw_up_application
/// and writing; NotFound `application.enterprise`.
Result<ApplicationReport> write_application(const World& world, const ApplicationRequest& request);

}  // namespace huice::app
