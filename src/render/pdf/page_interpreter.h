// Runs the operators of one page: where each glyph and shape comes to lie.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "render/pdf/content_reader.h"
#include "render/pdf/font_reader.h"
#include "render/pdf/page_reader.h"
#include "render/pdf/qpdf_document.h"

namespace huice::render::pdf {

struct Point {
  double x = 0;
  double y = 0;
};

/// ISO 32000-1, 8.3.3.
struct Matrix {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;

  Point at(double x, double y) const { return {a * x + c * y + e, b * x + d * y + f}; }
  /// This first, then `next`.
  Matrix then(const Matrix& next) const;
};

/// Points of a PDF as a length, rounded to the nearest unit.
Length to_length(double points);

/// The fonts of a file by their object, each read once.
using ReadFonts = std::map<int, ReadFont>;

/// Everything seen goes to `page`, whose size is set. May see too much: see overflown().
class PageInterpreter {
 public:
  PageInterpreter(const PdfObject& resources, SeenPage& page, ReadFonts& fonts)
      : resources_(resources), page_(page), fonts_(fonts) {}

  void run(std::string_view content);
  bool overflown() const { return overflown_; }

 private:
  /// 8.4 and 9.3.
  struct State {
    Matrix matrix;
    Paint fill = Paint::Black;
    Paint stroke = Paint::Black;
    ReadFont* font = nullptr;
    double size = 0;
    double stretch = 1;
    double char_space = 0;
    double leading = 0;
    double rise = 0;
  };

  bool state_operation(const Operation& operation);
  bool text_position(const Operation& operation);
  bool text_shown(const Operation& operation);
  void path_operation(const Operation& operation);
  void draw_form(const Operation& operation);
  void select_font(const Operation& operation);
  void move_line(double x, double y);
  void show(std::string_view codes);
  void show_code(int code);
  SeenBox box_of(const OutlineBox& outline, const Matrix& glyph) const;
  void reach(double x, double y);
  void end_path(Paint paint);
  bool full();

  PdfObject resources_;
  SeenPage& page_;
  ReadFonts& fonts_;
  State state_;
  std::vector<State> saved_;
  Matrix text_;
  Matrix line_;
  std::optional<SeenBox> path_;
  int depth_ = 0;
  bool overflown_ = false;
};

}  // namespace huice::render::pdf
