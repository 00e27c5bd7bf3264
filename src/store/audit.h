// The audit log: who did what, from where, when; before and after. Append-only, each entry chained
// to the one before by its hash, so that nothing in the middle can change unseen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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

/// An entry with its number in the chain.
struct NumberedEntry {
  std::int64_t seq = 0;
  AuditEntry entry;
};

struct AuditQuery {
  std::string county;   ///< only what was done to something of it; 000000: all
  std::string actor;    ///< empty: any
  std::string subject;  ///< beginning of the subject; empty: any
  std::int64_t limit = 50;
  std::int64_t offset = 0;
};

struct AuditPage {
  std::int64_t total = 0;
  std::vector<NumberedEntry> items;
};

/// Entries, the newest first. Errors: those of Database.
Result<AuditPage> list_audit(Database& database, const AuditQuery& query);

}  // namespace huice::store
