// Reads files of strangers beside a program of many threads.
//
// A process forked while other threads run may find their locks taken for ever. So the readers are
// not forked by the program but by a process that was forked itself before there were threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "library/circular.h"
#include "library/reader_child.h"
#include "library/settings.h"

namespace huice::library {

/// What became of a file.
struct FileReading {
  std::optional<Error> refusal;  ///< with what to do; then there is no circular
  Circular circular;
};

/// One reader; not for two threads at once.
class FileReader {
 public:
  /// To be called while the program has one thread, which must outlive this.
  /// Errors: Io `library.reader.start`.
  static Result<FileReader> start(IndexSettings settings, const ReadLimits& limits);

  /// Reads a file by its kind, which `name` says; a process of its own for each file. Errors, none
  /// of which says anything of the file: Io `library.reader.start`, `library.reader.gone`.
  Result<FileReading> read(std::string_view name, std::string_view bytes);

 private:
  explicit FileReader(ReaderChild keeper) : keeper_(std::move(keeper)) {}

  ReaderChild keeper_;
  bool gone_ = false;
};

}  // namespace huice::library
