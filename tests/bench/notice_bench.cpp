// One notice from document to PDF bytes, lines broken and all: four faces, some 16 pages. The peer
// in the same process is Pango on Cairo; other peers are programs, see scripts/bench --peers.
#include <benchmark/benchmark.h>

#include "layout/official.h"
#include "notice.h"
#include "render/pdf/pdf_writer.h"
#ifdef HUICE_BENCH_PANGO
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#endif

namespace huice {
namespace {

const render::pdf::PdfOptions kOptions{
    .title = "实施方案", .author = "云岭县", .created = Date::make(2026, 11, 22).value()};

void count(benchmark::State& state, std::size_t bytes) {
  state.counters["bytes"] = static_cast<double>(bytes);
  state.SetItemsProcessed(state.iterations());
}

std::size_t set(const model::Document& document, const layout::FontSet& fonts,
                render::pdf::OutlineStore& store) {
  const auto pages = bench::required(layout::lay_out(document, fonts));
  return bench::required(render::pdf::write(pages, kOptions, store)).size();
}

/// One of many in a process: fonts open, outlines known.
void BM_Notice_Huice(benchmark::State& state) {
  const auto document = bench::notice();
  const auto fonts = bench::required(layout::FontSet::open(bench::default_faces()));
  render::pdf::OutlineStore store;
  std::size_t bytes = set(document, fonts, store);
  for (auto _ : state)
    bytes = set(document, fonts, store);
  count(state, bytes);
}
BENCHMARK(BM_Notice_Huice)->Unit(benchmark::kMillisecond);

/// The first of a process, less the start of the process itself.
void BM_Notice_HuiceFirst(benchmark::State& state) {
  const auto document = bench::notice();
  std::size_t bytes = 0;
  for (auto _ : state) {
    const auto fonts = bench::required(layout::FontSet::open(bench::default_faces()));
    render::pdf::OutlineStore store;
    bytes = set(document, fonts, store);
  }
  count(state, bytes);
}
BENCHMARK(BM_Notice_HuiceFirst)->Unit(benchmark::kMillisecond);

#ifdef HUICE_BENCH_PANGO
cairo_status_t count_bytes(void* total, const unsigned char*, unsigned size) {
  *static_cast<std::size_t*>(total) += size;
  return CAIRO_STATUS_SUCCESS;
}

/// Lines down the page, a new page when it is full; Pango breaks and justifies.
class PangoPages {
 public:
  explicit PangoPages(std::size_t& bytes)
      : surface_(cairo_pdf_surface_create_for_stream(count_bytes, &bytes, 595.28, 841.89)),
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
        cairo_show_page(cairo_);
        y_ = 105;
      }
      y_ += 29.6;
      cairo_move_to(cairo_, x, y_);
      pango_cairo_show_layout_line(cairo_, static_cast<PangoLayoutLine*>(line->data));
    }
    pango_font_description_free(description);
    g_object_unref(layout);
  }

  void stay(double y) { y_ = y; }
  double y() const { return y_; }

 private:
  cairo_surface_t* surface_;
  cairo_t* cairo_;
  double y_ = 105;
};

std::size_t set_with_pango(const model::Document& document) {
  std::size_t bytes = 0;
  {
    PangoPages pages(bytes);
    pages.add(document.title, "Noto Serif CJK SC Bold 22px", 79.37, 442.2);
    for (const auto& block : document.blocks) {
      if (const auto* paragraph = std::get_if<model::Paragraph>(&block)) {
        const char* fonts[] = {"FandolFang 16px", "Noto Sans CJK SC Bold 16px",
                               "AR PL KaitiM GB 16px"};
        pages.add("　　" + paragraph->runs.front().text, fonts[std::clamp(paragraph->level, 0, 2)],
                  79.37, 442.2);
      } else if (const auto* table = std::get_if<model::TableBlock>(&block)) {
        for (const auto& row : table->table.rows) {
          const double y = pages.y();
          double x = 79.37;
          for (const auto& cell : row) {
            pages.stay(y);
            pages.add(to_text(cell), "FandolFang 10.5px", x, 88.4);
            x += 88.4;
          }
        }
      }
    }
  }
  return bytes;
}

void BM_Notice_PangoCairo(benchmark::State& state) {
  const auto document = bench::notice();
  std::size_t bytes = set_with_pango(document);
  for (auto _ : state)
    bytes = set_with_pango(document);
  count(state, bytes);
}
BENCHMARK(BM_Notice_PangoCairo)->Unit(benchmark::kMillisecond);
#endif

}  // namespace
}  // namespace huice
