// What an export has finished so far, on disk: whoever runs it again goes on from there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "base/files.h"
#include "base/result.h"

namespace huice::app {

/// An item that is finished.
struct JournalEntry {
  std::size_t item = 0;
  int pages = 0;
  std::uint64_t bytes = 0;        ///< how many it took in the file or folder that is made
  std::uint64_t fingerprint = 0;  ///< of those bytes

  friend bool operator==(const JournalEntry&, const JournalEntry&) = default;
};

/// Lines of text, each with a check of itself: a line that was cut off by a crash ends the journal.
/// Entries are believed only as far as the bytes they speak of are found.
class ExportJournal {
 public:
  /// Opens the journal, or begins one. Entries of other inputs are forgotten.
  /// Errors: those of GrowingFile::open; Conflict `file.in-use` while another process exports
  /// there.
  static Result<ExportJournal> open(const std::filesystem::path& path, std::uint64_t inputs);

  /// What an earlier run left, in its order.
  const std::vector<JournalEntry>& found() const { return found_; }

  /// Keeps only the first `count` of found().
  Status keep(std::size_t count);
  Status add(std::span<const JournalEntry> entries);
  /// Once the export is finished.
  void remove();

 private:
  explicit ExportJournal(GrowingFile file) : file_(std::move(file)) {}
  GrowingFile file_;
  std::vector<JournalEntry> found_;
  std::vector<std::uint64_t> ends_;  ///< of the lines of found_
  std::uint64_t begin_ = 0;          ///< end of the first line
};

}  // namespace huice::app
