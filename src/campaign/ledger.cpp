#include "campaign/ledger.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace huice::campaign {
namespace {

constexpr std::array<std::string_view, 11> kEventNames = {
    "登记", "交办", "办理", "办结", "回访", "销号", "退回", "延期", "挂账", "升级", "审批"};
constexpr std::array<std::string_view, 8> kStateNames = {"已登记", "已交办", "办理中", "已办结",
                                                         "已回访", "已销号", "已退回", "已挂账"};
constexpr std::array<std::string_view, 3> kViewNames = {"满意", "基本满意", "不满意"};
constexpr std::array<std::string_view, 4> kTierNames = {"承办单位", "县级包联领导", "总调度会",
                                                        "上级"};

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
    {State::Assigned, EventKind::Escalate, State::Assigned},
    {State::InHand, EventKind::Work, State::InHand},
    {State::InHand, EventKind::Finish, State::Finished},
    {State::InHand, EventKind::Return, State::Returned},
    {State::InHand, EventKind::Extend, State::InHand},
    {State::InHand, EventKind::Suspend, State::Suspended},
    {State::InHand, EventKind::Escalate, State::InHand},
    {State::Finished, EventKind::FollowUp, State::FollowedUp},
    {State::Finished, EventKind::Return, State::InHand},
    {State::FollowedUp, EventKind::FollowUp, State::FollowedUp},
    {State::FollowedUp, EventKind::Approve, State::FollowedUp},
    {State::FollowedUp, EventKind::Close, State::Closed},
    {State::FollowedUp, EventKind::Return, State::InHand},
    {State::Returned, EventKind::Assign, State::Assigned},
    {State::Returned, EventKind::Escalate, State::Returned},
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
      standing.signers.clear();  // what was agreed to is asked anew
      break;
    case EventKind::Close:
      standing.closed = event.on;
      break;
    case EventKind::Return:
      ++standing.returned;
      if (standing.finished) {  // the office wants more work from the same unit
        standing.finished.reset();
        standing.view.reset();
        standing.signers.clear();
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
    case EventKind::Escalate:
      standing.tier = event.tier.value_or(standing.tier);
      standing.escalated = event.on;
      if (event.due) standing.due = event.due;
      break;
    case EventKind::Approve:
      standing.signers.push_back(event.by);
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

  /// What stands against closing, or against agreeing to it.
  void closing(const Event& event) {
    const bool closes = event.kind == EventKind::Close;
    if (!closes && event.kind != EventKind::Approve) return;
    if (standing_.view == Satisfaction::Dissatisfied) {
      add("ledger.transition", "企业回访不满意，不能" + std::string(to_text(event.kind)),
          event.where, "先 退回 再办理，或再次 回访");
    }
    const auto next = standing_.next_signer();
    if (closes && next) {
      add("ledger.approval", "销号尚缺" + std::string(to_text(*next)) + "审批", event.where,
          "先记 审批，tier 写 " + std::string(to_text(*next)));
    }
    if (closes || !event.tier) return;
    if (next != event.tier) {
      add("ledger.approval", "不该由" + std::string(to_text(*event.tier)) + "审批", event.where,
          next ? "下一步由" + std::string(to_text(*next)) + "审批" : "审批已经齐备，可以销号");
    }
    if (std::ranges::find(standing_.signers, event.by) != standing_.signers.end()) {
      add("ledger.approval", event.by + "已在下一级审批过", event.where, "各级由不同的人审批");
    }
  }

  /// A problem goes up, never down.
  void climbing(const Event& event) {
    if (event.kind != EventKind::Escalate || !event.tier || *event.tier > standing_.tier) return;
    add("ledger.transition",
        "已经由" + std::string(to_text(standing_.tier)) + "协调，不能升级到" +
            std::string(to_text(*event.tier)),
        event.where, "写更高的层级；降级的，由原单位继续办理即可");
  }

  bool transition(const Event& event) {
    const auto next = state_after(state_, event.kind);
    if (next) {
      closing(event);
      climbing(event);
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
    expect(event, "due", event.due.has_value(), sets_due, kind == EventKind::Escalate);
    const bool names_tier = kind == EventKind::Escalate || kind == EventKind::Approve;
    expect(event, "tier", event.tier.has_value(), names_tier, false);
    const bool is_agreed = kind == EventKind::Extend || kind == EventKind::Suspend;
    expect(event, "agreed_by", !event.agreed_by.empty(), is_agreed, false);
    if (kind == EventKind::Extend && !event.by.empty() && event.agreed_by == event.by) {
      add("ledger.approval", "延期不能由申请的" + event.by + "自己批准", event.where,
          "写批准的单位或领导（agreed_by）");
    }
    expect(event, "view", event.view.has_value(), kind == EventKind::FollowUp, false);
    const bool may_degree = kind == EventKind::Work || kind == EventKind::Suspend;
    expect(event, "degree", event.degree.has_value(), false, may_degree);
    const bool needs_reason = may_degree || kind == EventKind::Finish ||
                              kind == EventKind::Return || kind == EventKind::Extend ||
                              kind == EventKind::Escalate;
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

std::string_view to_text(Tier tier) {
  return kTierNames[static_cast<std::size_t>(tier)];
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

std::optional<Tier> parse_tier(std::string_view text) {
  return named<Tier>(kTierNames, text);
}

std::optional<Tier> Standing::next_signer() const {
  const auto next = static_cast<std::size_t>(Tier::Leader) + signers.size();
  return next <= static_cast<std::size_t>(tier) ? std::optional(static_cast<Tier>(next))
                                                : std::nullopt;
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
