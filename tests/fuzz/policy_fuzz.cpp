// Any bytes as a policy file beside a small catalogue: findings with ids and places inside the
// file, or a policy that can be matched, read back and proof-read.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include "policy/check.h"
#include "policy/explain.h"
#include "policy/library.h"

namespace {

constexpr const char* kFacts =
    "facts:\n"
    "  - {name: 从业人数, type: number, unit: 人, non_negative: true}\n"
    "  - {name: 投资额, type: money, unit: 元, non_negative: true}\n"
    "  - {name: 企业规模, type: text, values: [大型, 中型, 小型, 微型]}\n"
    "  - {name: 新招用人员, type: list, fields: [{name: 参保月数, type: number}]}\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace huice;          // NOLINT(google-build-using-namespace): a program of its own
  using namespace huice::policy;  // NOLINT(google-build-using-namespace)
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto lines =
      std::count(text.begin(), text.end(), '\n') + std::count(text.begin(), text.end(), '\r') + 2;
  const auto library = read_library({"facts.yaml", kFacts}, {{"fuzz.yaml", text}});
  if (!library) {
    for (const Error& each : as_findings(library.error())) {
      if (each.id.empty() || each.where.line > lines * 3) std::abort();
    }
    return 0;
  }
  const Date today = *Date::make(2026, 11, 22);
  model::Profile profile;
  profile.facts["从业人数"] = {model::Value(280), "fuzz", std::nullopt};
  const MatchOptions options{.on = today, .known_on = today};
  for (const Match& match : match(library.value(), profile, options))
    if (explain_text(match).empty()) std::abort();
  for (const Policy& policy : library.value().policies())
    if (show_text(library.value(), policy, today, today).empty()) std::abort();
  if (size < 4096) check(library.value());
  return 0;
}
