// The operations of the contract, each a function, by their operationId.
#pragma once

#include <functional>
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

/// Calls `use` with what the caller's county may see: the library that all share, and its own.
/// Errors: those of SearchHandles::with.
template <class T>
Result<T> read_from(Desk& desk, const Call& call,
                    const std::function<Result<T>(const Searched&)>& use) {
  return desk.site.search.with<T>(desk.database, call.who.account.county, use);
}

using Handler = Result<Answer> (*)(Desk&, const Call&);
using Handlers = std::map<std::string_view, Handler>;

Handlers session_handlers();
Handlers account_handlers();
Handlers enterprise_handlers();
Handlers match_handlers();
Handlers policy_handlers();
Handlers decision_handlers();
Handlers library_handlers();
Handlers library_file_handlers();
Handlers library_answer_handlers();
Handlers draft_handlers();
Handlers proof_handlers();
Handlers ledger_handlers();
Handlers returned_handlers();
Handlers sheet_handlers();
Handlers campaign_handlers();
Handlers import_handlers();
Handlers assessment_handlers();
Handlers rules_handlers();
Handlers inspection_handlers();
Handlers application_handlers();
Handlers job_handlers();
Handlers system_handlers();

}  // namespace huice::service
