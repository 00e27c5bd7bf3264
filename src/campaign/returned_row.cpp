#include "campaign/returned_row.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/dates.h"

namespace huice::campaign {
namespace {

constexpr const char* kState = "状态";
constexpr const char* kUnit = "责任单位";
constexpr const char* kDue = "办结期限";
constexpr const char* kHappening = "最近经过";
constexpr const char* kView = "企业评价";

Error returned(const char* column, std::string message, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = "campaign.returned",
          .message = std::move(message),
          .where = {.part = column},
          .hint = std::move(hint)};
}

/// `2026-04-10 办结：续贷到账` taken apart.
struct Happening {
  std::optional<Date> on;
  std::optional<EventKind> kind;
  std::string note;
};

Happening happening_of(std::string_view text) {
  constexpr std::size_t kDay = 10;  // of 2026-04-10
  Happening result;
  if (const auto day = Date::parse(text.substr(0, kDay)); day && text.substr(kDay, 1) == " ") {
    result.on = day;
    text.remove_prefix(kDay + 1);
  }
  for (const std::string_view mark : {"：", ":"}) {
    const std::size_t at = text.find(mark);
    const std::string_view head = text.substr(0, at);
    const auto kind = parse_event_kind(head.starts_with("交办给") ? "交办" : head);
    if (!kind) continue;
    result.kind = kind;
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + mark.size());
    break;
  }
  result.note = text;
  return result;
}

bool needs_reason(EventKind kind) {
  constexpr std::array kKinds = {EventKind::Work, EventKind::Finish, EventKind::Return,
                                 EventKind::Extend, EventKind::Suspend};
  return std::ranges::find(kKinds, kind) != kKinds.end();
}

/// Puts the events of one row together.
class RowEvents {
 public:
  RowEvents(const Campaign& campaign, const Problem& problem, const ReturnedRow& row,
            const EventTerms& terms)
      : campaign_(campaign), problem_(problem), row_(row), terms_(terms) {
    if (row.happening) happening_ = happening_of(*row.happening);
  }

  Result<std::vector<Event>> run() && {
    standing_ = standing_on(problem_, problem_.events.back().on).value_or(Standing());
    for (const auto& step : {&RowEvents::check_blank, &RowEvents::assign_or_extend,
                             &RowEvents::go_on, &RowEvents::follow_up, &RowEvents::tell}) {
      HUICE_TRY([[maybe_unused]] const Unit taken, (this->*step)());
    }
    HUICE_TRY([[maybe_unused]] const Unit noted, put_notes());
    HUICE_TRY([[maybe_unused]] const Unit allowed, check());
    return std::move(events_);
  }

 private:
  Event& add(EventKind kind) {
    events_.push_back({.kind = kind, .on = happening_.on.value_or(terms_.on), .by = terms_.by});
    return events_.back();
  }

  Status check_blank() {
    const std::pair<const char*, const std::optional<std::string>*> cells[] = {
        {kState, &row_.state},
        {kUnit, &row_.unit},
        {kDue, &row_.due},
        {kHappening, &row_.happening},
        {kView, &row_.view}};
    for (const auto& [column, cell] : cells) {
      if (*cell && (*cell)->empty())
        return returned(column, "台账只增不改，填过的不能清空", "改回发出时的内容");
    }
    if (!row_.state) return Unit{};
    target_ = parse_state(*row_.state);
    if (target_ && *target_ != State::Registered) return Unit{};
    return returned(kState, "没有这个状态，或不能回到这个状态",
                    "写已交办、办理中、已办结、已回访、已销号、已退回或已挂账");
  }

  /// 交办 when the unit is another one, 延期 when only the due day is.
  Status assign_or_extend() {
    std::optional<Date> due = standing_.due;
    if (row_.due) {
      due = text::parse_people_date(*row_.due);
      if (!due) return returned(kDue, "不是日期", "写成 2026-12-20");
    }
    if (row_.unit || target_ == State::Assigned) {
      Event& event = add(EventKind::Assign);
      event.to = row_.unit.value_or(standing_.unit);
      event.due = due;
      if (campaign_.find_office(event.to) == nullptr)
        return returned(kUnit, "没有单位或乡镇“" + event.to + "”", "按 campaign.yaml 的名称写");
      if (!due) return returned(kUnit, "交办没有办结期限", "在“办结期限”里写明");
    } else if (row_.due) {
      Event& event = add(EventKind::Extend);
      event.due = due;
      event.agreed_by = terms_.agreed_by;
      if (event.agreed_by.empty())
        return returned(kDue, "延期没有写谁批准", "写明批准的单位或领导（--agreed-by）");
    }
    return Unit{};
  }

  bool was_finished() const {
    return standing_.state == State::Finished || standing_.state == State::FollowedUp;
  }

  /// What the state that was written says, but for 交办, 回访 and 销号.
  Status go_on() {
    if (target_ == State::InHand) {
      add(was_finished() ? EventKind::Return : EventKind::Work);
    } else if (target_ == State::Finished) {
      add(EventKind::Finish);
    } else if (target_ == State::Returned) {
      add(EventKind::Return);
    } else if (target_ == State::Suspended) {
      add(EventKind::Suspend).agreed_by = terms_.agreed_by;
      if (terms_.agreed_by.empty())
        return returned(kState, "挂账没有写谁替企业接受", "写明接受的人（--agreed-by）");
    }
    return Unit{};
  }

  Status follow_up() {
    if (row_.view || target_ == State::FollowedUp) {
      const auto view = row_.view ? parse_satisfaction(*row_.view) : std::nullopt;
      if (!view) {
        return returned(row_.view ? kView : kState, "回访要写企业评价",
                        "“企业评价”写满意、基本满意或不满意");
      }
      add(EventKind::FollowUp).view = view;
    }
    if (target_ == State::Closed) add(EventKind::Close);
    return Unit{};
  }

  /// 最近经过 by itself, or together with what the other cells say.
  Status tell() {
    if (!row_.happening) return Unit{};
    if (events_.empty()) add(happening_.kind.value_or(EventKind::Work));
    const bool is_other = happening_.kind && std::ranges::none_of(events_, [&](const Event& event) {
                            return event.kind == *happening_.kind;
                          });
    if (!is_other) return Unit{};
    return returned(kHappening,
                    "写的是“" + std::string(to_text(*happening_.kind)) + "”，与同一行别的格不合",
                    "改成同一件事，或分两次记");
  }

  Status put_notes() {
    const std::string& note = row_.happening ? happening_.note : terms_.reason;
    bool is_told = false;
    for (Event& event : events_) {
      if (!needs_reason(event.kind)) continue;
      if (note.empty()) {
        return returned(row_.happening                    ? kHappening
                        : event.kind == EventKind::Extend ? kDue
                                                          : kState,
                        "“" + std::string(to_text(event.kind)) + "”没有写说明",
                        "在“最近经过”里写明，或加 --reason");
      }
      event.note = note;
      is_told = true;
    }
    if (!is_told && !events_.empty()) events_.back().note = row_.happening ? note : "";
    return Unit{};
  }

  /// The life cycle has the last word.
  Status check() const {
    Problem longer = problem_;
    for (const Event& event : events_) {
      auto next = with_event(std::move(longer), event);
      if (!next) {
        Error error = std::move(next).error();
        error.where = {.part = row_.state ? kState : ""};
        error.also.clear();
        return error;
      }
      longer = std::move(next).value();
    }
    return Unit{};
  }

  const Campaign& campaign_;
  const Problem& problem_;
  const ReturnedRow& row_;
  const EventTerms& terms_;
  Happening happening_;
  Standing standing_;
  std::optional<State> target_;
  std::vector<Event> events_;
};

}  // namespace

Result<std::vector<Event>> events_of_row(const Campaign& campaign, const Problem& problem,
                                         const ReturnedRow& row, const EventTerms& terms) {
  return RowEvents(campaign, problem, row, terms).run();
}

}  // namespace huice::campaign
