// A password on a finished PDF.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace huice::render::pdf {

/// `pdf` encrypted with AES-256 (ISO 32000-2, 7.6.4, revision 6); `password` opens it and allows
/// everything. Keys are random: equal input gives different bytes each time.
/// Errors: InvalidInput `pdf.encrypt` for a password over 127 bytes; Internal `pdf.encrypt`.
Result<std::string> encrypted(std::string_view pdf, const std::string& password);

}  // namespace huice::render::pdf
