// Errors as the network sees them: problem details (RFC 9457) in Chinese.
#pragma once

#include <string>

#include "base/result.h"
#include "service/call.h"

namespace huice::service {

/// The status that fits the error.
int status_of(const Error& error);

/// The error and all it carries as application/problem+json; `request` is the id of the request.
Answer problem_answer(const Error& error, const std::string& request);

/// A finding as `{id, detail, hint, field, line}`.
model::Value finding_value(const Error& finding);

}  // namespace huice::service
