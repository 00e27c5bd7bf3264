// A number that tells contents apart, for names and identifiers; it does not withstand forgers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace huice::render::pdf {

inline constexpr std::uint64_t kNoContent = 14695981039346656037U;

/// That of what `before` stands for, and `bytes` after it: FNV-1a, eight bytes at a time.
inline std::uint64_t fingerprint(std::string_view bytes, std::uint64_t before = kNoContent) {
  constexpr std::size_t kWord = 8;
  std::uint64_t hash = before;
  const auto add = [&](std::string_view word) {
    std::uint64_t value = 0;
    for (const char byte : word)
      value = value << 8 | static_cast<unsigned char>(byte);
    hash = (hash ^ value) * 1099511628211U;
    hash ^= hash >> 32;
  };
  for (; bytes.size() >= kWord; bytes.remove_prefix(kWord))
    add(bytes.substr(0, kWord));
  if (!bytes.empty()) add(bytes);
  return hash;
}

}  // namespace huice::render::pdf
