// SHA-256 (FIPS 180-4), by which the library knows a file that has not changed.
#pragma once

#include <string>
#include <string_view>

namespace huice::library {

/// 64 hexadecimal digits, lower case.
std::string sha256(std::string_view bytes);

}  // namespace huice::library
