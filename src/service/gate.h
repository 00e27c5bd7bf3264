// Who may pass: sessions, tokens, forgery, roles.
#pragma once

#include "base/result.h"
#include "service/call.h"
#include "service/contract.h"
#include "service/site.h"
#include "store/database.h"

namespace huice::service {

inline constexpr std::string_view kSessionCookie = "huice_session";
/// Before the secret of every token, so that leaked ones are recognised.
inline constexpr std::string_view kTokenPrefix = "hct_";

/// An answer brings a session's new secret within so many seconds of its request or not at all;
/// afterwards the session may get another one.
inline constexpr std::int64_t kRenewal = 60;

/// Whoever the request says it is; nobody where it says nothing. Sessions end by idling and by
/// age. Errors: those of Database.
Result<Identity> identify(Site& site, store::Database& database, const Request& request);

/// Whether `who` may call the operation, and meant to.
/// Errors: InvalidInput `session.required`, `session.forbidden`, `session.csrf`, `service.rate`.
Status admit(Site& site, const Operation& operation, const Request& request, const Identity& who);

/// The cookie of a new session, or with an empty secret one that ends it.
std::string session_cookie(const Site& site, const Request& request, const std::string& secret);

/// What gives further rights is for people who signed in, not for tokens.
/// Errors: InvalidInput `session.forbidden`.
Status require_session(const Identity& who);

/// Whether the address is of this machine.
bool is_local(const std::string& address);

/// Whom a proxy asks for: the last of X-Forwarded-For, which the proxy itself wrote (what stands
/// before it anybody may have written). Without the header it is the proxy that asks.
std::string forwarded_address(const Request& request);

}  // namespace huice::service
