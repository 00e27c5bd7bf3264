#include "model/identifiers.h"

#include <cstddef>

namespace huice::model {
namespace {

constexpr std::string_view kUsccDigits = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::size_t kUsccLength = 18;
constexpr std::size_t kUsccModulus = 31;

}  // namespace

bool is_uscc(std::string_view code) {
  if (code.size() != kUsccLength) return false;
  std::size_t sum = 0;
  std::size_t weight = 1;  // 3^i mod 31
  for (std::size_t i = 0; i + 1 < kUsccLength; ++i) {
    const std::size_t digit = kUsccDigits.find(code[i]);
    if (digit == std::string_view::npos) return false;
    sum += digit * weight;
    weight = weight * 3 % kUsccModulus;
  }
  const std::size_t check = (kUsccModulus - sum % kUsccModulus) % kUsccModulus;
  return code.back() == kUsccDigits[check];
}

}  // namespace huice::model
