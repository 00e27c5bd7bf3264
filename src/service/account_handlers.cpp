// Users, tokens, the audit log.
#include <algorithm>

#include "service/accounts.h"
#include "service/gate.h"
#include "service/handlers.h"
#include "service/values.h"
#include "store/audit.h"
#include "store/digest.h"

namespace huice::service {
namespace {

constexpr std::string_view kWholeSystem = "000000";

std::vector<std::string> texts_at(const model::Value& body, std::string_view name) {
  std::vector<std::string> texts;
  const model::Value* list = body.find(name);
  for (const model::Value& each :
       list == nullptr || list->list() == nullptr ? model::Value::List() : *list->list())
    texts.push_back(*each.text());
  return texts;
}

Error foreign_county() {
  return {.code = ErrorCode::InvalidInput,
          .id = "account.county",
          .message = "只能管本县的用户",
          .where = {.part = "county"},
          .hint = "不写 county，即为本县"};
}

/// An account that the caller may see: of his county, or any for the whole system.
Result<store::Account> visible_account(Desk& desk, const Call& call) {
  HUICE_TRY(auto account, store::find_account(desk.database, call.path.at("id")));
  const std::string& county = call.who.account.county;
  if (account.county == county || county == kWholeSystem) return account;
  return Error{.code = ErrorCode::NotFound,
               .id = "account.unknown",
               .message = "没有这个用户",
               .hint = "刷新用户列表"};
}

Result<Answer> list_users(Desk& desk, const Call& call) {
  HUICE_TRY(const auto page,
            store::list_accounts(desk.database, {.county = call.who.account.county,
                                                 .text = call.text("q"),
                                                 .limit = call.number("limit", 50),
                                                 .offset = call.number("offset", 0)}));
  return json_answer(
      page_value(page, [&](const store::Account& each) { return user_value(each, call.now); }));
}

Result<Answer> list_people(Desk& desk, const Call& call) {
  HUICE_TRY(const auto people, store::people_of(desk.database, call.who.account.county));
  model::Value::List items;
  for (const store::Person& each : people)
    items.push_back(model::Value::Record{{"login", each.login}, {"name", each.name}});
  return json_answer(model::Value::Record{{"items", std::move(items)}});
}

Result<Answer> add_user(Desk& desk, const Call& call) {
  HUICE_TRY([[maybe_unused]] const Unit signed_in, require_session(call.who));
  const std::string own = call.who.account.county;
  const std::string asked = call.field("county");
  if (!asked.empty() && asked != own && own != kWholeSystem) return foreign_county();
  store::Account account{.id = random_id(),
                         .login = call.field("login"),
                         .name = call.field("name"),
                         .county = asked.empty() ? own : asked,
                         .unit = call.field("unit"),
                         .roles = texts_at(call.body, "roles"),
                         .password = {}};
  HUICE_TRY(account.password, desk.site.passwords.hash(call.field("password")));
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&] {
    return add_account_logged(desk.database, call.author(), account);
  }));
  return versioned_answer(user_value(account, call.now), account.version, 201);
}

Result<Answer> get_user(Desk& desk, const Call& call) {
  HUICE_TRY(const auto account, visible_account(desk, call));
  return versioned_answer(user_value(account, call.now), account.version);
}

/// What was granted is taken away at once: all sessions of the account end with a change.
Result<Answer> put_user(Desk& desk, const Call& call) {
  HUICE_TRY([[maybe_unused]] const Unit signed_in, require_session(call.who));
  HUICE_TRY(store::Account account, visible_account(desk, call));
  HUICE_TRY(account.version, version_wanted(call));
  account.name = call.field("name");
  account.unit = call.field("unit");
  account.roles = texts_at(call.body, "roles");
  account.enabled = *call.body.find("enabled")->truth();
  const bool new_password = call.body.find("password") != nullptr;
  if (new_password) {
    HUICE_TRY(account.password, desk.site.passwords.hash(call.field("password")));
  }
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY(account, store::change_account(desk.database, account));
    if (new_password) {
      HUICE_TRY([[maybe_unused]] const Unit unlocked,
                store::forget_attempts(desk.database, account.id));
      account.locked_until = 0;
    }
    if (account.id != call.who.account.id) {
      HUICE_TRY([[maybe_unused]] const Unit ended,
                store::end_sessions_of(desk.database, account.id));
    }
    return log_account(desk.database, call.author(), account, "用户.修改");
  }));
  return versioned_answer(user_value(account, call.now), account.version);
}

model::Value token_value(const store::Token& token) {
  return model::Value::Record{{"id", token.id},
                              {"name", token.name},
                              {"roles", text_list(token.roles)},
                              {"expires_on", token.expires_on}};
}

Result<Answer> list_tokens(Desk& desk, const Call& call) {
  HUICE_TRY(const auto tokens, store::tokens_of(desk.database, call.who.account.id));
  model::Value::List items;
  for (const store::Token& token : tokens)
    items.push_back(token_value(token));
  return json_answer(model::Value::Record{{"items", model::Value(std::move(items))}});
}

Result<Answer> add_token(Desk& desk, const Call& call) {
  HUICE_TRY([[maybe_unused]] const Unit signed_in, require_session(call.who));
  constexpr std::int64_t kDay = 86'400;
  const std::string secret = std::string(kTokenPrefix) + random_secret();
  const std::int64_t days = call.body.find("days")->number()->to_int64().value_or(1);
  store::Token token{.id = random_id(),
                     .hash = store::sha256(secret),
                     .account = call.who.account.id,
                     .name = call.field("name"),
                     .roles = texts_at(call.body, "roles"),
                     .expires = call.now + days * kDay,
                     .expires_on = call.world.today.plus_days(static_cast<int>(days)).to_iso()};
  for (const std::string& role : token.roles) {
    if (call.who.has(role)) continue;
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "token.role",
                 .message = "您没有“" + role + "”的角色，不能给令牌",
                 .where = {.part = "roles"},
                 .hint = "只选自己有的角色"};
  }
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY([[maybe_unused]] const Unit added, store::add_token(desk.database, token));
    return log_account(desk.database, call.author(), call.who.account, "令牌.建立");
  }));
  model::Value value = token_value(token);
  std::get<model::Value::Record>(value.content()).emplace_back("secret", secret);
  return json_answer(value, 201);
}

Result<Answer> delete_token(Desk& desk, const Call& call) {
  HUICE_TRY([[maybe_unused]] const Unit signed_in, require_session(call.who));
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY([[maybe_unused]] const Unit gone,
              store::remove_token(desk.database, call.who.account.id, call.path.at("id")));
    return log_account(desk.database, call.author(), call.who.account, "令牌.作废");
  }));
  Answer answer;
  answer.status = 204;
  return answer;
}

model::Value optional_value(const std::optional<std::string>& text) {
  return text ? model::Value(*text) : model::Value();
}

Result<Answer> list_audit(Desk& desk, const Call& call) {
  HUICE_TRY(const auto page,
            store::list_audit(desk.database, {.county = call.who.account.county,
                                              .actor = call.text("actor"),
                                              .subject = call.text("subject"),
                                              .limit = call.number("limit", 50),
                                              .offset = call.number("offset", 0)}));
  return json_answer(page_value(page, [](const store::NumberedEntry& each) {
    return model::Value::Record{{"seq", number_value(each.seq)},
                                {"at", each.entry.at},
                                {"actor", each.entry.actor},
                                {"origin", each.entry.origin},
                                {"action", each.entry.action},
                                {"subject", each.entry.subject},
                                {"before", optional_value(each.entry.before)},
                                {"after", optional_value(each.entry.after)}};
  }));
}

}  // namespace

Handlers account_handlers() {
  return {{"listUsers", list_users}, {"listPeople", list_people},   {"addUser", add_user},
          {"getUser", get_user},     {"putUser", put_user},         {"listTokens", list_tokens},
          {"addToken", add_token},   {"deleteToken", delete_token}, {"listAudit", list_audit}};
}

}  // namespace huice::service
