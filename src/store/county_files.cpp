#include "store/county_files.h"

#include <utility>

#include "store/audit.h"
#include "store/digest.h"

namespace huice::store {
namespace {

constexpr std::string_view kFrom =
    "SELECT f.id, f.name, f.sha256, f.bytes, f.state, f.job, j.state, f.refusal, f.title, "
    "f.number, f.issuer, f.dated_on, f.added_by, f.added_at, f.removed_by, f.removed_at "
    "FROM county_file f LEFT JOIN job j ON j.id = f.job ";
constexpr const char* kWaiting = "待入库";
constexpr const char* kTakenIn = "已入库";
constexpr const char* kRefused = "拒收";
constexpr const char* kRemoved = "已移出";

std::optional<std::string> optional_text(const Cell& cell) {
  if (std::holds_alternative<std::monostate>(cell)) return std::nullopt;
  return text_of(cell);
}

Cell cell_of(const std::optional<std::string>& text) {
  return text ? Cell(*text) : Cell();
}

Result<std::vector<CountyFile>> files_where(Database& database, const std::string& rest,
                                            const std::vector<Cell>& values) {
  HUICE_TRY(const auto rows, database.ask(std::string(kFrom) + rest, values));
  std::vector<CountyFile> files;
  for (const Row& row : rows) {
    files.push_back({.id = text_of(row[0]),
                     .name = text_of(row[1]),
                     .sha256 = text_of(row[2]),
                     .bytes = number_of(row[3]),
                     .state = text_of(row[4]),
                     .job = text_of(row[5]),
                     .job_state = text_of(row[6]),
                     .refusal = optional_text(row[7]),
                     .title = text_of(row[8]),
                     .number = text_of(row[9]),
                     .issuer = text_of(row[10]),
                     .dated_on = optional_text(row[11]),
                     .added_by = text_of(row[12]),
                     .added_at = text_of(row[13]),
                     .removed_by = text_of(row[14]),
                     .removed_at = text_of(row[15])});
  }
  return files;
}

Error unknown() {
  return {.code = ErrorCode::NotFound,
          .id = "files.unknown",
          .message = "本县没有这份文件",
          .hint = "可能已被移出；刷新列表"};
}

Error over_quota(std::int64_t kept, std::int64_t quota) {
  const auto megabytes = [](std::int64_t bytes) { return std::to_string(bytes >> 20) + " MB"; };
  return {.code = ErrorCode::TooLarge,
          .id = "files.quota",
          .message = "本县的文件合计不能超过 " + megabytes(quota) + "，已有 " + megabytes(kept) +
                     "，这次的放不下",
          .hint = "请管理员移出不用的文件，或在配置里放宽“每县文件MB”"};
}

Status log(Database& database, const std::string& county, const CountyFile& file,
           const Author& author, const std::string& action) {
  return append(database, {.at = author.at,
                           .actor = author.login,
                           .origin = author.origin,
                           .action = action,
                           .subject = subject_of(county, "文件", file.id),
                           .after = file.name + "\n" + file.sha256});
}

/// The list has changed: its stamp follows from all that ever happened to it.
Status stamp(Database& database, const std::string& county, const CountyFile& file,
             const std::string& state) {
  HUICE_TRY(const auto list, file_list(database, county));
  HUICE_TRY([[maybe_unused]] const auto changed,
            database.run("UPDATE county_file_list SET stamp = ? WHERE county = ?",
                         {sha256(list.stamp + file.id + state), county}));
  return Unit{};
}

Status forget_bytes(Database& database, const std::string& county, const CountyFile& file) {
  HUICE_TRY(const auto gone,
            database.run("DELETE FROM county_file_content WHERE county = ? AND id = ?",
                         {county, file.id}));
  HUICE_TRY([[maybe_unused]] const auto counted,
            database.run("UPDATE county_file_list SET bytes = bytes - ? WHERE county = ?",
                         {gone * file.bytes, county}));
  return Unit{};
}

Status keep(Database& database, const std::string& county, const NewFile& file,
            const std::string& job, const Author& author) {
  HUICE_TRY([[maybe_unused]] const auto added,
            database.run("INSERT INTO county_file (county, id, name, sha256, bytes, state, job, "
                         "title, number, issuer, added_by, added_at, removed_by, removed_at) "
                         "VALUES (?, ?, ?, ?, ?, ?, ?, '', '', '', ?, ?, '', '')",
                         {county, file.id, file.name, file.sha256, file.bytes, kWaiting, job,
                          author.login, author.at}));
  HUICE_TRY([[maybe_unused]] const auto kept,
            database.run("INSERT INTO county_file_content (county, id, content) VALUES (?, ?, ?)",
                         {county, file.id, file.content}));
  return Unit{};
}

/// What the county has of these bytes.
Result<std::optional<CountyFile>> same_bytes(Database& database, const std::string& county,
                                             const std::string& sum) {
  HUICE_TRY(auto found,
            files_where(database,
                        "WHERE f.county = ? AND f.sha256 = ? AND f.state IN ('待入库', '已入库')",
                        {county, sum}));
  return found.empty() ? std::optional<CountyFile>() : std::optional(std::move(found.front()));
}

Result<Handed> hand_in_one(Database& database, const std::string& county, const NewFile& file,
                           const std::string& job, const Author& author) {
  HUICE_TRY(auto same, same_bytes(database, county, file.sha256));
  if (same && !is_stranded(*same)) return Handed{std::move(*same), true};
  if (same) {
    HUICE_TRY([[maybe_unused]] const auto ordered,
              database.run("UPDATE county_file SET job = ? WHERE county = ? AND id = ?",
                           {job, county, same->id}));
  } else {
    HUICE_TRY([[maybe_unused]] const Unit kept, keep(database, county, file, job, author));
  }
  HUICE_TRY(auto handed, find_file(database, county, same ? same->id : file.id));
  HUICE_TRY([[maybe_unused]] const Unit logged, log(database, county, handed, author, "文件.上传"));
  return Handed{std::move(handed), false};
}

}  // namespace

bool is_stranded(const CountyFile& file) {
  const bool open =
      file.job_state.empty() || file.job_state == "queued" || file.job_state == "running";
  return file.state == kWaiting && !open;
}

Status lock_files(Database& database, const std::string& county) {
  HUICE_TRY([[maybe_unused]] const auto made,
            database.run("INSERT INTO county_file_list (county, stamp, bytes) VALUES (?, '', 0) "
                         "ON CONFLICT (county) DO NOTHING",
                         {county}));
  HUICE_TRY([[maybe_unused]] const auto locked,
            database.run("UPDATE county_file_list SET bytes = bytes WHERE county = ?", {county}));
  return Unit{};
}

Result<std::vector<Handed>> hand_in(Database& database, const std::string& county,
                                    std::span<const NewFile> files, const std::string& job,
                                    std::int64_t quota, const Author& author) {
  std::vector<Handed> all;
  std::int64_t added = 0;
  for (const NewFile& file : files) {
    HUICE_TRY(auto handed, hand_in_one(database, county, file, job, author));
    if (handed.file.id == file.id) added += file.bytes;
    all.push_back(std::move(handed));
  }
  HUICE_TRY(const auto room,
            database.run("UPDATE county_file_list SET bytes = bytes + ? WHERE county = ? AND "
                         "bytes + ? <= ?",
                         {added, county, added, quota}));
  if (room > 0 || added == 0) return all;
  HUICE_TRY(const auto list, file_list(database, county));
  return over_quota(list.bytes, quota);
}

Result<FilePage> list_files(Database& database, const FileQuery& query) {
  const std::string where = std::string("WHERE f.county = ? AND f.state ") +
                            (query.removed ? "= '已移出'" : "<> '已移出'");
  HUICE_TRY(const auto total,
            database.ask("SELECT count(*) FROM county_file f " + where, {query.county}));
  HUICE_TRY(
      auto files,
      files_where(database, where + " ORDER BY f.added_at DESC, f.name, f.id LIMIT ? OFFSET ?",
                  {query.county, query.limit, query.offset}));
  return FilePage{number_of(total.front()[0]), std::move(files)};
}

Result<CountyFile> find_file(Database& database, const std::string& county, const std::string& id) {
  HUICE_TRY(auto found, files_where(database, "WHERE f.county = ? AND f.id = ?", {county, id}));
  if (found.empty()) return unknown();
  return std::move(found.front());
}

Result<std::string> content_of(Database& database, const std::string& county,
                               const std::string& id) {
  HUICE_TRY(const auto rows,
            database.ask("SELECT content FROM county_file_content WHERE county = ? AND id = ?",
                         {county, id}));
  return rows.empty() ? std::string() : text_of(rows.front()[0]);
}

Result<bool> settle_file(Database& database, const std::string& county, const CountyFile& file,
                         const Author& author) {
  const std::string state = file.refusal ? kRefused : kTakenIn;
  bool settled = false;
  const auto steps = [&]() -> Status {
    HUICE_TRY([[maybe_unused]] const Unit locked, lock_files(database, county));
    HUICE_TRY(const auto changed,
              database.run("UPDATE county_file SET state = ?, refusal = ?, title = ?, number = ?, "
                           "issuer = ?, dated_on = ? WHERE county = ? AND id = ? AND state = ? "
                           "AND job = ? AND EXISTS (SELECT 1 FROM job WHERE job.id = "
                           "county_file.job AND job.state = 'running')",
                           {state, cell_of(file.refusal), file.title, file.number, file.issuer,
                            cell_of(file.dated_on), county, file.id, kWaiting, file.job}));
    settled = changed > 0;
    if (!settled) return Unit{};
    if (file.refusal) {
      HUICE_TRY([[maybe_unused]] const Unit gone, forget_bytes(database, county, file));
      return log(database, county, file, author, "文件.拒收");
    }
    HUICE_TRY([[maybe_unused]] const Unit stamped, stamp(database, county, file, state));
    return log(database, county, file, author, "文件.入库");
  };
  HUICE_TRY([[maybe_unused]] const Unit done, database.transact(steps));
  return settled;
}

Status remove_file(Database& database, const std::string& county, const std::string& id,
                   const Author& author) {
  HUICE_TRY([[maybe_unused]] const Unit locked, lock_files(database, county));
  HUICE_TRY(const auto file, find_file(database, county, id));
  HUICE_TRY(const auto changed,
            database.run("UPDATE county_file SET state = ?, removed_by = ?, removed_at = ? WHERE "
                         "county = ? AND id = ? AND state <> ?",
                         {kRemoved, author.login, author.at, county, id, kRemoved}));
  if (changed == 0) return unknown();
  HUICE_TRY([[maybe_unused]] const Unit gone, forget_bytes(database, county, file));
  if (file.state == kTakenIn) {
    HUICE_TRY([[maybe_unused]] const Unit stamped, stamp(database, county, file, kRemoved));
  }
  return log(database, county, file, author, "文件.移出");
}

Result<FileList> file_list(Database& database, const std::string& county) {
  HUICE_TRY(const auto rows,
            database.ask("SELECT stamp, bytes FROM county_file_list WHERE county = ?", {county}));
  if (rows.empty()) return FileList{};
  return FileList{text_of(rows.front()[0]), number_of(rows.front()[1])};
}

Result<std::set<std::string>> files_taken_in(Database& database, const std::string& county) {
  HUICE_TRY(const auto rows,
            database.ask("SELECT id FROM county_file WHERE county = ? AND state = ?",
                         {county, kTakenIn}));
  std::set<std::string> ids;
  for (const Row& row : rows)
    ids.insert(text_of(row[0]));
  return ids;
}

Result<std::vector<std::pair<std::string, std::string>>> file_stamps(Database& database) {
  HUICE_TRY(const auto rows,
            database.ask("SELECT county, stamp FROM county_file_list WHERE stamp <> ''"));
  std::vector<std::pair<std::string, std::string>> stamps;
  for (const Row& row : rows)
    stamps.emplace_back(text_of(row[0]), text_of(row[1]));
  return stamps;
}

}  // namespace huice::store
