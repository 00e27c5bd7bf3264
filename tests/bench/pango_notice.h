// The notice as Pango on Cairo sets it: the nearest peer, a library in the same process.
#pragma once

#include <algorithm>
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

/// Lines down the page, a new page when it is full; Pango breaks and justifies.
class PangoPages {
 public:
  explicit PangoPages(std::string& bytes)
      : surface_(cairo_pdf_surface_create_for_stream(append_bytes, &bytes, 595.28, 841.89)),
        cairo_(cairo_create(surface_)) {}
  PangoPages(const PangoPages&) = delete;
  PangoPages& operator=(const PangoPages&) = delete;
  ~PangoPages() {
    cairo_destroy(cairo_);
    cairo_surface_finish(surface_);
    cairo_surface_destroy(surface_);
  }

  void add(const std::string& text, const char* font, double x, double width) {
    PangoLayout* layout = pango_cairo_create_layout(cairo_);
    PangoFontDescription* description = pango_font_description_from_string(font);
    pango_layout_set_font_description(layout, description);
    pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_justify(layout, TRUE);
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
    for (const GSList* line = pango_layout_get_lines_readonly(layout); line != nullptr;
         line = line->next) {
      if (y_ > 742) {
        begin_page();
      }
      y_ += 29.6;
      cairo_move_to(cairo_, x, y_);
      pango_cairo_show_layout_line(cairo_, static_cast<PangoLayoutLine*>(line->data));
    }
    pango_font_description_free(description);
    g_object_unref(layout);
  }

  void begin_page() {
    cairo_show_page(cairo_);
    y_ = 105;
  }
  void stay(double y) { y_ = y; }
  double y() const { return y_; }

 private:
  cairo_surface_t* surface_;
  cairo_t* cairo_;
  double y_ = 105;
};

inline void add_table(PangoPages& pages, const model::Table& table) {
  for (const auto& row : table.rows) {
    const double y = pages.y();
    double x = 79.37;
    for (const auto& cell : row) {
      pages.stay(y);
      pages.add(to_text(cell), "FandolFang 10.5px", x, 88.4);
      x += 88.4;
    }
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
