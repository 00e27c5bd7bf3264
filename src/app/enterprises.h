// Enterprises from whatever file an office has.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "facts/profile_import.h"
#include "model/profile.h"

namespace huice::app {

/// Reads .xlsx, .csv, .txt, .json (a record or a list of records) or .jsonl (a record a line).
/// Errors: those of the readers.
Result<facts::ProfileImport> read_enterprises(const std::filesystem::path& file,
                                              const model::FactCatalogue& catalogue);

}  // namespace huice::app
