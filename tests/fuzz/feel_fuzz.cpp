// Any bytes: an Error, or an expression whose every node lies in the text, that evaluates without
// crashing, and whose value, written as FEEL, reads back as the same value.
#include <cstdlib>
#include <string_view>

#include "feel/evaluate.h"

namespace {

using namespace huice;        // NOLINT(google-build-using-namespace): a program of its own
using namespace huice::feel;  // NOLINT(google-build-using-namespace)

void check_ranges(const Node& node, std::size_t size) {
  if (node.begin > node.end || node.end > size) std::abort();
  for (const NodePtr& child : node.children)
    check_ranges(*child, size);
}

bool has_function(const Value& value) {
  if (value.function() != nullptr) return true;
  if (const auto* items = value.list()) {
    for (const Value& item : *items) {
      if (has_function(item)) return true;
    }
  }
  if (const Context* context = value.context()) {
    for (const auto& [name, entry] : context->entries()) {
      if (has_function(entry)) return true;
    }
  }
  return false;
}

/// Shared lists within lists may hold more parts than can be written out.
bool is_small(const Value& value, int depth = 0) {
  if (depth > 8) return false;
  if (const auto* items = value.list()) {
    if (items->size() > 200) return false;
    for (const Value& item : *items) {
      if (!is_small(item, depth + 1)) return false;
    }
  }
  if (const Context* context = value.context()) {
    for (const auto& [name, entry] : context->entries()) {
      if (!is_small(entry, depth + 1)) return false;
    }
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Names names;
  names.add("从业人数");
  names.add("profit and loss");
  const Context facts{{"从业人数", 280}, {"profit and loss", Value::List{1, 2, Value()}}};
  const Environment environment{.today = *Date::make(2026, 11, 22), .max_steps = 20'000};
  const auto tests = Expression::parse_unary_tests(text, names);
  if (tests) evaluate_tests(tests.value(), 5, facts, environment);
  const auto parsed = Expression::parse(text, names);
  if (!parsed) return 0;
  check_ranges(parsed.value().root(), size);
  const Value value = evaluate(parsed.value(), facts, environment);
  if (has_function(value)) return 0;
  if (!is_small(value)) return 0;
  const std::string written = to_text(value);
  if (written.size() > kMaxExpressionBytes) return 0;
  const auto again = Expression::parse(written, Names());
  if (!again) return again.error().id == "feel.too-deep" ? 0 : (std::abort(), 0);
  if (!(evaluate(again.value(), {}, {.today = environment.today}) == value)) std::abort();
  return 0;
}
