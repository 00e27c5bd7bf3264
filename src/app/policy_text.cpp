#include "app/policy_text.h"

#include <filesystem>

#include "app/decide.h"
#include "feel/evaluate.h"
#include "notation/yaml.h"
#include "policy/decision_file.h"
#include "policy/explain.h"

namespace huice::app {
namespace {

using Severity = policy::CheckFinding::Severity;

void add_findings(Findings findings, Severity severity, ReadPolicyText& read) {
  for (Error& each : findings)
    read.findings.push_back({severity, std::move(each)});
}

std::string text_at(const model::Value& root, std::string_view key) {
  const model::Value* value = root.find(key);
  return value == nullptr || value->text() == nullptr ? std::string() : *value->text();
}

void read_policy_text(const WithFile& with, const policy::LibraryFile& file,
                      const ProofOptions& options, ReadPolicyText& read) {
  auto library = with(file);
  if (!library) return add_findings(as_findings(std::move(library).error()), Severity::Error, read);
  const policy::Policy* found = library.value().find(read.id);
  if (found == nullptr) return;
  auto report = policy::check(library.value(), {.policy = read.id, .mutants = options.mutants});
  for (const policy::PolicyCheck& each : report.policies) {
    read.mutants += each.mutants;
    read.mutants_unnoticed += each.mutants_unnoticed;
    read.mutants_explained += each.mutants_explained;
  }
  read.cases = report.inline_cases();
  read.boundary_cases = report.boundary_cases();
  read.findings = std::move(report.findings);
  read.text = policy::show_text(library.value(), *found, options.today, options.today);
}

void read_decision_text(const policy::Library& library, const policy::LibraryFile& file,
                        ReadPolicyText& read) {
  auto decision = policy::read_decision(file.text, file.name, library);
  if (!decision)
    return add_findings(as_findings(std::move(decision).error()), Severity::Error, read);
  read.cases = static_cast<int>(decision.value().tests.size());
  add_findings(policy::check_decision(library, decision.value()), Severity::Error, read);
}

void read_model_text(const policy::Library& library, const policy::LibraryFile& file,
                     const ProofOptions& options, ReadPolicyText& read) {
  read.kind = "模型";
  auto imported = import_model(file.text, file.name, options.decision, library);
  if (!imported)
    return add_findings(as_findings(std::move(imported).error()), Severity::Error, read);
  read.text = std::move(imported.value().yaml);
  add_findings(std::move(imported.value().notes), Severity::Warning, read);
}

}  // namespace

Result<ReadPolicyText> proof_read(const policy::Library& library, const WithFile& with,
                                  const policy::LibraryFile& file, const ProofOptions& options) {
  ReadPolicyText read;
  const std::string ending = std::filesystem::path(file.name).extension().string();
  if (ending == ".dmn" || ending == ".xml") {
    read_model_text(library, file, options, read);
    return read;
  }
  if (ending != ".yaml" && ending != ".yml") {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "decide.format",
                 .message = "文件应为 .yaml 或 .dmn，实为“" + ending + "”",
                 .where = {.file = file.name},
                 .hint = "政策和决策表存为 .yaml，DMN 编辑器画的表存为 .dmn"};
  }
  auto root = notation::read_yaml(file.text, file.name);
  if (!root) {
    add_findings(as_findings(std::move(root).error()), Severity::Error, read);
    return read;
  }
  const bool decision = root.value().find("decision") != nullptr;
  read.kind = decision ? "决策表" : "政策";
  read.id = text_at(root.value(), decision ? "decision" : "policy");
  read.title = text_at(root.value(), "title");
  const feel::StepAllowance allowance(options.mutants ? kMostMutantSteps : kMostCheckSteps);
  if (decision) {
    read_decision_text(library, file, read);
  } else {
    read.known = library.find(read.id) != nullptr;
    read_policy_text(with, file, options, read);
  }
  if (!allowance.is_spent()) return read;
  return Error{.code = ErrorCode::TooLarge,
               .id = "policy.too-much-work",
               .message = "用例和算式太费时，没有校对完",
               .where = {.file = file.name},
               .hint = "把文件分开，或用命令行 huice policy check 校对"};
}

}  // namespace huice::app
