// Any bytes: an Error with a place inside the text, or a value that survives the way through JSON.
#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "notation/json.h"
#include "notation/yaml.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = huice::notation::read_yaml(text, "fuzz");
  if (!value) {
    const auto lines =
        std::count(text.begin(), text.end(), '\n') + std::count(text.begin(), text.end(), '\r') + 2;
    if (value.error().id.empty() || value.error().where.line > lines * 3) std::abort();
    return 0;
  }
  const auto json = huice::notation::write_json(value.value());
  const auto again = huice::notation::read_json(json, "fuzz");
  if (!again && again.error().id != "json.number-range") std::abort();
  return 0;
}
