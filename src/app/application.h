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
#include "model/value.h"

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

/// Writes the form. A policy that the enterprise cannot have is refused; one that waits for facts
/// or for a person is not. Errors: those of match_enterprises, read_acceptance_rules, check_papers,
/// accept and writing; NotFound `application.enterprise`, `application.policy` (not in the county's
/// list); InvalidInput `application.ineligible` with what stands against it.
Result<ApplicationReport> write_application(const World& world, const ApplicationRequest& request);

}  // namespace huice::app
