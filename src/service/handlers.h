// The operations of the contract, each a function, by their operationId.
#pragma once

#include <map>
#include <string_view>

#include "base/result.h"
#include "service/call.h"
#include "service/site.h"
#include "store/database.h"

namespace huice::service {

/// What an operation works with.
struct Desk {
  Site& site;
  store::Database& database;
};

using Handler = Result<Answer> (*)(Desk&, const Call&);
using Handlers = std::map<std::string_view, Handler>;

Handlers session_handlers();
Handlers account_handlers();
Handlers enterprise_handlers();
Handlers match_handlers();
Handlers policy_handlers();
Handlers library_handlers();
Handlers library_file_handlers();
Handlers draft_handlers();
Handlers ledger_handlers();
Handlers returned_handlers();
Handlers campaign_handlers();
Handlers import_handlers();
Handlers assessment_handlers();
Handlers rules_handlers();
Handlers inspection_handlers();
Handlers application_handlers();
Handlers job_handlers();
Handlers system_handlers();

}  // namespace huice::service
