// What decisions say of enterprises, as a worksheet.
#pragma once

#include <optional>
#include <span>

#include "model/table.h"
#include "policy/decision_file.h"
#include "policy/match.h"

namespace huice::policy {

/// The worksheet with its heading and no enterprise.
model::Sheet decision_heading(const MatchOptions& options);

/// A row for each rule that holds of an enterprise, with its reasons; nullopt when none does.
std::optional<model::Sheet> decision_sheet(const Library& library,
                                           std::span<const DecisionFile> decisions,
                                           std::span<const model::Profile> profiles,
                                           const MatchOptions& options);

}  // namespace huice::policy
