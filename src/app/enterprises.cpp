#include "app/enterprises.h"

#include <string>
#include <string_view>
#include <utility>

#include "base/files.h"
#include "facts/record_reader.h"
#include "notation/json.h"
#include "policy/library.h"
#include "sheet/profile_reader.h"

namespace huice::app {
namespace {

/// A list of the records on the lines; every line that is no JSON is a finding with its number.
Result<model::Value> read_json_lines(std::string_view utf8, const std::string& file) {
  model::Value::List records;
  Findings findings;
  int number = 0;
  while (!utf8.empty()) {
    const auto end = std::min(utf8.find('\n'), utf8.size());
    const std::string_view line = utf8.substr(0, end);
    utf8.remove_prefix(std::min(end + 1, utf8.size()));
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto record = notation::read_json(line, file);
    if (record) {
      records.push_back(std::move(record).value());
    } else {
      findings.push_back(std::move(record).error());
      findings.back().where.line = number;
    }
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return model::Value(std::move(records));
}

}  // namespace

Result<facts::ProfileImport> read_enterprises(const std::filesystem::path& file,
                                              const model::FactCatalogue& catalogue,
                                              std::span<const sheet::Correction> corrections) {
  const auto ending = file.extension();
  if (ending != ".json" && ending != ".jsonl")
    return sheet::read_profiles(file, catalogue, corrections);
  std::vector<sheet::Grid> no_table;
  HUICE_TRY([[maybe_unused]] const Unit corrected, sheet::correct(no_table, corrections));
  HUICE_TRY(const std::string bytes, read_file(file));
  HUICE_TRY(const auto values, ending == ".json" ? notation::read_json(bytes, file.string())
                                                 : read_json_lines(bytes, file.string()));
  return facts::profiles_from_value(values, catalogue, file.string());
}

Result<facts::ProfileImport> each_enterprise(const std::filesystem::path& file,
                                             const model::FactCatalogue& catalogue,
                                             const facts::TakeProfile& take) {
  const auto ending = file.extension();
  if (ending != ".json" && ending != ".jsonl") return sheet::each_profile(file, catalogue, take);
  HUICE_TRY(auto import, read_enterprises(file, catalogue));
  for (model::Profile& profile : import.profiles)
    take(std::move(profile));
  import.profiles.clear();
  return import;
}

Result<std::vector<std::string>> enterprise_names(const std::filesystem::path& file,
                                                  const World& world) {
  HUICE_TRY(const auto policies, policy::load_library(world.home / "policies"));
  HUICE_TRY(const auto import, read_enterprises(file, policies.catalogue()));
  std::vector<std::string> names;
  for (const model::Profile& profile : import.profiles)
    names.push_back(profile.name);
  return names;
}

}  // namespace huice::app
