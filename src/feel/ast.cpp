#include "feel/ast.h"

#include <array>

namespace huice::feel {

std::string_view symbol(Operator op) {
  static constexpr std::array<std::string_view, 12> kSymbols = {"",  "+",  "-", "*",  "/", "**",
                                                                "=", "!=", "<", "<=", ">", ">="};
  return kSymbols[static_cast<std::size_t>(op)];
}

}  // namespace huice::feel
