// Names that worksheets may have.
#pragma once

#include <string>
#include <vector>

#include "model/table.h"

namespace huice::render::xlsx {

/// Excel's limit, in UTF-16 units.
inline constexpr std::size_t kMaxSheetName = 31;

/// A valid name for every sheet, unique whatever the case of Latin letters: characters that are not
/// allowed become `-`, an empty name `表1`, a second `名单` becomes `名单(2)`.
std::vector<std::string> sheet_names(const std::vector<model::Sheet>& sheets);

/// `formula` with every reference `'old'!` to a renamed sheet made one to its new name.
std::string with_sheet_names(std::string formula, const std::vector<model::Sheet>& sheets,
                             const std::vector<std::string>& names);

}  // namespace huice::render::xlsx
