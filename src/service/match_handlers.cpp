// Which policies an enterprise may have, and what to advise it.
#include <array>
#include <utility>

#include "notation/json.h"
#include "policy/advice.h"
#include "policy/calendar.h"
#include "policy/difference.h"
#include "policy/explain.h"
#include "service/handlers.h"
#include "service/profiles.h"
#include "service/values.h"

namespace huice::service {
namespace {

policy::EnterpriseMatches matches_of(const Question& question) {
  auto all = policy::match_all(*question.library, {&question.profile, 1}, question.options);
  return std::move(all.front());
}

Result<Answer> match_one(Desk& desk, const Call& call) {
  HUICE_TRY(const auto question, question_of(desk, call, true));
  return bytes_answer("application/json; charset=utf-8", policy::to_json(matches_of(question)));
}

Result<Answer> screen_one(Desk& desk, const Call& call) {
  HUICE_TRY(const auto question, question_of(desk, call, true));
  return bytes_answer(
      "application/json; charset=utf-8",
      desk.site.screeners.screen(question.library, question.options, question.profile));
}

Result<Answer> what_if(Desk& desk, const Call& call) {
  HUICE_TRY(const auto before, question_of(desk, call, false));
  HUICE_TRY(const auto after, question_of(desk, call, true));
  const auto was = matches_of(before);
  const auto is = matches_of(after);
  auto found = policy::differences({&was, 1}, {&is, 1});
  if (found.empty()) found.push_back({.uscc = is.uscc, .name = is.name});
  return json_answer(policy::to_value(found.front()));
}

Result<Answer> advise(Desk& desk, const Call& call, const policy::AdviceWanted& wanted) {
  HUICE_TRY(const auto question, question_of(desk, call, true));
  const auto advice = policy::advise(*question.library, question.profile, matches_of(question),
                                     question.options, wanted);
  return json_answer(policy::to_value(advice));
}

Result<Answer> ask_next(Desk& desk, const Call& call) {
  return advise(desk, call, {.questions = true});
}
Result<Answer> nearest_miss(Desk& desk, const Call& call) {
  return advise(desk, call, {.nearest = true, .cliffs = true});
}
Result<Answer> best_portfolio(Desk& desk, const Call& call) {
  return advise(desk, call, {.portfolio = true, .cliffs = true});
}

/// How many enterprises have each status of a policy, and what those who can have it get in all.
struct Total {
  std::string title;
  std::array<std::int64_t, 6> counts{};
  Money low;
  Money high;
  bool open_ended = false;  ///< the upper end of somebody's amount is unknown

  void add(const policy::Match& match) {
    title = match.title;
    ++counts[static_cast<std::size_t>(match.status)];
    if (match.status != policy::Status::Eligible) return;
    for (const auto& benefit : match.benefits) {
      if (!benefit.has_amount || benefit.applies == policy::Truth::False) continue;
      low = low + benefit.amount.low.value_or(Money());
      open_ended |= !benefit.amount.high;
      high = high + benefit.amount.high.value_or(Money());
    }
  }

  model::Value to_value(const std::string& id) const {
    model::Value::Record by_status;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      by_status.emplace_back(std::string(policy::name(static_cast<policy::Status>(i))),
                             number_value(counts[i]));
    }
    const policy::Amount amount{low, open_ended ? std::nullopt : std::optional(high)};
    return model::Value::Record{
        {"policy", id},
        {"title", title},
        {"counts", model::Value(std::move(by_status))},
        {"amount",
         model::Value::Record{{"low", low.to_yuan()},
                              {"high", open_ended ? model::Value() : model::Value(high.to_yuan())},
                              {"text", policy::to_text(amount)}}}};
  }
};

/// A line an enterprise, written while the next is matched.
Answer streamed(std::shared_ptr<const policy::Library> library, std::vector<Listed> listed,
                policy::MatchOptions options) {
  Answer answer;
  answer.type = "application/x-ndjson";
  answer.stream = [library = std::move(library), listed = std::move(listed),
                   options = std::move(options)](std::ostream& out,
                                                 const std::function<bool()>& stopping) {
    for (const Listed& each : listed) {
      if (stopping() || !out) return;
      const auto matches = policy::match_all(*library, {&each.profile, 1}, options);
      out << policy::to_json(matches.front()) << '\n';
    }
  };
  return answer;
}

Result<Answer> match_bulk(Desk& desk, const Call& call) {
  HUICE_TRY(const auto options, match_options(desk, call));
  const auto library = desk.site.materials.get()->policies;
  HUICE_TRY(auto listed, listed_profiles(desk, call, library->catalogue_for(options.on.year())));
  if (call.request->header("accept").starts_with("application/x-ndjson")) {
    return streamed(library, std::move(listed), options);
  }
  std::map<std::string, Total> totals;
  for (const Listed& each : listed) {
    for (const policy::Match& match : policy::match(*library, each.profile, options))
      totals[match.policy].add(match);
  }
  model::Value::List policies;
  for (const auto& [id, total] : totals)
    policies.push_back(total.to_value(id));
  return json_answer(
      model::Value::Record{{"enterprises", number_value(static_cast<std::int64_t>(listed.size()))},
                           {"policies", model::Value(std::move(policies))}});
}

Result<Answer> get_calendar(Desk& desk, const Call& call) {
  const auto library = desk.site.materials.get()->policies;
  const Date today = call.world.today;
  std::vector<policy::CalendarEvent> events;
  std::string name = "惠企政策日历";
  if (const std::string id = call.text("enterprise"); !id.empty()) {
    HUICE_TRY(const auto record,
              store::find_record(desk.database, kEnterpriseKind, call.who.account.county, id));
    HUICE_TRY(const auto facts, notation::read_json(record.body, record.title));
    HUICE_TRY(const auto profile, profile_from(facts, library->catalogue_for(today.year())));
    HUICE_TRY(const auto options, match_options(desk, call));
    const auto matches = policy::match_all(*library, {&profile, 1}, options);
    events = policy::events_of(*library, matches.front());
    name = record.title + "政策日历";
  } else {
    for (const policy::Policy* policy : library->in_force(today, today)) {
      for (auto& event : policy::events_of(*policy, today, today))
        events.push_back(std::move(event));
    }
  }
  return bytes_answer("text/calendar; charset=utf-8", policy::to_icalendar(events, name, today));
}

}  // namespace

Handlers match_handlers() {
  return {{"matchOne", match_one},
          {"screenOne", screen_one},
          {"matchBulk", match_bulk},
          {"whatIf", what_if},
          {"askNext", ask_next},
          {"nearestMiss", nearest_miss},
          {"bestPortfolio", best_portfolio},
          {"getCalendar", get_calendar}};
}

}  // namespace huice::service
