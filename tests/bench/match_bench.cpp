// Policies against enterprises with reasons and amounts, against nothing but the evaluation of the
// same conditions. One item is one enterprise and one policy.
//
// The enterprises are the two of samples/enterprises, their sums scaled step by step so that they
// stand on both sides of every limit; a third of them lacks facts.
#include <filesystem>
#include <vector>

#include <benchmark/benchmark.h>
#include <unistd.h>

#include "base/files.h"
#include "facts/record_reader.h"
#include "feel/evaluate.h"
#include "notation/json.h"
#include "policy/explain.h"
#include "policy/library_folder.h"
#include "policy/match.h"
#include "required.h"
#include "synthetic.h"

namespace huice {
namespace {

constexpr int kProfiles = 60;
const Date kOn = Date::make(2026, 11, 22).value();

policy::Library library() {
  return bench::required(policy::load_library(HUICE_SOURCE_DIR "/policies"));
}

/// The record with every sum of 10,000 or more at `percent` percent; each third without 从业人数.
model::Value scaled(model::Value record, int percent) {
  auto& fields = std::get<model::Value::Record>(record.content());
  const Decimal least(10'000);
  for (auto& [name, value] : fields) {
    const Decimal* number = value.number();
    if (number == nullptr || *number < least) continue;
    const auto product = multiply(*number, Decimal(percent));
    value = floor_divide(product.value(), Decimal(100)).value();
  }
  if (percent % 3 == 0) {
    std::erase_if(fields, [](const auto& field) { return field.first == "从业人数"; });
  }
  return record;
}

std::vector<model::Profile> profiles(const policy::Library& library) {
  std::vector<model::Profile> profiles;
  for (const auto* name : {"innovative", "loss-making"}) {
    const std::string path = std::string(HUICE_SOURCE_DIR "/samples/enterprises/") + name + ".json";
    const auto record =
        bench::required(notation::read_json(bench::required(read_file(path)), path));
    for (int i = 0; i < kProfiles / 2; ++i) {
      profiles.push_back(bench::required(
          facts::read_profile(scaled(record, 40 + 7 * i), library.catalogue_for(2026), path)));
    }
  }
  return profiles;
}

void count(benchmark::State& state, const policy::Library& library) {
  state.SetItemsProcessed(state.iterations() * kProfiles *
                          static_cast<std::int64_t>(library.in_force(kOn, kOn).size()));
}

void BM_Match_Huice(benchmark::State& state) {
  const auto library = huice::library();
  const auto enterprises = profiles(library);
  const policy::MatchOptions options{.on = kOn, .known_on = kOn, .default_region = "430590"};
  for (auto _ : state) {
    auto matches = policy::match_all(library, enterprises, options);
    benchmark::DoNotOptimize(matches);
  }
  count(state, library);
}
BENCHMARK(BM_Match_Huice)->Unit(benchmark::kMillisecond);

/// As the service answers: an enterprise at a time, written and forgotten.
void BM_MatchText_Huice(benchmark::State& state) {
  const auto library = huice::library();
  const auto enterprises = profiles(library);
  const policy::MatchOptions options{.on = kOn, .known_on = kOn, .default_region = "430590"};
  for (auto _ : state) {
    for (const auto& profile : enterprises) {
      const auto matches = policy::match_all(library, {&profile, 1}, options);
      auto text = policy::to_json(matches.front());
      benchmark::DoNotOptimize(text);
    }
  }
  count(state, library);
}
BENCHMARK(BM_MatchText_Huice)->Unit(benchmark::kMillisecond);

void evaluate_tests(const policy::Condition& condition, const feel::Context& facts,
                    const feel::Environment& environment) {
  if (condition.when) {
    auto value = feel::evaluate(*condition.when, facts, environment);
    benchmark::DoNotOptimize(value);
  }
  for (const auto& child : condition.children)
    evaluate_tests(child, facts, environment);
}

/// Every condition of every policy once, as FEEL alone has it: no derived facts, no reasons, no
/// amounts.
void BM_Match_Feel(benchmark::State& state) {
  const auto library = huice::library();
  std::vector<feel::Context> enterprises;
  for (const auto& profile : profiles(library)) {
    feel::Context facts;
    for (const auto& [name, fact] : profile.facts)
      facts.put(name, feel::from_model(fact.value));
    enterprises.push_back(std::move(facts));
  }
  const auto policies = library.in_force(kOn, kOn);
  const feel::Environment environment{.today = kOn};
  for (auto _ : state) {
    for (const auto& facts : enterprises) {
      for (const auto* policy : policies)
        evaluate_tests(policy->conditions, facts, environment);
    }
  }
  count(state, library);
}
BENCHMARK(BM_Match_Feel)->Unit(benchmark::kMillisecond);

/// What a process pays once.
void BM_LoadPolicies_Huice(benchmark::State& state) {
  std::size_t policies = 0;
  for (auto _ : state)
    policies = library().policies().size();
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(policies));
}
BENCHMARK(BM_LoadPolicies_Huice)->Unit(benchmark::kMillisecond);

/// A made-up library on the disk, removed in the end.
class MadeFolder {
 public:
  explicit MadeFolder(int policies) {
    std::filesystem::create_directories(path_ / "local");
    std::filesystem::copy_file(HUICE_SOURCE_DIR "/policies/facts.yaml", path_ / "facts.yaml");
    bench::PolicyMaker maker(2, 90);
    for (int i = 0; i < policies; ++i) {
      files_.push_back(maker.make(i));
      write(files_.back());
    }
  }
  MadeFolder(const MadeFolder&) = delete;
  MadeFolder& operator=(const MadeFolder&) = delete;
  ~MadeFolder() { std::filesystem::remove_all(path_); }

  const std::filesystem::path& path() const { return path_; }
  /// One file gets another text, each time another one.
  void change_one() {
    policy::LibraryFile& file = files_[next_++ % files_.size()];
    file.text += "\n";
    write(file);
  }

 private:
  void write(const policy::LibraryFile& file) {
    const auto place = path_ / "local" / std::filesystem::path(file.name).filename();
    bench::required(place_file(place, place.string() + ".new", file.text));
  }

  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / ("huice_match_bench_" + std::to_string(getpid()));
  std::vector<policy::LibraryFile> files_;
  std::size_t next_ = 0;
};

/// One policy file of a library changes; the argument is how many there are.
void BM_ReloadPolicies_Huice(benchmark::State& state) {
  MadeFolder made(static_cast<int>(state.range(0)));
  auto folder = bench::required(policy::LibraryFolder::open(made.path()));
  for (auto _ : state) {
    state.PauseTiming();
    made.change_one();
    state.ResumeTiming();
    benchmark::DoNotOptimize(bench::required(folder.refresh()));
  }
}
void BM_ReloadPolicies_Whole(benchmark::State& state) {
  MadeFolder made(static_cast<int>(state.range(0)));
  for (auto _ : state)
    benchmark::DoNotOptimize(bench::required(policy::load_library(made.path())));
}
BENCHMARK(BM_ReloadPolicies_Huice)->Arg(40)->Arg(5'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ReloadPolicies_Whole)->Arg(40)->Arg(5'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huice
