// Runs every case of tests/suite/policy against the library that is shipped.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "notation/yaml.h"
#include "policy/explain.h"
#include "policy/inline_cases.h"

namespace huice::policy {
namespace {

const std::string kRoot = HUICE_SOURCE_DIR;

struct SuiteCase {
  std::string policy;
  InlineTest test;
  std::vector<std::string> says;
};

std::string text_of(const model::Value& record, const char* key) {
  const model::Value* value = record.find(key);
  return value == nullptr || value->text() == nullptr ? std::string() : *value->text();
}

SuiteCase read_case(const model::Value& record) {
  SuiteCase each;
  each.policy = text_of(record, "policy");
  each.test.name = text_of(record, "case");
  each.test.given = *record.find("given");
  each.test.expect = *record.find("expect");
  each.test.on = *record.find("on")->day();
  if (const auto* known = record.find("known_on")) each.test.known_on = *known->day();
  if (const auto* says = record.find("says")) {
    for (const model::Value& phrase : *says->list())
      each.says.push_back(*phrase.text());
  }
  return each;
}

std::vector<SuiteCase> all_cases() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kRoot + "/tests/suite/policy"))
    files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<SuiteCase> cases;
  for (const auto& file : files) {
    const auto root = notation::read_yaml_file(file.string());
    if (!root) {
      ADD_FAILURE() << file << ": " << root.error().message;
      continue;
    }
    for (const model::Value& record : *root.value().list())
      cases.push_back(read_case(record));
  }
  return cases;
}

TEST(Suite, EveryCaseComesOutAsWorkedByHand) {
  const auto library = load_library(kRoot + "/policies");
  ASSERT_TRUE(library.has_value()) << library.error().message;
  const auto cases = all_cases();
  EXPECT_GE(cases.size(), 25u);
  for (const SuiteCase& each : cases) {
    SCOPED_TRACE(each.test.name);
    const auto policy = library.value().get(each.policy);
    ASSERT_TRUE(policy.has_value()) << policy.error().message;
    for (const Error& error : run_inline_case(library.value(), *policy.value(), each.test))
      ADD_FAILURE() << error.message;
    if (each.says.empty()) continue;
    const auto ready = situate(library.value(), *policy.value(), each.test);
    ASSERT_TRUE(ready.has_value()) << ready.error().message;
    const auto match = match_policy(library.value(), *policy.value(), ready.value().profile,
                                    ready.value().options);
    ASSERT_TRUE(match.has_value());
    const std::string text = explain_text(*match);
    for (const std::string& phrase : each.says)
      EXPECT_NE(text.find(phrase), std::string::npos) << phrase << "\n" << text;
  }
}

}  // namespace
}  // namespace huice::policy
