#include "layout/glyph_ink.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include <hb.h>

namespace huice::layout {
namespace {

/// A curve leaves the chords between so many places by less than half a font unit.
constexpr std::int64_t kSteps = 32;

struct Point {
  std::int64_t x = 0;
  std::int64_t y = 0;
};

/// The box round what was drawn of an outline.
struct Drawn {
  std::optional<GlyphBox> box;

  void reach(Point at) {
    const int x = static_cast<int>(at.x);
    const int y = static_cast<int>(at.y);
    if (!box) box = {x, x, y, y};
    *box = {std::min(box->left, x), std::max(box->right, x), std::min(box->bottom, y),
            std::max(box->top, y)};
  }
  bool holds(Point at) const {
    return box && at.x >= box->left && at.x <= box->right && at.y >= box->bottom &&
           at.y <= box->top;
  }
};

/// HarfBuzz gives floats that hold the whole numbers of the font.
Point point(float x, float y) {
  return {std::llround(x), std::llround(y)};
}

std::int64_t on_curve(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d,
                      std::int64_t step) {
  constexpr std::int64_t kWhole = kSteps * kSteps * kSteps;
  const std::int64_t rest = kSteps - step;
  const std::int64_t sum = a * rest * rest * rest + b * rest * rest * step * 3 +
                           c * rest * step * step * 3 + d * step * step * step;
  return (sum >= 0 ? sum + kWhole / 2 : sum - kWhole / 2) / kWhole;
}

void line_to(hb_draw_funcs_t*, void* drawn, hb_draw_state_t* from, float x, float y, void*) {
  static_cast<Drawn*>(drawn)->reach(point(from->current_x, from->current_y));
  static_cast<Drawn*>(drawn)->reach(point(x, y));
}

void cubic_to(hb_draw_funcs_t*, void* drawn, hb_draw_state_t* from, float x1, float y1, float x2,
              float y2, float x, float y, void*) {
  const Point a = point(from->current_x, from->current_y);
  const Point b = point(x1, y1);
  const Point c = point(x2, y2);
  const Point d = point(x, y);
  auto& reached = *static_cast<Drawn*>(drawn);
  reached.reach(a);
  reached.reach(d);
  // A curve does not leave the hull of its points.
  if (reached.holds(b) && reached.holds(c)) return;
  for (std::int64_t step = 1; step < kSteps; ++step) {
    reached.reach({on_curve(a.x, b.x, c.x, d.x, step), on_curve(a.y, b.y, c.y, d.y, step)});
  }
}

struct FreeFunctions {
  void operator()(hb_draw_funcs_t* functions) const { hb_draw_funcs_destroy(functions); }
};

GlyphBox outline_box(hb_font_t* font, std::uint32_t glyph) {
  // Quadratic curves come as cubic ones, closing lines as lines.
  const std::unique_ptr<hb_draw_funcs_t, FreeFunctions> functions(hb_draw_funcs_create());
  hb_draw_funcs_set_line_to_func(functions.get(), line_to, nullptr, nullptr);
  hb_draw_funcs_set_cubic_to_func(functions.get(), cubic_to, nullptr, nullptr);
  Drawn drawn;
  hb_font_get_glyph_shape(font, glyph, functions.get(), &drawn);
  return drawn.box.value_or(GlyphBox{});
}

}  // namespace

GlyphBox GlyphInk::of(std::uint32_t glyph) const {
  const std::scoped_lock lock(guard_);
  const auto [known, is_new] = known_.try_emplace(glyph);
  if (is_new) known->second = outline_box(font_.get(), glyph);
  return known->second;
}

}  // namespace huice::layout
