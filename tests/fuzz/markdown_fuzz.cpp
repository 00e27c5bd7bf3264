// Any bytes: findings with ids, or sections in which every annex has a title and every heading a
// level from 1 to 4.
#include <cstdlib>
#include <string>
#include <variant>

#include "compose/markdown.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace huice;
  compose::Expansion expansion{.text = std::string(reinterpret_cast<const char*>(data), size),
                               .lines = {}};
  int line = 0;
  for (const char c : expansion.text + "\n") {
    if (c == '\n') expansion.lines.push_back({.file = "fuzz", .line = ++line, .part = {}});
  }
  const auto sections = compose::read_markdown(expansion, {});
  if (!sections) {
    if (sections.error().id.empty()) std::abort();
    return 0;
  }
  for (const auto& annex : sections.value().annexes) {
    if (annex.title.empty()) std::abort();
  }
  for (const auto& block : sections.value().body) {
    const auto* paragraph = std::get_if<model::Paragraph>(&block);
    if (paragraph != nullptr && (paragraph->level < 0 || paragraph->level > 4)) std::abort();
  }
  return 0;
}
