#include "cli/command.h"

namespace huice::cli {

std::vector<Job> all_jobs() {
  return {{"查", library_commands()},     {"库", library_upkeep_commands()},
          {"政策", policy_commands()},    {"配", match_commands()},
          {"表", sheet_commands()},       {"拟", draft_commands()},
          {"校", lint_commands()},        {"考", campaign_commands()},
          {"台账", ledger_commands()},    {"收", returned_commands()},
          {"检", inspection_commands()},  {"报", digest_commands()},
          {"申", application_commands()}, {"库", database_commands()},
          {"务", service_commands()}};
}

}  // namespace huice::cli
