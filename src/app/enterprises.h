// Enterprises from whatever file an office has.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/world.h"
#include "base/result.h"
#include "facts/profile_import.h"
#include "model/profile.h"

namespace huice::app {

/// Reads .xlsx, .csv, .txt, .json (a record or a list of records) or .jsonl (a record a line).
/// Errors: those of the readers.
Result<facts::ProfileImport> read_enterprises(const std::filesystem::path& file,
                                              const model::FactCatalogue& catalogue);

/// The names alone, of a file as read_enterprises takes it. Errors: those of the readers; of the
/// catalogue of facts in the home folder.
Result<std::vector<std::string>> enterprise_names(const std::filesystem::path& file,
                                                  const World& world);

}  // namespace huice::app
