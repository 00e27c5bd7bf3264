// The assessment sheet of sheets.h as Pango on Cairo sets it: what somebody writes who knows both
// libraries and has ten thousand sheets to draw.
//
// The page is that of tests/bench/sheet.md: the same texts in the same faces and sizes, columns as
// wide, the same rules, a page number, and a bookmark for each sheet of a merged file. Left out, to
// the peer's advantage, is what a page made by hand can do without: columns are told, not worked
// out, nothing may go on to a second page, and a template language there is none. One layout serves
// all texts (one for each cell would cost a context each), and each font is described once.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "model/value.h"
#include "pango_notice.h"

namespace huice::bench {

class PangoSheets {
 public:
  explicit PangoSheets(std::string& bytes)
      : surface_(cairo_pdf_surface_create_for_stream(append_bytes, &bytes, 595.28, 841.89)),
        cairo_(cairo_create(surface_)),
        layout_(pango_cairo_create_layout(cairo_)) {
    pango_layout_set_wrap(layout_, PANGO_WRAP_WORD_CHAR);
    cairo_set_line_width(cairo_, 0.57);
  }
  PangoSheets(const PangoSheets&) = delete;
  PangoSheets& operator=(const PangoSheets&) = delete;
  ~PangoSheets() {
    for (PangoFontDescription* font : fonts_)
      pango_font_description_free(font);
    g_object_unref(layout_);
    cairo_destroy(cairo_);
    cairo_surface_finish(surface_);
    cairo_surface_destroy(surface_);
  }

  /// A page, from the data that a line of the list says.
  void add(const model::Value& data) {
    const std::string target = said(data, "对象");
    set(target + "考核评分表", kTitle, {kLeft, 100, kWidth}, PANGO_ALIGN_CENTER);
    set("考核对象：" + target + "（" + said(data, "组别") + "）", kBody, {kLeft, 167, kWidth});
    double y = add_table(*data.find("项目")->list());
    y += 10;
    y += set("　　总分" + said(data, "总分") + "分，在" + said(data, "对象数") +
                 "个考核对象中排第" + said(data, "名次") + "名。",
             kBody, {kLeft, y, kWidth});
    y += 36;
    constexpr Box kSignature{216, 0, 278};
    y += set(said(data, "办公室"), kBody, {kSignature.x, y, kSignature.width}, PANGO_ALIGN_CENTER);
    y += 10;
    set(Date::parse(said(data, "考核日"))->to_chinese(), kBody, {kSignature.x, y, kSignature.width},
        PANGO_ALIGN_CENTER);
    set("— 1 —", kNumber, {kLeft, 751, kWidth - 16}, PANGO_ALIGN_RIGHT);
    cairo_show_page(cairo_);
    ++pages_;
  }

  /// The same, with a bookmark.
  void add_with_bookmark(const model::Value& data) {
    add(data);
    cairo_pdf_surface_add_outline(surface_, CAIRO_PDF_OUTLINE_ROOT, said(data, "对象").c_str(),
                                  ("page=" + std::to_string(pages_)).c_str(),
                                  static_cast<cairo_pdf_outline_flags_t>(0));
  }

 private:
  enum Font { kTitle, kBody, kHead, kCell, kNumber };
  struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
  };
  static constexpr double kLeft = 79.37;
  static constexpr double kWidth = 442.2;
  static constexpr double kPad = 4.5;  // above and below the text of a cell
  static constexpr std::array<double, 5> kColumns = {38, 94, 38, 38, 234.2};
  static constexpr std::array<PangoAlignment, 5> kAlignments = {
      PANGO_ALIGN_CENTER, PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_CENTER,
      PANGO_ALIGN_LEFT};

  /// A field as text.
  static std::string said(const model::Value& data, std::string_view name) {
    const model::Value& value = *data.find(name);
    return value.text() != nullptr ? *value.text() : value.number()->to_string();
  }

  /// Draws a text, wrapped, and returns how high it is.
  double set(const std::string& text, Font font, const Box& box,
             PangoAlignment alignment = PANGO_ALIGN_LEFT) {
    pango_layout_set_font_description(layout_, fonts_[font]);
    pango_layout_set_width(layout_, static_cast<int>(box.width * PANGO_SCALE));
    pango_layout_set_alignment(layout_, alignment);
    pango_layout_set_text(layout_, text.data(), static_cast<int>(text.size()));
    cairo_move_to(cairo_, box.x, box.y);
    pango_cairo_show_layout(cairo_, layout_);
    int height = 0;
    pango_layout_get_size(layout_, nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }

  /// Draws the texts of a row of the table and the rule below it; returns where that is.
  double add_row(const std::vector<std::string>& cells, Font font, double top) {
    double height = 0;
    double x = kLeft;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto alignment = font == kHead ? PANGO_ALIGN_CENTER : kAlignments[i];
      height =
          std::max(height, set(cells[i], font, {x + 4, top + kPad, kColumns[i] - 8}, alignment));
      x += kColumns[i];
    }
    return rule_at(top + height + 2 * kPad);
  }

  double rule_at(double y) {
    cairo_move_to(cairo_, kLeft, y);
    cairo_line_to(cairo_, kLeft + kWidth, y);
    return y;
  }

  void edge_at(double x, double top, double bottom) {
    cairo_move_to(cairo_, x, top);
    cairo_line_to(cairo_, x, bottom);
  }

  /// Returns where the table ends.
  double add_table(const model::Value::List& items) {
    const double top = rule_at(200);
    double y = add_row({"序号", "考核项目", "权重", "得分", "计分说明"}, kHead, top);
    int weights = 0;
    int scores = 0;
    for (const model::Value& item : items) {
      const std::string weight = said(item, "权重");
      const std::string score = said(item, "得分");
      weights += std::stoi(weight);
      scores += std::stoi(score);
      y = add_row({said(item, "序号"), said(item, "名称"), weight, score, said(item, "说明")},
                  kCell, y);
    }
    const double bottom = add_totals(weights, scores, y);
    double x = kLeft;
    edge_at(x, top, bottom);
    for (std::size_t i = 0; i < kColumns.size(); ++i)
      edge_at(x += kColumns[i], top, i == 0 ? y : bottom);
    cairo_stroke(cairo_);
    return bottom;
  }

  /// The last row, whose first two cells are one.
  double add_totals(int weights, int scores, double top) {
    const double y = top + kPad;
    const double first = kColumns[0] + kColumns[1];
    const double height = set("合计", kCell, {kLeft, y, first}, PANGO_ALIGN_CENTER);
    set(std::to_string(weights), kCell, {kLeft + first, y, kColumns[2]}, PANGO_ALIGN_CENTER);
    set(std::to_string(scores), kCell, {kLeft + first + kColumns[2], y, kColumns[3]},
        PANGO_ALIGN_CENTER);
    return rule_at(top + height + 2 * kPad);
  }

  cairo_surface_t* surface_;
  cairo_t* cairo_;
  PangoLayout* layout_;
  std::array<PangoFontDescription*, 5> fonts_ = {
      pango_font_description_from_string("Noto Serif CJK SC Bold 22px"),
      pango_font_description_from_string("FandolFang 16px"),
      pango_font_description_from_string("Noto Sans CJK SC Bold 12px"),
      pango_font_description_from_string("FandolFang 12px"),
      pango_font_description_from_string("Noto Serif CJK SC 14px")};
  int pages_ = 0;
};

}  // namespace huice::bench
