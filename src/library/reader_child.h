// Files of strangers are read in child processes: what a damaged one does to a parser ends with the
// child, and time and memory have a limit that no parser can pass.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "library/child_line.h"

namespace huice::library {

/// What one file may take.
struct ReadLimits {
  int seconds = 60;                           ///< of computing, each file
  std::size_t memory = std::size_t{1} << 30;  ///< bytes beside what the program had
  unsigned children = 0;                      ///< at one time; 0: as many as processors
};

/// TooLarge `library.reader.killed`: what becomes of a file whose reader was sent SIGKILL.
Error reader_killed();

/// A child that answers one request at a time. It dies with its parent, keeps none of the parent's
/// files open and says nothing on the terminal.
class ReaderChild {
 public:
  using Answer = std::function<std::string(const std::string& request)>;

  /// Errors: Io `library.reader.start`.
  static Result<ReaderChild> start(const Answer& answer, const ReadLimits& limits);
  ReaderChild(ReaderChild&& other) noexcept;
  ReaderChild& operator=(ReaderChild&& other) noexcept;
  ~ReaderChild();

  /// Never waits for the answer. What goes wrong is told by take().
  void ask(std::string_view request);

  /// The answer to the last request. Errors: TooLarge `library.reader.slow`; InvalidInput
  /// `library.reader.died`; that of reader_killed(). The child is of no more use then.
  Result<std::string> take();

 private:
  ReaderChild(int child, Line line) : child_(child), line_(std::move(line)) {}
  Error ending();

  int child_ = -1;  // its id; -1: none
  Line line_;
};

}  // namespace huice::library
