// Any bytes as a workbook: a document that keeps its promises, or a refusal.
#include <string>

#include "circular_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  huice::library::check_reading(huice::library::read_xlsx(bytes, "fuzz.xlsx"));
  return 0;
}
