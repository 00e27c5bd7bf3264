// Names of enterprises, which become words of a library.
#pragma once

#include <string>
#include <string_view>

#include "library/settings.h"
#include "text/words.h"

namespace huice::library {

/// The 字号 of a registered name, by which people call an enterprise: what stands after the place
/// and before trade and form, two to four letters, folded: 云岭县鑫源达新材料有限公司 → 鑫源达.
/// Empty where nothing is left. Source of the order: 企业名称登记管理规定, 第六条.
std::string trade_name(const IndexSettings& settings, const text::Segmenter& segmenter,
                       std::string_view registered);

}  // namespace huice::library
