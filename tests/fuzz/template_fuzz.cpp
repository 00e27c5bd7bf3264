// Any bytes: findings with a place, or a template that expands to a text whose lines all have an
// origin, or is refused with a place.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "compose/expand.h"

namespace {

huice::compose::Content sample() {
  using huice::Decimal;
  using huice::model::Value;
  const Value::List list = {Value(Decimal(3)), Value("甲"), Value()};
  Value::Record record = {{"x", Value(Decimal(1))}, {"t", Value("乙|丙")}, {"l", Value(list)}};
  return {.data = Value(std::move(record)), .tables = {}};
}

void check_error(const huice::Error& error) {
  if (error.id.empty() || error.message.empty() || error.where.line < 1) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace huice::compose;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = Template::parse(text, "fuzz");
  if (!parsed) return check_error(parsed.error()), 0;
  static const Content kContent = sample();
  static const std::map<std::string, std::string, std::less<>> kTexts = {
      {"p", "{% macro m(a) %}{{ a }}{% endmacro %}{{ x }}"}};
  const NamedPartials partials(kTexts);
  for (const auto& finding : check(parsed.value(), kContent, partials))
    check_error(finding);
  const auto made = expand(parsed.value(), kContent, partials, Escaping::Markdown);
  if (!made) return check_error(made.error()), 0;
  const std::string& expanded = made.value().text;
  const auto ends = std::count(expanded.begin(), expanded.end(), '\n');
  const bool open = !expanded.empty() && expanded.back() != '\n';
  if (made.value().lines.size() != static_cast<std::size_t>(ends) + open) std::abort();
  return 0;
}
