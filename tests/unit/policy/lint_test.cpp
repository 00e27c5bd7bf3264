// Proof-reading against references.yaml: every planted error gives its finding.
#include "policy/lint.h"

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "shipped.h"

namespace huice::policy {
namespace {

namespace fs = std::filesystem;

const std::string kPolicies = HUICE_SOURCE_DIR "/policies/";

std::string text_of(const model::Value& record, const char* key) {
  const model::Value* value = record.find(key);
  return value == nullptr || value->text() == nullptr ? std::string() : *value->text();
}

std::string without_lines(const std::string& text, const std::string& mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return {};
  const std::size_t begin = text.rfind('\n', at) + 1;
  return text.substr(0, begin) + text.substr(text.find('\n', at) + 1);
}

/// The text of `file` with the error planted; empty when there was no place for it.
std::string planted(const model::Value& each, const std::string& text) {
  if (const model::Value* drop = each.find("drop")) {
    std::string left = text;
    for (const model::Value& mark : *drop->list())
      left = without_lines(left, *mark.text());
    return left;
  }
  const std::string find = text_of(each, "find");
  std::string changed = text;
  std::size_t at = changed.find(find);
  if (at == std::string::npos) return {};
  for (; at != std::string::npos; at = changed.find(find, at + 1))
    changed.replace(at, find.size(), text_of(each, "put"));
  return changed;
}

std::string file_text(const std::string& name) {
  const auto text = read_file(kPolicies + name);
  return text ? text.value() : std::string();
}

/// The library with one file changed or added, and what the proof-reader says of it.
Findings findings_with(const model::Value& each) {
  const std::string file = text_of(each, "file");
  LibraryFile facts{"facts.yaml", file_text("facts.yaml")};
  LibraryFile policy{"x.yaml", text_of(each, "add")};
  const bool in_facts = file == "facts.yaml";
  if (in_facts) facts.text = planted(each, facts.text);
  if (!in_facts && !file.empty()) policy = {file, planted(each, file_text(file))};
  std::vector<LibraryFile> policies;
  if (!policy.text.empty()) policies.push_back(policy);
  EXPECT_FALSE(facts.text.empty() || (!in_facts && policy.text.empty())) << "nothing planted";
  for (const char* other :
       {"national/cn-high-tech-recognition.yaml", "national/cn-high-tech-rate.yaml"}) {
    if (file != other) policies.push_back({other, file_text(other)});
  }
  const auto library =
      read_library(facts, policies, {"references.yaml", file_text("references.yaml")});
  if (!library) {
    ADD_FAILURE() << library.error().message;
    return {};
  }
  Findings findings = in_facts ? check_derived(library.value()) : Findings{};
  if (in_facts) return findings;
  return lint_policy(library.value(), library.value().policies().front());
}

TEST(Lint, FindsEveryPlantedError) {
  const auto cases =
      notation::read_yaml_file(HUICE_SOURCE_DIR "/tests/suite/policy-errors/planted.yaml");
  ASSERT_TRUE(cases.has_value());
  EXPECT_GE(cases.value().list()->size(), 10u);
  for (const model::Value& each : *cases.value().list()) {
    SCOPED_TRACE(text_of(each, "case"));
    const Findings findings = findings_with(each);
    std::string said;
    for (const Error& error : findings)
      said += error.id + "：" + error.message + "\n";
    const bool found = std::ranges::any_of(findings, [&](const Error& error) {
      return error.id == text_of(each, "id") &&
             error.message.find(text_of(each, "says")) != std::string::npos;
    });
    EXPECT_TRUE(found) << said;
  }
}

TEST(Lint, TheShippedLibraryIsClean) {
  for (const Policy& policy : shipped().policies()) {
    for (const Error& error : lint_policy(shipped(), policy))
      ADD_FAILURE() << error.where.file << ": " << error.message;
  }
  for (const Error& error : check_derived(shipped()))
    ADD_FAILURE() << error.message;
}

}  // namespace
}  // namespace huice::policy
