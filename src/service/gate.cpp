#include "service/gate.h"

#include <algorithm>
#include <iterator>

#include "store/digest.h"

namespace huice::service {
namespace {

/// Seconds between two notes of when a session was last seen.
constexpr std::int64_t kSeenStep = 60;
/// Seconds of use after which a session gets another secret.
constexpr std::int64_t kRotation = 15 * 60;
/// Seconds for which the former secret is good once the new one came back: requests under way, and
/// other windows of the browser, which share its cookies.
constexpr std::int64_t kGrace = 10;

Error refused(std::string id, std::string message, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = std::move(id),
          .message = std::move(message),
          .hint = std::move(hint)};
}

std::string cookie_of(const Request& request) {
  const std::string cookies = request.header("cookie");
  const std::string name = std::string(kSessionCookie) + "=";
  for (std::size_t at = 0; at < cookies.size();) {
    while (at < cookies.size() && cookies[at] == ' ')
      ++at;
    const std::size_t end = std::min(cookies.find(';', at), cookies.size());
    if (cookies.compare(at, name.size(), name) == 0) {
      return cookies.substr(at + name.size(), end - at - name.size());
    }
    at = end + 1;
  }
  return {};
}

/// The secret of a token, from `Bearer …` or as the password of `Basic …`, as calendars send it.
std::string token_of(const Request& request) {
  const std::string header = request.header("authorization");
  if (header.starts_with("Bearer ")) return header.substr(7);
  if (!header.starts_with("Basic ")) return {};
  const std::string pair = from_base64(header.substr(6));
  const std::size_t colon = pair.find(':');
  return colon == std::string::npos ? std::string() : pair.substr(colon + 1);
}

Result<Identity> by_token(Site& site, store::Database& database, const std::string& secret) {
  HUICE_TRY(const auto token, store::find_token(database, store::sha256(secret)));
  if (!token || token->expires < site.outside.seconds()) return Identity{};
  HUICE_TRY(auto account, store::find_account(database, token->account));
  if (!account.enabled) return Identity{};
  Identity who{.by = Identity::By::Token, .account = std::move(account)};
  std::ranges::copy_if(token->roles, std::back_inserter(who.roles), [&](const std::string& role) {
    return std::ranges::find(who.account.roles, role) != who.account.roles.end();
  });
  return who;
}

bool is_spent(const store::Session& session, const std::string& hash, std::int64_t now) {
  return hash != session.hash && session.confirmed != 0 && now - session.confirmed > kGrace;
}

/// Whether it is time for another secret; also where the last one never came back to us.
bool is_due(const store::Session& session, const std::string& hash, std::int64_t now) {
  if (hash != session.hash) return session.confirmed == 0 && now - session.rotated > kRenewal;
  return now - session.rotated >= kRotation;
}

/// Notes that the session was used with the secret of this hash, and renews the secret in its time.
Status use_session(store::Database& database, const store::Session& session,
                   const std::string& hash, std::int64_t now, Identity& who) {
  if (is_due(session, hash, now)) {
    const std::string secret = random_secret();
    const std::string fresh = store::sha256(secret);
    HUICE_TRY(const bool mine, store::rotate_session(database, session, fresh, hash, now));
    if (mine) {
      who.session = fresh;
      who.renewed = secret;
    }
    return Unit{};
  }
  if (hash == session.hash && session.confirmed == 0) {
    HUICE_TRY([[maybe_unused]] const Unit known, store::confirm_session(database, hash, now));
  }
  if (now - session.seen < kSeenStep) return Unit{};
  return store::touch_session(database, session.hash, now);
}

Result<Identity> by_session(Site& site, store::Database& database, const std::string& secret) {
  const std::string hash = store::sha256(secret);
  HUICE_TRY(const auto session, store::find_session(database, hash));
  const std::int64_t now = site.outside.seconds();
  if (!session || is_spent(*session, hash, now)) return Identity{};
  const bool idle = now - session->seen > std::int64_t{site.configuration.idle_minutes} * 60;
  const bool old = now - session->began > std::int64_t{site.configuration.longest_hours} * 3600;
  if (idle || old) {
    HUICE_TRY([[maybe_unused]] const Unit ended, store::end_session(database, session->hash));
    return Identity{};
  }
  HUICE_TRY(auto account, store::find_account(database, session->account));
  if (!account.enabled) return Identity{};
  Identity who{.by = Identity::By::Session, .roles = account.roles, .session = session->hash};
  who.account = std::move(account);
  who.csrf = session->csrf;
  HUICE_TRY([[maybe_unused]] const Unit used, use_session(database, *session, hash, now, who));
  return who;
}

bool changes_something(const std::string& method) {
  return method != "GET" && method != "HEAD";
}

/// A page of another site cannot read the token, and its browser names it in Origin.
bool is_forged(const Request& request, const Identity& who) {
  if (who.by != Identity::By::Session || !changes_something(request.method)) return false;
  const std::string origin = request.header("origin");
  const std::size_t host = origin.find("://");
  if (!origin.empty() &&
      (host == std::string::npos || origin.substr(host + 3) != request.header("host"))) {
    return true;
  }
  return who.csrf.empty() || !equal_secrets(request.header("x-csrf-token"), who.csrf);
}

}  // namespace

bool is_local(const std::string& address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

std::string forwarded_address(const Request& request) {
  std::string last = request.header("x-forwarded-for");
  last.erase(0, last.rfind(',') + 1);  // npos + 1 is 0
  std::erase(last, ' ');
  return last.empty() ? request.address : last;
}

Result<Identity> identify(Site& site, store::Database& database, const Request& request) {
  const std::string token = token_of(request);
  if (token.starts_with(kTokenPrefix)) return by_token(site, database, token);
  const std::string session = cookie_of(request);
  if (!session.empty()) return by_session(site, database, session);
  return Identity{};
}

Status admit(Site& site, const Operation& operation, const Request& request, const Identity& who) {
  if (operation.is_local()) {
    if (is_local(request.address)) return Unit{};
    return refused("session.forbidden", "只能从本机取", "在服务器上取，或由前置代理转");
  }
  const bool known = who.by != Identity::By::Nobody;
  const std::string name = known ? who.account.id : request.address;
  if (!site.requests.allows(name, std::chrono::steady_clock::now())) {
    return refused("service.rate", "请求太频繁", "稍等一会儿再试");
  }
  if (operation.is_public()) return Unit{};
  if (!known) return refused("session.required", "还没有登录，或登录已过期", "重新登录");
  if (is_forged(request, who)) {
    return refused("session.csrf", "请求没有带对 X-CSRF-Token", "刷新页面再试");
  }
  if (operation.allows(who.roles)) return Unit{};
  std::string roles;
  for (const std::string& role : operation.roles)
    roles += (roles.empty() ? "" : "、") + role;
  return refused("session.forbidden", "这一步要有“" + roles + "”的角色", "请管理员授权");
}

Status require_session(const Identity& who) {
  if (who.by == Identity::By::Session) return Unit{};
  return refused("session.forbidden", "令牌不能做这一步", "在网页上登录后做");
}

std::string session_cookie(const Site& site, const Request& request, const std::string& secret) {
  std::string cookie =
      std::string(kSessionCookie) + "=" + secret + "; Path=/; HttpOnly; SameSite=Strict";
  if (request.secure || site.configuration.behind_proxy) cookie += "; Secure";
  if (secret.empty()) cookie += "; Max-Age=0";
  return cookie;
}

}  // namespace huice::service
