// Where a database is: a file, or a server written as postgresql://user:password@host:port/name.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace huice::store {

/// What a PostgreSQL address says; empty is libpq's own default.
struct ServerAddress {
  std::string host;  ///< a name, an address, or the folder of a socket (?host=/run/postgresql)
  std::string port;
  std::string user;
  std::string password;
  std::string name;  ///< of the database
};

/// Errors: InvalidInput `store.address`, without the password.
Result<ServerAddress> parse_server(const std::string& address);

/// The address without user and password, for messages.
std::string shown(std::string_view address);

}  // namespace huice::store
