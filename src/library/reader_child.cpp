#include "library/reader_child.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <new>
#include <utility>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace huice::library {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HUICE_SHADOWED_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HUICE_SHADOWED_MEMORY 1
#endif
#endif

constexpr int kLine = 3;          // the socket's number in the child
constexpr int kOutOfMemory = 70;  // how a child ends that got no more

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

/// A message is its size, eight bytes as this machine orders them, and its bytes.
bool send_message(int line, std::string_view message) {
  std::array<char, sizeof(std::uint64_t)> size{};
  const std::uint64_t count = message.size();
  std::memcpy(size.data(), &count, size.size());
  return send_all(line, {size.data(), size.size()}) && send_all(line, message);
}

/// More than any circular within the limits of readers.h packs to.
constexpr std::uint64_t kMaxMessage = std::uint64_t{256} << 20;

std::optional<std::string> receive_message(int line) {
  std::uint64_t count = 0;
  if (!receive_all(line, reinterpret_cast<char*>(&count), sizeof count) || count > kMaxMessage)
    return std::nullopt;
  std::string message(count, '\0');
  if (!receive_all(line, message.data(), message.size())) return std::nullopt;
  return message;
}

/// `seconds` of computing from now on; SIGXCPU ends the process after that.
void limit_computing(int seconds) {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  rlimit limit{};
  ::getrlimit(RLIMIT_CPU, &limit);
  const auto spent = used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1;
  limit.rlim_cur = std::min(limit.rlim_max, static_cast<rlim_t>(spent + seconds));
  ::setrlimit(RLIMIT_CPU, &limit);
}

/// Sanitizers map terabytes that they never touch.
void limit_memory([[maybe_unused]] std::size_t bytes) {
#ifndef HUICE_SHADOWED_MEMORY
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  rlimit limit{};
  ::getrlimit(RLIMIT_AS, &limit);
  const auto now = pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  limit.rlim_cur = std::min(limit.rlim_max, static_cast<rlim_t>(now + bytes));
  ::setrlimit(RLIMIT_AS, &limit);
#endif
}

/// The line becomes kLine; all other files are closed, so that no lock of the parent outlives it.
void keep_only(int line) {
  ::dup2(line, kLine);
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    ::dup2(nothing, standard);
  ::close_range(kLine + 1, ~0U, 0);
}

[[noreturn]] void live(int line, pid_t parent, const ReaderChild::Answer& answer,
                       const ReadLimits& limits) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(0);
  keep_only(line);
  const rlimit no_core{};
  ::setrlimit(RLIMIT_CORE, &no_core);
  limit_memory(limits.memory);
  try {
    while (const auto request = receive_message(kLine)) {
      limit_computing(limits.seconds);
      if (!send_message(kLine, answer(*request))) break;
    }
  } catch (const std::bad_alloc&) {
    ::_exit(kOutOfMemory);
  }
  ::_exit(0);
}

}  // namespace

Result<ReaderChild> ReaderChild::start(const Answer& answer, const ReadLimits& limits) {
  std::array<int, 2> ends{};
  const Error failed = {.code = ErrorCode::Io,
                        .id = "library.reader.start",
                        .message = "开不了读文件的子进程",
                        .hint = "请关闭一些程序后再试"};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return failed;
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) live(ends[1], parent, answer, limits);
  ::close(ends[1]);
  if (child < 0) {
    ::close(ends[0]);
    return failed;
  }
  return ReaderChild(child, ends[0]);
}

ReaderChild::ReaderChild(ReaderChild&& other) noexcept
    : child_(std::exchange(other.child_, -1)), line_(std::exchange(other.line_, -1)) {}

ReaderChild& ReaderChild::operator=(ReaderChild&& other) noexcept {
  std::swap(child_, other.child_);
  std::swap(line_, other.line_);
  return *this;
}

ReaderChild::~ReaderChild() {
  if (child_ < 0) return;
  ::close(line_);
  // It may be in the middle of a file that nobody wants any more.
  ::kill(child_, SIGKILL);
  int status = 0;
  while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
}

void ReaderChild::ask(std::string_view request) {
  static_cast<void>(send_message(line_, request));
}

Result<std::string> ReaderChild::take() {
  if (auto message = receive_message(line_)) return std::move(*message);
  return ending();
}

Error ReaderChild::ending() {
  int status = 0;
  while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
  ::close(line_);
  child_ = -1;
  line_ = -1;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
    return {.code = ErrorCode::TooLarge,
            .id = "library.reader.slow",
            .message = "读这个文件用时过长，已放弃",
            .hint = "请用 Word 或阅读软件打开，另存为 .docx 或 .txt 再添加"};
  }
  const bool memory = WIFEXITED(status) && WEXITSTATUS(status) == kOutOfMemory;
  return {.code = ErrorCode::InvalidInput,
          .id = "library.reader.died",
          .message = memory ? "读这个文件要用的内存过多，已放弃" : "读这个文件时出了意外，已放弃",
          .hint = "文件可能已损坏；请用 Word 或阅读软件打开，另存为 .docx 或 .txt 再添加"};
}

}  // namespace huice::library
