// Reads files of strangers beside a program of many threads.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "library/circular.h"
#include "library/reader_apart.h"
#include "library/settings.h"

namespace huice::library {

/// What became of a file.
struct FileReading {
  std::optional<Error> refusal;  ///< with what to do; then there is no circular
  Circular circular;
};

/// Threads may use one at the same time.
class FileReader {
 public:
  /// To be called while the program has one thread. Errors: Io `library.reader.start`.
  static Result<FileReader> start(IndexSettings settings, const ReadLimits& limits);

  /// Reads a file by its kind, which `name` says; processes of its own for each file. Where these
  /// are killed, it is read once more, and refused when they are killed again. Errors, none of
  /// which says anything of the file: those of ReaderApart::ask that are Io.
  Result<FileReading> read(std::string_view name, std::string_view bytes) const;

 private:
  explicit FileReader(ReaderApart apart) : apart_(std::move(apart)) {}

  ReaderApart apart_;
};

}  // namespace huice::library
