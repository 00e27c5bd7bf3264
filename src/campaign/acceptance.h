// 一表受理 with 容缺受理: which papers an application has, which it may bring later, and until
// when.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "model/value.h"

namespace huice::campaign {

/// A paper that an application needs.
struct Paper {
  std::string name;
  bool main = false;  ///< without it nothing is accepted
  int days = 0;       ///< working days to bring it later; of one that is not main
};

/// What a policy's application needs.
struct PaperList {
  std::string policy;  ///< id
  std::vector<Paper> papers;
  SourceSpan where;
};

/// The county's list of what may be brought later (容缺受理事项清单); samples/acceptance/list.yaml.
struct AcceptanceRules {
  std::string county;
  std::string source;   ///< the regulation, with its number
  std::string counter;  ///< who accepts
  int most_days = 0;    ///< working days that any paper may take
  std::vector<PaperList> lists;

  const PaperList* find(std::string_view policy) const;
};

/// Errors: InvalidInput `campaign.missing-key`, `campaign.wrong-type`, `campaign.unknown-key`,
/// `campaign.range`, `campaign.duplicate`, all of them at once.
Result<AcceptanceRules> read_acceptance_rules(const model::Value& source);

/// Whether the list names just the papers that the policy asks for. Errors: InvalidInput
/// `acceptance.list` naming those that one of the two lacks.
Status check_papers(const PaperList& list, const std::vector<std::string>& materials);

/// What becomes of one paper.
struct PaperState {
  Paper paper;
  bool held = false;
  std::optional<Date> promised;  ///< of a missing one that may come later
};

struct Acceptance {
  enum class Outcome { Accepted, Deferred, Refused };  ///< 受理 容缺受理 不予受理
  Outcome outcome = Outcome::Accepted;
  std::vector<PaperState> papers;
  std::optional<Date> complete_by;  ///< of Deferred: when the last paper is due

  std::vector<std::string> missing() const;
};
std::string_view to_text(Acceptance::Outcome outcome);

/// Errors: InvalidInput `acceptance.paper` where `held` names a paper that the list has not.
Result<Acceptance> accept(const PaperList& list, const std::vector<std::string>& held, Date on);

}  // namespace huice::campaign
