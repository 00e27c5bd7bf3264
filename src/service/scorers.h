// Who gives which scores of an assessment.
#pragma once

#include <string>

#include "base/result.h"
#include "service/call.h"

namespace huice::service {

/// 自评 is for the target's own account, or for 考核 on its behalf; 复核 and 终评 are for 考核, and
/// never for the target's own people. Errors: InvalidInput `session.forbidden`.
Status check_scorer(const Call& call, const std::string& stage, const std::string& target);

}  // namespace huice::service
