// A long export as a person at a terminal sees it: progress, failures, Ctrl-C.
#pragma once

#include <memory>

#include "app/bulk_export.h"
#include "base/result.h"
#include "cli/arguments.h"
#include "cli/command.h"

namespace huice::cli {

/// `--workers N`.
Option workers_option();

/// While it lives, the first Ctrl-C (or SIGTERM) ends the export after what is in hand; a second
/// one ends the program as usual. One at a time.
class ExportWatch {
 public:
  explicit ExportWatch(const Terminal& terminal);
  ExportWatch(const ExportWatch&) = delete;
  ExportWatch& operator=(const ExportWatch&) = delete;
  ~ExportWatch();

  /// Lists items on `out` and failures on `err`; a terminal gets a count that keeps its line.
  /// Errors: InvalidInput `usage.number`. This outlives the control.
  Result<app::ExportControl> control(const Arguments& arguments) const;

  /// The last line; returns the exit status.
  int sum_up(const app::ExportReport& report) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace huice::cli
