// Circulars that a county's people hand in for its own library, and what became of them.
//
// This is the truth; what is searched is made from it. Whoever follows a county's list compares its
// `stamp`, which changes with every file that comes in or goes out.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/database.h"
#include "store/records.h"

namespace huice::store {

struct CountyFile {
  std::string id;
  std::string name;    ///< as it was handed in, without folders
  std::string sha256;  ///< of its bytes
  std::int64_t bytes = 0;
  std::string state = "待入库";         ///< 待入库 已入库 拒收 已移出
  std::string job;                      ///< that takes it in
  std::string job_state;                ///< of that job now, see Job
  std::optional<std::string> refusal;   ///< JSON of the error: why, and what to do
  std::string title;                    ///< of 已入库, as the rest below
  std::string number;                   ///< 发文字号; may be empty
  std::string issuer;                   ///< may be empty
  std::optional<std::string> dated_on;  ///< 成文日期, ISO 8601
  std::string added_by;
  std::string added_at;
  std::string removed_by;  ///< of 已移出
  std::string removed_at;
};

/// Still waiting, though the job that was to take it in has ended. Handing the
/// same bytes in again orders it anew.
bool is_stranded(const CountyFile& file);

/// A file to hand in.
struct NewFile {
  std::string id;
  std::string name;
  std::string sha256;
  std::int64_t bytes = 0;
  std::string content;  ///< base64, as in job items
};

/// What became of a file handed in.
struct Handed {
  CountyFile file;         ///< the one that is there already where it is a duplicate
  bool duplicate = false;  ///< the county has these bytes, or is about to read them
};

struct FileQuery {
  std::string county;
  bool removed = false;  ///< those 已移出 in place of the others
  std::int64_t limit = 50;
  std::int64_t offset = 0;
};

struct FilePage {
  std::int64_t total = 0;
  std::vector<CountyFile> items;
};

/// How a county's list stands.
struct FileList {
  std::string stamp;       ///< empty: never yet has a file come in
  std::int64_t bytes = 0;  ///< of all files kept
};

/// From now to the end of the transaction nobody else hands in for the county.
Status lock_files(Database& database, const std::string& county);

/// Files of one county for `job`, each once: bytes that are there already are told, not kept twice;
/// those of an order that was not carried out are ordered anew. To be called within the transaction
/// that queues the job, after lock_files.
/// Errors: TooLarge `files.quota` beyond `quota` bytes; those of Database.
Result<std::vector<Handed>> hand_in(Database& database, const std::string& county,
                                    std::span<const NewFile> files, const std::string& job,
                                    std::int64_t quota, const Author& author);

/// The newest first.
Result<FilePage> list_files(Database& database, const FileQuery& query);

/// Also one 已移出. Errors: NotFound `files.unknown`.
Result<CountyFile> find_file(Database& database, const std::string& county, const std::string& id);

/// Its bytes as base64; empty where none are kept: refused and removed ones have none.
Result<std::string> content_of(Database& database, const std::string& county,
                               const std::string& id);

/// Records what reading a file came to: `file` with title, number … as 已入库, or with a refusal as
/// 拒收. Only where it still waits and `job` still runs; false: it stays as it is. Runs its own
/// transaction.
Result<bool> settle_file(Database& database, const std::string& county, const CountyFile& file,
                         const Author& author);

/// Takes a file out: its bytes go, the record stays. To be called within a transaction.
/// Errors: NotFound `files.unknown`, also where somebody was first.
Status remove_file(Database& database, const std::string& county, const std::string& id,
                   const Author& author);

/// Errors: those of Database. A county without files has an empty list.
Result<FileList> file_list(Database& database, const std::string& county);

/// The ids of what is 已入库.
Result<std::set<std::string>> files_taken_in(Database& database, const std::string& county);

/// Counties that have ever taken a file in, with their stamps.
Result<std::vector<std::pair<std::string, std::string>>> file_stamps(Database& database);

}  // namespace huice::store
