// SHA-256, for chains and for telling whether a text is the same.
#pragma once

#include <string>
#include <string_view>

namespace huice::store {

/// The SHA-256 digest (FIPS 180-4) as 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace huice::store
