#include "facts/cell.h"

namespace huice::facts {
namespace {

struct Shown {
  bool percent;

  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const Decimal& number) const {
    if (!percent) return number.to_plain();
    return multiply(number, 100).value_or(number).to_plain() + "%";
  }
  std::string operator()(bool truth) const { return truth ? "TRUE" : "FALSE"; }
  std::string operator()(Date day) const { return day.to_iso(); }
  std::string operator()(const CellFault& fault) const { return fault.text; }
};

}  // namespace

bool Cell::is_blank() const {
  if (const auto* text = std::get_if<std::string>(&content)) return text->empty();
  return std::holds_alternative<std::monostate>(content);
}

std::string to_text(const Cell& cell) {
  return std::visit(Shown{cell.percent}, cell.content);
}

}  // namespace huice::facts
