// A number that tells contents apart, for names and identifiers; it does not withstand forgers.
#pragma once

#include <cstdint>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace huice::render::pdf {

inline constexpr std::uint64_t kNoContent = 0;

/// That of what `before` stands for, and `bytes` after it: XXH3 with the former as its seed.
inline std::uint64_t fingerprint(std::string_view bytes, std::uint64_t before = kNoContent) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), before);
}

}  // namespace huice::render::pdf
