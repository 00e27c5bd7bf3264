// The tables, made step by step: each step is numbered, runs once, and is never edited afterwards.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace huice::store {

/// One statement of a migration, for both engines or for one.
struct Step {
  std::string_view sql;
  std::optional<Engine> only = std::nullopt;
};

struct Migration {
  int number = 0;  ///< from 1, without gaps
  std::string_view name;
  std::span<const Step> steps;
};

/// All there are, in order.
std::span<const Migration> migrations();

/// What a migration does on `engine`, as 64 hexadecimal digits; recorded when it has run.
std::string hash_of(const Migration& migration, Engine engine);

/// Runs what `wanted` has and the database has not, each in a transaction of its own; the names of
/// those run. Several programs may call it at once: each step is run by one of them.
/// `at`: the time to record, ISO 8601 in UTC.
/// Errors: those of check_schema but for missing steps; those of Database.
Result<std::vector<std::string>> migrate(Database& database, std::string_view at,
                                         std::span<const Migration> wanted = migrations());

/// Whether the database has been through just these migrations.
/// Errors: InvalidInput `store.schema-changed` when one that ran reads otherwise today, Unsupported
/// `store.schema-newer` when the database knows more than this program, InvalidInput
/// `store.schema-older` when steps are missing.
Status check_schema(Database& database, std::span<const Migration> wanted = migrations());

}  // namespace huice::store
