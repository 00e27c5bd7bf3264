// Use cases: evaluate a decision (DMN XML or a decision file); take in a table drawn elsewhere.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "model/value.h"

namespace huice::app {

struct DecideRequest {
  std::filesystem::path decision;                 ///< .dmn or .yaml
  std::filesystem::path input;                    ///< .json: a record, or a list of records
  std::optional<std::string> name;                ///< one decision of a .dmn; all when absent
  std::optional<std::filesystem::path> policies;  ///< for a .yaml, instead of the home's library
  Date on;
  Date known_on;
};

/// What came of each record, as text for people and as a value for machines.
struct Decided {
  std::string text;
  model::Value value;
  Findings notes;  ///< why values are null, and what is wrong with single expressions of a model
};

/// Errors: those of reading the files; Unsupported `decide.format`; NotFound
/// `dmn.unknown-decision`.
Result<Decided> decide(const World& world, const DecideRequest& request);

/// One decision table of a DMN file as the text of a decision file.
struct ImportedDecision {
  std::string yaml;
  Findings notes;  ///< names that the catalogue does not have
};

/// `name` may be left out when the model has only one table.
/// Errors: those of DMN; InvalidInput `decide.no-table` when there is no such table.
Result<ImportedDecision> import_decision(const World& world, const std::filesystem::path& dmn,
                                         const std::optional<std::string>& name,
                                         const std::optional<std::filesystem::path>& policies);

}  // namespace huice::app
