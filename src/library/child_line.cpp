#include "library/child_line.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace huice::library {
namespace {

constexpr int kLine = 3;  // the socket's number in a child

bool send_all(int line, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(line, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool receive_all(int line, char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::recv(line, bytes, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

/// More than any circular within the limits of readers.h packs to.
constexpr std::uint64_t kMaxMessage = std::uint64_t{256} << 20;

}  // namespace

Line::~Line() {
  if (file_ >= 0) ::close(file_);
}

std::optional<std::pair<Line, Line>> make_lines() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return std::nullopt;
  return std::pair(Line(ends[0]), Line(ends[1]));
}

// A message is its size, eight bytes as this machine orders them, and its bytes.
bool send_message(const Line& line, std::string_view message) {
  std::array<char, sizeof(std::uint64_t)> size{};
  const std::uint64_t count = message.size();
  std::memcpy(size.data(), &count, size.size());
  return send_all(line.file(), {size.data(), size.size()}) && send_all(line.file(), message);
}

std::optional<std::string> receive_message(const Line& line) {
  std::uint64_t count = 0;
  if (!receive_all(line.file(), reinterpret_cast<char*>(&count), sizeof count) ||
      count > kMaxMessage)
    return std::nullopt;
  std::string message(count, '\0');
  if (!receive_all(line.file(), message.data(), message.size())) return std::nullopt;
  return message;
}

Line keep_only(const Line& line) {
  ::dup2(line.file(), kLine);
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    ::dup2(nothing, standard);
  ::close_range(kLine + 1, ~0U, 0);
  return Line(kLine);
}

}  // namespace huice::library
