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

constexpr Migration kMigrations[] = {
    {1, "audit", kAudit},
    {2, "campaign", kCampaign},
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
  HUICE_TRY(const auto found, records(database));
  HUICE_TRY([[maybe_unused]] const auto same, check_common(found, wanted, database.engine()));
  HUICE_TRY([[maybe_unused]] const auto made,
            database.run("CREATE TABLE IF NOT EXISTS migration (number bigint PRIMARY KEY, "
                         "name varchar NOT NULL, hash varchar NOT NULL, at varchar NOT NULL)"));
  std::vector<std::string> done;
  for (const Migration& migration : wanted.subspan(found.size())) {
    const auto steps = [&]() -> Status {
      for (const Step& step : migration.steps) {
        if (step.only && *step.only != database.engine()) continue;
        HUICE_TRY([[maybe_unused]] const auto ran, database.run(step.sql));
      }
      HUICE_TRY([[maybe_unused]] const auto recorded,
                database.run("INSERT INTO migration (number, name, hash, at) VALUES (?, ?, ?, ?)",
                             {std::int64_t{migration.number}, std::string(migration.name),
                              hash_of(migration, database.engine()), std::string(at)}));
      return Unit{};
    };
    HUICE_TRY([[maybe_unused]] const Unit committed, database.transact(steps));
    done.emplace_back(migration.name);
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
