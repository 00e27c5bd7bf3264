#include "library/nursery.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <utility>

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace huice::library {
namespace {

/// What a nursery is asked for, together with the child's end of a line.
enum class Wanted : char { Life = 'l', Nurse = 'n' };

Error not_started() {
  return {.code = ErrorCode::Io,
          .id = "library.reader.start",
          .message = "开不了读文件的子进程",
          .hint = "检查机器的内存和进程数，稍后再试"};
}

struct Parcel {
  Wanted wanted{};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> rights{};
  iovec part{.iov_base = &wanted, .iov_len = sizeof wanted};
  msghdr message{};

  Parcel() {
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = rights.data();
    message.msg_controllen = rights.size();
  }
};

bool send_wish(const Line& nurse, Wanted wanted, const Line& line) {
  Parcel parcel;
  parcel.wanted = wanted;
  cmsghdr* rights = CMSG_FIRSTHDR(&parcel.message);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(int));
  const int file = line.file();
  std::memcpy(CMSG_DATA(rights), &file, sizeof file);
  return ::sendmsg(nurse.file(), &parcel.message, MSG_NOSIGNAL) > 0;
}

std::optional<std::pair<Wanted, Line>> receive_wish(const Line& line) {
  Parcel parcel;
  ssize_t got = 0;
  do {
    got = ::recvmsg(line.file(), &parcel.message, MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  const cmsghdr* rights = CMSG_FIRSTHDR(&parcel.message);
  if (got <= 0 || rights == nullptr || rights->cmsg_type != SCM_RIGHTS) return std::nullopt;
  int file = -1;
  std::memcpy(&file, CMSG_DATA(rights), sizeof file);
  return std::pair(parcel.wanted, Line(file));
}

/// Ends when the program does, which closes the other end.
[[noreturn]] void nurse(const Line& line, const Nursery::Life& life) {
  std::signal(SIGCHLD, SIG_IGN);  // nobody asks how the children ended
  while (const auto wish = receive_wish(line)) {
    const pid_t self = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
      const Line own = keep_only(wish->second);
      if (wish->first == Wanted::Nurse) nurse(own, life);
      std::signal(SIGCHLD, SIG_DFL);
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (::getppid() == self) life(own);
      ::_exit(0);
    }
    if (!send_message(line, child > 0 ? "born" : "")) break;
  }
  ::_exit(0);
}

bool is_closed(const Line& line) {
  char byte = 0;
  return ::recv(line.file(), &byte, sizeof byte, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/// The line to what was born. nullopt: the nursery is gone. No line: the system has no more.
std::optional<Line> ask(const Line& nurse, Wanted wanted) {
  auto ends = make_lines();
  if (!ends) return Line();
  if (!send_wish(nurse, wanted, ends->second)) return std::nullopt;
  const auto born = receive_message(nurse);
  if (!born) return std::nullopt;
  return born->empty() ? Line() : std::move(ends->first);
}

}  // namespace

Status Nursery::start(const Life& life) {
  for (Nurse& one : nurses_) {
    auto ends = make_lines();
    if (!ends) return not_started();
    const pid_t child = ::fork();
    if (child == 0) nurse(keep_only(ends->second), life);
    if (child < 0) return not_started();
    one.child = child;
    one.line = std::move(ends->first);
  }
  return Unit{};
}

Nursery::~Nursery() {
  for (Nurse& one : nurses_)
    let_go(one);
}

void Nursery::let_go(Nurse& nurse) {
  nurse.line = Line();
  const pid_t child = std::exchange(nurse.child, -1);
  if (child < 0) return;
  ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
}

Result<Line> Nursery::bear() {
  const std::lock_guard lock(asking_);
  for (std::size_t i = 0; i < nurses_.size(); ++i) {
    Nurse& one = nurses_[i];
    Nurse& other = nurses_[1 - i];
    if (!one.line) continue;
    auto born = ask(one.line, Wanted::Life);
    if (!born) {
      let_go(one);
      continue;
    }
    if (other.line && is_closed(other.line)) let_go(other);
    if (!other.line) other.line = ask(one.line, Wanted::Nurse).value_or(Line());
    if (!*born) return not_started();
    return std::move(*born);
  }
  return Error{.code = ErrorCode::Io,
               .id = "library.reader.gone",
               .message = "读文件的进程已不在",
               .hint = "重新启动服务；文件还在，启动后接着读"};
}

}  // namespace huice::library
