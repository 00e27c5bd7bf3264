#include "policy/check.h"

#include <algorithm>
#include <numeric>

#include "policy/boundary_cases.h"
#include "policy/fields.h"
#include "policy/inline_cases.h"
#include "policy/lint.h"
#include "policy/mutants.h"

namespace huice::policy {
namespace {

using Severity = CheckFinding::Severity;

int noticed(const PolicyCheck& check) {
  return check.mutants - check.mutants_unnoticed - check.mutants_explained;
}

/// The policy as far as facts decide it: what a person has to judge is taken as given.
Policy without_humans(Policy policy) {
  std::erase_if(policy.conditions.children, [](const Condition& condition) {
    return condition.kind == Condition::Kind::Human;
  });
  return policy;
}

class Checker {
 public:
  Checker(const Library& library, const CheckOptions& options)
      : library_(library), options_(options) {}

  CheckReport run() {
    if (const Policy* one = library_.find(options_.policy)) {
      check(*one);
      return std::move(report_);
    }
    for (Error& each : check_derived(library_))
      add(Severity::Error, std::move(each));
    for (const Policy& policy : library_.policies())
      check(policy);
    return std::move(report_);
  }

 private:
  void add(Severity severity, Error error) {
    report_.findings.push_back({severity, std::move(error)});
  }

  void warn(const char* id, const std::string& message, const SourceSpan& where) {
    add(Severity::Warning, finding(id, message, where));
  }

  void check(const Policy& policy) {
    PolicyCheck counts{.id = policy.id, .title = policy.title};
    lint(policy);
    std::optional<Situated> witness;
    for (const InlineTest& test : policy.tests) {
      ++counts.inline_cases;
      Findings findings = run_inline_case(library_, policy, test);
      if (!findings.empty()) ++counts.inline_failed;
      for (Error& each : findings)
        add(Severity::Error, std::move(each));
      if (!witness) witness = eligible(policy, test);
    }
    if (options_.mutants) {
      MutantReport mutants = run_mutants(library_, policy);
      counts.mutants = mutants.made;
      counts.mutants_unnoticed =
          static_cast<int>(std::ranges::count(mutants.survivors, "check.mutant", &Error::id));
      counts.mutants_explained = mutants.explained;
      for (Error& each : mutants.survivors)
        add(Severity::Warning, std::move(each));
    }
    counts.has_witness = witness.has_value();
    if (witness) {
      BoundaryRun run = run_boundary_cases(library_, without_humans(policy), *witness);
      counts.boundary_cases = run.cases;
      counts.boundary_failed = static_cast<int>(run.findings.size());
      for (Error& each : run.findings)
        add(Severity::Error, std::move(each));
    } else {
      warn("check.no-witness", "没有结论为可享的用例，不能生成边界用例", policy.where);
    }
    report_.policies.push_back(std::move(counts));
  }

  std::optional<Situated> eligible(const Policy& policy, const InlineTest& test) {
    auto situated = situate(library_, policy, test);
    if (!situated) return std::nullopt;
    const auto match = match_policy(library_, without_humans(policy), situated.value().profile,
                                    situated.value().options);
    if (!match || match->status != Status::Eligible) return std::nullopt;
    return std::move(situated).value();
  }

  void lint(const Policy& policy) {
    if (policy.source.confidence == Confidence::Memory) {
      warn("check.memory", "出处凭记忆录入，须由人核对原文", policy.where);
    }
    if (policy.conditions.children.empty()) {
      warn("check.no-conditions", "没有任何条件，人人可享", policy.where);
    }
    for (Error& each : lint_policy(library_, policy))
      add(Severity::Error, std::move(each));
    overlaps(policy);
    parameters(policy, policy.conditions);
  }

  /// A policy and the one it replaces should not both be in force.
  void overlaps(const Policy& policy) {
    for (const std::string& id : policy.replaces) {
      const Policy* old = library_.find(id);
      const Validity& mine = policy.validity.back();
      const Validity* theirs = old->validity_known_on(std::max(mine.known_from, old->known_from()));
      if (theirs == nullptr || (theirs->to && *theirs->to < mine.from)) continue;
      warn("check.overlap",
           "替代了“" + id + "”，而后者在" + mine.from.to_chinese() + "以后仍然有效", policy.where);
    }
  }

  void parameters(const Policy& policy, const Condition& condition) {
    for (const Condition& child : condition.children)
      parameters(policy, child);
    if (!condition.when) return;
    const Validity& validity = policy.validity.back();
    for (const std::string& name : condition.when->names()) {
      if (library_.find_parameter(name) == nullptr) continue;
      const Date known = validity.known_from;
      for (const Date day : {validity.from, validity.to.value_or(validity.from)}) {
        if (library_.parameter_on(name, day, std::max(day, known)) != nullptr) continue;
        warn("check.parameter", "参数“" + name + "”没有" + day.to_chinese() + "适用的值",
             condition.where);
      }
    }
  }

  const Library& library_;
  CheckOptions options_;
  CheckReport report_;
};

std::string place(const SourceSpan& where) {
  if (where.line == 0) return where.file;
  return where.file + ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
}

int total(const CheckReport& report, int PolicyCheck::*count) {
  return std::accumulate(report.policies.begin(), report.policies.end(), 0,
                         [count](int sum, const PolicyCheck& each) { return sum + each.*count; });
}

}  // namespace

bool CheckReport::passed() const {
  return std::ranges::none_of(
      findings, [](const CheckFinding& each) { return each.severity == Severity::Error; });
}

int CheckReport::inline_cases() const {
  return total(*this, &PolicyCheck::inline_cases);
}

int CheckReport::boundary_cases() const {
  return total(*this, &PolicyCheck::boundary_cases);
}

CheckReport check(const Library& library, const CheckOptions& options) {
  return Checker(library, options).run();
}

std::string to_text(const CheckReport& report) {
  std::string text;
  for (const CheckFinding& each : report.findings) {
    const char* severity = each.severity == Severity::Error ? "error" : "warning";
    text += place(each.error.where) + ": " + severity + ": " + each.error.message + "［" +
            each.error.id + "］\n";
  }
  for (const PolicyCheck& each : report.policies) {
    const int failed = each.inline_failed + each.boundary_failed;
    text += (failed == 0 ? "［通过］" : "［未过］") + each.id + "　" + each.title + "　自带用例" +
            std::to_string(each.inline_cases) + "，边界用例" + std::to_string(each.boundary_cases) +
            (each.mutants == 0 ? ""
                               : "，变异" + std::to_string(each.mutants) + "察觉" +
                                     std::to_string(noticed(each))) +
            (failed == 0 ? "" : "，未过" + std::to_string(failed)) + "\n";
  }
  const int failed =
      total(report, &PolicyCheck::inline_failed) + total(report, &PolicyCheck::boundary_failed);
  text += "共" + std::to_string(report.policies.size()) + "项政策，自带用例" +
          std::to_string(report.inline_cases()) + "个，边界用例" +
          std::to_string(report.boundary_cases()) + "个，" +
          (failed == 0 ? "全部通过" : "未过" + std::to_string(failed) + "个") + "\n";
  const int mutants = total(report, &PolicyCheck::mutants);
  if (mutants > 0) {
    const int unnoticed = total(report, &PolicyCheck::mutants_unnoticed);
    const int explained = total(report, &PolicyCheck::mutants_explained);
    text += "变异" + std::to_string(mutants) + "个，用例察觉" +
            std::to_string(mutants - unnoticed - explained) + "个，注明无从察觉" +
            std::to_string(explained) + "个\n";
  }
  return text;
}

}  // namespace huice::policy
