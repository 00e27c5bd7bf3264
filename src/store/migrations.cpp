#include "store/migrations.h"

#include <algorithm>
#include <utility>

#include "store/digest.h"

namespace huice::store {
namespace {

// varchar rather than text: Poco's connector to PostgreSQL takes text for a large object.
constexpr Step kAudit[] = {
    {R"(CREATE TABLE audit (
  seq bigint PRIMARY KEY,
  at varchar NOT NULL,
  actor varchar NOT NULL,
  origin varchar NOT NULL,
  action varchar NOT NULL,
  subject varchar NOT NULL,
  before varchar,
  after varchar,
  previous varchar NOT NULL,
  hash varchar NOT NULL
))"},
    {R"(CREATE TRIGGER audit_is_not_updated BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END)",
     Engine::Sqlite},
    {R"(CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END)",
     Engine::Sqlite},
    {R"(CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE EXCEPTION ''the audit log is append-only''; END')",
     Engine::Postgresql},
    {R"(CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change())",
     Engine::Postgresql},
};

/// A campaign's plan, assignments, scheme and entries as their files say them; its problems, and
/// the events that are their histories. Neither a problem nor an event is ever changed.
constexpr Step kCampaign[] = {
    {R"(CREATE TABLE campaign (
  id varchar PRIMARY KEY,
  region varchar NOT NULL,
  year bigint NOT NULL,
  plan varchar NOT NULL,
  assignments varchar NOT NULL,
  scheme varchar NOT NULL,
  entries varchar NOT NULL,
  revision bigint NOT NULL
))"},
    {R"(CREATE TABLE problem (
  campaign varchar NOT NULL REFERENCES campaign (id),
  id varchar NOT NULL,
  uscc varchar NOT NULL,
  category varchar NOT NULL,
  level varchar NOT NULL,
  scope varchar NOT NULL,
  source varchar NOT NULL,
  matter varchar NOT NULL,
  PRIMARY KEY (campaign, id)
))"},
    {R"(CREATE TABLE problem_event (
  campaign varchar NOT NULL,
  problem varchar NOT NULL,
  step bigint NOT NULL,
  kind varchar NOT NULL,
  day varchar NOT NULL,
  actor varchar NOT NULL,
  note varchar NOT NULL,
  assignee varchar NOT NULL,
  due varchar,
  degree varchar,
  satisfaction varchar,
  tier varchar,
  agreed_by varchar NOT NULL,
  evidence varchar NOT NULL,
  receipt varchar,
  recorded_at varchar NOT NULL,
  recorded_by varchar NOT NULL,
  PRIMARY KEY (campaign, problem, step),
  UNIQUE (campaign, receipt),
  FOREIGN KEY (campaign, problem) REFERENCES problem (campaign, id)
))"},
    {R"(CREATE TRIGGER problem_is_not_updated BEFORE UPDATE ON problem
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END)",
     Engine::Sqlite},
    {R"(CREATE TRIGGER problem_is_not_deleted BEFORE DELETE ON problem
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END)",
     Engine::Sqlite},
    {R"(CREATE TRIGGER event_is_not_updated BEFORE UPDATE ON problem_event
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END)",
     Engine::Sqlite},
    {R"(CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON problem_event
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END)",
     Engine::Sqlite},
    {R"(CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE EXCEPTION ''the ledger is append-only''; END')",
     Engine::Postgresql},
    {R"(CREATE TRIGGER problem_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON problem
FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change())",
     Engine::Postgresql},
    {R"(CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON problem_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change())",
     Engine::Postgresql},
};

// Sessions and tokens are known by the hash of their secret alone; times are seconds since 1970.
constexpr Step kAccounts[] = {
    {R"(CREATE TABLE account (
  id varchar PRIMARY KEY,
  login varchar NOT NULL UNIQUE,
  name varchar NOT NULL,
  county varchar NOT NULL,
  unit varchar NOT NULL,
  roles varchar NOT NULL,
  password varchar NOT NULL,
  enabled bigint NOT NULL,
  failures bigint NOT NULL,
  locked_until bigint NOT NULL,
  version bigint NOT NULL
))"},
    {"CREATE INDEX account_by_county ON account (county, login)"},
    {R"(CREATE TABLE session (
  hash varchar PRIMARY KEY,
  account varchar NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  began bigint NOT NULL,
  seen bigint NOT NULL
))"},
    {"CREATE INDEX session_by_account ON session (account)"},
    {R"(CREATE TABLE token (
  id varchar PRIMARY KEY,
  hash varchar NOT NULL UNIQUE,
  account varchar NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name varchar NOT NULL,
  roles varchar NOT NULL,
  expires bigint NOT NULL,
  expires_on varchar NOT NULL
))"},
    {"CREATE INDEX token_by_account ON token (account)"},
    {R"(CREATE TABLE invitation (
  hash varchar PRIMARY KEY,
  expires bigint NOT NULL
))"},
};

// What an office keeps and edits: enterprises, drafts, settings. `key` is what must not occur twice
// in a county, such as a 统一社会信用代码.
constexpr Step kRecords[] = {
    {R"(CREATE TABLE record (
  kind varchar NOT NULL,
  county varchar NOT NULL,
  id varchar NOT NULL,
  unit varchar NOT NULL,
  key varchar,
  title varchar NOT NULL,
  state varchar NOT NULL,
  body varchar NOT NULL,
  version bigint NOT NULL,
  created_by varchar NOT NULL,
  created_at varchar NOT NULL,
  updated_by varchar NOT NULL,
  updated_at varchar NOT NULL,
  PRIMARY KEY (kind, county, id)
))"},
    {"CREATE UNIQUE INDEX record_by_key ON record (kind, county, key)"},
    {"CREATE INDEX record_by_title ON record (kind, county, title)"},
};

// Work that outlives a request. A node that takes a job leases it and renews the lease with every
// item it delivers; `job_item` takes each item once.
constexpr Step kJobs[] = {
    {R"(CREATE TABLE job (
  id varchar PRIMARY KEY,
  county varchar NOT NULL,
  owner varchar NOT NULL,
  kind varchar NOT NULL,
  request varchar NOT NULL,
  idempotency varchar,
  state varchar NOT NULL,
  due bigint NOT NULL,
  lease_by varchar NOT NULL,
  lease_until bigint NOT NULL,
  attempts bigint NOT NULL,
  done bigint NOT NULL,
  total bigint NOT NULL,
  error varchar,
  created_at varchar NOT NULL
))"},
    {"CREATE UNIQUE INDEX job_by_idempotency ON job (owner, idempotency)"},
    {"CREATE INDEX job_by_due ON job (state, due)"},
    {"CREATE INDEX job_by_county ON job (county, created_at)"},
    {R"(CREATE TABLE job_item (
  job varchar NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  seq bigint NOT NULL,
  name varchar NOT NULL,
  failure varchar,
  content varchar NOT NULL,
  PRIMARY KEY (job, seq)
))"},
};

// Circulars of a county's own. The bytes (base64) stand apart, so that lists need not pass them by;
// those of refused and removed files go, their rows stay.
constexpr Step kCountyFiles[] = {
    {R"(CREATE TABLE county_file_list (
  county varchar PRIMARY KEY,
  stamp varchar NOT NULL,
  bytes bigint NOT NULL
))"},
    {R"(CREATE TABLE county_file (
  county varchar NOT NULL REFERENCES county_file_list (county),
  id varchar NOT NULL,
  name varchar NOT NULL,
  sha256 varchar NOT NULL,
  bytes bigint NOT NULL,
  state varchar NOT NULL,
  job varchar NOT NULL,
  refusal varchar,
  title varchar NOT NULL,
  number varchar NOT NULL,
  issuer varchar NOT NULL,
  dated_on varchar,
  added_by varchar NOT NULL,
  added_at varchar NOT NULL,
  removed_by varchar NOT NULL,
  removed_at varchar NOT NULL,
  PRIMARY KEY (county, id)
))"},
    {"CREATE UNIQUE INDEX county_file_by_bytes ON county_file (county, sha256) "
     "WHERE state IN ('待入库', '已入库')"},
    {"CREATE INDEX county_file_by_day ON county_file (county, added_at)"},
    {R"(CREATE TABLE county_file_content (
  county varchar NOT NULL,
  id varchar NOT NULL,
  content varchar NOT NULL,
  PRIMARY KEY (county, id),
  FOREIGN KEY (county, id) REFERENCES county_file (county, id)
))"},
};

// The secret of a session changes while it lasts; `former` is the hash of the one before, and what
// guards against forgery stays. Sessions from before the change end.
constexpr Step kRotation[] = {
    {"DELETE FROM session"},
    {"ALTER TABLE session ADD COLUMN csrf varchar NOT NULL DEFAULT ''"},
    {"ALTER TABLE session ADD COLUMN former varchar NOT NULL DEFAULT ''"},
    {"ALTER TABLE session ADD COLUMN rotated bigint NOT NULL DEFAULT 0"},
    {"ALTER TABLE session ADD COLUMN confirmed bigint NOT NULL DEFAULT 0"},
    {"CREATE INDEX session_by_former ON session (former)"},
};

// What tells jobs of one kind apart, and how many items had nothing to say.
constexpr Step kJobTitles[] = {
    {"ALTER TABLE job ADD COLUMN title varchar NOT NULL DEFAULT ''"},
    {"ALTER TABLE job ADD COLUMN empty bigint NOT NULL DEFAULT 0"},
};

// Questions marked as answered by a passage; `reading` is the hash of what that says. One that was
// taken back stays, with who did and when.
constexpr Step kLibraryAnswers[] = {
    {R"(CREATE TABLE library_answer_list (
  county varchar PRIMARY KEY,
  stamp varchar NOT NULL
))"},
    {R"(CREATE TABLE library_answer (
  county varchar NOT NULL REFERENCES library_answer_list (county),
  id varchar NOT NULL,
  question varchar NOT NULL,
  document varchar NOT NULL,
  title varchar NOT NULL,
  passage bigint NOT NULL,
  reading varchar NOT NULL,
  added_by varchar NOT NULL,
  added_at varchar NOT NULL,
  removed_by varchar NOT NULL,
  removed_at varchar NOT NULL,
  PRIMARY KEY (county, id)
))"},
    {"CREATE INDEX library_answer_by_day ON library_answer (county, added_at)"},
};

// Scores that people gave beside those by rule, after the campaign was taken over; a later one
// counts, the earlier ones stay.
constexpr Step kReviews[] = {
    {R"(CREATE TABLE campaign_review (
  campaign varchar NOT NULL REFERENCES campaign (id),
  step bigint NOT NULL,
  target varchar NOT NULL,
  item varchar NOT NULL,
  stage varchar NOT NULL,
  score varchar NOT NULL,
  day varchar NOT NULL,
  actor varchar NOT NULL,
  reason varchar NOT NULL,
  recorded_at varchar NOT NULL,
  recorded_by varchar NOT NULL,
  PRIMARY KEY (campaign, step)
))"},
    {R"(CREATE TRIGGER review_is_not_updated BEFORE UPDATE ON campaign_review
BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END)",
     Engine::Sqlite},
    {R"(CREATE TRIGGER review_is_not_deleted BEFORE DELETE ON campaign_review
BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END)",
     Engine::Sqlite},
    {R"(CREATE TRIGGER review_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON campaign_review
FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change())",
     Engine::Postgresql},
};

constexpr Migration kMigrations[] = {
    {1, "audit", kAudit},
    {2, "campaign", kCampaign},
    {3, "accounts", kAccounts},
    {4, "records", kRecords},
    {5, "jobs", kJobs},
    {6, "county-files", kCountyFiles},
    {7, "rotation", kRotation},
    {8, "job-titles", kJobTitles},
    {9, "library-answers", kLibraryAnswers},
    {10, "reviews", kReviews},
};

/// A migration as the database remembers it.
struct Record {
  std::int64_t number = 0;
  std::string name;
  std::string hash;
};

Result<bool> has_records(Database& database) {
  HUICE_TRY(const auto rows,
            database.ask(database.engine() == Engine::Sqlite
                             ? "SELECT 1 FROM sqlite_master WHERE name = 'migration'"
                             : "SELECT 1 FROM pg_tables WHERE tablename = 'migration'"));
  return !rows.empty();
}

/// What the database has been through; nothing where it is not one of ours.
Result<std::vector<Record>> records(Database& database) {
  std::vector<Record> found;
  HUICE_TRY(const bool any, has_records(database));
  if (!any) return found;
  HUICE_TRY(const auto rows,
            database.ask("SELECT number, name, hash FROM migration ORDER BY number"));
  for (const Row& row : rows)
    found.push_back({number_of(row[0]), text_of(row[1]), text_of(row[2])});
  return found;
}

Status check_common(const std::vector<Record>& found, std::span<const Migration> wanted,
                    Engine engine) {
  for (std::size_t i = 0; i < std::min(found.size(), wanted.size()); ++i) {
    if (found[i].number == wanted[i].number && found[i].hash == hash_of(wanted[i], engine))
      continue;
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "store.schema-changed",
                 .message = "数据库第" + std::to_string(found[i].number) + "步（" + found[i].name +
                            "）与本程序的这一步不同",
                 .hint = "用建库时的程序版本，或从备份恢复"};
  }
  if (found.size() > wanted.size()) {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "store.schema-newer",
                 .message = "数据库由更新的程序建过：已到第" + std::to_string(found.size()) +
                            "步，本程序只认识" + std::to_string(wanted.size()) + "步",
                 .hint = "升级本程序"};
  }
  return Unit{};
}

/// Within a transaction: nobody else migrates until it ends. In SQLite there is one writer anyway.
Status lock(Database& database) {
  if (database.engine() == Engine::Sqlite) return Unit{};
  HUICE_TRY([[maybe_unused]] const auto locked,
            database.ask("SELECT pg_advisory_xact_lock(9704)::varchar"));
  return Unit{};
}

Status make_records(Database& database) {
  return database.transact([&]() -> Status {
    HUICE_TRY([[maybe_unused]] const Unit locked, lock(database));
    HUICE_TRY([[maybe_unused]] const auto made,
              database.run("CREATE TABLE IF NOT EXISTS migration (number bigint PRIMARY KEY, "
                           "name varchar NOT NULL, hash varchar NOT NULL, at varchar NOT NULL)"));
    return Unit{};
  });
}

/// Runs a step that another program may have run since we looked; only then it is not `done` by us.
Status run_once(Database& database, const Migration& migration, std::string_view at,
                std::vector<std::string>& done) {
  HUICE_TRY([[maybe_unused]] const Unit locked, lock(database));
  HUICE_TRY(const auto found, database.ask("SELECT 1 FROM migration WHERE number = ?",
                                           {std::int64_t{migration.number}}));
  if (!found.empty()) return Unit{};
  for (const Step& step : migration.steps) {
    if (step.only && *step.only != database.engine()) continue;
    HUICE_TRY([[maybe_unused]] const auto ran, database.run(step.sql));
  }
  HUICE_TRY([[maybe_unused]] const auto recorded,
            database.run("INSERT INTO migration (number, name, hash, at) VALUES (?, ?, ?, ?)",
                         {std::int64_t{migration.number}, std::string(migration.name),
                          hash_of(migration, database.engine()), std::string(at)}));
  done.emplace_back(migration.name);
  return Unit{};
}

}  // namespace

std::span<const Migration> migrations() {
  return kMigrations;
}

std::string hash_of(const Migration& migration, Engine engine) {
  std::string text = std::string(migration.name);
  for (const Step& step : migration.steps) {
    if (!step.only || *step.only == engine) text += '\0' + std::string(step.sql);
  }
  return sha256(text);
}

Result<std::vector<std::string>> migrate(Database& database, std::string_view at,
                                         std::span<const Migration> wanted) {
  HUICE_TRY([[maybe_unused]] const Unit ready, make_records(database));
  HUICE_TRY(const auto found, records(database));
  HUICE_TRY([[maybe_unused]] const auto same, check_common(found, wanted, database.engine()));
  std::vector<std::string> done;
  for (const Migration& migration : wanted.subspan(found.size())) {
    HUICE_TRY([[maybe_unused]] const Unit committed,
              database.transact([&] { return run_once(database, migration, at, done); }));
  }
  return done;
}

Status check_schema(Database& database, std::span<const Migration> wanted) {
  HUICE_TRY(const auto found, records(database));
  HUICE_TRY([[maybe_unused]] const auto same, check_common(found, wanted, database.engine()));
  if (found.size() < wanted.size()) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "store.schema-older",
                 .message = "数据库只到第" + std::to_string(found.size()) + "步，本程序要第" +
                            std::to_string(wanted.size()) + "步",
                 .hint = "先备份，再运行 huice db migrate"};
  }
  return Unit{};
}

}  // namespace huice::store
