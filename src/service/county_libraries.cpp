#include "service/county_libraries.h"

#include <algorithm>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "service/secrets.h"

namespace huice::service {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// How long one request reads files for all; what is left is told as missing.
constexpr std::chrono::milliseconds kPursuit{1'000};
/// How long a request waits for another that is at it.
constexpr std::chrono::milliseconds kPatience{300};
constexpr std::chrono::milliseconds kStep{10};
/// Files written at once.
constexpr std::size_t kBatch = 20;

bool lock_until(std::unique_lock<std::mutex>& lock, Clock::time_point end) {
  while (!lock.try_lock()) {
    if (Clock::now() >= end) return false;
    std::this_thread::sleep_for(kStep);
  }
  return true;
}

void remove_folder(const fs::path& folder) {
  std::error_code stays;
  fs::remove_all(folder, stays);
}

/// What was indexed under other settings, or by another version, is of no use.
constexpr char kMarkParts = '\n';
std::string mark_of(const library::IndexSettings& settings, const std::string& stamp) {
  return library::fingerprint_of(settings) + kMarkParts + stamp;
}

Result<library::Library> open_writer(const fs::path& folder,
                                     const library::IndexSettings& settings) {
  using library::Library;
  auto opened = Library::open(folder, library::Mode::Write, settings);
  if (opened) {
    HUICE_TRY(const auto mark, opened.value().followed());
    if (mark.empty() || mark.starts_with(mark_of(settings, {}))) return opened;
  } else if (opened.error().id != "library.version" && Library::is_sound(folder)) {
    return opened;  // somebody else writes, or the disk is full
  }
  opened = Error{};  // lets go of the folder
  remove_folder(folder);
  return Library::open(folder, library::Mode::Write, settings);
}

/// A file that is on the list and cannot be read here is still found by its title.
library::Holding holding_of(const store::CountyFile& file, library::FileReading reading) {
  library::Holding holding{
      .id = file.id, .file = file.name, .encoding = {}, .circular = std::move(reading.circular)};
  if (holding.circular.title.empty()) holding.circular.title = file.title;
  return holding;
}

}  // namespace

/// One run of bringing a library up to date.
class CountyLibraries::Pursuit {
 public:
  Pursuit(CountyLibraries& all, store::Database& database, std::string county,
          library::Library library, const library::IndexSettings& settings)
      : all_(all),
        database_(database),
        county_(std::move(county)),
        library_(std::move(library)),
        settings_(settings) {}

  /// How far it came. Errors: those of Library and of Database; what was written stays.
  Result<Progress> run(const std::string& stamp, Progress progress) {
    HUICE_TRY(const auto wanted, store::files_taken_in(database_, county_));
    HUICE_TRY(const auto held, library_.ids());
    HUICE_TRY(const auto mark, library_.followed());
    std::vector<std::string> gone;
    std::ranges::set_difference(held, wanted, std::back_inserter(gone));
    std::vector<std::string> missing;
    std::ranges::set_difference(wanted, held, std::back_inserter(missing));
    // What is gone must not be found while the rest is read.
    if (!gone.empty()) {
      HUICE_TRY([[maybe_unused]] const Unit written, write(gone, {}));
    }
    const auto end = Clock::now() + kPursuit;
    std::size_t done = 0;
    for (; done < missing.size() && (done == 0 || Clock::now() < end); ++done) {
      HUICE_TRY(const bool read, read_one(missing[done], end));
      if (!read) break;
      if (come_.size() >= kBatch) {
        HUICE_TRY([[maybe_unused]] const Unit written, write({}, {}));
      }
    }
    progress.stamp = done == missing.size() ? stamp : std::string();
    progress.missing = static_cast<std::int64_t>(missing.size() - done);
    if (!come_.empty() || mark != mark_of(settings_, progress.stamp)) {
      HUICE_TRY([[maybe_unused]] const Unit written, write({}, progress.stamp));
    }
    progress.edition += edited_;
    return progress;
  }

 private:
  /// False: it was removed this moment, or other files are being read until `end`.
  Result<bool> read_one(const std::string& id, Clock::time_point end) {
    HUICE_TRY(const auto file, store::find_file(database_, county_, id));
    if (file.state != "已入库") return false;
    HUICE_TRY(const auto content, store::content_of(database_, county_, id));
    if (!all_.free_readers_.try_acquire_until(end)) return false;
    auto reading = all_.reader_.read(file.name, from_base64(content));
    all_.free_readers_.release();
    if (!reading) return reading.error();
    come_.push_back(holding_of(file, std::move(reading).value()));
    return true;
  }

  Status write(const std::vector<std::string>& gone, const std::string& stamp) {
    HUICE_TRY([[maybe_unused]] const Unit written,
              library_.follow(come_, gone, mark_of(settings_, stamp)));
    if (!come_.empty() || !gone.empty()) ++edited_;
    come_.clear();
    return Unit{};
  }

  CountyLibraries& all_;
  store::Database& database_;
  std::string county_;
  library::Library library_;
  const library::IndexSettings& settings_;
  std::vector<library::Holding> come_;
  std::int64_t edited_ = 0;
};

std::shared_ptr<CountyLibraries::County> CountyLibraries::county_of(const std::string& county) {
  return counties_.with([&](auto& counties) {
    auto& found = counties[county];
    if (!found) found = std::make_shared<County>();
    return found;
  });
}

Result<library::FileReading> CountyLibraries::read(std::string_view name, std::string_view bytes) {
  free_readers_.acquire();
  auto reading = reader_.read(name, bytes);
  free_readers_.release();
  return reading;
}

bool CountyLibraries::is_current(County& own, const std::string& county,
                                 const std::string& stamp) const {
  std::error_code unknown;
  return own.progress.with([&](const Progress& now) { return now.stamp == stamp; }) &&
         fs::exists(folder_of(county), unknown);
}

Status CountyLibraries::pursue(store::Database& database, const std::string& county,
                               const std::string& stamp, County& own) {
  if (is_current(own, county, stamp)) return Unit{};
  HUICE_TRY(const auto settings, library::load_index_settings(index_));
  HUICE_TRY(auto library, open_writer(folder_of(county), settings));
  Pursuit pursuit(*this, database, county, std::move(library), settings);
  const Progress before = own.progress.with([](const Progress& now) { return now; });
  auto reached = pursuit.run(stamp, before);
  // Also after an error something may have been written.
  own.progress.with([&](Progress& now) {
    if (reached) now = reached.value();
    if (!reached) {
      now.stamp.clear();
      ++now.edition;
    }
  });
  if (!reached) return reached.error();
  return Unit{};
}

void CountyLibraries::tell(County& own, const Error& error) const {
  const bool news = own.progress.with(
      [&](Progress& now) { return std::exchange(now.fault, error.message) != error.message; });
  if (news) tell_(error);
}

Result<CountyLibraries::Standing> CountyLibraries::standing(store::Database& database,
                                                            const std::string& county) {
  HUICE_TRY(const auto list, store::file_list(database, county));
  if (list.stamp.empty()) return Standing{};
  const auto own = county_of(county);
  if (!is_current(*own, county, list.stamp)) {
    std::unique_lock lock(own->working, std::defer_lock);
    if (lock_until(lock, Clock::now() + kPatience)) {
      const auto pursued = pursue(database, county, list.stamp, *own);
      if (!pursued) tell(*own, pursued.error());
    }
  }
  const Progress now = own->progress.with([](const Progress& progress) { return progress; });
  std::error_code unknown;
  Standing standing{.folder = folder_of(county), .edition = now.edition, .missing = now.missing};
  if (!fs::exists(standing.folder, unknown)) standing.folder.clear();
  if (now.stamp != list.stamp) standing.missing = std::max<std::int64_t>(standing.missing, 1);
  return standing;
}

bool CountyLibraries::discard_damaged(const std::string& county) {
  const auto own = county_of(county);
  std::unique_lock lock(own->working, std::defer_lock);
  if (!lock_until(lock, Clock::now() + kPatience) || library::Library::is_sound(folder_of(county)))
    return false;
  remove_folder(folder_of(county));
  own->progress.with(
      [](Progress& now) { now = {.stamp = {}, .edition = now.edition + 1, .fault = {}}; });
  return true;
}

bool CountyLibraries::catch_up(store::Database& database) {
  const auto stamps = store::file_stamps(database);
  if (!stamps) return false;
  for (const auto& [county, stamp] : stamps.value()) {
    const auto own = county_of(county);
    if (is_current(*own, county, stamp)) continue;
    std::unique_lock lock(own->working, std::try_to_lock);
    if (!lock) continue;
    const auto pursued = pursue(database, county, stamp, *own);
    if (pursued) return true;
    tell(*own, pursued.error());
  }
  return false;
}

}  // namespace huice::service
