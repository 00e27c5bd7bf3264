// The keep of the database: made, brought up to date, checked, copied, put back.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/world.h"
#include "base/result.h"
#include "store/audit.h"

namespace huice::app {

/// Makes the database at `address` (a path, or postgresql://…); the names of the steps taken.
/// Errors: Conflict `store.exists` when there is one already; those of store.
Result<std::vector<std::string>> init_database(const World& world, const std::string& address);

/// Brings an older database up to date; the names of the steps taken. Errors: those of store.
Result<std::vector<std::string>> migrate_database(const World& world, const std::string& address);

/// Proves the pages, the references, the steps and the audit log. Errors: those of store::check.
Result<store::AuditChain> check_database(const std::string& address);

/// Copies the database while it is in use; the audit log tells of it. Errors: store::backup.
Status backup_database(const World& world, const std::string& address,
                       const std::filesystem::path& file);

/// Puts a backup in the place where no database is. Errors: store::restore.
Status restore_database(const World& world, const std::filesystem::path& file,
                        const std::string& address);

}  // namespace huice::app
