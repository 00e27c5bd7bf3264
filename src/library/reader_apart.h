// Answers requests that hold files of strangers, each in processes of its own, beside a program of
// many threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "library/reader_child.h"

namespace huice::library {

class Nursery;

/// Threads may use one at the same time.
class ReaderApart {
 public:
  /// To be called while the program has one thread. Errors: Io `library.reader.start`.
  static Result<ReaderApart> start(ReaderChild::Answer answer, const ReadLimits& limits);
  ReaderApart(ReaderApart&&) noexcept;
  ReaderApart& operator=(ReaderApart&&) noexcept;
  ~ReaderApart();

  /// Where the processes are killed, the request is answered by others, and refused when these are
  /// killed too. Errors: of the request those of ReaderChild::take; all others, which are Io, those
  /// of Nursery::bear.
  Result<std::string> ask(std::string_view request) const;

 private:
  explicit ReaderApart(std::unique_ptr<Nursery> nursery);

  std::unique_ptr<Nursery> nursery_;
};

}  // namespace huice::library
