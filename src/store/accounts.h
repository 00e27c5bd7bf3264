// Accounts, their sessions and tokens. Secrets are here only as hashes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace huice::store {

/// Who may sign in. Times are seconds since 1970 in UTC.
struct Account {
  std::string id;
  std::string login;
  std::string name;
  std::string county;              ///< GB/T 2260; 000000 for the whole installation
  std::string unit;                ///< empty: all of the county
  std::vector<std::string> roles;  ///< 查看 经办 审核 签发 考核 管理
  std::string password;            ///< Argon2id, in the form of libsodium
  bool enabled = true;
  std::int64_t failures = 0;      ///< wrong passwords since the last right one
  std::int64_t locked_until = 0;  ///< no sign-in before
  std::int64_t version = 1;
};

/// Errors: NotFound `account.unknown`; those of Database.
Result<Account> find_account(Database& database, const std::string& id);
Result<std::optional<Account>> account_by_login(Database& database, const std::string& login);

/// Those of a county (of all counties for 000000) whose login or name holds `text`, by login.
struct AccountPage {
  std::int64_t total = 0;
  std::vector<Account> items;
};
struct AccountQuery {
  std::string county;
  std::string text;
  std::int64_t limit = 50;
  std::int64_t offset = 0;
};
Result<AccountPage> list_accounts(Database& database, const AccountQuery& query);

/// Who signs what as `login`.
struct Person {
  std::string login;
  std::string name;
};
/// Those whose login can stand under what a county has: its own accounts, and those of all
/// counties (000000), by login.
Result<std::vector<Person>> people_of(Database& database, std::string_view county);

Result<std::int64_t> count_accounts(Database& database);

/// Errors: Conflict `account.login-taken`; those of Database.
Status add_account(Database& database, const Account& account);

/// Writes everything but login, county, failures and lock; `account.version` is the one read
/// before. Returns the new one. Errors: Conflict `store.stale`; those of Database.
Result<Account> change_account(Database& database, Account account);

/// Counts an attempt to sign in as a failure, from which the account is locked until
/// `locked_until`; not a change of the version. False, and nothing is counted, where another
/// attempt was since `account` was read: of attempts side by side each is counted by itself.
Result<bool> count_attempt(Database& database, const Account& account, std::int64_t locked_until);
/// Forgets the failures and the lock.
Status forget_attempts(Database& database, const std::string& id);

struct Session {
  std::string hash;     ///< SHA-256 of the secret
  std::string account;  ///< id
  std::int64_t began = 0;
  std::int64_t seen = 0;
  std::string csrf;          ///< what its requests must bring along; stays when the secret changes
  std::string former;        ///< hash of the secret before; empty where there was none
  std::int64_t rotated = 0;  ///< when the secret became another; `began` while it is the first
  std::int64_t confirmed = 0;  ///< when it first came back; 0: not yet
};

Status add_session(Database& database, const Session& session);
/// By its secret or the one before.
Result<std::optional<Session>> find_session(Database& database, const std::string& hash);
Status touch_session(Database& database, const std::string& hash, std::int64_t seen);
/// Its secret came back. Of several at once the first counts.
Status confirm_session(Database& database, const std::string& hash, std::int64_t now);
/// Gives the session that was read another secret and the one that `former` says before it. False,
/// and nothing changes, where another request did so since it was read.
Result<bool> rotate_session(Database& database, const Session& read, const std::string& hash,
                            const std::string& former, std::int64_t now);
/// By its secret or the one before, which whoever ends it may still hold.
Status end_session(Database& database, const std::string& hash);
/// Ends all of an account, and all that began or were seen too long ago.
Status end_sessions_of(Database& database, const std::string& account);
Status end_old_sessions(Database& database, std::int64_t began_before, std::int64_t seen_before);

struct Token {
  std::string id;
  std::string hash;  ///< SHA-256 of the secret
  std::string account;
  std::string name;
  std::vector<std::string> roles;
  std::int64_t expires = 0;
  std::string expires_on;
};

Status add_token(Database& database, const Token& token);
Result<std::optional<Token>> find_token(Database& database, const std::string& hash);
Result<std::vector<Token>> tokens_of(Database& database, const std::string& account);
/// Errors: NotFound `token.unknown` when the account has no such token.
Status remove_token(Database& database, const std::string& account, const std::string& id);

/// A secret, known by its hash, with which the first administrator makes himself; only the last
/// one counts.
Status replace_invitation(Database& database, const std::string& hash, std::int64_t expires);
/// Takes the invitation away. False when there is none such or it has run out.
Result<bool> use_invitation(Database& database, const std::string& hash, std::int64_t now);

}  // namespace huice::store
