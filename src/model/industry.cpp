#include "model/industry.h"

#include <algorithm>
#include <array>

namespace huice::model {
namespace {

struct Section {
  char letter;
  int first;
  int last;
};

/// Sections and their divisions. Source: GB/T 4754-2017, table 1.
constexpr std::array<Section, 20> kSections = {
    {{'A', 1, 5},   {'B', 6, 12},  {'C', 13, 43}, {'D', 44, 46}, {'E', 47, 50},
     {'F', 51, 52}, {'G', 53, 60}, {'H', 61, 62}, {'I', 63, 65}, {'J', 66, 69},
     {'K', 70, 70}, {'L', 71, 72}, {'M', 73, 75}, {'N', 76, 79}, {'O', 80, 82},
     {'P', 83, 83}, {'Q', 84, 85}, {'R', 86, 90}, {'S', 91, 96}, {'T', 97, 97}}};

}  // namespace

std::optional<std::string> full_industry_code(std::string_view code) {
  const std::string_view digits =
      !code.empty() && code.front() >= 'A' && code.front() <= 'Z' ? code.substr(1) : code;
  if (digits.size() < 2 || digits.size() > 4 ||
      !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  const int division = (digits[0] - '0') * 10 + (digits[1] - '0');
  const auto section = std::ranges::find_if(kSections, [&](const Section& each) {
    return division >= each.first && division <= each.last;
  });
  if (section == kSections.end()) return std::nullopt;
  std::string full = section->letter + std::string(digits);
  if (digits.size() < code.size() && full != code) return std::nullopt;
  return full;
}

}  // namespace huice::model
