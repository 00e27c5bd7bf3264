#include "service/accounts.h"

#include <algorithm>

#include "base/utf8.h"
#include "notation/json.h"
#include "service/secrets.h"
#include "service/values.h"
#include "store/audit.h"
#include "store/digest.h"

namespace huice::service {
namespace {

Error wrong(const std::string& field, std::string message, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = "account.field",
          .message = std::move(message),
          .where = {.part = field},
          .hint = std::move(hint)};
}

Status check_password(const std::string& password) {
  constexpr std::size_t kLeast = 10;
  if (code_point_count(password) >= kLeast) return Unit{};
  return wrong("password", "密码太短", "至少 10 个字");
}

/// What the contract checks of a request, for accounts that come from the command line.
Status check(const NewAccount& account) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (account.login.size() < 2 || account.login.size() > 64 ||
      !std::ranges::all_of(account.login, plain)) {
    return wrong("login", "登录名“" + account.login + "”写法不对", "2 至 64 个字母、数字、. _ -");
  }
  if (account.county.size() != 6 || !std::ranges::all_of(account.county, digit)) {
    return wrong("county", "县区代码“" + account.county + "”不对", "写六位数字，如 430524");
  }
  for (const std::string& role : account.roles) {
    if (std::ranges::find(roles(), role) == roles().end())
      return wrong("roles", "没有“" + role + "”这个角色", "查看、经办、审核、签发、考核、管理");
  }
  return check_password(account.password);
}

}  // namespace

const std::vector<std::string>& roles() {
  static const std::vector<std::string> kRoles = {"查看", "经办", "审核", "签发", "考核", "管理"};
  return kRoles;
}

Status log_account(store::Database& database, const store::Author& author,
                   const store::Account& account, const std::string& action) {
  return store::append(database, {.at = author.at,
                                  .actor = author.login,
                                  .origin = author.origin,
                                  .action = action,
                                  .subject = store::subject_of(account.county, "用户", account.id),
                                  .after = notation::write_json(user_value(account, 0))});
}

Status add_account_logged(store::Database& database, const store::Author& author,
                          const store::Account& account) {
  HUICE_TRY([[maybe_unused]] const Unit added, store::add_account(database, account));
  return log_account(database, author, account, "用户.建立");
}

Result<std::string> invite(store::Database& database, std::int64_t now) {
  constexpr std::int64_t kDay = 86'400;
  const std::string secret = random_secret();
  HUICE_TRY([[maybe_unused]] const Unit done, database.transact([&] {
    return store::replace_invitation(database, store::sha256(secret), now + kDay);
  }));
  return secret;
}

Result<std::string> invite(const std::string& address, std::int64_t now) {
  HUICE_TRY(auto database, store::Database::open(address));
  return invite(database, now);
}

Status create_account(const std::string& address, const store::Author& author,
                      const NewAccount& account) {
  HUICE_TRY([[maybe_unused]] const Unit sound, check(account));
  HUICE_TRY(auto database, store::Database::open(address));
  store::Account made{.id = random_id(),
                      .login = account.login,
                      .name = account.name.empty() ? account.login : account.name,
                      .county = account.county,
                      .unit = account.unit,
                      .roles = account.roles,
                      .password = {}};
  HUICE_TRY(made.password, Passwords().hash(account.password));
  return database.transact([&] { return add_account_logged(database, author, made); });
}

Status reset_password(const std::string& address, const store::Author& author,
                      const std::string& login, const std::string& password) {
  HUICE_TRY([[maybe_unused]] const Unit sound, check_password(password));
  HUICE_TRY(auto database, store::Database::open(address));
  HUICE_TRY(const auto found, store::account_by_login(database, login));
  if (!found) {
    return Error{.code = ErrorCode::NotFound,
                 .id = "account.unknown",
                 .message = "没有登录名为 " + login + " 的用户",
                 .hint = "huice user list 列出全部用户"};
  }
  store::Account account = *found;
  HUICE_TRY(account.password, Passwords().hash(password));
  return database.transact([&]() -> Status {
    HUICE_TRY([[maybe_unused]] const auto changed, store::change_account(database, account));
    HUICE_TRY([[maybe_unused]] const Unit unlocked, store::forget_attempts(database, account.id));
    HUICE_TRY([[maybe_unused]] const Unit ended, store::end_sessions_of(database, account.id));
    return log_account(database, author, account, "用户.重设密码");
  });
}

Result<std::vector<store::Account>> accounts_at(const std::string& address) {
  constexpr std::int64_t kAll = 1'000'000;
  HUICE_TRY(auto database, store::Database::open(address));
  HUICE_TRY(auto page, store::list_accounts(database, {.county = "000000", .limit = kAll}));
  return std::move(page.items);
}

}  // namespace huice::service
