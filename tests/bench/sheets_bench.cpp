// Assessment sheets from data to bytes: merged into one PDF with bookmarks, and as files. The peer
// is Pango on Cairo, which makes the same page of the same line (pango_sheet.h).
//
// A process by itself: huice_sheets_bench merged|files COUNT, for its memory and its start;
// huice_sheets_bench stages COUNT tells what each step of a merged PDF costs.
#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <unistd.h>

#include "base/files.h"
#include "compose/compose.h"
#include "layout/official.h"
#include "notation/json.h"
#include "notice.h"
#include "render/pdf/merged_pdf.h"
#include "render/pdf/pdf_writer.h"
#include "sheets.h"
#ifdef HUICE_BENCH_PANGO
#include "pango_sheet.h"
#endif

/// jemalloc's options, in the peer's favour: cairo asks for the bytes of its faces anew with every
/// file, which takes it three times as long where freed memory goes back to the system.
extern "C" const char* malloc_conf;
const char* malloc_conf = "oversize_threshold:0,dirty_decay_ms:-1";

namespace huice {
namespace {

namespace fs = std::filesystem;

const render::pdf::PdfOptions kOptions{
    .title = "评分表", .author = "云岭县", .created = Date::make(2026, 12, 20).value()};

std::vector<std::string> lines_of(int count) {
  std::vector<std::string> lines;
  for (int i = 1; i <= count; ++i)
    lines.push_back(bench::sheet_line(i, count));
  return lines;
}

/// What all sheets share.
struct Press {
  compose::TemplateFile file = bench::required(compose::load_template_file(bench::kSheetTemplate));
  layout::FontSet fonts = bench::required(layout::FontSet::open(bench::default_faces()));
  layout::TypeMemory memory{fonts};
  compose::MarkdownMemory markdown;

  model::Document document(const std::string& line) {
    const compose::Content content{bench::required(notation::read_json(line, "list.jsonl")), {}};
    return bench::required(compose::compose(file, content, compose::NoPartials(), &markdown));
  }
  layout::Pages pages(const model::Document& document) {
    return bench::required(layout::lay_out(document, fonts, {.memory = &memory}));
  }
};

fs::path scratch(const std::string& name) {
  return fs::temp_directory_path() / ("huice_bench_" + std::to_string(getpid()) + name);
}

std::unique_ptr<render::pdf::MergedPdf> open_merged(const fs::path& out, const Press& press,
                                                    render::pdf::OutlineStore& store) {
  return bench::required(render::pdf::MergedPdf::open(bench::required(GrowingFile::open(out)),
                                                      press.fonts.files(), kOptions, store));
}

std::size_t merge(const std::vector<std::string>& lines) {
  Press press;
  render::pdf::OutlineStore store;
  const fs::path out = scratch(".pdf");
  std::size_t bytes = 0;
  {
    const auto merged = open_merged(out, press, store);
    const render::pdf::RecordPacker packer;
    render::pdf::ContentMemory written;
    for (const std::string& line : lines) {
      const model::Document document = press.document(line);
      auto coded = bench::required(merged->code(press.pages(document), written));
      coded.bookmarks.push_back({.title = document.title, .level = 1, .page = 0, .y = {}});
      if (!merged->add(packer.pack(coded))) std::exit(1);
    }
    bench::required(merged->finish());
    bytes = fs::file_size(out);
  }
  fs::remove(out);
  return bytes;
}

std::size_t write_files(const std::vector<std::string>& lines) {
  Press press;
  render::pdf::OutlineStore store;
  std::size_t bytes = 0;
  for (const std::string& line : lines)
    bytes += bench::required(render::pdf::write(press.pages(press.document(line)), kOptions, store))
                 .size();
  return bytes;
}

/// CPU time of this thread in microseconds.
double now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

/// Times the steps of every sheet: reading, composing, laying out, coding, packing, adding.
void print_stages(const std::vector<std::string>& lines) {
  Press press;
  render::pdf::OutlineStore store;
  const fs::path out = scratch(".pdf");
  const auto merged = open_merged(out, press, store);
  const render::pdf::RecordPacker packer;
  render::pdf::ContentMemory written;
  std::array<double, 6> spent{};
  std::size_t packed = 0;
  for (const std::string& line : lines) {
    std::array<double, 7> at{now()};
    const compose::Content content{bench::required(notation::read_json(line, "list.jsonl")), {}};
    at[1] = now();
    const auto document = bench::required(
        compose::compose(press.file, content, compose::NoPartials(), &press.markdown));
    at[2] = now();
    const auto pages =
        bench::required(layout::lay_out(document, press.fonts, {.memory = &press.memory}));
    at[3] = now();
    const auto coded = bench::required(merged->code(pages, written));
    at[4] = now();
    const auto record = packer.pack(coded);
    at[5] = now();
    if (!merged->add(record)) std::exit(1);
    at[6] = now();
    packed += record.size();
    for (std::size_t i = 0; i < spent.size(); ++i)
      spent[i] += at[i + 1] - at[i];
  }
  constexpr std::array<const char*, 6> kNames = {"read", "compose", "lay out",
                                                 "code", "pack",    "add"};
  for (std::size_t i = 0; i < spent.size(); ++i)
    std::cout << kNames[i] << "\t" << spent[i] / static_cast<double>(lines.size()) << " us\n";
  const double begin = now();
  bench::required(merged->finish());
  std::cout << "write\t" << (now() - begin) / static_cast<double>(lines.size()) << " us\n"
            << "record\t" << packed / lines.size() << " bytes\n";
  fs::remove(out);
}

void count(benchmark::State& state, std::size_t bytes) {
  state.counters["bytes"] = static_cast<double>(bytes);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void BM_SheetsMerged_Huice(benchmark::State& state) {
  const auto lines = lines_of(static_cast<int>(state.range(0)));
  std::size_t bytes = 0;
  for (auto _ : state)
    bytes = merge(lines);
  count(state, bytes);
}
BENCHMARK(BM_SheetsMerged_Huice)->Arg(1000)->Unit(benchmark::kMillisecond);

void BM_SheetFiles_Huice(benchmark::State& state) {
  const auto lines = lines_of(static_cast<int>(state.range(0)));
  std::size_t bytes = 0;
  for (auto _ : state)
    bytes = write_files(lines);
  count(state, bytes);
}
BENCHMARK(BM_SheetFiles_Huice)->Arg(100)->Unit(benchmark::kMillisecond);

#ifdef HUICE_BENCH_PANGO
std::size_t merge_with_pango(const std::vector<std::string>& lines) {
  std::string bytes;
  {
    bench::PangoSheets sheets(bytes);
    for (const std::string& line : lines)
      sheets.add_with_bookmark(bench::required(notation::read_json(line, "list.jsonl")));
  }
  return bytes.size();
}

std::size_t write_files_with_pango(const std::vector<std::string>& lines) {
  std::size_t total = 0;
  for (const std::string& line : lines) {
    std::string bytes;
    {
      bench::PangoSheets sheet(bytes);
      sheet.add(bench::required(notation::read_json(line, "list.jsonl")));
    }
    total += bytes.size();
  }
  return total;
}

void BM_SheetsMerged_PangoCairo(benchmark::State& state) {
  const auto lines = lines_of(static_cast<int>(state.range(0)));
  std::size_t bytes = 0;
  for (auto _ : state)
    bytes = merge_with_pango(lines);
  count(state, bytes);
}
BENCHMARK(BM_SheetsMerged_PangoCairo)->Arg(1000)->Unit(benchmark::kMillisecond);

void BM_SheetFiles_PangoCairo(benchmark::State& state) {
  const auto lines = lines_of(static_cast<int>(state.range(0)));
  std::size_t bytes = 0;
  for (auto _ : state)
    bytes = write_files_with_pango(lines);
  count(state, bytes);
}
BENCHMARK(BM_SheetFiles_PangoCairo)->Arg(100)->Unit(benchmark::kMillisecond);
#endif

}  // namespace
}  // namespace huice

int main(int count, char** words) {
  const std::string what = count == 3 ? words[1] : "";
  if (what == "merged" || what == "files") {
    const auto lines = huice::lines_of(std::atoi(words[2]));
    std::cout << (what == "merged" ? huice::merge(lines) : huice::write_files(lines)) << "\n";
    return 0;
  }
  if (what == "stages") {
    huice::print_stages(huice::lines_of(std::atoi(words[2])));
    return 0;
  }
  benchmark::Initialize(&count, words);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
