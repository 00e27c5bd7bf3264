// Many enterprises against a made-up library (tests/bench/synthetic.h); one item is one pair. The
// arguments are enterprises, policies and the overlap of limits in percent.
#include <map>

#include <benchmark/benchmark.h>

#include "base/files.h"
#include "bulk/engine.h"
#include "bulk/screener.h"
#include "required.h"
#include "synthetic.h"

namespace huice {
namespace {

const Date kOn = Date::make(2026, 11, 22).value();

struct Setting {
  policy::Library library;
  policy::MatchOptions options;
  bulk::Columns columns;
  std::optional<bulk::Plan> plan;
};

model::Value value_of(const std::string& cell, model::FactType type) {
  if (type == model::FactType::Boolean) return cell == "是";
  if (type == model::FactType::Day) return *Date::parse(cell);
  if (type == model::FactType::Text || type == model::FactType::Code) return cell;
  return *Decimal::parse(cell);
}

bulk::Columns made_columns(std::span<const model::FactDefinition> facts, std::size_t rows) {
  const auto headings = bench::EnterpriseMaker::headings();
  bench::EnterpriseMaker maker(1);
  bulk::ColumnsBuilder builder(facts);
  builder.reserve(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    builder.begin_row();
    const auto cells = maker.make();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto fact = std::ranges::find(facts, headings[i], &model::FactDefinition::name);
      if (cells[i].empty() || fact == facts.end()) continue;
      builder.set(static_cast<std::size_t>(fact - facts.begin()), value_of(cells[i], fact->type));
    }
  }
  return builder.finish();
}

policy::Library made_library(int policies, unsigned overlap) {
  const auto facts = bench::required(read_file(HUICE_SOURCE_DIR "/policies/facts.yaml"));
  bench::PolicyMaker maker(2, overlap);
  std::vector<policy::LibraryFile> files;
  for (int i = 0; i < policies; ++i)
    files.push_back(maker.make(i));
  return bench::required(policy::read_library({"facts.yaml", facts}, files));
}

/// Made once for the same arguments.
const Setting& setting(const benchmark::State& state) {
  static std::map<std::vector<std::int64_t>, std::unique_ptr<Setting>> made;
  auto& place = made[{state.range(0), state.range(1), state.range(2)}];
  if (place) return *place;
  place = std::make_unique<Setting>(
      Setting{made_library(static_cast<int>(state.range(1)), static_cast<unsigned>(state.range(2))),
              {.on = kOn, .known_on = kOn},
              {},
              {}});
  const auto facts = bulk::facts_used(place->library, place->options);
  place->columns = made_columns(facts, static_cast<std::size_t>(state.range(0)));
  place->plan = bulk::Plan::make(place->library, place->columns, place->options);
  return *place;
}

void run(benchmark::State& state, const bulk::RunOptions& options) {
  const Setting& made = setting(state);
  std::uint64_t eligible = 0;
  std::size_t leaves = 0;
  for (auto _ : state) {
    const auto totals = bench::required(bulk::run(*made.plan, options));
    eligible = 0;
    for (const auto& policy : totals.policies)
      eligible += policy.counts[0];
    leaves = totals.leaves;
  }
  state.SetItemsProcessed(state.iterations() * state.range(0) * state.range(1));
  state.counters["leaves"] = static_cast<double>(leaves);
  state.counters["eligible_percent"] =
      100.0 * static_cast<double>(eligible) / static_cast<double>(state.range(0) * state.range(1));
}

void BM_BulkStatuses_Huice(benchmark::State& state) {
  run(state, {.amounts = false});
}
void BM_BulkStatuses_HuicePlain(benchmark::State& state) {
  run(state, {.amounts = false, .plain_kernels = true});
}
void BM_BulkAmounts_Huice(benchmark::State& state) {
  run(state, {.amounts = true});
}
BENCHMARK(BM_BulkStatuses_Huice)
    ->Args({2'000, 40, 90})
    ->Args({100'000, 500, 90})
    ->Args({100'000, 5'000, 90})
    ->Args({100'000, 5'000, 0})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(BM_BulkStatuses_HuicePlain)->Args({100'000, 5'000, 90})->Unit(benchmark::kMillisecond);
BENCHMARK(BM_BulkAmounts_Huice)
    ->Args({2'000, 40, 90})
    ->Args({100'000, 500, 90})
    ->Args({100'000, 5'000, 90})
    ->Args({100'000, 5'000, 0})
    ->Unit(benchmark::kMillisecond);

std::vector<model::Profile> made_profiles(const policy::Library& library, int rows) {
  const auto headings = bench::EnterpriseMaker::headings();
  bench::EnterpriseMaker maker(1);
  std::vector<model::Profile> profiles;
  for (int row = 0; row < rows; ++row) {
    model::Profile profile;
    const auto cells = maker.make();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto* fact = library.definition(headings[i]);
      if (!cells[i].empty()) profile.facts[headings[i]].value = value_of(cells[i], fact->type);
    }
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

/// One enterprise against a library, with reasons; the arguments are policies and overlap. One item
/// is one enterprise. `JSON` makes text of all answers and reasons too.
void screen(benchmark::State& state, bool json) {
  constexpr int kProfiles = 64;
  const auto library =
      made_library(static_cast<int>(state.range(0)), static_cast<unsigned>(state.range(1)));
  const auto profiles = made_profiles(library, kProfiles);
  bulk::Screener screener(library, {.on = kOn, .known_on = kOn});
  for (const auto& profile : profiles)
    screener.judge(profile);
  std::size_t next = 0;
  std::size_t reasons = 0;
  std::size_t bytes = 0;
  for (auto _ : state) {
    reasons = 0;
    for (const auto& policy : screener.judge(profiles[next++ % kProfiles]))
      reasons += policy.reasons.size();
    if (json) bytes = screener.json().size();
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["reasons"] = static_cast<double>(reasons);
  state.counters["bytes"] = static_cast<double>(bytes);
}
void BM_ScreenOne_Huice(benchmark::State& state) {
  screen(state, false);
}
void BM_ScreenOne_HuiceJson(benchmark::State& state) {
  screen(state, true);
}
BENCHMARK(BM_ScreenOne_Huice)
    ->Args({40, 90})
    ->Args({5'000, 90})
    ->Args({5'000, 0})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_ScreenOne_HuiceJson)->Args({40, 90})->Args({5'000, 90})->Unit(benchmark::kMicrosecond);

/// What a library costs before the first row is decided.
void BM_BulkPlan_Huice(benchmark::State& state) {
  const Setting& made = setting(state);
  for (auto _ : state)
    benchmark::DoNotOptimize(bulk::Plan::make(made.library, made.columns, made.options));
}
BENCHMARK(BM_BulkPlan_Huice)->Args({100'000, 500, 90})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huice
