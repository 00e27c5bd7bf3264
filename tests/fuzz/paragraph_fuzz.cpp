// The first bytes choose measure, indent and fill; the rest is text. Any bytes: lines that stay in
// the measure unless a single glyph is wider, and every character that a face has, in order.
#include <cstdlib>
#include <string_view>

#include "base/utf8.h"
#include "fuzz_fonts.h"
#include "layout/geometry.h"
#include "layout/typesetter.h"

namespace {

using namespace huice;

std::size_t glyphs_in(const layout::SetLine& line) {
  std::size_t count = 0;
  for (const auto& run : line.runs)
    count += run.glyphs.size();
  return count;
}

bool is_blank(char32_t c) {
  return c == U' ' || c == U'　';
}

/// What is set, without blanks: those at the ends of lines vanish or stay as the line needs.
std::u32string text_of(const std::vector<layout::SetLine>& lines) {
  std::u32string text;
  for (const auto& line : lines) {
    for (const auto& run : line.runs) {
      for (const auto& glyph : run.glyphs)
        text += glyph.text;
    }
  }
  std::erase_if(text, is_blank);
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  const layout::FontSet* fonts = fuzz::fonts();
  if (size < 4 || size > 4096 || fonts == nullptr) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 3, size - 3);
  layout::Setting setting{.size = layout::kSize3,
                          .cell = layout::kCell,
                          .width = layout::kCell * (1 + bytes[0] % 40),
                          .fill = static_cast<layout::Fill>(bytes[2] % 4)};
  setting.first_indent = std::min(layout::kCell * (bytes[1] % 5), layout::half(setting.width));
  layout::Typesetter setter(*fonts);
  const auto lines = setter.set(text, layout::Role::FangSong, setting);
  for (const auto& line : lines) {
    if (line.runs.empty()) std::abort();
    if (line.right > setting.width && glyphs_in(line) > 1 &&
        line.right - line.left > setting.width) {
      // Only an item that nothing may part is wider: —— in a column of one character.
      if (setting.width >= layout::kCell * 8) std::abort();
    }
  }
  std::u32string wide = text_of(lines);
  setting.width = layout::kCell * 4000;
  setting.first_indent = {};
  if (wide != text_of(setter.set(text, layout::Role::FangSong, setting))) std::abort();
  return 0;
}
