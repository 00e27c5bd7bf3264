// Accounts as both the service and `huice user` change them: each change on the audit log.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "store/accounts.h"
#include "store/database.h"
#include "store/records.h"

namespace huice::service {

/// 查看 经办 审核 签发 考核 管理.
const std::vector<std::string>& roles();

/// Within a transaction. The password's hash stays out of the log. Errors: those of store.
Status log_account(store::Database& database, const store::Author& author,
                   const store::Account& account, const std::string& action);

/// Within a transaction. Errors: those of store::add_account.
Status add_account_logged(store::Database& database, const store::Author& author,
                          const store::Account& account);

/// A secret with which the first administrator makes himself; it holds for a day, and only the last
/// one counts. Errors: those of store.
Result<std::string> invite(store::Database& database, std::int64_t now);

/// The same for the command line, which knows the database by its address.
Result<std::string> invite(const std::string& address, std::int64_t now);

struct NewAccount {
  std::string login;
  std::string name;
  std::string county;  ///< GB/T 2260
  std::string unit;
  std::vector<std::string> roles;
  std::string password;
};

/// Errors: InvalidInput `account.field` for a login, county, role or password that will not do;
/// those of store.
Status create_account(const std::string& address, const store::Author& author,
                      const NewAccount& account);
/// A new password, which also unlocks the account and ends its sessions.
/// Errors: NotFound `account.unknown`; as above.
Status reset_password(const std::string& address, const store::Author& author,
                      const std::string& login, const std::string& password);
Result<std::vector<store::Account>> accounts_at(const std::string& address);

}  // namespace huice::service
