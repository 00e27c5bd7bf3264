// One notice from document to PDF bytes, lines broken and all: four faces, some 16 pages. The peer
// in the same process is Pango on Cairo; other peers are programs, see scripts/bench --peers.
#include <benchmark/benchmark.h>

#include "layout/official.h"
#include "notice.h"
#include "render/pdf/pdf_writer.h"
#ifdef HUICE_BENCH_PANGO
#include "pango_notice.h"
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
void BM_Notice_PangoCairo(benchmark::State& state) {
  const auto document = bench::notice();
  std::size_t bytes = bench::set_with_pango(document).size();
  for (auto _ : state)
    bytes = bench::set_with_pango(document).size();
  count(state, bytes);
}
BENCHMARK(BM_Notice_PangoCairo)->Unit(benchmark::kMillisecond);
#endif

}  // namespace
}  // namespace huice
