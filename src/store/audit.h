// The audit log: who did what, from where, when; before and after. Append-only, each entry chained
// to the one before by its hash, so that nothing in the middle can change unseen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "store/database.h"

namespace huice::store {

struct AuditEntry {
  std::string at;                                    ///< ISO 8601 in UTC
  std::string actor;                                 ///< the account, or `命令行`
  std::string origin;                                ///< the network address, or the machine's user
  std::string action;                                ///< `问题.交办`, `数据库.备份`, …
  std::string subject;                               ///< what it was done to: an id
  std::optional<std::string> before = std::nullopt;  ///< JSON
  std::optional<std::string> after = std::nullopt;   ///< JSON
};

/// Where the chain stands. Whoever notes `head` elsewhere can also tell that no later entry was cut
/// off.
struct AuditChain {
  std::int64_t entries = 0;
  std::string head;  ///< hash of the last entry; 64 zeros when there is none
};

/// Appends an entry to the chain. To be called within the transaction of what it tells of.
/// Errors: those of Database.
Status append(Database& database, const AuditEntry& entry);

/// Follows the chain from its begin.
/// Errors: InvalidInput `store.audit-broken` naming the first entry that does not fit.
Result<AuditChain> check_audit(Database& database);

}  // namespace huice::store
