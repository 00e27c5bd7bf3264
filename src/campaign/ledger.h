// The problem ledger (问题台账): each problem is a history of events, and its state is what they
// say.
//
// An event is never changed or removed; a mistake is answered by a further event. The life cycle:
//
//   登记 → 交办 → 办理 → 办结 → 回访 → 销号
//
// with 退回 (a unit gives the problem back, or the office sends a result back for more work), 延期
// (a later due day, approved), 挂账 (kept on the books: it cannot be solved for the time being,
// which the enterprise was told and accepts), 升级 (whoever had it cannot solve it: it goes one
// tier up) and 审批: before 销号 each tier above the unit that the problem has reached agrees, from
// below.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"

namespace huice::campaign {

enum class EventKind {
  Register,
  Assign,
  Work,
  Finish,
  FollowUp,
  Close,
  Return,
  Extend,
  Suspend,
  Escalate,
  Approve
};
enum class State {
  Registered,
  Assigned,
  InHand,
  Finished,
  FollowedUp,
  Closed,
  Returned,
  Suspended
};
enum class Satisfaction { Satisfied, Mostly, Dissatisfied };
/// Who is to bring the solution about: 承办单位 → 县级包联领导 → 总调度会 → 上级.
enum class Tier { Unit, Leader, Meeting, Superior };

std::string_view to_text(EventKind kind);             ///< `登记`, `交办`, …
std::string_view to_text(State state);                ///< `已登记`, `已交办`, …
std::string_view to_text(Satisfaction satisfaction);  ///< `满意`, `基本满意`, `不满意`
std::string_view to_text(Tier tier);                  ///< `承办单位`, `县级包联领导`, …
std::optional<EventKind> parse_event_kind(std::string_view text);
std::optional<State> parse_state(std::string_view text);
std::optional<Satisfaction> parse_satisfaction(std::string_view text);
std::optional<Tier> parse_tier(std::string_view text);

/// What a problem may be classed as: 类别, 办理层级, 共性 or 个性, and the channel it came by.
inline constexpr std::string_view kCategories[] = {"融资", "用工",     "用地", "用电",
                                                   "审批", "手续遗留", "市场", "政策"};
inline constexpr std::string_view kLevels[] = {"乡镇级", "县级", "市级及以上"};
inline constexpr std::string_view kScopes[] = {"共性", "个性"};
inline constexpr std::string_view kSources[] = {"走访", "企业反映", "监测发现", "上级交办"};

/// What happened to a problem, when, by whom and why.
struct Event {
  EventKind kind = EventKind::Register;
  Date on;
  std::string by;
  std::string note;
  std::string to;                 ///< 交办: the unit or town that is to solve it
  std::optional<Date> due;        ///< 交办, 延期, 升级: to be finished by the end of this day
  std::optional<Decimal> degree;  ///< 办理, 挂账: how far it is solved, 0 to 1
  std::optional<Satisfaction> view;  ///< 回访: what the enterprise says
  std::optional<Tier> tier;          ///< 升级: where it goes; 审批: which tier agrees
  std::string agreed_by;  ///< 延期: who approved it; 挂账: who accepts it for the enterprise
  std::vector<std::string> evidence;  ///< names or numbers of papers that show it
  SourceSpan where;
};

struct Problem {
  std::string id;
  std::string uscc;  ///< of the enterprise that has it
  std::string category;
  std::string level;
  std::string scope;   ///< one of kScopes
  std::string source;  ///< one of kSources; may be empty
  std::string matter;
  std::vector<Event> events;  ///< in the order they happened
  SourceSpan where;
};

/// Where a problem stands after some of its events.
struct Standing {
  State state = State::Registered;
  std::string unit;         ///< who is to solve it; empty before 交办 and after it gave it back
  std::optional<Date> due;  ///< after the last 交办 or 延期
  Decimal degree;           ///< 1 when finished
  std::optional<Satisfaction> view;
  std::optional<Date> registered, finished, closed;
  int returned = 0;
  int extended = 0;
  Tier tier = Tier::Unit;            ///< the highest it has gone to
  std::optional<Date> escalated;     ///< when it last went up
  std::vector<std::string> signers;  ///< who agreed to closing, for the tiers above the unit

  /// Whose agreement to closing comes next; nullopt when all have agreed that must.
  std::optional<Tier> next_signer() const;
};

/// The state after `kind` happens in `state` (nullopt: not registered yet); nullopt when the life
/// cycle does not allow it.
std::optional<State> state_after(std::optional<State> state, EventKind kind);

/// The standing at the end of day `on`; nullopt when the problem was not registered by then.
/// Later events are left out. Requires a history that check_history finds nothing in.
std::optional<Standing> standing_on(const Problem& problem, Date on);

/// What is wrong with the history: steps the life cycle does not allow, days that go back, missing
/// or surplus particulars of an event. Empty when all is well.
Findings check_history(const Problem& problem);

/// The problem with one more event. Errors: those of check_history.
Result<Problem> with_event(Problem problem, Event event);

/// Finished, followed up or closed.
bool is_solved(const Standing& standing);
/// Not solved, not suspended, and its due day has passed.
bool is_overdue(const Standing& standing, Date on);

}  // namespace huice::campaign
