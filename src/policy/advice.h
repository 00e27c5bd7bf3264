// Advice to one enterprise on top of its matches: what to ask, what to change, what to take.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/table.h"
#include "model/value.h"
#include "policy/cliffs.h"
#include "policy/nearest.h"
#include "policy/portfolio.h"
#include "policy/questions.h"

namespace huice::policy {

/// Which advice is asked for.
struct AdviceWanted {
  bool questions = false;
  bool nearest = false;
  bool portfolio = false;
  bool cliffs = false;

  bool any() const { return questions || nearest || portfolio || cliffs; }
};

struct Advice {
  std::string uscc;
  std::string name;
  std::optional<std::vector<Question>> questions;
  std::optional<std::vector<NearestMiss>> nearest;
  std::optional<Portfolio> portfolio;
  std::optional<std::vector<Cliff>> cliffs;
};

/// `matches` are those of `profile` under `options`.
Advice advise(const Library& library, const model::Profile& profile,
              const EnterpriseMatches& matches, const MatchOptions& options,
              const AdviceWanted& wanted);

std::string advice_text(const Advice& advice);
/// Worksheets of what was asked for, those with rows: 组合建议, 差在哪里, 先问什么.
std::vector<model::Sheet> advice_sheets(std::span<const Advice> advice,
                                        const MatchOptions& options);
/// What was not asked for is null. Described by docs/schemas/advice.schema.json.
model::Value to_value(const Advice& advice);

}  // namespace huice::policy
