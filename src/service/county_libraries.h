// What each county has handed in itself, made searchable on this node.
//
// The database is the truth (store/county_files.h). Every node keeps a library for each county
// below a folder of its own and brings it up to date when somebody asks, or when it has nothing
// else to do; one that is lost or damaged is made again.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <string_view>

#include "base/guarded.h"
#include "base/result.h"
#include "library/file_reader.h"
#include "library/library.h"
#include "store/county_files.h"
#include "store/database.h"

namespace huice::service {

class CountyLibraries {
 public:
  /// How the library of a county stands.
  struct Standing {
    std::filesystem::path folder;  ///< empty: the county has none of its own
    std::int64_t edition = 0;      ///< grows with every change of it on this node
    std::int64_t missing = 0;      ///< files of the county that it does not hold yet
  };

  /// `tell` takes what goes wrong while a library is made.
  CountyLibraries(std::filesystem::path folder, std::filesystem::path index,
                  library::FileReader reader, std::function<void(const Error&)> tell)
      : folder_(std::move(folder)),
        index_(std::move(index)),
        reader_(std::move(reader)),
        tell_(std::move(tell)) {}

  /// The library of a county, after it was brought up to date as far as a person waits for that;
  /// where somebody else is at it, as far as he has come. Errors: those of Database.
  Result<Standing> standing(store::Database& database, const std::string& county);

  /// Whether the library was damaged, and is thrown away, to be made again.
  bool discard_damaged(const std::string& county);

  /// Goes on with what is behind, for a moment; whether there was anything.
  bool catch_up(store::Database& database);

  /// Reads a file in a process apart. Errors: those of FileReader::read.
  Result<library::FileReading> read(std::string_view name, std::string_view bytes);

 private:
  struct Progress {
    std::string stamp;  ///< of the list it holds whole; empty: not known, or not whole
    std::int64_t edition = 0;
    std::int64_t missing = 0;
    std::string fault;  ///< the last that was told
  };
  struct County {
    std::mutex working;  ///< held while the library is written
    Guarded<Progress> progress;
  };
  class Pursuit;

  std::shared_ptr<County> county_of(const std::string& county);
  std::filesystem::path folder_of(const std::string& county) const { return folder_ / county; }
  bool is_current(County& own, const std::string& county, const std::string& stamp) const;
  void tell(County& own, const Error& error) const;  // once, not with every request
  Status pursue(store::Database& database, const std::string& county, const std::string& stamp,
                County& own);

  std::filesystem::path folder_;
  std::filesystem::path index_;
  /// Files read at one time; each may take what ReadLimits allow. One that takes long holds up
  /// neither other jobs nor searches.
  static constexpr std::ptrdiff_t kReaders = 3;
  std::counting_semaphore<kReaders> free_readers_{kReaders};
  library::FileReader reader_;
  std::function<void(const Error&)> tell_;
  Guarded<std::map<std::string, std::shared_ptr<County>>> counties_;
};

}  // namespace huice::service
