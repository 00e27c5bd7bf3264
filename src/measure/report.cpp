#include "measure/report.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "measure/checker.h"

namespace huice::measure {
namespace {

/// `7.2.10` after `7.2.9`.
bool earlier_clause(const Check& a, const Check& b) {
  const auto numbers = [](std::string_view clause) {
    std::vector<int> parts(1);
    for (const char c : clause) {
      if (c == '.') {
        parts.push_back(0);
      } else {
        parts.back() = parts.back() * 10 + (c - '0');
      }
    }
    return parts;
  };
  return numbers(a.clause) < numbers(b.clause);
}

model::Value to_value(const Check& check) {
  model::Value::Record record = {
      {"clause", check.clause}, {"item", check.what},
      {"page", check.page},     {"value", check.value},
      {"limit", check.limit},   {"verdict", std::string(to_chinese(check.verdict))}};
  if (check.millimetres) record.emplace_back("millimetres", *check.millimetres);
  return record;
}

model::Value to_value(const layout::SealPlace& seal) {
  return model::Value::Record{{"name", seal.name},
                              {"page", seal.page + 1},
                              {"x", in_millimetres(seal.x)},
                              {"y", in_millimetres(seal.y)},
                              {"width", in_millimetres(seal.width)},
                              {"height", in_millimetres(seal.height)}};
}

model::Value to_value(const layout::Substitution& substitution) {
  return model::Value::Record{
      {"character", encode_utf8(std::u32string_view(&substitution.character, 1))},
      {"role", substitution.role},
      {"font", substitution.font},
      {"count", substitution.count}};
}

template <class T>
model::Value::List list_of(const std::vector<T>& items) {
  model::Value::List list;
  for (const T& each : items)
    list.push_back(to_value(each));
  return list;
}

}  // namespace

std::string_view to_chinese(Verdict verdict) {
  switch (verdict) {
    case Verdict::Conforms:
      return "符合";
    case Verdict::Violates:
      return "不符合";
    case Verdict::Advice:
      return "提示";
  }
  return "";
}

int Report::count(Verdict verdict) const {
  return static_cast<int>(std::ranges::count(checks, verdict, &Check::verdict));
}

Decimal in_millimetres(Length length) {
  constexpr std::int64_t kHundredth = 360;  // units of a hundredth of a millimetre
  const std::int64_t units = length.units();
  const std::int64_t half = units >= 0 ? kHundredth / 2 : -kHundredth / 2;
  return Decimal::scaled((units + half) / kHundredth, -2);
}

Report measure(const model::Document& document, const std::vector<render::pdf::SeenPage>& seen,
               std::vector<layout::SealPlace> seals) {
  Checker checker(document, seen);
  if (!seen.empty()) {
    check_pages(checker);
    check_numbers(checker);
    check_head(checker);
    check_body(checker);
    check_signature(checker, seals);
    check_imprint(checker);
  }
  std::ranges::stable_sort(checker.checks, earlier_clause);
  return {.pages = static_cast<int>(seen.size()),
          .checks = std::move(checker.checks),
          .seals = std::move(seals),
          .substitutions = {}};
}

model::Value to_value(const Report& report, const std::string& file) {
  return model::Value::Record{{"file", file},
                              {"standard", "GB/T 9704-2012"},
                              {"pages", report.pages},
                              {"conforms", report.count(Verdict::Conforms)},
                              {"violates", report.count(Verdict::Violates)},
                              {"advice", report.count(Verdict::Advice)},
                              {"checks", list_of(report.checks)},
                              {"seals", list_of(report.seals)},
                              {"substitutions", list_of(report.substitutions)}};
}

}  // namespace huice::measure
