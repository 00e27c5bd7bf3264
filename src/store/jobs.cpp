#include "store/jobs.h"

#include <algorithm>
#include <utility>

namespace huice::store {
namespace {

constexpr std::string_view kColumns =
    "id, county, owner, kind, title, idempotency, state, attempts, done, empty, total, error, "
    "created_at";

std::optional<std::string> optional_text(const Cell& cell) {
  if (std::holds_alternative<std::monostate>(cell)) return std::nullopt;
  return text_of(cell);
}

Cell cell_of(const std::optional<std::string>& text) {
  return text ? Cell(*text) : Cell();
}

/// A row of kColumns, and of `request` where it was asked for.
Job job_from(const Row& row) {
  return {.id = text_of(row[0]),
          .county = text_of(row[1]),
          .owner = text_of(row[2]),
          .kind = text_of(row[3]),
          .title = text_of(row[4]),
          .request = row.size() > 13 ? text_of(row[13]) : std::string(),
          .idempotency = optional_text(row[5]),
          .state = text_of(row[6]),
          .attempts = number_of(row[7]),
          .done = number_of(row[8]),
          .empty = number_of(row[9]),
          .total = number_of(row[10]),
          .error = optional_text(row[11]),
          .created_at = text_of(row[12])};
}

Result<std::vector<Job>> jobs_of(Database& database, const std::string& question,
                                 const std::vector<Cell>& values) {
  HUICE_TRY(const auto rows, database.ask(question, values));
  std::vector<Job> jobs;
  for (const Row& row : rows)
    jobs.push_back(job_from(row));
  return jobs;
}

Result<std::vector<Job>> jobs_where(Database& database, const std::string& rest,
                                    const std::vector<Cell>& values) {
  return jobs_of(database, "SELECT " + std::string(kColumns) + ", request FROM job " + rest,
                 values);
}

Status give_up(Database& database, const std::string& id) {
  HUICE_TRY([[maybe_unused]] const auto changed,
            database.run("UPDATE job SET state = 'failed', error = ? WHERE id = ?",
                         {"试了" + std::to_string(kMaxAttempts) + "次都没有做完", id}));
  return Unit{};
}

/// Renews the lease if it is still ours; within a transaction this also keeps others out.
Result<bool> renew(Database& database, const Job& job, const Lease& lease) {
  HUICE_TRY(const auto renewed,
            database.run("UPDATE job SET lease_until = ? WHERE id = ? AND lease_by = ? AND "
                         "attempts = ? AND state = 'running'",
                         {lease.now + lease.seconds, job.id, lease.node, job.attempts}));
  return renewed > 0;
}

std::vector<JobItem> items_from(const std::vector<Row>& rows) {
  std::vector<JobItem> items;
  for (const Row& row : rows)
    items.push_back({number_of(row[0]), text_of(row[1]), optional_text(row[2]), text_of(row[3])});
  return items;
}

}  // namespace

Result<std::optional<Job>> job_by_key(Database& database, const std::string& owner,
                                      const std::string& key) {
  HUICE_TRY(auto same, jobs_where(database, "WHERE owner = ? AND idempotency = ?", {owner, key}));
  return same.empty() ? std::optional<Job>() : std::optional(std::move(same.front()));
}

Error other_request() {
  return {.code = ErrorCode::Conflict,
          .id = "job.other-request",
          .message = "这个 Idempotency-Key 已用于另一个任务",
          .hint = "换一个键；要重试的，请求须与上次完全相同"};
}

Result<Job> add_job(Database& database, const Job& job, std::int64_t now) {
  if (job.idempotency) {
    HUICE_TRY(auto same, job_by_key(database, job.owner, *job.idempotency));
    if (same && same->kind == job.kind && same->request == job.request) return std::move(*same);
    if (same) return other_request();
  }
  HUICE_TRY(
      [[maybe_unused]] const auto added,
      database.run("INSERT INTO job (id, county, owner, kind, title, request, idempotency, state, "
                   "due, lease_by, lease_until, attempts, done, total, created_at) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', ?, '', 0, 0, 0, ?, ?)",
                   {job.id, job.county, job.owner, job.kind, job.title, job.request,
                    cell_of(job.idempotency), now, job.total, job.created_at}));
  return job;
}

Result<Job> find_job(Database& database, const std::string& county, const std::string& id) {
  HUICE_TRY(auto found, jobs_where(database, "WHERE county = ? AND id = ?", {county, id}));
  if (!found.empty()) return std::move(found.front());
  return Error{.code = ErrorCode::NotFound,
               .id = "job.unknown",
               .message = "没有这个任务",
               .hint = "刷新任务列表"};
}

Result<JobPage> list_jobs(Database& database, const JobQuery& query) {
  std::string where = "WHERE county = ?";
  std::vector<Cell> values = {query.county};
  for (const auto& [column, wanted] :
       {std::pair("owner", &query.owner), std::pair("kind", &query.kind),
        std::pair("state", &query.state)}) {
    if (wanted->empty()) continue;
    where += std::string(" AND ") + column + " = ?";
    values.emplace_back(*wanted);
  }
  HUICE_TRY(const auto total, database.ask("SELECT count(*) FROM job " + where, values));
  values.emplace_back(query.limit);
  values.emplace_back(query.offset);
  HUICE_TRY(auto jobs, jobs_of(database,
                               "SELECT " + std::string(kColumns) + " FROM job " + where +
                                   " ORDER BY created_at DESC, id LIMIT ? OFFSET ?",
                               values));
  return JobPage{number_of(total.front()[0]), std::move(jobs)};
}

Result<std::optional<Job>> take_job(Database& database, const Lease& lease) {
  std::optional<Job> taken;
  const bool server = database.engine() == Engine::Postgresql;
  const auto steps = [&]() -> Status {
    HUICE_TRY(auto due, jobs_where(database,
                                   "WHERE (state = 'queued' AND due <= ?) OR (state = 'running' "
                                   "AND lease_until < ?) ORDER BY due, id LIMIT 1" +
                                       std::string(server ? " FOR UPDATE SKIP LOCKED" : ""),
                                   {lease.now, lease.now}));
    if (due.empty()) return Unit{};
    Job& job = due.front();
    if (job.attempts >= kMaxAttempts) return give_up(database, job.id);
    ++job.attempts;
    job.state = "running";
    HUICE_TRY([[maybe_unused]] const auto leased,
              database.run("UPDATE job SET state = 'running', lease_by = ?, lease_until = ?, "
                           "attempts = ? WHERE id = ?",
                           {lease.node, lease.now + lease.seconds, job.attempts, job.id}));
    taken = std::move(job);
    return Unit{};
  };
  HUICE_TRY([[maybe_unused]] const Unit done, database.transact(steps));
  return taken;
}

Result<bool> deliver(Database& database, const Job& job, const Lease& lease,
                     std::span<const JobItem> items) {
  bool ours = false;
  const auto steps = [&]() -> Status {
    HUICE_TRY(ours, renew(database, job, lease));
    if (!ours) return Unit{};
    std::int64_t added = 0;
    std::int64_t empty = 0;
    for (const JobItem& item : items) {
      HUICE_TRY(const auto written,
                database.run("INSERT INTO job_item (job, seq, name, failure, content) VALUES (?, "
                             "?, ?, ?, ?) ON CONFLICT (job, seq) DO NOTHING",
                             {job.id, item.seq, item.name, cell_of(item.failure), item.content}));
      added += written;
      if (!item.failure && item.content.empty()) empty += written;
    }
    HUICE_TRY([[maybe_unused]] const auto counted,
              database.run("UPDATE job SET done = done + ?, empty = empty + ? WHERE id = ?",
                           {added, empty, job.id}));
    return Unit{};
  };
  HUICE_TRY([[maybe_unused]] const Unit done, database.transact(steps));
  return ours;
}

Result<std::vector<std::int64_t>> delivered(Database& database, const std::string& job) {
  HUICE_TRY(const auto rows,
            database.ask("SELECT seq FROM job_item WHERE job = ? ORDER BY seq", {job}));
  std::vector<std::int64_t> numbers;
  for (const Row& row : rows)
    numbers.push_back(number_of(row[0]));
  return numbers;
}

Result<std::vector<JobItem>> job_items(Database& database, const std::string& job,
                                       std::int64_t after, std::int64_t limit) {
  HUICE_TRY(const auto rows,
            database.ask("SELECT seq, name, failure, content FROM job_item WHERE job = ? AND "
                         "seq > ? ORDER BY seq LIMIT ?",
                         {job, after, limit}));
  return items_from(rows);
}

Result<std::vector<JobItem>> failed_items(Database& database, const std::string& job) {
  HUICE_TRY(const auto rows, database.ask("SELECT seq, name, failure, '' FROM job_item WHERE job "
                                          "= ? AND failure IS NOT NULL ORDER BY seq",
                                          {job}));
  return items_from(rows);
}

Result<bool> finish_job(Database& database, const Job& job, const Lease& lease,
                        const std::optional<std::string>& error) {
  HUICE_TRY(const auto ended,
            database.run("UPDATE job SET state = ?, error = ? WHERE id = ? AND lease_by = ? AND "
                         "attempts = ? AND state = 'running'",
                         {std::string(error ? "failed" : "done"), cell_of(error), job.id,
                          lease.node, job.attempts}));
  return ended > 0;
}

Status hand_back(Database& database, const Job& job, const Lease& lease, bool at_once) {
  const std::int64_t wait =
      at_once ? 0 : kFirstDelaySeconds << std::min(job.attempts, kMaxAttempts);
  HUICE_TRY(
      [[maybe_unused]] const auto back,
      database.run("UPDATE job SET state = 'queued', due = ?, attempts = attempts - ? WHERE "
                   "id = ? AND lease_by = ? AND attempts = ? AND state = 'running'",
                   {lease.now + wait, std::int64_t{at_once}, job.id, lease.node, job.attempts}));
  return Unit{};
}

Result<bool> others_wait(Database& database, const std::string& county, std::int64_t now) {
  HUICE_TRY(const auto rows, database.ask("SELECT 1 FROM job WHERE state = 'queued' AND due <= ? "
                                          "AND county <> ? LIMIT 1",
                                          {now, county}));
  return !rows.empty();
}

Status cancel_job(Database& database, const std::string& id) {
  HUICE_TRY([[maybe_unused]] const auto ended,
            database.run("UPDATE job SET state = 'cancelled' WHERE id = ? AND state IN ('queued', "
                         "'running')",
                         {id}));
  return Unit{};
}

}  // namespace huice::store
