// Decision tables of the policy library and models that somebody hands in: read, tried; texts
// proof-read before they are given into the library.
#include <algorithm>

#include "app/decide.h"
#include "app/policy_text.h"
#include "notation/json.h"
#include "policy/decision_file.h"
#include "service/handlers.h"
#include "service/problem.h"
#include "service/profiles.h"
#include "service/values.h"

namespace huice::service {
namespace {

Result<Answer> list_decisions(Desk& desk, const Call&) {
  const auto materials = desk.site.materials.get();
  model::Value::List items;
  for (const policy::DecisionFile& decision : *materials->decisions)
    items.push_back(policy::decision_table_value(*materials->policies, decision));
  return json_answer(model::Value::Record{{"items", model::Value(std::move(items))}});
}

Result<Answer> decide(Desk& desk, const Call& call) {
  HUICE_TRY(const auto question, question_of(desk, call, true));
  const auto decisions = desk.site.materials.get()->decisions;
  const std::string id = call.field("decision");
  const auto found = std::ranges::find(*decisions, id, &policy::DecisionFile::id);
  if (found == decisions->end()) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "decide.unknown-decision",
                 .message = "政策库没有决策表“" + id + "”",
                 .where = {.part = "decision"},
                 .hint = "见 /decisions"};
  }
  const auto outcomes = policy::decide(*question.library, *found, question.profile,
                                       question.options.on, question.options.known_on);
  model::Value value = policy::decision_value(*found, outcomes);
  std::get<model::Value::Record>(value.content()).emplace_back("name", question.profile.name);
  return json_answer(value);
}

/// What a model is told: the facts of an enterprise, and what is written for it over them.
Result<model::Value> input_of(Desk& desk, const Call& call) {
  model::Value::Record told;
  if (!call.field("enterprise").empty()) {
    HUICE_TRY(const auto question, question_of(desk, call, false));
    told.emplace_back("企业名称", question.profile.name);
    for (const auto& [name, fact] : question.profile.facts)
      told.emplace_back(name, fact.value);
  }
  const model::Value* input = call.body.find("input");
  model::Value facts(std::move(told));
  return input == nullptr ? facts : with_changes(facts, *input);
}

Result<Answer> decide_file(Desk& desk, const Call& call) {
  HUICE_TRY(const auto input, input_of(desk, call));
  HUICE_TRY(const auto tried,
            app::try_model(call.field("text"), call.field("filename"), input, call.day("on")));
  model::Value::List results;
  for (const auto& [name, value] : tried.results) {
    results.emplace_back(model::Value::Record{
        {"decision", name}, {"value", value ? model::Value(*value) : model::Value()}});
  }
  std::vector<std::string> missing;
  std::ranges::copy_if(tried.inputs, std::back_inserter(missing), [&](const std::string& name) {
    const model::Value* value = input.find(name);
    return value == nullptr || value->is_null();
  });
  model::Value::List notes;
  for (const Error& note : tried.notes)
    notes.push_back(finding_value(note));
  return json_answer(model::Value::Record{{"inputs", text_list(tried.inputs)},
                                          {"missing", text_list(missing)},
                                          {"results", model::Value(std::move(results))},
                                          {"notes", model::Value(std::move(notes))}});
}

Result<Answer> check_policy_file(Desk& desk, const Call& call) {
  const auto materials = desk.site.materials.get();
  const auto with = [&](const policy::LibraryFile& file) { return desk.site.policies_with(file); };
  app::ProofOptions options{.today = call.world.today, .mutants = false, .decision = {}};
  const model::Value* mutants = call.body.find("mutants");
  options.mutants = mutants != nullptr && *mutants->truth();
  if (call.body.find("decision") != nullptr) options.decision = call.field("decision");
  HUICE_TRY(auto read, app::proof_read(*materials->policies, with,
                                       {call.field("filename"), call.field("text")}, options));
  read.known |= std::ranges::find(*materials->decisions, read.id, &policy::DecisionFile::id) !=
                materials->decisions->end();
  model::Value::List findings;
  for (const policy::CheckFinding& each : read.findings) {
    model::Value finding = finding_value(each.error);
    auto& record = std::get<model::Value::Record>(finding.content());
    if (each.error.where.column > 0) record.emplace_back("column", each.error.where.column);
    const bool wrong = each.severity == policy::CheckFinding::Severity::Error;
    record.emplace_back("severity", wrong ? "错误" : "提示");
    findings.push_back(std::move(finding));
  }
  const bool passed = std::ranges::none_of(read.findings, [](const policy::CheckFinding& each) {
    return each.severity == policy::CheckFinding::Severity::Error;
  });
  return json_answer(model::Value::Record{{"kind", read.kind},
                                          {"id", read.id},
                                          {"title", read.title},
                                          {"known", read.known},
                                          {"passed", passed},
                                          {"cases", read.cases},
                                          {"boundary_cases", read.boundary_cases},
                                          {"mutants", read.mutants},
                                          {"mutants_unnoticed", read.mutants_unnoticed},
                                          {"mutants_explained", read.mutants_explained},
                                          {"text", read.text},
                                          {"findings", model::Value(std::move(findings))}});
}

}  // namespace

Handlers decision_handlers() {
  return {{"listDecisions", list_decisions},
          {"decide", decide},
          {"decideFile", decide_file},
          {"checkPolicyFile", check_policy_file}};
}

}  // namespace huice::service
