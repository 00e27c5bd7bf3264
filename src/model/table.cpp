#include "model/table.h"

namespace huice::model {
namespace {

std::string number_text(const Decimal& number, int decimals) {
  return decimals < 0 ? number.to_plain() : number.rounded(decimals, Rounding::HalfUp).to_string();
}

/// As number_text where the product is too large for a Decimal.
std::string number_text(const Decimal& number, const Cell& cell) {
  const auto hundredths = cell.percent ? multiply(number, Decimal(100)) : std::nullopt;
  return hundredths ? number_text(*hundredths, cell.decimals) + "%"
                    : number_text(number, cell.decimals);
}

struct CellText {
  const Cell& cell;

  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const Decimal& number) const { return number_text(number, cell); }
  std::string operator()(Money amount) const {
    return number_text(amount.to_yuan(), cell.decimals < 0 ? 2 : cell.decimals);
  }
  std::string operator()(Date day) const { return day.to_iso(); }
  std::string operator()(const Formula& formula) const { return number_text(formula.cached, cell); }
};

}  // namespace

std::string to_text(const Cell& cell) {
  return cell.covered ? std::string() : std::visit(CellText{cell}, cell.content);
}

int first_table_row(const Sheet& sheet) {
  return 1 + static_cast<int>(!sheet.label.empty()) + static_cast<int>(!sheet.title.empty()) +
         static_cast<int>(!sheet.subtitle.empty());
}

}  // namespace huice::model
