#include "library/reader_child.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <new>
#include <utility>

#include <sys/prctl.h>
#include <sys/resource.h>
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

constexpr int kOutOfMemory = 70;  // how a child ends that got no more

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

/// When the machine runs out of memory, the kernel is to end this process and no other.
void be_first_to_go() {
  std::ofstream("/proc/self/oom_score_adj") << 1000;
}

[[noreturn]] void live(const Line& parents, pid_t parent, const ReaderChild::Answer& answer,
                       const ReadLimits& limits) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(0);
  const Line line = keep_only(parents);
  be_first_to_go();
  const rlimit no_core{};
  ::setrlimit(RLIMIT_CORE, &no_core);
  limit_memory(limits.memory);
  try {
    while (const auto request = receive_message(line)) {
      limit_computing(limits.seconds);
      if (!send_message(line, answer(*request))) break;
    }
  } catch (const std::bad_alloc&) {
    ::_exit(kOutOfMemory);
  }
  ::_exit(0);
}

}  // namespace

Result<ReaderChild> ReaderChild::start(const Answer& answer, const ReadLimits& limits) {
  const Error failed = {.code = ErrorCode::Io,
                        .id = "library.reader.start",
                        .message = "开不了读文件的子进程",
                        .hint = "请关闭一些程序后再试"};
  auto ends = make_lines();
  if (!ends) return failed;
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) live(ends->second, parent, answer, limits);
  if (child < 0) return failed;
  return ReaderChild(child, std::move(ends->first));
}

ReaderChild::ReaderChild(ReaderChild&& other) noexcept
    : child_(std::exchange(other.child_, -1)), line_(std::move(other.line_)) {}

ReaderChild& ReaderChild::operator=(ReaderChild&& other) noexcept {
  std::swap(child_, other.child_);
  std::swap(line_, other.line_);
  return *this;
}

ReaderChild::~ReaderChild() {
  if (child_ < 0) return;
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

Error reader_killed() {
  return {
      .code = ErrorCode::TooLarge,
      .id = "library.reader.killed",
      .message = "读这个文件的进程被系统终止，多半是机器的内存不够，已放弃",
      .hint = "请把文件拆小，或另存为 .docx 或 .txt 再添加；反复如此，请管理人员检查机器的内存"};
}

Error ReaderChild::ending() {
  int status = 0;
  while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
  child_ = -1;
  line_ = Line();
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
    return {.code = ErrorCode::TooLarge,
            .id = "library.reader.slow",
            .message = "读这个文件用时过长，已放弃",
            .hint = "请用 Word 或阅读软件打开，另存为 .docx 或 .txt 再试"};
  }
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return reader_killed();
  const bool memory = WIFEXITED(status) && WEXITSTATUS(status) == kOutOfMemory;
  return {.code = ErrorCode::InvalidInput,
          .id = "library.reader.died",
          .message = memory ? "读这个文件要用的内存过多，已放弃" : "读这个文件时出了意外，已放弃",
          .hint = "文件可能已损坏；请用 Word 或阅读软件打开，另存为 .docx 或 .txt 再试"};
}

}  // namespace huice::library
