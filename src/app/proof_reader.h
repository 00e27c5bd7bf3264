// Proof-reads drafts of strangers, each in a process of its own (library/reader_apart.h).
#pragma once

#include <filesystem>
#include <string>

#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "library/reader_apart.h"
#include "lint/lint.h"
#include "model/value.h"

namespace huice::app {

struct ProofOrder {
  std::string name;  ///< of the file; its end says of which kind it is
  Date today;
  lint::OwnWords words;
  std::filesystem::path library;  ///< circulars: whether what is cited still holds; empty: none
  std::filesystem::path own;      ///< those of a county beside them; empty: none
  bool mend = false;              ///< first make the mechanical edits
};

struct Proof {
  model::Value report;  ///< `ProofReport` of docs/openapi.yaml; with `mend`, of what is left
  model::Value mended;  ///< its findings whose edits were made
  std::string bytes;    ///< with `mend`, the file with the edits made
};

/// Threads may use one at the same time.
class ProofReader {
 public:
  /// `home` holds index/. To be called while the program has one thread.
  /// Errors: those of load_index_settings; Io `library.reader.start`.
  static Result<ProofReader> start(const std::filesystem::path& home,
                                   const library::ReadLimits& limits);

  /// Circulars that cannot be opened are not followed; the rest is found all the same.
  /// Errors: those of read_draft, mend_draft and ReaderApart::ask.
  Result<Proof> read(const ProofOrder& order, std::string_view bytes) const;

 private:
  explicit ProofReader(library::ReaderApart apart) : apart_(std::move(apart)) {}

  library::ReaderApart apart_;
};

}  // namespace huice::app
