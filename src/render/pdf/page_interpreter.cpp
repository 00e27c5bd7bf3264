#include "render/pdf/page_interpreter.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "render/pdf/big_endian.h"

namespace huice::render::pdf {
namespace {

Matrix matrix_of(const Operation& operation) {
  return {operation.number(0), operation.number(1), operation.number(2),
          operation.number(3), operation.number(4), operation.number(5)};
}

/// 6.2 of GB/T 9704: black and red, in grey, RGB or CMYK as many components as there are.
Paint paint_of(const Operation& operation) {
  std::vector<double> parts;
  for (const Operand& each : operation.operands) {
    if (each.kind == Operand::Kind::Number) parts.push_back(each.number);
  }
  bool black = false;
  bool red = false;
  if (parts.size() == 1) black = parts[0] < 0.05;
  if (parts.size() == 3) {
    black = parts[0] < 0.05 && parts[1] < 0.05 && parts[2] < 0.05;
    red = parts[0] > 0.7 && parts[1] < 0.3 && parts[2] < 0.3;
  }
  if (parts.size() == 4) {
    black = parts[3] > 0.95;
    red = parts[0] < 0.1 && parts[1] > 0.7 && parts[2] > 0.7 && parts[3] < 0.3;
  }
  return black ? Paint::Black : red ? Paint::Red : Paint::Other;
}

int turn_of(const Matrix& matrix) {
  if (std::abs(matrix.a) >= std::abs(matrix.b)) return matrix.a >= 0 ? 0 : 180;
  return matrix.b > 0 ? 90 : 270;
}

}  // namespace

Matrix Matrix::then(const Matrix& next) const {
  return {a * next.a + b * next.c,          a * next.b + b * next.d,
          c * next.a + d * next.c,          c * next.b + d * next.d,
          e * next.a + f * next.c + next.e, e * next.b + f * next.d + next.f};
}

Length to_length(double points) {
  constexpr double kFar = 1e9;  // beyond any page, and a NaN counts as such
  if (!(std::abs(points) < kFar)) points = kFar;
  return Length::from_units(std::llround(points * 12700));
}

void PageInterpreter::run(std::string_view content) {
  ContentReader reader(content);
  for (Operation operation; !overflown_ && reader.next(operation);) {
    if (!state_operation(operation) && !text_position(operation) && !text_shown(operation)) {
      path_operation(operation);
    }
  }
  overflown_ = overflown_ || reader.overflown();
}

bool PageInterpreter::full() {
  overflown_ = overflown_ || page_.glyphs.size() + page_.shapes.size() >= kMaxSeenOnPage;
  return overflown_;
}

bool PageInterpreter::state_operation(const Operation& operation) {
  const std::string& name = operation.name;
  if (name == "q") {
    if (saved_.size() >= kMaxSavedStates) overflown_ = true;
    saved_.push_back(state_);
  } else if (name == "Q") {
    if (saved_.empty()) return true;
    state_ = saved_.back();
    saved_.pop_back();
  } else if (name == "cm") {
    state_.matrix = matrix_of(operation).then(state_.matrix);
  } else if (name == "g" || name == "rg" || name == "k" || name == "sc" || name == "scn") {
    state_.fill = paint_of(operation);
  } else if (name == "G" || name == "RG" || name == "K" || name == "SC" || name == "SCN") {
    state_.stroke = paint_of(operation);
  } else if (name == "Do") {
    draw_form(operation);
  } else {
    return false;
  }
  return true;
}

void PageInterpreter::draw_form(const Operation& operation) {
  if (operation.operands.empty() || depth_ >= kMaxFormDepth) return;
  const std::string key = "/" + operation.operands[0].text;
  const PdfObject form = resources_.get("/XObject").get(key.c_str());
  if (!form.get("/Subtype").is_name("/Form")) return;
  PageInterpreter inner(
      form.get("/Resources").is_dictionary() ? form.get("/Resources") : resources_, page_, fonts_);
  inner.state_ = state_;
  inner.depth_ = depth_ + 1;
  if (const PdfObject m = form.get("/Matrix"); m.size() == 6) {
    inner.state_.matrix = Matrix{m.at(0).number(), m.at(1).number(), m.at(2).number(),
                                 m.at(3).number(), m.at(4).number(), m.at(5).number()}
                              .then(state_.matrix);
  }
  inner.run(form.bytes());
  overflown_ = overflown_ || inner.overflown_;
}

bool PageInterpreter::text_position(const Operation& operation) {
  const std::string& name = operation.name;
  if (name == "BT") {
    text_ = line_ = Matrix();
  } else if (name == "Tm") {
    text_ = line_ = matrix_of(operation);
  } else if (name == "Td" || name == "TD") {
    if (name == "TD") state_.leading = -operation.number(1);
    move_line(operation.number(0), operation.number(1));
  } else if (name == "T*") {
    move_line(0, -state_.leading);
  } else if (name == "Tf") {
    select_font(operation);
  } else if (name == "Tz") {
    state_.stretch = operation.number(0) / 100;
  } else if (name == "Tc") {
    state_.char_space = operation.number(0);
  } else if (name == "TL") {
    state_.leading = operation.number(0);
  } else if (name == "Ts") {
    state_.rise = operation.number(0);
  } else {
    return false;
  }
  return true;
}

bool PageInterpreter::text_shown(const Operation& operation) {
  const std::string& name = operation.name;
  const bool on_next_line = name == "'" || name == "\"";
  if (on_next_line) move_line(0, -state_.leading);
  if (operation.operands.empty()) return on_next_line;
  if (name == "Tj" || on_next_line) {
    show(operation.operands.back().text);
    return true;
  }
  if (name != "TJ") return false;
  for (const Operand& each : operation.operands[0].items) {
    if (each.kind == Operand::Kind::Text) show(each.text);
    if (each.kind == Operand::Kind::Number) {
      const double back = each.number / 1000 * state_.size * state_.stretch;
      text_ = Matrix{1, 0, 0, 1, -back, 0}.then(text_);
    }
  }
  return true;
}

void PageInterpreter::move_line(double x, double y) {
  line_ = Matrix{1, 0, 0, 1, x, y}.then(line_);
  text_ = line_;
}

void PageInterpreter::select_font(const Operation& operation) {
  state_.size = operation.number(1);
  state_.font = nullptr;
  if (operation.operands.empty()) return;
  const std::string key = "/" + operation.operands[0].text;
  const PdfObject font = resources_.get("/Font").get(key.c_str());
  if (!font.is_dictionary() || font.id() == 0) return;
  auto found = fonts_.find(font.id());
  if (found == fonts_.end()) found = fonts_.emplace(font.id(), read_font(font)).first;
  if (found->second.is_composite) state_.font = &found->second;
}

void PageInterpreter::show(std::string_view codes) {
  if (state_.font == nullptr) return;
  for (std::size_t i = 0; i + 1 < codes.size() && !full(); i += 2)
    show_code(static_cast<int>(read_u16(codes, i)));
}

void PageInterpreter::show_code(int code) {
  ReadFont& font = *state_.font;
  const Matrix whole = text_.then(state_.matrix);
  const Point origin = whole.at(0, state_.rise);
  const double wide = font.width(code) / 1000 * state_.size * state_.stretch;
  const auto text = font.text.find(code);
  SeenGlyph glyph{.text = text == font.text.end() ? "" : text->second,
                  .x = to_length(origin.x),
                  .baseline = page_.height - to_length(origin.y),
                  .advance = to_length(wide * std::hypot(whole.a, whole.b)),
                  .size = to_length(state_.size * std::hypot(whole.c, whole.d)),
                  .ink = {},
                  .font = font.name,
                  .paint = state_.fill,
                  .turn = turn_of(whole)};
  if (const auto outline = font.program.ink(code)) {
    const double em = state_.size / 1000;
    glyph.ink = box_of(*outline, Matrix{em * state_.stretch, 0, 0, em, 0, state_.rise}.then(whole));
  }
  page_.glyphs.push_back(std::move(glyph));
  const double on = wide + state_.char_space * state_.stretch;
  text_ = Matrix{1, 0, 0, 1, on, 0}.then(text_);
}

SeenBox PageInterpreter::box_of(const OutlineBox& outline, const Matrix& glyph) const {
  const Point a = glyph.at(outline.left, outline.bottom);
  const Point b = glyph.at(outline.right, outline.top);
  return {to_length(std::min(a.x, b.x)), page_.height - to_length(std::max(a.y, b.y)),
          to_length(std::max(a.x, b.x)), page_.height - to_length(std::min(a.y, b.y))};
}

void PageInterpreter::reach(double x, double y) {
  const Point at = state_.matrix.at(x, y);
  const Length across = to_length(at.x);
  const Length down = page_.height - to_length(at.y);
  if (!path_) path_ = {across, down, across, down};
  *path_ = {std::min(path_->left, across), std::min(path_->top, down),
            std::max(path_->right, across), std::max(path_->bottom, down)};
}

void PageInterpreter::path_operation(const Operation& operation) {
  const std::string& name = operation.name;
  if (name == "re") {
    reach(operation.number(0), operation.number(1));
    reach(operation.number(0) + operation.number(2), operation.number(1) + operation.number(3));
  } else if (name == "m" || name == "l") {
    reach(operation.number(0), operation.number(1));
  } else if (name == "c") {
    // Where the curve ends: a circle of four curves touches its box there.
    reach(operation.number(4), operation.number(5));
  } else if (name == "f" || name == "f*" || name == "F" || name == "B" || name == "b") {
    end_path(state_.fill);
  } else if (name == "S" || name == "s") {
    end_path(state_.stroke);
  } else if (name == "n") {
    path_.reset();
  }
}

void PageInterpreter::end_path(Paint paint) {
  if (path_ && !full()) page_.shapes.push_back({*path_, paint});
  path_.reset();
}

}  // namespace huice::render::pdf
