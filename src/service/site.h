// What all requests share: configuration, contract, database, policies, fonts, search.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <semaphore>
#include <string>
#include <vector>

#include "app/proof_reader.h"
#include "app/world.h"
#include "base/guarded.h"
#include "base/result.h"
#include "base/snapshot.h"
#include "layout/fonts.h"
#include "policy/decision_file.h"
#include "policy/library_folder.h"
#include "service/configuration.h"
#include "service/contract.h"
#include "service/county_answers.h"
#include "service/county_libraries.h"
#include "service/limits.h"
#include "service/metrics.h"
#include "service/screeners.h"
#include "service/search_handles.h"
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
  std::shared_ptr<const std::vector<policy::DecisionFile>> decisions;
  layout::FontSet fonts;
};

class Site {
 public:
  /// Reads everything and checks the database. Errors: those of the contract, of the policies, of
  /// the fonts, of store::check_schema and of the readers' start, for whose sake this is to be
  /// called before the program has threads.
  static Result<std::unique_ptr<Site>> open(Configuration configuration, Outside outside);

  /// The policies at hand with one file more, to look at it; nothing is kept.
  /// Errors: those of policy::LibraryFolder::with.
  Result<policy::Library> policies_with(const policy::LibraryFile& file);

  /// Reads the fonts, the decisions and those policy files that changed again; what was there stays
  /// when the new is not sound.
  Status reload();

  /// The catalogue of the library for a year, spelt out once for the requests that follow.
  std::shared_ptr<const model::FactCatalogue> catalogue(
      const std::shared_ptr<const policy::Library>& library, int year);

  const Configuration configuration;
  const Outside outside;
  const Contract contract;
  Snapshot<Materials> materials;
  store::Pool pool;
  CountyLibraries counties;
  SearchHandles search;
  CountyAnswers answers;
  app::ProofReader proofs;
  std::counting_semaphore<> proof_places{kProofPlaces};  ///< of those who proof-read
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
  static constexpr std::ptrdiff_t kProofPlaces = 2;

  Site(Configuration configuration, Outside outside, Contract contract, Materials materials,
       policy::LibraryFolder folder, library::FileReader reader, app::ProofReader proofs);

  struct SpeltOut {
    std::shared_ptr<const policy::Library> library;
    int year = 0;
    std::shared_ptr<const model::FactCatalogue> catalogue;
  };

  Guarded<policy::LibraryFolder> folder_;
  Guarded<SpeltOut> spelt_out_;  ///< the last that was asked for
};

}  // namespace huice::service
