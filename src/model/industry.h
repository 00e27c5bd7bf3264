// Codes of GB/T 4754-2017, the classification of economic activities.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace huice::model {

/// `C1371` for `C1371` and `1371`: the letter of the section and two to four digits, the first two
/// of which name a division of it. nullopt when they do not; that the class exists is not checked.
std::optional<std::string> full_industry_code(std::string_view code);

}  // namespace huice::model
