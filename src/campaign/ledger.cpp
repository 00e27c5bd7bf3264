#include "campaign/ledger.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace huice::campaign {
namespace {

constexpr std::array<std::string_view, 9> kEventNames = {"登记", "交办", "办理", "办结", "回访",
                                                         "销号", "退回", "延期", "挂账"};
constexpr std::array<std::string_view, 8> kStateNames = {"已登记", "已交办", "办理中", "已办结",
                                                         "已回访", "已销号", "已退回", "已挂账"};
constexpr std::array<std::string_view, 3> kViewNames = {"满意", "基本满意", "不满意"};

template <class Enum, std::size_t size>
std::optional<Enum> named(const std::array<std::string_view, size>& names, std::string_view text) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

struct Step {
  State from;
  EventKind kind;
  State to;
};

// The life cycle after 登记. What is not listed is not allowed.
constexpr Step kSteps[] = {
    {State::Registered, EventKind::Assign, State::Assigned},
    {State::Assigned, EventKind::Work, State::InHand},
    {State::Assigned, EventKind::Return, State::Returned},
    {State::Assigned, EventKind::Extend, State::Assigned},
    {State::Assigned, EventKind::Suspend, State::Suspended},
    {State::InHand, EventKind::Work, State::InHand},
    {State::InHand, EventKind::Finish, State::Finished},
    {State::InHand, EventKind::Return, State::Returned},
    {State::InHand, EventKind::Extend, State::InHand},
    {State::InHand, EventKind::Suspend, State::Suspended},
    {State::Finished, EventKind::FollowUp, State::FollowedUp},
    {State::Finished, EventKind::Return, State::InHand},
    {State::FollowedUp, EventKind::FollowUp, State::FollowedUp},
    {State::FollowedUp, EventKind::Close, State::Closed},
    {State::FollowedUp, EventKind::Return, State::InHand},
    {State::Returned, EventKind::Assign, State::Assigned},
    {State::Suspended, EventKind::Assign, State::Assigned},
    {State::Suspended, EventKind::Work, State::InHand},
};

/// What may follow, for the hint: `交办、退回`.
std::string allowed_after(std::optional<State> state) {
  if (!state) return "登记";
  std::string names;
  for (const Step& step : kSteps) {
    if (step.from == *state) names.append(names.empty() ? "" : "、").append(to_text(step.kind));
  }
  return names;
}

/// Applies an allowed event. `worked` is the degree last reported while in hand.
void apply(Standing& standing, const Event& event, Decimal& worked) {
  switch (event.kind) {
    case EventKind::Register:
      standing.registered = event.on;
      break;
    case EventKind::Assign:
      standing.unit = event.to;
      standing.due = event.due;
      break;
    case EventKind::Work:
    case EventKind::Suspend:
      if (event.degree) worked = *event.degree;
      standing.degree = worked;
      break;
    case EventKind::Finish:
      standing.finished = event.on;
      standing.degree = 1;
      break;
    case EventKind::FollowUp:
      standing.view = event.view;
      break;
    case EventKind::Close:
      standing.closed = event.on;
      break;
    case EventKind::Return:
      ++standing.returned;
      if (standing.finished) {  // the office wants more work from the same unit
        standing.finished.reset();
        standing.view.reset();
        standing.degree = worked;
      } else {
        standing.unit.clear();
        standing.due.reset();
        worked = 0;
        standing.degree = 0;
      }
      break;
    case EventKind::Extend:
      ++standing.extended;
      standing.due = event.due;
      break;
  }
}

/// Collects what is wrong with one history while walking it.
class HistoryCheck {
 public:
  explicit HistoryCheck(const Problem& problem) : problem_(problem) {}

  Findings run() && {
    if (problem_.events.empty()) {
      add("ledger.event", "没有任何经过", problem_.where, "第一步写 登记");
    }
    for (const Event& event : problem_.events) {
      ++step_;
      if (!transition(event)) break;  // later steps would only repeat the complaint
      days(event);
      particulars(event);
      apply(standing_, event, worked_);
    }
    return std::move(findings_);
  }

 private:
  void add(std::string id, const std::string& what, const SourceSpan& where, std::string hint) {
    std::string subject = "问题 " + problem_.id;
    if (step_ > 0) subject += " 第" + std::to_string(step_) + "步";
    findings_.push_back({.code = ErrorCode::InvalidInput,
                         .id = std::move(id),
                         .message = subject + "：" + what,
                         .where = where,
                         .hint = std::move(hint)});
  }

  bool transition(const Event& event) {
    const auto next = state_after(state_, event.kind);
    if (next) {
      if (event.kind == EventKind::Close && standing_.view == Satisfaction::Dissatisfied) {
        add("ledger.transition", "企业回访不满意，不能销号", event.where,
            "先 退回 再办理，或再次 回访");
      }
      state_ = next;
      standing_.state = *next;
      return true;
    }
    const std::string now = state_ ? "“" + std::string(to_text(*state_)) + "”之后" : "第一步";
    const std::string allowed = allowed_after(state_);
    add("ledger.transition", now + "不能“" + std::string(to_text(event.kind)) + "”", event.where,
        allowed.empty() ? "已销号的问题不再变动；问题反复的，另立新号登记"
                        : "此处可写：" + allowed);
    return false;
  }

  void days(const Event& event) {
    if (last_ && event.on < *last_) {
      add("campaign.date", "日期 " + event.on.to_iso() + " 早于上一步的 " + last_->to_iso(),
          event.where, "按发生的先后写");
    }
    last_ = event.on;
    if (!event.due) return;
    if (*event.due < event.on) {
      add("campaign.date", "办结期限 " + event.due->to_iso() + " 早于当日 " + event.on.to_iso(),
          event.where, "改正 due 或 on");
    }
    if (event.kind == EventKind::Extend && standing_.due && *event.due <= *standing_.due) {
      add("campaign.date",
          "延期后的期限 " + event.due->to_iso() + " 不晚于原期限 " + standing_.due->to_iso(),
          event.where, "写新的、更晚的期限");
    }
  }

  void particulars(const Event& event) {
    const EventKind kind = event.kind;
    expect(event, "by", !event.by.empty(), true, true);
    expect(event, "to", !event.to.empty(), kind == EventKind::Assign, false);
    const bool sets_due = kind == EventKind::Assign || kind == EventKind::Extend;
    expect(event, "due", event.due.has_value(), sets_due, false);
    expect(event, "view", event.view.has_value(), kind == EventKind::FollowUp, false);
    const bool may_degree = kind == EventKind::Work || kind == EventKind::Suspend;
    expect(event, "degree", event.degree.has_value(), false, may_degree);
    const bool needs_reason = may_degree || kind == EventKind::Finish ||
                              kind == EventKind::Return || kind == EventKind::Extend;
    expect(event, "note", !event.note.empty(), needs_reason, true);
    if (event.degree && (event.degree->is_negative() || *event.degree > Decimal(1))) {
      add("campaign.range", "解决程度应在 0 到 1 之间，实为 " + event.degree->to_plain(),
          event.where, "六成写 0.6");
    }
  }

  void expect(const Event& event, std::string_view key, bool present, bool needed, bool allowed) {
    const std::string what = "“" + std::string(to_text(event.kind)) + "”";
    if (needed && !present) {
      add("ledger.event", what + "缺 " + std::string(key), event.where,
          "补写 " + std::string(key) + "：…");
    }
    if (present && !needed && !allowed) {
      add("ledger.event", what + "不应有 " + std::string(key), event.where,
          "删去 " + std::string(key));
    }
  }

  const Problem& problem_;
  std::optional<State> state_;
  Standing standing_;
  Decimal worked_;
  std::optional<Date> last_;
  int step_ = 0;
  Findings findings_;
};

}  // namespace

std::string_view to_text(EventKind kind) {
  return kEventNames[static_cast<std::size_t>(kind)];
}
std::string_view to_text(State state) {
  return kStateNames[static_cast<std::size_t>(state)];
}
std::string_view to_text(Satisfaction satisfaction) {
  return kViewNames[static_cast<std::size_t>(satisfaction)];
}

std::optional<EventKind> parse_event_kind(std::string_view text) {
  return named<EventKind>(kEventNames, text);
}
std::optional<State> parse_state(std::string_view text) {
  return named<State>(kStateNames, text);
}
std::optional<Satisfaction> parse_satisfaction(std::string_view text) {
  return named<Satisfaction>(kViewNames, text);
}

std::optional<State> state_after(std::optional<State> state, EventKind kind) {
  if (!state) {
    return kind == EventKind::Register ? std::optional(State::Registered) : std::nullopt;
  }
  const auto step = std::ranges::find_if(
      kSteps, [&](const Step& each) { return each.from == *state && each.kind == kind; });
  return step == std::end(kSteps) ? std::nullopt : std::optional(step->to);
}

std::optional<Standing> standing_on(const Problem& problem, Date on) {
  std::optional<State> state;
  Standing standing;
  Decimal worked;
  for (const Event& event : problem.events) {
    if (event.on > on) break;
    state = state_after(state, event.kind);
    if (!state) return std::nullopt;
    standing.state = *state;
    apply(standing, event, worked);
  }
  return state ? std::optional(standing) : std::nullopt;
}

Findings check_history(const Problem& problem) {
  return HistoryCheck(problem).run();
}

Result<Problem> with_event(Problem problem, Event event) {
  problem.events.push_back(std::move(event));
  Findings findings = check_history(problem);
  if (!findings.empty()) return as_error(std::move(findings));
  return problem;
}

bool is_solved(const Standing& standing) {
  return standing.state == State::Finished || standing.state == State::FollowedUp ||
         standing.state == State::Closed;
}

bool is_overdue(const Standing& standing, Date on) {
  return !is_solved(standing) && standing.state != State::Suspended && standing.due &&
         *standing.due < on;
}

}  // namespace huice::campaign
