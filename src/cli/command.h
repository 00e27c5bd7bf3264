// The commands of `huice`: each a name, its options, an example and what it does.
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "app/world.h"
#include "cli/arguments.h"

namespace huice::cli {

/// Where a command speaks: results on `out`, findings and progress on `err`.
struct Terminal {
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal = false;  ///< progress is shown only where somebody watches
};

struct Command {
  std::string name;     ///< `match`, `library add`
  std::string usage;    ///< what follows the name, options aside
  std::string summary;  ///< Chinese, one line
  std::string example;  ///< one whole command line
  std::vector<Option> options;
  std::size_t fewest_files = 0;
  std::size_t most_files = 0;
  std::function<int(const Arguments&, const app::World&, const Terminal&)> run;
};

std::vector<Command> library_commands();
std::vector<Command> library_upkeep_commands();
std::vector<Command> policy_commands();
std::vector<Command> match_commands();
std::vector<Command> draft_commands();
std::vector<Command> lint_commands();
std::vector<Command> campaign_commands();
std::vector<Command> ledger_commands();
std::vector<Command> returned_commands();
std::vector<Command> inspection_commands();
std::vector<Command> digest_commands();
std::vector<Command> application_commands();
std::vector<Command> database_commands();
std::vector<Command> sheet_commands();
std::vector<Command> service_commands();

/// Commands that the help lists under one heading.
struct Job {
  std::string heading;
  std::vector<Command> commands;
};
/// All there are, in the order of the help.
std::vector<Job> all_jobs();

/// Whether `words` begin with the name of a command of `jobs`.
bool is_among(const std::vector<std::string>& words, const std::vector<Job>& jobs);

/// Runs one command line (without the program's name); returns the exit status.
int run_command_line(const std::vector<std::string>& words, const std::vector<Job>& jobs,
                     const app::World& world, const Terminal& terminal);

}  // namespace huice::cli
