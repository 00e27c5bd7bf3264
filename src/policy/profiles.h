// Profiles from JSON or YAML records, under the names of the catalogue.
#pragma once

#include <string_view>

#include "base/result.h"
#include "model/profile.h"

namespace huice::policy {

/// Reads a value as `definition` wants it: `2026-05-07` to a day, `300万元` to 元, `3.2%` to 0.032,
/// 是/否 to a truth, lists item by item.
/// Errors: InvalidInput `profile.type`, `profile.value` (not among the allowed),
/// `profile.negative`.
Result<model::Value> read_fact(const model::Value& value, const model::FactDefinition& definition);

/// Reads a record of facts. A null is an unknown fact. All findings are collected.
/// `source` is what the facts will say of where they come from.
/// Errors: InvalidInput `profile.shape`, `profile.unknown-fact` with the nearest name, and those
/// of read_fact.
Result<model::Profile> read_profile(const model::Value& record,
                                    const model::FactCatalogue& catalogue, std::string_view source);

}  // namespace huice::policy
