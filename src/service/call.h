// One request as the handlers see it, and what they answer. Nothing here knows of sockets.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/world.h"
#include "base/result.h"
#include "model/value.h"
#include "store/accounts.h"
#include "store/records.h"

namespace huice::service {

/// What came over the network. Names of headers are lower case; sizes are within the limits.
struct Request {
  std::string version = "HTTP/1.1";
  std::string method;
  std::string path;   ///< as sent, percent-encoded, without the query
  std::string query;  ///< after the `?`, as sent
  std::map<std::string, std::string, std::less<>> headers;
  std::string address;  ///< of whoever asks, without the port
  bool secure = false;  ///< over TLS
  /// The body, up to so many bytes. Errors: TooLarge `service.body-too-large`, Io `service.body`.
  std::function<Result<std::string>(std::size_t limit)> body;

  std::string header(std::string_view name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
  }
};

/// Whoever asks.
struct Identity {
  enum class By { Nobody, Session, Token };
  By by = By::Nobody;
  store::Account account;
  std::vector<std::string> roles;  ///< of the account, or those of them the token has
  std::string session;             ///< hash of the session's secret
  std::string csrf;                ///< what requests of the session must bring along
  std::string renewed;             ///< another secret for the session, to be sent; mostly empty

  bool has(std::string_view role) const;
};

struct Operation;

/// A request that passed the gate: known operation, right role, sound parameters and body.
struct Call {
  const Operation* operation = nullptr;
  std::map<std::string, std::string, std::less<>> path;   ///< parameters, decoded
  std::map<std::string, std::string, std::less<>> query;  ///< decoded
  model::Value body;                                      ///< of a JSON body
  std::string bytes;                                      ///< of any other
  Identity who;
  app::World world;
  std::int64_t now = 0;  ///< seconds since 1970
  std::string id;        ///< of the request
  const Request* request = nullptr;

  /// A parameter of the query; `standard` when it was not given.
  std::string text(std::string_view name, std::string_view standard = {}) const;
  std::int64_t number(std::string_view name, std::int64_t standard) const;
  bool flag(std::string_view name) const { return text(name) == "true"; }
  /// Today when it was not given. Requires a format that the contract checks.
  Date day(std::string_view name) const;
  /// The same of what has happened. Errors: InvalidInput `service.future-day`.
  Result<Date> past_day(std::string_view name) const;
  /// A text of the body; empty when absent.
  std::string field(std::string_view name) const;

  /// Whoever changes something, for the audit log.
  store::Author author() const;
};

struct Answer {
  int status = 200;
  std::string type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  /// Writes the body bit by bit instead; ends early when the stream fails or `stopping` holds.
  std::function<void(std::ostream&, const std::function<bool()>& stopping)> stream;
};

/// A record as JSON. Errors: none; a handler may return it as it is.
Answer json_answer(const model::Value& value, int status = 200);
Answer bytes_answer(std::string type, std::string bytes);
/// The same with the version as ETag, which If-Match must bring back.
Answer versioned_answer(const model::Value& value, std::int64_t version, int status = 200);

/// The version in If-Match. Errors: InvalidInput `service.if-match` when it is none of ours.
Result<std::int64_t> version_wanted(const Call& call);

model::Value number_value(std::int64_t number);
model::Value text_list(const std::vector<std::string>& texts);

}  // namespace huice::service
