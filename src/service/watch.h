// Ends connections that take longer than they may: clients that drip bytes hold no thread for ever.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include <Poco/Net/StreamSocket.h>

#include "base/guarded.h"

namespace huice::service {

class Watch {
 public:
  using Clock = std::chrono::steady_clock;

  /// `cut_off` is called for each connection that is ended.
  explicit Watch(std::function<void()> cut_off);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// Watches a connection from now on; it ends at `until` unless that is moved.
  void begin(const Poco::Net::StreamSocket& socket, const std::string& address,
             Clock::time_point until);
  /// Clock::time_point::max(): as long as it takes.
  void move(const Poco::Net::StreamSocket& socket, Clock::time_point until);
  void end(const Poco::Net::StreamSocket& socket);

  /// Ends all connections.
  void end_all();

  /// Connections of an address.
  int count(const std::string& address);

 private:
  struct Watched {
    Poco::Net::StreamSocket socket;
    std::string address;
    Clock::time_point until;
  };
  void look(const std::stop_token& stopping);

  std::function<void()> cut_off_;
  Guarded<std::map<const void*, Watched>> connections_;
  std::jthread thread_;
};

}  // namespace huice::service
