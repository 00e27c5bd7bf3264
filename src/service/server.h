// The router behind Poco's HTTP server: sockets, TLS, limits, compression, graceful stop.
#pragma once

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "service/router.h"
#include "service/site.h"

namespace huice::service {

class Server {
 public:
  /// Listens and answers from now on. Errors: InvalidInput `service.listen` for an address that is
  /// none, Io `service.listen` for one that is taken, `service.tls` for a certificate or key.
  static Result<Server> start(Site& site, Router router);
  Server(Server&&) noexcept;
  Server& operator=(Server&&) = delete;
  /// Stops.
  ~Server();

  /// Takes no new connection and waits up to `seconds` for those at work.
  void stop(int seconds);

  std::uint16_t port() const;

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace huice::service
