// Any bytes: an Error, or a value that is written and read back equal.
#include <cstdlib>
#include <string_view>

#include "notation/json.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = huice::notation::read_json(text, "fuzz");
  if (!value) {
    if (value.error().id.empty()) std::abort();
    return 0;
  }
  const auto again = huice::notation::read_json(huice::notation::write_json(value.value()), "fuzz");
  if (!again || !(again.value() == value.value())) std::abort();
  return 0;
}
