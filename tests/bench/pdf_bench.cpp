// Finished pages to PDF, against libharu's public API drawing the same lines in the same face.
#include <benchmark/benchmark.h>
#include <hpdf.h>

#include "base/utf8.h"
#include "layout/official.h"
#include "notice.h"
#include "render/pdf/pdf_writer.h"

namespace huice {
namespace {

const render::pdf::PdfOptions kOptions{
    .title = "实施方案", .author = "云岭县", .created = Date::make(2026, 11, 22).value()};

void count(benchmark::State& state, std::size_t bytes) {
  state.counters["bytes"] = static_cast<double>(bytes);
  state.SetItemsProcessed(state.iterations());
}

void write_pages(benchmark::State& state, const layout::FontConfig& config) {
  const auto fonts = bench::required(layout::FontSet::open(config));
  const auto pages = bench::required(layout::lay_out(bench::notice(), fonts));
  std::size_t bytes = 0;
  for (auto _ : state)
    bytes = bench::required(render::pdf::write(pages, kOptions)).size();
  count(state, bytes);
}

void BM_PdfWrite_Huice(benchmark::State& state) {
  write_pages(state, bench::one_face());
}
BENCHMARK(BM_PdfWrite_Huice)->Unit(benchmark::kMillisecond);

/// Four faces, CFF and TrueType, as notices are really set; libharu cannot load them.
void BM_PdfWrite_HuiceFourFaces(benchmark::State& state) {
  write_pages(state, bench::default_faces());
}
BENCHMARK(BM_PdfWrite_HuiceFourFaces)->Unit(benchmark::kMillisecond);

/// Layout and writing together: libharu's figure holds no layout.
void BM_PdfWrite_HuiceWithLayout(benchmark::State& state) {
  const auto fonts = bench::required(layout::FontSet::open(bench::one_face()));
  const auto document = bench::notice();
  std::size_t bytes = 0;
  for (auto _ : state) {
    const auto pages = bench::required(layout::lay_out(document, fonts));
    bytes = bench::required(render::pdf::write(pages, kOptions)).size();
  }
  count(state, bytes);
}
BENCHMARK(BM_PdfWrite_HuiceWithLayout)->Unit(benchmark::kMillisecond);

struct Line {
  std::string text;
  float x = 0;
  float y = 0;
  float size = 0;
};

/// The runs of a page as whole lines of text, from the bottom as libharu counts.
std::vector<Line> lines_of(const layout::Page& page) {
  std::vector<Line> lines;
  for (const auto& run : page.runs) {
    std::u32string text;
    for (const auto& glyph : run.glyphs)
      text += glyph.text;
    if (run.glyphs.empty()) continue;
    lines.push_back({.text = encode_utf8(text),
                     .x = static_cast<float>(run.glyphs.front().x.to_pt()),
                     .y = static_cast<float>((page.height - run.baseline).to_pt()),
                     .size = static_cast<float>(run.size.to_pt())});
  }
  return lines;
}

std::size_t draw_with_libharu(const std::vector<std::vector<Line>>& pages) {
  HPDF_Doc document = HPDF_New(nullptr, nullptr);
  HPDF_SetCompressionMode(document, HPDF_COMP_ALL);
  HPDF_UseUTFEncodings(document);
  HPDF_SetCurrentEncoder(document, "UTF-8");
  const char* name = HPDF_LoadTTFontFromFile(document, bench::kKai, HPDF_TRUE);
  HPDF_Font font = HPDF_GetFont(document, name, "UTF-8");
  for (const auto& lines : pages) {
    HPDF_Page page = HPDF_AddPage(document);
    HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    HPDF_Page_BeginText(page);
    for (const auto& line : lines) {
      HPDF_Page_SetFontAndSize(page, font, line.size);
      HPDF_Page_SetTextMatrix(page, 1, 0, 0, 1, line.x, line.y);
      HPDF_Page_ShowText(page, line.text.c_str());
    }
    HPDF_Page_EndText(page);
  }
  HPDF_SaveToStream(document);
  const std::size_t bytes = HPDF_GetError(document) == HPDF_OK ? HPDF_GetStreamSize(document) : 0;
  HPDF_Free(document);
  return bytes;
}

void BM_PdfWrite_Libharu(benchmark::State& state) {
  const auto fonts = bench::required(layout::FontSet::open(bench::one_face()));
  const auto pages = bench::required(layout::lay_out(bench::notice(), fonts));
  std::vector<std::vector<Line>> lines;
  for (const auto& page : pages.pages)
    lines.push_back(lines_of(page));
  std::size_t bytes = 0;
  for (auto _ : state)
    bytes = draw_with_libharu(lines);
  if (bytes == 0) state.SkipWithError("libharu refused");
  count(state, bytes);
}
BENCHMARK(BM_PdfWrite_Libharu)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huice
