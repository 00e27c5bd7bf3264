// The problem ledger (问题台账): each problem is a history of events, and its state is what they
// say.
//
// An event is never changed or removed; a mistake is answered by a further event. The life cycle:
//
//   登记 → 交办 → 办理 → 办结 → 回访 → 销号
//
// with 退回 (a unit gives the problem back, or the office sends a result back for more work),
// 延期 (a later due day) and 挂账 (kept on the books: it cannot be solved for the time being).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"
#include "model/value.h"

namespace huice::campaign {

enum class EventKind { Register, Assign, Work, Finish, FollowUp, Close, Return, Extend, Suspend };
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

std::string_view to_text(EventKind kind);             ///< `登记`, `交办`, …
std::string_view to_text(State state);                ///< `已登记`, `已交办`, …
std::string_view to_text(Satisfaction satisfaction);  ///< `满意`, `基本满意`, `不满意`
std::optional<EventKind> parse_event_kind(std::string_view text);
std::optional<State> parse_state(std::string_view text);
std::optional<Satisfaction> parse_satisfaction(std::string_view text);

/// The categories and levels a problem may have.
inline constexpr std::string_view kCategories[] = {"融资", "用工",     "用地", "用电",
                                                   "审批", "手续遗留", "市场", "政策"};
inline constexpr std::string_view kLevels[] = {"乡镇级", "县级", "市级及以上"};

/// What happened to a problem, when, by whom and why.
struct Event {
  EventKind kind = EventKind::Register;
  Date on;
  std::string by;
  std::string note;
  std::string to;                    ///< 交办: the unit or town that is to solve it
  std::optional<Date> due;           ///< 交办, 延期: to be finished by the end of this day
  std::optional<Decimal> degree;     ///< 办理, 挂账: how far it is solved, 0 to 1
  std::optional<Satisfaction> view;  ///< 回访: what the enterprise says
  SourceSpan where;
};

struct Problem {
  std::string id;
  std::string uscc;  ///< of the enterprise that has it
  std::string category;
  std::string level;
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

/// Counts over some problems.
struct Tally {
  int found = 0;      ///< registered
  int solved = 0;     ///< is_solved
  int closed = 0;     ///< 已销号, among the solved
  int in_hand = 0;    ///< neither solved nor suspended
  int suspended = 0;  ///< 挂账
  int overdue = 0;    ///< is_overdue, among those in hand
  int late = 0;       ///< finished after the due day, among the solved
  int followed = 0;   ///< the enterprise has been asked
  int pleased = 0;    ///< of these: 满意 or 基本满意 when last asked

  /// 化解率: solved / found, to four places, half up; nullopt when nothing was found.
  std::optional<Decimal> solved_rate() const;
  /// 满意率: pleased / followed, likewise.
  std::optional<Decimal> pleased_rate() const;
};

/// The same counts, whole and divided. Names appear in the order of kCategories and kLevels; units
/// in the order in which the ledger first names them.
struct Statistics {
  Date on;
  Tally all;
  std::vector<std::pair<std::string, Tally>> by_category, by_unit, by_level;
};

Statistics statistics(const std::vector<Problem>& problems, Date on);

/// Statistics for templates and JSON: `截至`, `合计`, `按类别`, `按责任单位`, `按层级`; each tally
/// has `发现`, `化解`, `销号`, `在办`, `挂账`, `逾期`, `超期办结`, `回访`, `满意`, `化解率`,
/// `满意率` (rates as numbers 0 to 1, or null) and, with a name, `名称`.
model::Value statistics_value(const Statistics& statistics);

}  // namespace huice::campaign
