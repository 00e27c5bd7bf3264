// Read handles on the circulars: those that all share, and beside them a county's own.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/guarded.h"
#include "base/result.h"
#include "library/library.h"
#include "service/county_libraries.h"
#include "store/database.h"

namespace huice::service {

/// What a county's question is put to.
struct Searched {
  const library::Library& library;
  std::int64_t missing = 0;  ///< files of the county that are not in it yet
};

/// Handles are for one thread at a time; opened anew when they are old, so that what others added
/// is found, and when the county's own library has changed.
class SearchHandles {
 public:
  SearchHandles(std::filesystem::path folder, std::filesystem::path index,
                CountyLibraries& counties)
      : folder_(std::move(folder)), index_(std::move(index)), counties_(counties) {}

  /// Calls `use` with a handle on what the county may see. A county's library that turns out to be
  /// damaged is made again, and `use` called again.
  /// Errors: those of Library::open, of `use` and of Database.
  template <class T>
  Result<T> with(store::Database& database, const std::string& county,
                 const std::function<Result<T>(const Searched&)>& use) {
    auto answer = with_handle<T>(database, county, use);
    if (answer || answer.error().code == ErrorCode::InvalidInput) return answer;
    if (!is_damage(answer.error()) || !counties_.discard_damaged(county)) return answer;
    return with_handle<T>(database, county, use);
  }

 private:
  struct Handle {
    std::unique_ptr<library::Library> library;
    std::chrono::steady_clock::time_point opened;
    std::filesystem::path own;  ///< the county's library; empty: none
    std::int64_t edition = 0;   ///< of that
  };

  template <class T>
  Result<T> with_handle(store::Database& database, const std::string& county,
                        const std::function<Result<T>(const Searched&)>& use) {
    HUICE_TRY(const auto own, counties_.standing(database, county));
    HUICE_TRY(auto handle, take(own));
    auto answer = use({*handle.library, own.missing});
    const bool sound =
        answer || (answer.error().code != ErrorCode::Io && !is_damage(answer.error()));
    if (sound) give_back(std::move(handle));
    return answer;
  }

  static bool is_damage(const Error& error);
  Result<Handle> take(const CountyLibraries::Standing& own);
  void give_back(Handle handle);

  std::filesystem::path folder_;
  std::filesystem::path index_;
  CountyLibraries& counties_;
  Guarded<std::vector<Handle>> idle_;
};

}  // namespace huice::service
