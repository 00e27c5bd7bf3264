// Any bytes: an Error with an id, or a model whose every decision has a value within its limits.
#include <cstdlib>
#include <string>
#include <string_view>

#include "feel/dmn.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto model = huice::feel::dmn::Model::read(bytes, "fuzz.dmn");
  if (!model) {
    if (model.error().id.empty() || model.error().message.empty()) std::abort();
    return 0;
  }
  const huice::feel::Context inputs{{"从业人数", 280}, {"规模", "小型"}};
  const huice::feel::Environment environment{.today = *huice::Date::make(2026, 11, 22),
                                             .max_steps = 20'000};
  for (const std::string& name : model.value().decisions()) {
    if (!model.value().evaluate_decision(name, inputs, environment)) std::abort();
    const auto table = model.value().table(name);
    if (table && table->rules().size() > huice::feel::kMaxTableRules) std::abort();
  }
  return 0;
}
