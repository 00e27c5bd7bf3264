#include "service/watch.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

#include <Poco/Exception.h>

namespace huice::service {
namespace {

constexpr std::chrono::milliseconds kStep{250};

const void* key_of(const Poco::Net::StreamSocket& socket) {
  return socket.impl();
}

/// The thread that waits for the socket wakes with an error.
void shut(const Poco::Net::StreamSocket& socket) {
  try {
    socket.impl()->shutdown();
  } catch (const Poco::Exception&) {  // it ended by itself
  }
}

}  // namespace

Watch::Watch(std::function<void()> cut_off)
    : cut_off_(std::move(cut_off)),
      thread_([this](const std::stop_token& stopping) { look(stopping); }) {}

void Watch::begin(const Poco::Net::StreamSocket& socket, const std::string& address,
                  Clock::time_point until) {
  connections_.with([&](auto& all) {
    all.insert_or_assign(key_of(socket), Watched{socket, address, until});
  });
}

void Watch::move(const Poco::Net::StreamSocket& socket, Clock::time_point until) {
  connections_.with([&](auto& all) {
    const auto found = all.find(key_of(socket));
    if (found != all.end()) found->second.until = until;
  });
}

void Watch::end(const Poco::Net::StreamSocket& socket) {
  connections_.with([&](auto& all) { all.erase(key_of(socket)); });
}

void Watch::end_all() {
  connections_.with([](auto& all) {
    for (auto& [key, watched] : all)
      shut(watched.socket);
  });
}

int Watch::count(const std::string& address) {
  return connections_.with([&](const auto& all) {
    return static_cast<int>(std::ranges::count_if(
        all, [&](const auto& each) { return each.second.address == address; }));
  });
}

void Watch::look(const std::stop_token& stopping) {
  std::mutex mutex;
  std::condition_variable_any wake;
  while (!stopping.stop_requested()) {
    {
      std::unique_lock lock(mutex);
      wake.wait_for(lock, stopping, kStep, [] { return false; });
    }
    const auto now = Clock::now();
    connections_.with([&](auto& all) {
      for (auto& [key, watched] : all) {
        if (watched.until > now) continue;
        watched.until = Clock::time_point::max();
        cut_off_();
        shut(watched.socket);
      }
    });
  }
}

}  // namespace huice::service
