#include "render/pdf/content_stream.h"

#include <array>
#include <cstdint>

namespace huice::render::pdf {
namespace {

constexpr std::int64_t kUnitsPerPoint = 12700;

std::int64_t divided(std::int64_t value, std::int64_t by) {
  const std::int64_t half = by / 2;
  return value >= 0 ? (value + half) / by : -((-value + half) / by);
}

/// value / 10^places without trailing zeros.
std::string fixed(std::int64_t value, std::size_t places) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  digits.insert(digits.size() - places, 1, '.');
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.ends_with('.')) digits.pop_back();
  return value < 0 && digits != "0" ? "-" + digits : digits;
}

void append_hex(std::string& out, std::uint16_t code) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (int shift = 12; shift >= 0; shift -= 4)
    out += kDigits[(code >> shift) & 0xF];
}

std::string_view fill_colour(layout::Ink ink) {
  return ink == layout::Ink::Red ? "0 .8 .8 0 k\n" : "0 0 0 1 k\n";
}

/// Writes operators; remembers the colour and font in force so that they are set only on change.
class ContentWriter {
 public:
  ContentWriter(Length height, const std::vector<FontSubset>& fonts)
      : height_(height), fonts_(fonts) {}

  std::string take() { return std::move(out_); }
  void raw(std::string_view operators) { out_ += operators; }

  void rule(const layout::Rule& rule) {
    ink(rule.ink);
    out_ += points(rule.x) + ' ' + points(height_ - rule.y - rule.height) + ' ' +
            points(rule.width) + ' ' + points(rule.height) + " re f\n";
  }

  void run(const layout::GlyphRun& run) {
    if (run.glyphs.empty()) return;
    ink(run.ink);
    out_ += "BT\n/F" + std::to_string(run.font) + ' ' + points(run.size) + " Tf 1 0 0 1 " +
            points(run.glyphs.front().x) + ' ' + points(height_ - run.baseline) + " Tm\n[";
    glyphs(run, fonts_[static_cast<std::size_t>(run.font)]);
    out_ += "] TJ\nET\n";
  }

 private:
  void ink(layout::Ink wanted) {
    if (ink_set_ && ink_ == wanted) return;
    out_ += fill_colour(wanted);
    ink_ = wanted;
    ink_set_ = true;
  }

  /// TJ moves left by thousandths of an em, here to two decimals. The pen is kept exactly, in
  /// 1/100000 of a length unit per em, so that no error adds up along the line.
  void glyphs(const layout::GlyphRun& run, const FontSubset& font) {
    const std::int64_t size = run.size.units();
    const std::int64_t start = run.glyphs.front().x.units();
    std::int64_t pen = 0;
    bool open = false;
    for (const auto& placed : run.glyphs) {
      const std::int64_t wanted = (placed.x.units() - start) * 100'000;
      if (const std::int64_t back = divided(pen - wanted, size); back != 0) {
        out_ += open ? ">" : "";
        out_ += fixed(back, 2);
        open = false;
        pen -= back * size;
      }
      out_ += open ? "" : "<";
      open = true;
      const std::uint16_t code = font.codes.at(placed.glyph);
      append_hex(out_, code);
      pen += font.widths.at(code) * size * 100;
    }
    out_ += open ? ">" : "";
  }

  Length height_;
  const std::vector<FontSubset>& fonts_;
  layout::Ink ink_ = layout::Ink::Black;
  bool ink_set_ = false;
  std::string out_;
};

std::string body(Length height, const std::vector<layout::Rule>& rules,
                 const std::vector<layout::GlyphRun>& runs, const std::vector<FontSubset>& fonts) {
  ContentWriter writer(height, fonts);
  for (const auto& rule : rules)
    writer.rule(rule);
  for (const auto& run : runs)
    writer.run(run);
  return writer.take();
}

}  // namespace

std::string points(Length length) {
  return fixed(divided(length.units() * 10'000, kUnitsPerPoint), 4);
}

std::string content_of(const layout::Page& page, const std::vector<FontSubset>& fonts) {
  std::string content = body(page.height, page.rules, page.runs, fonts);
  if (page.quarter_turns == 0) return content;
  // The sheet on its side is as high as the page is wide.
  const std::string turn = page.quarter_turns == 1
                               ? "q 0 1 -1 0 " + points(page.width) + " 0 cm\n"
                               : "q 0 -1 1 0 0 " + points(page.height) + " cm\n";
  return content + turn + body(page.width, page.turned_rules, page.turned_runs, fonts) + "Q\n";
}

}  // namespace huice::render::pdf
