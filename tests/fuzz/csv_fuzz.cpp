// Any bytes as CSV: a grid that keeps its promises, or a refusal.
#include <string>

#include "sheet/csv_reader.h"
#include "sheet_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  auto grid = huice::sheet::read_csv(bytes, "fuzz.csv");
  if (grid) huice::sheet::check_grids({std::move(grid).value()});
  return 0;
}
