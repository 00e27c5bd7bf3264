// One page as PDF operators.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/recent.h"
#include "layout/pages.h"
#include "render/pdf/glyph_codes.h"

namespace huice::render::pdf {

/// A length in PDF points with up to four decimals: `79.3701`, `-0.5`, `16`.
std::string points(Length length);

/// Which inks the page is printed with.
enum class Colour { Cmyk, Rgb };

/// A run as operators, but for where it begins: pages that share its glyphs share them.
struct WrittenRun {
  std::optional<std::int64_t>
      spacing;         ///< that it is set with, in 1/10000 pt; a lone glyph has none
  Length first;        ///< x of its first glyph, before the glyphs were moved
  std::string glyphs;  ///< `[<00010002>-20<0003>]TJ`
  /// Keeps the glyphs, which it is found by, from being others.
  std::shared_ptr<const layout::Glyphs::List> shared;
};

/// The rules of a page as operators.
struct WrittenRules {
  Length height;  ///< of the page
  std::vector<layout::Rule> rules;
  std::string operators;
  layout::Ink ink = layout::Ink::Black;  ///< in force behind them
};

/// Runs as they were written before in one document, and the rules of the last page. What is
/// written does not depend on it.
class ContentMemory {
 public:
  /// Those of the last page that had other rules than the one before it.
  WrittenRules rules;

  /// nullptr when it was not written of late.
  const WrittenRun* find(const layout::GlyphRun& run);
  /// `written`, of a run that find() does not know.
  const WrittenRun& add(const layout::GlyphRun& run, WrittenRun written);

 private:
  struct Key {
    const void* glyphs = nullptr;
    std::int64_t size = 0;
    int font = 0;
    int stretch = 0;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const { return std::hash<const void*>()(key.glyphs); }
  };
  static Key key_of(const layout::GlyphRun& run);
  static constexpr std::size_t kMost = 1'000;
  Recent<Key, WrittenRun, Hash> runs_{kMost};
};

/// The content of `page` with fonts named /F0, /F1 … in the order of `fonts`, whose codes grow with
/// what the page uses. Every glyph stands within 1/100000 em of its place; the inks are those of
/// GB/T 9704-2012, 6.2, in CMYK, or black and the red of screens. `memory`, of the same fonts,
/// saves work where pages are alike; it may be null.
std::string content_of(const layout::Page& page, std::vector<GlyphCodes>& fonts,
                       Colour colour = Colour::Cmyk, ContentMemory* memory = nullptr);

/// Draws the pictures of `page` over its content: the image /P<number> at the place of each, in the
/// state /Ink.
std::string content_of_pictures(const layout::Page& page, std::span<const std::size_t> numbers);

}  // namespace huice::render::pdf
