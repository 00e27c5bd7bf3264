#include "compose/table_marker.h"

#include <charconv>

namespace huice::compose {
namespace {

constexpr std::string_view kOpen = "\xEF\xB7\x90";
constexpr std::string_view kClose = "\xEF\xB7\x91";

}  // namespace

std::string table_marker(std::size_t index) {
  return "\n\n" + std::string(kOpen) + std::to_string(index) + std::string(kClose) + "\n\n";
}

std::optional<std::size_t> marked_table(std::string_view text) {
  if (!text.starts_with(kOpen) || !text.ends_with(kClose)) return std::nullopt;
  const std::string_view digits = text.substr(kOpen.size(), text.size() - 2 * kOpen.size());
  std::size_t index = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (code != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return index;
}

/// Not find(), which stops at each first byte: Chinese punctuation shares it.
bool has_marker(std::string_view text) {
  for (std::size_t at = 0; at + kOpen.size() <= text.size(); ++at) {
    if (text[at] != kOpen[0] || text[at + 1] != kOpen[1]) continue;
    if (text[at + 2] == kOpen[2] || text[at + 2] == kClose[2]) return true;
  }
  return false;
}

}  // namespace huice::compose
