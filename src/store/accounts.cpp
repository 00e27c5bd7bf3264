#include "store/accounts.h"

#include <utility>

#include "store/patterns.h"

namespace huice::store {
namespace {

constexpr std::string_view kColumns =
    "id, login, name, county, unit, roles, password, enabled, failures, locked_until, version";
constexpr std::string_view kAllCounties = "000000";

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "" : " ") + name;
  return text;
}

std::vector<std::string> parted(const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    names.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return names;
}

Account account_from(const Row& row) {
  return {.id = text_of(row[0]),
          .login = text_of(row[1]),
          .name = text_of(row[2]),
          .county = text_of(row[3]),
          .unit = text_of(row[4]),
          .roles = parted(text_of(row[5])),
          .password = text_of(row[6]),
          .enabled = number_of(row[7]) != 0,
          .failures = number_of(row[8]),
          .locked_until = number_of(row[9]),
          .version = number_of(row[10])};
}

Result<std::optional<Account>> one_account(Database& database, const std::string& where,
                                           const std::string& value) {
  HUICE_TRY(const auto rows, database.ask("SELECT " + std::string(kColumns) +
                                              " FROM account WHERE " + where + " = ?",
                                          {value}));
  if (rows.empty()) return std::optional<Account>();
  return std::optional<Account>(account_from(rows.front()));
}

/// Runs a statement of which nobody asks how many rows it changed.
Status carry_out(Database& database, std::string_view sql, const std::vector<Cell>& values) {
  HUICE_TRY([[maybe_unused]] const auto changed, database.run(sql, values));
  return Unit{};
}

Token token_from(const Row& row) {
  return {.id = text_of(row[0]),
          .hash = text_of(row[1]),
          .account = text_of(row[2]),
          .name = text_of(row[3]),
          .roles = parted(text_of(row[4])),
          .expires = number_of(row[5]),
          .expires_on = text_of(row[6])};
}

}  // namespace

Result<Account> find_account(Database& database, const std::string& id) {
  HUICE_TRY(auto found, one_account(database, "id", id));
  if (found) return std::move(*found);
  return Error{.code = ErrorCode::NotFound,
               .id = "account.unknown",
               .message = "没有这个用户",
               .hint = "刷新用户列表"};
}

Result<std::optional<Account>> account_by_login(Database& database, const std::string& login) {
  return one_account(database, "login", login);
}

Result<AccountPage> list_accounts(Database& database, const AccountQuery& query) {
  std::string where = " FROM account WHERE (login LIKE ? ESCAPE '!' OR name LIKE ? ESCAPE '!')";
  std::vector<Cell> values = {containing(query.text), containing(query.text)};
  if (query.county != kAllCounties) {
    where += " AND county = ?";
    values.emplace_back(query.county);
  }
  HUICE_TRY(const auto total, database.ask("SELECT count(*)" + where, values));
  values.emplace_back(query.limit);
  values.emplace_back(query.offset);
  HUICE_TRY(const auto rows, database.ask("SELECT " + std::string(kColumns) + where +
                                              " ORDER BY county, login LIMIT ? OFFSET ?",
                                          values));
  AccountPage page{.total = number_of(total.front()[0])};
  for (const Row& row : rows)
    page.items.push_back(account_from(row));
  return page;
}

Result<std::vector<Person>> people_of(Database& database, std::string_view county) {
  HUICE_TRY(
      const auto rows,
      database.ask("SELECT login, name FROM account WHERE county = ? OR county = ? ORDER BY login",
                   {std::string(county), std::string(kAllCounties)}));
  std::vector<Person> people;
  people.reserve(rows.size());
  for (const Row& row : rows)
    people.push_back({.login = text_of(row[0]), .name = text_of(row[1])});
  return people;
}

Result<std::int64_t> count_accounts(Database& database) {
  HUICE_TRY(const auto rows, database.ask("SELECT count(*) FROM account"));
  return number_of(rows.front()[0]);
}

Status add_account(Database& database, const Account& account) {
  HUICE_TRY(const auto taken, account_by_login(database, account.login));
  if (taken) {
    return Error{.code = ErrorCode::Conflict,
                 .id = "account.login-taken",
                 .message = "登录名 " + account.login + " 已有人用",
                 .hint = "换一个登录名"};
  }
  return carry_out(database,
                   "INSERT INTO account (" + std::string(kColumns) +
                       ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 1)",
                   {account.id, account.login, account.name, account.county, account.unit,
                    joined(account.roles), account.password, std::int64_t{account.enabled}});
}

Result<Account> change_account(Database& database, Account account) {
  HUICE_TRY(const auto changed,
            database.run("UPDATE account SET name = ?, unit = ?, roles = ?, password = ?, "
                         "enabled = ?, version = version + 1 WHERE id = ? AND version = ?",
                         {account.name, account.unit, joined(account.roles), account.password,
                          std::int64_t{account.enabled}, account.id, account.version}));
  if (changed == 0) return stale();
  ++account.version;
  return account;
}

Result<bool> count_attempt(Database& database, const Account& account, std::int64_t locked_until) {
  HUICE_TRY(
      const auto counted,
      database.run("UPDATE account SET failures = failures + 1, locked_until = ? WHERE id = ? "
                   "AND failures = ? AND locked_until = ?",
                   {locked_until, account.id, account.failures, account.locked_until}));
  return counted > 0;
}

Status forget_attempts(Database& database, const std::string& id) {
  return carry_out(database, "UPDATE account SET failures = 0, locked_until = 0 WHERE id = ?",
                   {id});
}

Status add_session(Database& database, const Session& session) {
  return carry_out(
      database,
      "INSERT INTO session (hash, account, began, seen, csrf, rotated) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      {session.hash, session.account, session.began, session.seen, session.csrf, session.began});
}

Result<std::optional<Session>> find_session(Database& database, const std::string& hash) {
  HUICE_TRY(const auto rows,
            database.ask("SELECT hash, account, began, seen, csrf, former, rotated, confirmed "
                         "FROM session WHERE hash = ? OR former = ?",
                         {hash, hash}));
  if (rows.empty()) return std::optional<Session>();
  const Row& row = rows.front();
  return std::optional(Session{text_of(row[0]), text_of(row[1]), number_of(row[2]),
                               number_of(row[3]), text_of(row[4]), text_of(row[5]),
                               number_of(row[6]), number_of(row[7])});
}

Status touch_session(Database& database, const std::string& hash, std::int64_t seen) {
  return carry_out(database, "UPDATE session SET seen = ? WHERE hash = ?", {seen, hash});
}

Status confirm_session(Database& database, const std::string& hash, std::int64_t now) {
  return carry_out(database, "UPDATE session SET confirmed = ? WHERE hash = ? AND confirmed = 0",
                   {now, hash});
}

Result<bool> rotate_session(Database& database, const Session& read, const std::string& hash,
                            const std::string& former, std::int64_t now) {
  HUICE_TRY(const auto changed,
            database.run("UPDATE session SET hash = ?, former = ?, rotated = ?, confirmed = 0, "
                         "seen = ? WHERE hash = ?",
                         {hash, former, now, now, read.hash}));
  return changed > 0;
}

Status end_session(Database& database, const std::string& hash) {
  return carry_out(database, "DELETE FROM session WHERE hash = ? OR former = ?", {hash, hash});
}

Status end_sessions_of(Database& database, const std::string& account) {
  return carry_out(database, "DELETE FROM session WHERE account = ?", {account});
}

Status end_old_sessions(Database& database, std::int64_t began_before, std::int64_t seen_before) {
  return carry_out(database, "DELETE FROM session WHERE began < ? OR seen < ?",
                   {began_before, seen_before});
}

Status add_token(Database& database, const Token& token) {
  return carry_out(database,
                   "INSERT INTO token (id, hash, account, name, roles, expires, expires_on) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?)",
                   {token.id, token.hash, token.account, token.name, joined(token.roles),
                    token.expires, token.expires_on});
}

Result<std::optional<Token>> find_token(Database& database, const std::string& hash) {
  HUICE_TRY(const auto rows,
            database.ask("SELECT id, hash, account, name, roles, expires, expires_on FROM token "
                         "WHERE hash = ?",
                         {hash}));
  if (rows.empty()) return std::optional<Token>();
  return std::optional(token_from(rows.front()));
}

Result<std::vector<Token>> tokens_of(Database& database, const std::string& account) {
  HUICE_TRY(const auto rows,
            database.ask("SELECT id, hash, account, name, roles, expires, expires_on FROM token "
                         "WHERE account = ? ORDER BY name, id",
                         {account}));
  std::vector<Token> tokens;
  for (const Row& row : rows)
    tokens.push_back(token_from(row));
  return tokens;
}

Status remove_token(Database& database, const std::string& account, const std::string& id) {
  HUICE_TRY(const auto removed,
            database.run("DELETE FROM token WHERE account = ? AND id = ?", {account, id}));
  if (removed > 0) return Unit{};
  return Error{.code = ErrorCode::NotFound,
               .id = "token.unknown",
               .message = "没有这个令牌",
               .hint = "刷新令牌列表"};
}

Status replace_invitation(Database& database, const std::string& hash, std::int64_t expires) {
  HUICE_TRY([[maybe_unused]] const Unit gone, carry_out(database, "DELETE FROM invitation", {}));
  return carry_out(database, "INSERT INTO invitation (hash, expires) VALUES (?, ?)",
                   {hash, expires});
}

Result<bool> use_invitation(Database& database, const std::string& hash, std::int64_t now) {
  HUICE_TRY(const auto taken,
            database.run("DELETE FROM invitation WHERE hash = ? AND expires > ?", {hash, now}));
  return taken > 0;
}

}  // namespace huice::store
