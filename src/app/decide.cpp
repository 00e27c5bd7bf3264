#include "app/decide.h"

#include <algorithm>
#include <vector>

#include "base/files.h"
#include "facts/record_reader.h"
#include "feel/dmn.h"
#include "feel/zones.h"
#include "notation/json.h"
#include "policy/decision_file.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

using model::Value;

/// Where the system keeps the rules of time zones; without them times of named zones are null.
constexpr const char* kZones = "/usr/share/zoneinfo";

/// The records of the input, one or many.
Value::List records_of(const Value& input) {
  return input.list() != nullptr ? *input.list() : Value::List{input};
}

Error not_supported(const fs::path& file) {
  return {.code = ErrorCode::Unsupported,
          .id = "decide.format",
          .message = "决策文件应为 .dmn 或 .yaml，实为“" + file.extension().string() + "”",
          .where = {.file = file.string()},
          .hint = "DMN 编辑器画的表存为 .dmn；政策库的决策文件在 policies/decisions"};
}

/// The place of one record among several, for the reader.
std::string heading(const Value& record, std::size_t number, std::size_t count) {
  if (count == 1) return {};
  const Value* name = record.find("企业名称");
  const bool named = name != nullptr && name->text() != nullptr;
  return "【" + (named ? *name->text() : "第" + std::to_string(number) + "条") + "】\n";
}

void note_warnings(const feel::Warnings& warnings, const std::string& decision, Findings& notes) {
  for (const feel::Warning& each : warnings) {
    notes.push_back({.code = ErrorCode::InvalidInput,
                     .id = each.id,
                     .message = "“" + decision + "”：" + each.message,
                     .where = {}});
  }
}

feel::Context context_of(const Value& record) {
  feel::Context context;
  if (const Value::Record* fields = record.record()) {
    for (const auto& [name, value] : *fields)
      context.put(name, feel::from_model(value));
  }
  return context;
}

Result<Decided> decide_model(const DecideRequest& request, const std::string& bytes,
                             const Value::List& records) {
  HUICE_TRY(const auto model, feel::dmn::Model::read(bytes, request.decision.string()));
  const std::vector<std::string> names =
      request.name ? std::vector<std::string>{*request.name} : model.decisions();
  const feel::LoadedZones zones(
      [](std::string_view name) { return read_file(fs::path(kZones) / name); });
  Decided decided;
  decided.notes = model.findings();
  Value::List values;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const feel::Context context = context_of(records[i]);
    decided.text += heading(records[i], i + 1, records.size());
    Value::Record results;
    for (const std::string& name : names) {
      feel::Warnings warnings;
      HUICE_TRY(const feel::Value value,
                model.evaluate_decision(name, context, {.today = request.on, .zones = &zones},
                                        &warnings));
      note_warnings(warnings, name, decided.notes);
      decided.text += name + "：" + feel::to_text(value) + "\n";
      results.emplace_back(name, feel::to_model(value));
    }
    values.emplace_back(std::move(results));
  }
  decided.value = records.size() == 1 ? values.front() : Value(std::move(values));
  return decided;
}

Result<Decided> decide_file(const World& world, const DecideRequest& request,
                            const std::string& text, const Value::List& records) {
  HUICE_TRY(const auto library,
            policy::load_library(request.policies.value_or(world.home / "policies")));
  HUICE_TRY(const auto decision, policy::read_decision(text, request.decision.string(), library));
  const auto catalogue = library.catalogue_for(request.on.year());
  Decided decided;
  Value::List values;
  for (std::size_t i = 0; i < records.size(); ++i) {
    HUICE_TRY(const auto profile,
              facts::read_profile(records[i], catalogue, request.input.string()));
    const auto outcomes = policy::decide(library, decision, profile, request.on, request.known_on);
    decided.text += heading(records[i], i + 1, records.size());
    decided.text += policy::decision_text(decision, outcomes);
    values.push_back(policy::decision_value(decision, outcomes));
  }
  decided.value = records.size() == 1 ? values.front() : Value(std::move(values));
  return decided;
}

}  // namespace

Result<Decided> decide(const World& world, const DecideRequest& request) {
  HUICE_TRY(const std::string decision, read_file(request.decision));
  HUICE_TRY(const std::string bytes, read_file(request.input));
  HUICE_TRY(const Value input, notation::read_json(bytes, request.input.string()));
  const Value::List records = records_of(input);
  const std::string ending = request.decision.extension().string();
  if (ending == ".dmn" || ending == ".xml") return decide_model(request, decision, records);
  if (ending != ".yaml" && ending != ".yml") return not_supported(request.decision);
  return decide_file(world, request, decision, records);
}

Result<ModelAnswer> try_model(std::string_view bytes, const std::string& file, const Value& record,
                              Date on) {
  HUICE_TRY(const auto model, feel::dmn::Model::read(bytes, file));
  const std::vector<std::string> names = model.decisions();
  if (names.size() > kMostTried) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "decide.too-many",
                 .message = "模型里有" + std::to_string(names.size()) + "项决策，一次至多试" +
                            std::to_string(kMostTried) + "项",
                 .where = {.file = file},
                 .hint = "分成几个模型，或用命令行 huice decide"};
  }
  const feel::LoadedZones zones(
      [](std::string_view name) { return read_file(fs::path(kZones) / name); });
  const feel::Context context = context_of(record);
  ModelAnswer answer{.inputs = model.inputs(), .results = {}, .notes = model.findings()};
  for (const std::string& name : names) {
    feel::Warnings warnings;
    HUICE_TRY(const feel::Value value,
              model.evaluate_decision(
                  name, context,
                  {.today = on, .zones = &zones, .max_steps = kMostModelSteps / names.size()},
                  &warnings));
    note_warnings(warnings, name, answer.notes);
    auto& [decision, text] = answer.results.emplace_back(name, std::nullopt);
    if (!value.is_null()) text = value.text() != nullptr ? *value.text() : feel::to_text(value);
  }
  return answer;
}

Result<ImportedDecision> import_decision(const World& world, const fs::path& dmn,
                                         const std::optional<std::string>& name,
                                         const std::optional<fs::path>& policies) {
  HUICE_TRY(const std::string bytes, read_file(dmn));
  HUICE_TRY(const auto library, policy::load_library(policies.value_or(world.home / "policies")));
  return import_model(bytes, dmn, name, library);
}

Result<ImportedDecision> import_model(std::string_view bytes, const fs::path& dmn,
                                      const std::optional<std::string>& name,
                                      const policy::Library& library) {
  HUICE_TRY(const auto model, feel::dmn::Model::read(bytes, dmn.string()));
  std::vector<std::string> tables;
  for (const std::string& each : model.decisions()) {
    if (model.table(each) && (!name || *name == each)) tables.push_back(each);
  }
  if (tables.size() != 1) {
    std::string list;
    for (const std::string& each : model.decisions()) {
      if (model.table(each)) list += (list.empty() ? "" : "、") + each;
    }
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "decide.no-table",
                 .message = tables.empty() ? "模型中没有这张决策表" : "模型中有几张决策表",
                 .where = {.file = dmn.string()},
                 .hint = list.empty() ? "只能导入决策表" : "指明一张（命令行用 --decision）：" + list};
  }
  const auto table = *model.table(tables.front());
  ImportedDecision imported;
  imported.yaml = policy::decision_yaml(dmn.stem().string(), tables.front(), table);
  imported.notes = model.findings();
  auto again = policy::read_decision(imported.yaml, dmn.stem().string() + ".yaml", library);
  if (!again) {
    for (Error& each : as_findings(std::move(again).error()))
      imported.notes.push_back(std::move(each));
  }
  return imported;
}

}  // namespace huice::app
