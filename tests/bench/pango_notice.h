// The notice as Pango on Cairo sets it: the nearest peer, a library in the same process.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "model/document.h"

namespace huice::bench {

inline cairo_status_t append_bytes(void* all, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(all)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

/// Lines down the page, a new page when it is full; Pango breaks and justifies. One layout serves
/// all texts, and each font is looked up once.
class PangoPages {
 public:
  explicit PangoPages(std::string& bytes)
      : surface_(cairo_pdf_surface_create_for_stream(append_bytes, &bytes, 595.28, 841.89)),
        cairo_(cairo_create(surface_)),
        layout_(pango_cairo_create_layout(cairo_)) {
    pango_layout_set_justify(layout_, TRUE);
    cairo_set_line_width(cairo_, 0.57);
  }
  PangoPages(const PangoPages&) = delete;
  PangoPages& operator=(const PangoPages&) = delete;
  ~PangoPages() {
    for (auto& [name, description] : fonts_)
      pango_font_description_free(description);
    g_object_unref(layout_);
    cairo_destroy(cairo_);
    cairo_surface_finish(surface_);
    cairo_surface_destroy(surface_);
  }

  void add(const std::string& text, const char* font, double x, double width) {
    pango_layout_set_font_description(layout_, font_of(font));
    pango_layout_set_width(layout_, static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_text(layout_, text.data(), static_cast<int>(text.size()));
    for (const GSList* line = pango_layout_get_lines_readonly(layout_); line != nullptr;
         line = line->next) {
      if (is_full()) begin_page();
      y_ += 29.6;
      cairo_move_to(cairo_, x, y_);
      pango_cairo_show_layout_line(cairo_, static_cast<PangoLayoutLine*>(line->data));
    }
  }

  void rule(double from_x, double from_y, double to_x, double to_y) {
    cairo_move_to(cairo_, from_x, from_y);
    cairo_line_to(cairo_, to_x, to_y);
  }
  /// Draws what rule() was told.
  void draw_rules() { cairo_stroke(cairo_); }

  void begin_page() {
    cairo_show_page(cairo_);
    y_ = 105;
  }
  void stay(double y) { y_ = y; }
  bool is_full() const { return y_ > 742; }
  double y() const { return y_; }

 private:
  const PangoFontDescription* font_of(const char* name) {
    auto& description = fonts_[name];
    if (description == nullptr) description = pango_font_description_from_string(name);
    return description;
  }

  cairo_surface_t* surface_;
  cairo_t* cairo_;
  PangoLayout* layout_;
  std::map<std::string, PangoFontDescription*> fonts_;
  double y_ = 105;
};

/// Columns of one width; a row is as high as its highest cell, with a rule round each.
inline void add_table(PangoPages& pages, const model::Table& table) {
  constexpr double kLeft = 79.37;
  constexpr double kWidth = 88.4;
  constexpr double kDrop = 8;  // of a rule below the baseline above it
  for (const auto& row : table.rows) {
    if (pages.is_full()) pages.begin_page();
    const double top = pages.y();
    double bottom = top;
    for (std::size_t column = 0; column < row.size(); ++column) {
      pages.stay(top);
      pages.add(to_text(row[column]), "FandolFang 10.5px",
                kLeft + kWidth * static_cast<double>(column), kWidth);
      bottom = std::max(bottom, pages.y());
    }
    const double right = kLeft + kWidth * static_cast<double>(row.size());
    pages.rule(kLeft, top + kDrop, right, top + kDrop);
    pages.rule(kLeft, bottom + kDrop, right, bottom + kDrop);
    for (std::size_t edge = 0; edge <= row.size(); ++edge) {
      const double x = kLeft + kWidth * static_cast<double>(edge);
      pages.rule(x, top + kDrop, x, bottom + kDrop);
    }
    pages.draw_rules();
    pages.stay(bottom);
  }
}

/// Text and tables in the faces of templates/fonts.yaml; no head, no page numbers.
inline void add_document(PangoPages& pages, const model::Document& document) {
  pages.add(document.title, "Noto Serif CJK SC Bold 22px", 79.37, 442.2);
  for (const auto& block : document.blocks) {
    if (const auto* paragraph = std::get_if<model::Paragraph>(&block)) {
      const char* fonts[] = {"FandolFang 16px", "Noto Sans CJK SC Bold 16px",
                             "AR PL KaitiM GB 16px"};
      pages.add("　　" + paragraph->runs.front().text, fonts[std::clamp(paragraph->level, 0, 2)],
                79.37, 442.2);
    } else if (const auto* table = std::get_if<model::TableBlock>(&block)) {
      add_table(pages, table->table);
    }
  }
}

inline std::string set_with_pango(const model::Document& document) {
  std::string bytes;
  {
    PangoPages pages(bytes);
    add_document(pages, document);
  }
  return bytes;
}

/// The same of many, each from a new page.
inline std::string set_with_pango(const std::vector<model::Document>& documents) {
  std::string bytes;
  {
    PangoPages pages(bytes);
    for (const model::Document& document : documents) {
      add_document(pages, document);
      pages.begin_page();
    }
  }
  return bytes;
}

}  // namespace huice::bench
