// The library that is shipped, and profiles written as YAML.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "facts/record_reader.h"
#include "notation/yaml.h"
#include "policy/library.h"
#include "policy/match.h"

namespace huice::policy {

inline const Library& shipped() {
  static const Library kLibrary = [] {
    auto library = load_library(HUICE_SOURCE_DIR "/policies");
    if (!library) throw std::runtime_error(library.error().message);
    return std::move(library).value();
  }();
  return kLibrary;
}

inline Date day(const char* iso) {
  return *Date::parse(iso);
}

inline MatchOptions as_of(const char* on) {
  return {.on = day(on), .known_on = day(on)};
}

inline model::Profile profile_of(const std::string& yaml) {
  const auto record = notation::read_yaml(yaml, "企业.yaml");
  EXPECT_TRUE(record.has_value());
  auto profile = facts::read_profile(record.value(), shipped().catalogue_for(2026), "企业.yaml");
  EXPECT_TRUE(profile.has_value()) << profile.error().message;
  return std::move(profile).value();
}

inline Match match_one(const char* policy, const std::string& yaml, const MatchOptions& options) {
  const auto match =
      match_policy(shipped(), *shipped().get(policy).value(), profile_of(yaml), options);
  EXPECT_TRUE(match.has_value());
  return *match;
}

}  // namespace huice::policy
