// Any bytes as a draft: findings with places inside it; fixing twice is fixing once.
#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "lint/lint.h"

namespace {

using namespace huice::lint;

void check(std::string_view text, const ReadLines& read) {
  const auto once = fix(text, "fuzz", read, {});
  if (!once) return;
  const auto twice = fix(once.value().text, "fuzz", read, {});
  if (!twice || twice.value().text != once.value().text) std::abort();
  auto lines = read(once.value().text, "fuzz");
  if (!lines) std::abort();
  const auto count = std::count(once.value().text.begin(), once.value().text.end(), '\n') + 1;
  for (const Finding& each : lint(read_draft(std::move(lines).value()))) {
    if (each.message.empty() || each.where.line < 1 || each.where.line > count) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(text, lines_of_text);
  check(text, lines_of_markdown);
  return 0;
}
