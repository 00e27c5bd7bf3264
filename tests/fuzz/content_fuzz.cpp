// Any bytes as page operators and as a CMap: an end, and never more operations than bytes.
#include <cstdlib>
#include <string_view>

#include "render/pdf/content_reader.h"
#include "render/pdf/font_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace huice::render::pdf;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  ContentReader reader(bytes);
  std::size_t count = 0;
  for (Operation each; reader.next(each); ++count) {
    if (each.name.empty()) std::abort();
  }
  if (count > size) std::abort();
  for (const auto& [code, text] : read_cmap(bytes)) {
    if (code < 0 || code > 0xFFFF) std::abort();
  }
  return 0;
}
