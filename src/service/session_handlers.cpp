// Signing in and out, the first administrator, one's own password.
#include "service/accounts.h"
#include "service/gate.h"
#include "service/handlers.h"
#include "service/values.h"
#include "store/audit.h"
#include "store/digest.h"

namespace huice::service {
namespace {

/// Far more than ever try at once; beyond it the map begins anew.
constexpr std::size_t kMaxStrangers = 10'000;

Error credentials() {
  return {.code = ErrorCode::InvalidInput,
          .id = "session.credentials",
          .message = "登录名或密码不对",
          .hint = "核对大小写；忘了密码请管理员重设"};
}

Error locked(std::int64_t seconds) {
  return {.code = ErrorCode::InvalidInput,
          .id = "session.locked",
          .message = "密码错了多次，已锁定",
          .hint = "过 " + std::to_string(seconds) + " 秒再试，或请管理员解锁"};
}

/// A session of its own for the account; the secret goes out in the cookie and nowhere else.
Result<Answer> begin_session(Desk& desk, const Call& call, const store::Account& account) {
  const std::string secret = random_secret();
  HUICE_TRY([[maybe_unused]] const Unit added,
            store::add_session(desk.database, {.hash = store::sha256(secret),
                                               .account = account.id,
                                               .began = call.now,
                                               .seen = call.now,
                                               .csrf = csrf_of(secret)}));
  Answer answer = json_answer(model::Value::Record{{"user", user_value(account, call.now)},
                                                   {"csrf", csrf_of(secret)},
                                                   {"today", call.world.today}});
  answer.headers.emplace_back("Set-Cookie", session_cookie(desk.site, *call.request, secret));
  return answer;
}

Status log_sign_in(Desk& desk, const Call& call, const store::Account& account,
                   const std::string& action) {
  return desk.database.transact([&] {
    return store::append(desk.database,
                         {.at = call.world.now,
                          .actor = account.login,
                          .origin = call.request->address,
                          .action = action,
                          .subject = store::subject_of(account.county, "用户", account.id)});
  });
}

/// As long as a name that somebody has, so that nobody learns which names there are.
Error refuse_stranger(Desk& desk, const Call& call, const std::string& login) {
  const std::int64_t wait = desk.site.strangers.with([&](auto& strangers) -> std::int64_t {
    if (strangers.size() >= kMaxStrangers) strangers.clear();
    auto& [failures, until] = strangers[login];
    if (until > call.now) return until - call.now;
    ++failures;
    until = call.now + lock_seconds(failures);
    return 0;
  });
  if (wait > 0) return locked(wait);
  // A hash of nothing that anybody knows, made with the same limits.
  static constexpr const char* kNobody =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
      "RdescudvJCsgt3ub+b0dWRWJTmaaJObGG7n8o3m5f7c";
  (void)desk.site.passwords.verify(kNobody, call.field("password"));
  return credentials();
}

/// The account of the name, nullopt where nobody has it. The attempt is counted before its password
/// is looked at, so that many at once are no more tries than one after another; a right password
/// takes it back. Errors: `session.locked`.
Result<std::optional<store::Account>> account_to_try(Desk& desk, const Call& call,
                                                     const std::string& login) {
  while (true) {
    HUICE_TRY(auto account, store::account_by_login(desk.database, login));
    if (!account) return account;
    if (account->locked_until > call.now) return locked(account->locked_until - call.now);
    HUICE_TRY(const bool counted,
              store::count_attempt(desk.database, *account,
                                   call.now + lock_seconds(account->failures + 1)));
    if (counted) return account;
  }
}

Result<Answer> sign_in(Desk& desk, const Call& call) {
  if (!desk.site.sign_ins.allows(call.request->address, std::chrono::steady_clock::now())) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "service.rate",
                 .message = "登录太频繁",
                 .hint = "过一分钟再试"};
  }
  const std::string login = call.field("login");
  HUICE_TRY(const auto account, account_to_try(desk, call, login));
  if (!account) return refuse_stranger(desk, call, login);
  if (!desk.site.passwords.verify(account->password, call.field("password"))) {
    HUICE_TRY([[maybe_unused]] const Unit logged,
              log_sign_in(desk, call, *account, "登录.密码不对"));
    return credentials();
  }
  if (!account->enabled) return credentials();
  HUICE_TRY([[maybe_unused]] const Unit forgotten,
            store::forget_attempts(desk.database, account->id));
  const std::int64_t idle = std::int64_t{desk.site.configuration.idle_minutes} * 60;
  const std::int64_t longest = std::int64_t{desk.site.configuration.longest_hours} * 3600;
  HUICE_TRY([[maybe_unused]] const Unit swept,
            store::end_old_sessions(desk.database, call.now - longest, call.now - idle));
  // Whatever session the browser came with is not the one that has the rights.
  if (call.who.by == Identity::By::Session) {
    HUICE_TRY([[maybe_unused]] const Unit ended,
              store::end_session(desk.database, call.who.session));
  }
  HUICE_TRY([[maybe_unused]] const Unit logged, log_sign_in(desk, call, *account, "登录"));
  return begin_session(desk, call, *account);
}

Result<Answer> get_session(Desk&, const Call& call) {
  return json_answer(model::Value::Record{{"user", user_value(call.who.account, call.now)},
                                          {"csrf", call.who.csrf},
                                          {"today", call.world.today}});
}

Result<Answer> sign_out(Desk& desk, const Call& call) {
  HUICE_TRY([[maybe_unused]] const Unit signed_in, require_session(call.who));
  HUICE_TRY([[maybe_unused]] const Unit ended, store::end_session(desk.database, call.who.session));
  Answer answer;
  answer.status = 204;
  answer.headers.emplace_back("Set-Cookie", session_cookie(desk.site, *call.request, {}));
  return answer;
}

Result<Answer> change_password(Desk& desk, const Call& call) {
  HUICE_TRY([[maybe_unused]] const Unit signed_in, require_session(call.who));
  store::Account account = call.who.account;
  if (!desk.site.passwords.verify(account.password, call.field("old"))) {
    Error error = credentials();
    error.message = "现在的密码不对";
    return error;
  }
  HUICE_TRY(account.password, desk.site.passwords.hash(call.field("new")));
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY([[maybe_unused]] const auto changed, store::change_account(desk.database, account));
    HUICE_TRY([[maybe_unused]] const Unit ended, store::end_sessions_of(desk.database, account.id));
    return log_account(desk.database, call.author(), account, "用户.改密码");
  }));
  return begin_session(desk, call, account);
}

Result<Answer> set_up(Desk& desk, const Call& call) {
  store::Account account{.id = random_id(),
                         .login = call.field("login"),
                         .name = call.field("name"),
                         .county = call.field("county"),
                         .unit = {},
                         .roles = {"管理"},
                         .password = {}};
  HUICE_TRY(account.password, desk.site.passwords.hash(call.field("password")));
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY(const bool invited,
              store::use_invitation(desk.database, store::sha256(call.field("token")), call.now));
    if (!invited) {
      return Error{.code = ErrorCode::InvalidInput,
                   .id = "setup.invitation",
                   .message = "这个链接用过了、过期了，或不是最后一次给出的",
                   .hint = "在服务器上运行 huice user invite 取新的链接"};
    }
    store::Author author = call.author();
    author.login = account.login;
    return add_account_logged(desk.database, author, account);
  }));
  return json_answer(user_value(account, call.now), 201);
}

}  // namespace

Handlers session_handlers() {
  return {{"signIn", sign_in},
          {"getSession", get_session},
          {"signOut", sign_out},
          {"changePassword", change_password},
          {"setUp", set_up}};
}

}  // namespace huice::service
