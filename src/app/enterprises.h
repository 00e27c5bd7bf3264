// Enterprises from whatever file an office has.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "app/world.h"
#include "base/result.h"
#include "facts/enterprises.h"
#include "facts/profile_import.h"
#include "model/profile.h"
#include "sheet/correction.h"

namespace huice::app {

/// Reads .xlsx, .csv, .txt, .json (a record or a list of records) or .jsonl (a record a line).
/// `corrections` stand in place of cells of a table. Errors: those of the readers;
/// `sheet.correction`, also for a file that is no table.
Result<facts::ProfileImport> read_enterprises(const std::filesystem::path& file,
                                              const model::FactCatalogue& catalogue,
                                              std::span<const sheet::Correction> corrections = {});

/// As read_enterprises, but hands the enterprises on in their order and gives none back; a table is
/// gone through a row at a time where sheet::each_profile can. Errors: those of the readers.
Result<facts::ProfileImport> each_enterprise(const std::filesystem::path& file,
                                             const model::FactCatalogue& catalogue,
                                             const facts::TakeProfile& take);

/// The names alone, of a file as read_enterprises takes it. Errors: those of the readers; of the
/// catalogue of facts in the home folder.
Result<std::vector<std::string>> enterprise_names(const std::filesystem::path& file,
                                                  const World& world);

}  // namespace huice::app
