// From a document to finished pages, against nothing but the shaping of its characters.
#include <benchmark/benchmark.h>
#include <hb.h>

#include "layout/official.h"
#include "notice.h"

namespace huice {
namespace {

void BM_LayoutNotice_Huice(benchmark::State& state) {
  const auto document = bench::notice();
  const auto fonts = bench::required(layout::FontSet::open(bench::default_faces()));
  auto warm = bench::required(layout::lay_out(document, fonts));
  benchmark::DoNotOptimize(warm);
  for (auto _ : state) {
    auto pages = bench::required(layout::lay_out(document, fonts));
    benchmark::DoNotOptimize(pages);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(bench::character_count(document)));
}
BENCHMARK(BM_LayoutNotice_Huice)->Unit(benchmark::kMillisecond);

/// As a process does it that sets one document: fonts opened, then the first layout.
void BM_LayoutNotice_HuiceCold(benchmark::State& state) {
  const auto document = bench::notice();
  for (auto _ : state) {
    const auto fonts = bench::required(layout::FontSet::open(bench::default_faces()));
    auto pages = bench::required(layout::lay_out(document, fonts));
    benchmark::DoNotOptimize(pages);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(bench::character_count(document)));
}
BENCHMARK(BM_LayoutNotice_HuiceCold)->Unit(benchmark::kMillisecond);

/// Every paragraph shaped once, whole, in one face: no line, no page, no fallback.
void BM_LayoutNotice_HarfBuzz(benchmark::State& state) {
  const auto document = bench::notice();
  hb_blob_t* blob = hb_blob_create_from_file_or_fail(bench::kKai);
  if (blob == nullptr) return state.SkipWithError("the font is not installed");
  hb_face_t* face = hb_face_create(blob, 0);
  hb_font_t* font = hb_font_create(face);
  for (auto _ : state) {
    for (const auto& block : document.blocks) {
      const auto* paragraph = std::get_if<model::Paragraph>(&block);
      if (paragraph == nullptr) continue;
      const std::string& text = paragraph->runs.front().text;
      hb_buffer_t* buffer = hb_buffer_create();
      hb_buffer_add_utf8(buffer, text.data(), static_cast<int>(text.size()), 0, -1);
      hb_buffer_guess_segment_properties(buffer);
      hb_shape(font, buffer, nullptr, 0);
      benchmark::DoNotOptimize(hb_buffer_get_length(buffer));
      hb_buffer_destroy(buffer);
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(bench::character_count(document)));
  hb_font_destroy(font);
  hb_face_destroy(face);
  hb_blob_destroy(blob);
}
BENCHMARK(BM_LayoutNotice_HarfBuzz)->Unit(benchmark::kMillisecond);

/// What a process pays once: every face read and checked.
void BM_OpenFonts_Huice(benchmark::State& state) {
  for (auto _ : state) {
    auto fonts = bench::required(layout::FontSet::open(bench::default_faces()));
    benchmark::DoNotOptimize(fonts);
  }
}
BENCHMARK(BM_OpenFonts_Huice)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huice
