// policies/facts.yaml: facts, derived facts and parameters.
#pragma once

#include <string_view>
#include <vector>

#include "policy/expressions.h"
#include "policy/library.h"

namespace huice::policy {

/// What the file holds.
struct Catalogue {
  model::FactCatalogue facts;  ///< derived ones last
  std::vector<DerivedFact> derived;
  std::vector<Parameter> parameters;
  std::vector<ExclusiveGroup> groups;
  std::vector<SharedLimit> limits;
  Vocabulary vocabulary;
};

/// Reads the catalogue; whatever is wrong is added to `findings`.
Catalogue read_catalogue(const model::Value& root, std::string_view file_text, Findings& findings);

}  // namespace huice::policy
