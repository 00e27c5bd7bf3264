#include "model/profile.h"

#include <algorithm>

namespace huice::model {

const FactDefinition* FactCatalogue::find(std::string_view name) const {
  const auto named = std::ranges::find_if(facts, [&](const FactDefinition& fact) {
    return fact.name == name || std::ranges::find(fact.aliases, name) != fact.aliases.end();
  });
  return named == facts.end() ? nullptr : &*named;
}

}  // namespace huice::model
