// What all requests share: configuration, contract, database, policies, fonts, search.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <semaphore>
#include <string>
#include <vector>

#include "app/world.h"
#include "base/guarded.h"
#include "base/result.h"
#include "base/snapshot.h"
#include "layout/fonts.h"
#include "library/library.h"
#include "policy/library_folder.h"
#include "service/configuration.h"
#include "service/contract.h"
#include "service/limits.h"
#include "service/metrics.h"
#include "service/screeners.h"
#include "service/secrets.h"
#include "store/pool.h"

namespace huice::service {

/// What the program that runs the service brings: nothing below it asks the system.
struct Outside {
  std::function<app::World()> world;            ///< as of now
  std::function<std::int64_t()> seconds;        ///< since 1970, UTC
  std::function<void(const std::string&)> log;  ///< takes a line of JSON; called by many threads
};

/// What is read from files and replaced as a whole by a reload.
struct Materials {
  std::shared_ptr<const policy::Library> policies;
  layout::FontSet fonts;
};

/// Read handles on the circulars, each for one thread at a time; opened anew when they are old, so
/// that what others added is found.
class SearchHandles {
 public:
  SearchHandles(std::filesystem::path folder, std::filesystem::path index)
      : folder_(std::move(folder)), index_(std::move(index)) {}

  /// Calls `use` with a handle. Errors: those of Library::open.
  template <class T>
  Result<T> with(const std::function<Result<T>(const library::Library&)>& use) {
    HUICE_TRY(auto handle, take());
    auto answer = use(*handle.library);
    if (answer) give_back(std::move(handle));
    return answer;
  }

 private:
  struct Handle {
    std::unique_ptr<library::Library> library;
    std::chrono::steady_clock::time_point opened;
  };
  Result<Handle> take();
  void give_back(Handle handle);

  std::filesystem::path folder_;
  std::filesystem::path index_;
  Guarded<std::vector<Handle>> idle_;
};

class Site {
 public:
  /// Reads everything and checks the database. Errors: those of the contract, of the policies, of
  /// the fonts and of store::check_schema.
  static Result<std::unique_ptr<Site>> open(Configuration configuration, Outside outside);

  /// Reads the fonts and those policy files that changed again; what was there stays when the new
  /// is not sound.
  Status reload();

  /// The catalogue of the library for a year, spelt out once for the requests that follow.
  std::shared_ptr<const model::FactCatalogue> catalogue(
      const std::shared_ptr<const policy::Library>& library, int year);

  const Configuration configuration;
  const Outside outside;
  const Contract contract;
  Snapshot<Materials> materials;
  store::Pool pool;
  SearchHandles search;
  Screeners screeners;
  /// Requests at work at once: more would only take connections to the database, handles and
  /// memory from each other. Those that wait for bytes of their client have none.
  std::counting_semaphore<> turns{kTurns};
  Metrics metrics;
  Passwords passwords;
  RateLimit requests;
  RateLimit sign_ins;
  /// Of names that nobody has: they are locked like those that somebody has.
  Guarded<std::map<std::string, std::pair<std::int64_t, std::int64_t>>> strangers;
  const std::string node;  ///< of this process, among those that share the database

 private:
  static constexpr std::ptrdiff_t kTurns = 16;

  Site(Configuration configuration, Outside outside, Contract contract, Materials materials,
       policy::LibraryFolder folder);

  struct SpeltOut {
    std::shared_ptr<const policy::Library> library;
    int year = 0;
    std::shared_ptr<const model::FactCatalogue> catalogue;
  };

  Guarded<policy::LibraryFolder> folder_;
  Guarded<SpeltOut> spelt_out_;  ///< the last that was asked for
};

}  // namespace huice::service
