// Use cases: evaluate a decision (DMN XML or a decision file); take in a table drawn elsewhere.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "model/value.h"
#include "policy/library.h"

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

/// What a model gives for one record.
struct ModelAnswer {
  std::vector<std::string> inputs;  ///< what it asks for
  /// Decisions and their values; null where there is none, as the notes tell.
  std::vector<std::pair<std::string, std::optional<std::string>>> results;
  Findings notes;
};

/// Decisions that are tried of a model that anybody may have written, and the work they may be.
inline constexpr std::size_t kMostTried = 100;
inline constexpr std::uint64_t kMostModelSteps = 5'000'000;

/// Tries a model held in memory; `file` is its name for messages. Every decision of it, up to
/// kMostTried. Errors: those of DMN; TooLarge `decide.too-many`.
Result<ModelAnswer> try_model(std::string_view bytes, const std::string& file,
                              const model::Value& record, Date on);

/// One decision table of a DMN file as the text of a decision file.
struct ImportedDecision {
  std::string yaml;
  Findings notes;  ///< names that the catalogue does not have
};

/// A model held in memory; `name` may be left out when it has only one table. Errors: as below.
Result<ImportedDecision> import_model(std::string_view bytes, const std::filesystem::path& file,
                                      const std::optional<std::string>& name,
                                      const policy::Library& library);

/// The same of a file.
/// Errors: those of DMN; InvalidInput `decide.no-table` when there is no such table.
Result<ImportedDecision> import_decision(const World& world, const std::filesystem::path& dmn,
                                         const std::optional<std::string>& name,
                                         const std::optional<std::filesystem::path>& policies);

}  // namespace huice::app
