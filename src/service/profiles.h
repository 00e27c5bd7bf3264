// Enterprises of requests and of the office's list, as policies see them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/profile.h"
#include "policy/library.h"
#include "policy/match.h"
#include "service/handlers.h"
#include "store/records.h"

namespace huice::service {

/// What a request for matches is about.
struct Question {
  std::shared_ptr<const policy::Library> library;
  model::Profile profile;
  policy::MatchOptions options;
};

/// The options of a call: its days and its policies, the county's code for profiles without one.
/// Errors: NotFound `policy.unknown-policy`.
Result<policy::MatchOptions> match_options(Desk& desk, const Call& call);

/// The profile that the body gives or names; `changed`: with its `changes`.
/// Errors: InvalidInput `match.profile` when it gives neither or both; NotFound `store.no-record`;
/// those of match_options and of facts::read_profile.
Result<Question> question_of(Desk& desk, const Call& call, bool changed);

/// A record of facts as a profile. Errors: those of facts::read_profile.
Result<model::Profile> profile_from(const model::Value& facts,
                                    const model::FactCatalogue& catalogue);

/// An enterprise of the list and its profile.
struct Listed {
  store::Record record;
  model::Profile profile;
};

inline constexpr std::int64_t kMaxListed = 20'000;

/// All enterprises of the caller's county, by name. Errors: TooLarge `match.too-many` beyond
/// kMaxListed; those of the above.
Result<std::vector<Listed>> listed_profiles(Desk& desk, const Call& call,
                                            const model::FactCatalogue& catalogue);

/// `facts` with the fields of `changes` in place of its own; null takes a fact away.
model::Value with_changes(const model::Value& facts, const model::Value& changes);

}  // namespace huice::service
