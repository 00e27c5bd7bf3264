// Libraries of a few lines, for tests that need a certain shape of policy.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "facts/record_reader.h"
#include "notation/yaml.h"
#include "policy/library.h"
#include "policy/match.h"

namespace huice::policy {

/// The head that every policy needs; `body` is conditions, benefits and what else is wanted.
inline std::string policy_file(const std::string& id, const std::string& body) {
  return "policy: " + id + "\ntitle: 政策" + id +
         "\nkind: 补贴\nlevel: 国家\nregions: [\"000000\"]\n"
         "source: {number: 一号, checked_on: 2026-01-01, confidence: sample}\n"
         "valid: {from: 2026-01-01, to: 2029-12-31}\nknown_from: 2026-01-01\n" +
         body;
}

inline Library small_library(const std::string& facts, const std::vector<std::string>& policies) {
  std::vector<LibraryFile> files;
  for (const std::string& text : policies)
    files.push_back({"policies/national/p.yaml", text});
  auto library = read_library({"policies/facts.yaml", facts}, files);
  if (!library) throw std::runtime_error(library.error().message);
  return std::move(library).value();
}

inline model::Profile small_profile(const Library& library, const std::string& yaml) {
  const auto record = notation::read_yaml(yaml, "企业.yaml");
  EXPECT_TRUE(record.has_value());
  auto profile = facts::read_profile(record.value(), library.catalogue_for(2026), "企业.yaml");
  EXPECT_TRUE(profile.has_value()) << profile.error().message;
  return std::move(profile).value();
}

inline MatchOptions on_day(const char* iso) {
  return {.on = *Date::parse(iso), .known_on = *Date::parse(iso)};
}

}  // namespace huice::policy
