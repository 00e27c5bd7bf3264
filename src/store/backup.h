// Copies of a database that others go on writing, and putting one back.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "store/audit.h"
#include "store/database.h"

namespace huice::store {

/// Whether a database can be relied on: the engine's own check of its pages, every reference to
/// another row, the migrations, the chain of the audit log.
/// Errors: InvalidInput `store.damaged`; those of check_schema and check_audit.
Result<AuditChain> check(Database& database);

/// Writes the database as it is at one moment to `file`: an SQLite file, or pg_dump's custom
/// format. Writers go on meanwhile. The copy is checked before it gets its name; a file that is
/// there stays. Errors: Conflict `store.exists`; Io `store.backup`; those of check.
Status backup(Database& database, const std::string& address, const std::filesystem::path& file);

/// Makes the database at `address` from a backup, checked first.
/// Errors: Conflict `store.exists` when there already is one at `address`; NotFound
/// `file.not-found`; Io `store.backup`; those of check, and then nothing stays at `address`.
Status restore(const std::filesystem::path& file, const std::string& address);

}  // namespace huice::store
