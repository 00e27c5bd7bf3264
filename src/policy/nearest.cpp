#include "policy/nearest.h"

#include <algorithm>
#include <queue>
#include <set>

#include "policy/amounts.h"
#include "policy/axis.h"
#include "policy/chinese.h"
#include "policy/plain_values.h"
#include "policy/trial.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

/// Finding out a fact costs less than changing one; waiting grows dearer with the days.
constexpr std::int64_t kConfirmCost = 20;
constexpr std::int64_t kWaitCost = 50;
constexpr std::int64_t kWaitDaysPerPoint = 3;
constexpr std::int64_t kUndatedWaitCost = 300;
constexpr std::int64_t kHundred = 100;

std::int64_t wait_cost(int days) {
  return kWaitCost + (days + kWaitDaysPerPoint - 1) / kWaitDaysPerPoint;
}

/// Whether the value goes up; a truth goes up by becoming true, any other text counts as up.
bool rises(const Lever& lever, const model::Value& to) {
  if (to.truth() != nullptr) return *to.truth();
  const auto axis = Axis::of(lever.definition);
  if (!axis || !lever.now) return true;
  return axis->tick(*lever.now).value_or(0) <= axis->tick(to).value_or(0);
}

model::Change reach_of(const Lever& lever, const model::Value& to) {
  return rises(lever, to) ? lever.rising : lever.falling;
}

/// nullopt when the change cannot be made.
std::optional<std::int64_t> step_cost(const Lever& lever, const model::Value& to) {
  if (!lever.now) return kConfirmCost;
  const model::Change reach = reach_of(lever, to);
  // What grows by itself is waited for, by the day.
  if (reach == model::Change::Fixed || lever.months_per_unit > 0) return std::nullopt;
  if (reach == model::Change::Waits) return kUndatedWaitCost;
  const int effort = lever.definition.effort;
  const auto axis = Axis::of(lever.definition);
  const auto from = axis ? axis->tick(*lever.now) : std::nullopt;
  if (!from) return 2 * kHundred * effort;
  return change_cost(effort, *from, axis->tick(to).value_or(*from));
}

struct State {
  Trial trial;
  std::int64_t cost = 0;
  std::size_t order = 0;  ///< of equal cost the earlier found is taken up first
};
struct Dearer {
  bool operator()(const State& a, const State& b) const {
    return a.cost != b.cost ? a.cost > b.cost : a.order > b.order;
  }
};

/// Cheapest first over sets of changes. In every state some failing set of conditions is looked
/// at: one of its leaves must come out otherwise, so one of the facts it rests on must change, and
/// it does best to change to where the leaf changes its mind.
class NearestSearch {
 public:
  explicit NearestSearch(const TrialGround& ground, const std::map<std::string, FactLimits>& limits)
      : ground_(ground), limits_(limits) {}

  std::optional<State> run() {
    push({.changed = {}, .day = ground_.options().on});
    for (std::size_t count = 0; !queue_.empty(); ++count) {
      if (count == kMaxNearestStates) {
        proven_ = false;
        break;
      }
      State state = queue_.top();
      queue_.pop();
      const std::vector<Need> open = ground_.needs(state.trial);
      if (open.empty()) return state;
      for (const Need& need : open)
        branch(state.trial, need);
    }
    return std::nullopt;
  }
  bool proven() const { return proven_; }

 private:
  void push(Trial trial) {
    if (!seen_.insert(trial).second || trial.changed.size() > kMaxSteps) return;
    std::int64_t cost = 0;
    const int days = trial.day - ground_.options().on;
    if (days > 0) cost += wait_cost(days);
    for (const auto& [name, value] : trial.changed) {
      const auto step = step_cost(ground_.levers().at(name), value);
      if (!step) return;
      cost += *step;
    }
    queue_.push({std::move(trial), cost, ++pushed_});
  }

  void branch(const Trial& trial, const Need& need) {
    const Support& support = ground_.support(*need.leaf);
    for (const std::string& name : support.levers)
      branch(trial, need, ground_.levers().at(name));
    if (support.day) wait(trial, need);
  }

  void branch(const Trial& trial, const Need& need, const Lever& lever) {
    const std::string& name = lever.definition.name;
    const auto axis = Axis::of(lever.definition);
    if (!axis) {
      for (const model::Value& value : other_values(lever))
        push_if_good(trial, need, name, value);
      return;
    }
    const auto changed = trial.changed.find(name);
    const auto now = changed != trial.changed.end() ? std::optional(changed->second) : lever.now;
    const std::int64_t from = now ? axis->tick(*now).value_or(0) : axis->least() == 0 ? -1 : 0;
    for (const bool upward : {true, false}) {
      const bool fixed = (upward ? lever.rising : lever.falling) == model::Change::Fixed;
      if (lever.now && fixed) continue;
      const auto tick =
          first_tick(from, axis->samples(from, upward, limits_of(name)),
                     [&](std::int64_t each) { return good(trial, need, name, axis->at(each)); });
      if (tick) {
        push(with(trial, name, axis->at(*tick)));
      } else if (!upward && from > 0 && axis->least() == 0 &&
                 ground_.support(*need.leaf).levers.size() > 1) {
        // Not enough by itself, but what it adds up with may then have less to go.
        push(with(trial, name, axis->at(0)));
      }
    }
  }

  std::vector<model::Value> other_values(const Lever& lever) const {
    std::vector<model::Value> values;
    if (lever.definition.type == model::FactType::Boolean)
      return {model::Value(true), model::Value(false)};
    for (const std::string& text : lever.definition.values)
      values.emplace_back(text);
    for (const model::Value& constant : limits_of(lever.definition.name).constants)
      values.push_back(constant);
    return values;
  }

  void wait(const Trial& trial, const Need& need) {
    std::vector<std::int64_t> samples;
    for (std::int64_t days = 1; days < kMaxWaitDays; days *= 2)
      samples.push_back(days);
    samples.push_back(kMaxWaitDays);
    const auto later = [&](std::int64_t days) {
      Trial then = trial;
      then.day = trial.day.plus_days(static_cast<int>(days));
      return then;
    };
    const auto days = first_tick(
        0, samples, [&](std::int64_t each) { return ground_.comes_out(need, later(each)); });
    if (!days) return;
    Trial then = later(*days);
    const Validity* validity = ground_.policy().validity_known_on(ground_.options().known_on);
    const bool too_late = validity != nullptr && validity->to && *validity->to < then.day;
    if (!too_late) push(std::move(then));
  }

  const FactLimits& limits_of(const std::string& name) const {
    static const FactLimits kNone;
    const auto found = limits_.find(name);
    return found == limits_.end() ? kNone : found->second;
  }

  static Trial with(const Trial& trial, const std::string& name, const model::Value& value) {
    Trial then = trial;
    then.changed.insert_or_assign(name, value);
    return then;
  }
  bool good(const Trial& trial, const Need& need, const std::string& name,
            const model::Value& value) const {
    return ground_.comes_out(need, with(trial, name, value));
  }
  void push_if_good(const Trial& trial, const Need& need, const std::string& name,
                    const model::Value& value) {
    if (good(trial, need, name, value)) push(with(trial, name, value));
  }

  const TrialGround& ground_;
  const std::map<std::string, FactLimits>& limits_;
  std::priority_queue<State, std::vector<State>, Dearer> queue_;
  std::set<Trial> seen_;
  std::size_t pushed_ = 0;
  bool proven_ = true;
};

std::string difference_text(const Lever& lever, const model::Value& to) {
  const Quantity quantity{lever.definition.type, lever.definition.unit};
  if (!lever.now || lever.now->number() == nullptr || to.number() == nullptr) return {};
  const auto difference = subtract(*to.number(), *lever.now->number());
  if (!difference) return {};
  return (difference->is_negative() ? "减少" : "增加") +
         policy::difference_text(difference->abs(), quantity);
}

Step step_of(const Lever& lever, const model::Value& to) {
  const Quantity quantity{lever.definition.type, lever.definition.unit};
  const auto shown = [&](const model::Value& value) {
    return value_text(feel::from_model(value), quantity);
  };
  Step step{.fact = lever.definition.name};
  const bool waits = reach_of(lever, to) == model::Change::Waits;
  step.kind = !lever.now ? StepKind::Confirm : waits ? StepKind::Wait : StepKind::Act;
  step.from = lever.now ? shown(*lever.now) : "未知";
  step.to = shown(to);
  step.difference = difference_text(lever, to);
  step.cost = step_cost(lever, to).value_or(0);
  return step;
}

void take_steps(const TrialGround& ground, const Trial& trial, NearestMiss& miss) {
  for (const auto& [name, value] : trial.changed)
    miss.steps.push_back(step_of(ground.levers().at(name), value));
  const Date on = ground.options().on;
  if (trial.day > on) {
    miss.day = trial.day;
    miss.steps.push_back({.kind = StepKind::Wait,
                          .fact = std::string(kToday),
                          .from = on.to_chinese(),
                          .to = trial.day.to_chinese(),
                          .difference = "等" + std::to_string(trial.day - on) + "天",
                          .day = trial.day,
                          .cost = wait_cost(trial.day - on)});
  }
  std::ranges::stable_sort(miss.steps, {}, &Step::cost);
  for (const Step& step : miss.steps)
    miss.cost += step.cost;
}

/// What would then be had. Facts still to be confirmed stay unknown.
void take_gain(const TrialGround& ground, Trial trial, NearestMiss& miss) {
  std::erase_if(trial.changed,
                [&](const auto& change) { return !ground.levers().at(change.first).now; });
  Match then;
  then.benefits = ground.benefits(trial);
  miss.has_gain = std::ranges::any_of(then.benefits, counts_as_gain);
  miss.gain = sum_of(then);
}

bool is_fixed(const Lever& lever) {
  return lever.now && lever.rising == model::Change::Fixed && lever.falling == model::Change::Fixed;
}

/// The conditions in the way that rest on fixed facts alone; where there is none such, all.
std::vector<Blocker> blockers_of(const TrialGround& ground, const Match& match) {
  std::vector<Blocker> stuck;
  std::vector<Blocker> all;
  for (const Outcome* outcome : obstacles(match.conditions)) {
    if (outcome->kind != Condition::Kind::Test) continue;
    Blocker blocker{outcome->name, outcome->actual, {}};
    bool movable = false;
    for (const FactUse& use : outcome->facts) {
      const auto lever = ground.levers().find(use.name);
      if (lever == ground.levers().end()) continue;
      movable = movable || !is_fixed(lever->second);
      if (is_fixed(lever->second)) blocker.facts.push_back(use.name);
    }
    if (!movable && !blocker.facts.empty()) stuck.push_back(blocker);
    all.push_back(std::move(blocker));
  }
  return stuck.empty() ? all : stuck;
}

void note_humans(const Condition& condition, std::vector<std::string>& notes) {
  if (condition.kind == Condition::Kind::Human)
    notes.push_back("还须人工核验：" + condition.review);
  for (const Condition& child : condition.children)
    note_humans(child, notes);
}

/// A policy whose conditions hold and that only has to open.
NearestMiss wait_for_opening(const Match& match) {
  NearestMiss miss{.policy = match.policy, .title = match.title};
  const bool begins = match.validity && match.on < match.validity->from;
  miss.day = begins ? std::optional(match.validity->from) : match.window.opens;
  miss.reachable = miss.day && *miss.day > match.on;
  miss.has_gain = std::ranges::any_of(match.benefits, counts_as_gain);
  miss.gain = sum_of(match);
  if (!miss.reachable) {
    miss.blockers.push_back({"申报窗口", window_text(match.window), {}});
    miss.day.reset();
    return miss;
  }
  const int days = *miss.day - match.on;
  miss.cost = wait_cost(days);
  miss.steps.push_back({.kind = StepKind::Wait,
                        .fact = std::string(kToday),
                        .from = match.on.to_chinese(),
                        .to = miss.day->to_chinese(),
                        .difference = "等" + std::to_string(days) + "天",
                        .day = miss.day,
                        .cost = miss.cost});
  return miss;
}

}  // namespace

std::string_view label(StepKind kind) {
  switch (kind) {
    case StepKind::Wait:
      return "等得到";
    case StepKind::Act:
      return "做得到";
    case StepKind::Confirm:
      return "待核实";
  }
  return {};
}

std::int64_t change_cost(int effort, std::int64_t from, std::int64_t to) {
  const auto size = [](std::int64_t value) { return value < 0 ? -value : value; };
  const std::int64_t whole = std::max({size(from), size(to), std::int64_t{1}});
  const std::int64_t moved = std::min(size(to - from), whole);
  const std::int64_t share = (moved * kHundred + whole - 1) / whole;
  return effort * (kHundred + share);
}

std::optional<NearestMiss> nearest_miss(const Library& library, const model::Profile& profile,
                                        const Match& match, const MatchOptions& options) {
  const Policy* policy = library.find(match.policy);
  if (policy == nullptr) return std::nullopt;
  if (match.status == Status::NotOpen && match.conditions.truth == Truth::True) {
    return wait_for_opening(match);
  }
  const bool refused = match.conditions.truth == Truth::False &&
                       (match.status == Status::Ineligible || match.status == Status::NotOpen);
  if (!refused) return std::nullopt;
  NearestMiss miss{.policy = match.policy, .title = match.title};
  const TrialGround ground(library, *policy, profile, options);
  const Outcome& place = match.conditions.children.front();
  if (place.truth == Truth::False) {
    miss.blockers.push_back({place.name, place.actual, {}});
    return miss;
  }
  const auto limits = find_limits(library, *policy);
  NearestSearch search(ground, limits);
  const auto found = search.run();
  miss.proven = search.proven();
  miss.reachable = found.has_value();
  if (!found) {
    miss.blockers = blockers_of(ground, match);
    return miss;
  }
  take_steps(ground, found->trial, miss);
  take_gain(ground, found->trial, miss);
  note_humans(policy->conditions, miss.notes);
  const bool closed = match.window.kind == WindowState::Kind::Before ||
                      match.window.kind == WindowState::Kind::After;
  if (closed) miss.notes.push_back(window_text(match.window));
  return miss;
}

std::vector<NearestMiss> nearest_misses(const Library& library, const model::Profile& profile,
                                        const std::vector<Match>& matches,
                                        const MatchOptions& options) {
  std::vector<NearestMiss> all;
  for (const Match& match : matches) {
    if (auto miss = nearest_miss(library, profile, match, options)) all.push_back(std::move(*miss));
  }
  std::ranges::stable_sort(all, [](const NearestMiss& a, const NearestMiss& b) {
    if (a.reachable != b.reachable) return a.reachable;
    return a.cost < b.cost;
  });
  return all;
}

std::string nearest_text(const NearestMiss& miss) {
  std::string text = miss.title + "［" + miss.policy + "］\n";
  if (!miss.reachable) {
    text += miss.proven ? "  改不了：\n" : "  没有找到办法（搜索提前结束）：\n";
    for (const Blocker& blocker : miss.blockers) {
      text += "    " + blocker.condition + (blocker.actual.empty() ? "" : "：" + blocker.actual);
      if (!blocker.facts.empty()) text += "（" + joined(blocker.facts) + "改不了）";
      text += "\n";
    }
    return text;
  }
  for (const Step& step : miss.steps) {
    text += "  ［" + std::string(label(step.kind)) + "］";
    const bool day = step.fact == kToday;
    const bool told = step.kind != StepKind::Confirm;
    text += day    ? step.to + "起"
            : told ? step.fact + "：从" + step.from + "到" + step.to
                   : step.fact + "：须符合条件，如" + step.to;
    if (!step.difference.empty()) text += "（" + step.difference + "）";
    text += "\n";
  }
  if (miss.has_gain) text += "  之后可得：" + to_text(miss.gain) + "\n";
  for (const std::string& note : miss.notes)
    text += "  " + note + "\n";
  if (!miss.proven) text += "  提醒：搜索提前结束，未证明最省\n";
  return text;
}

model::Value to_value(const NearestMiss& miss) {
  using model::Value;
  static constexpr std::string_view kWords[] = {"wait", "act", "confirm"};
  Value::List steps;
  for (const Step& step : miss.steps) {
    steps.push_back(
        Value::Record{{"kind", std::string(kWords[static_cast<std::size_t>(step.kind)])},
                      {"kind_label", std::string(label(step.kind))},
                      {"fact", step.fact},
                      {"from", step.from},
                      {"to", step.to},
                      {"difference", optional_text(step.difference)},
                      {"day", optional_day(step.day)},
                      {"cost", Value(Decimal(step.cost))}});
  }
  Value::List blockers;
  for (const Blocker& blocker : miss.blockers) {
    blockers.push_back(Value::Record{{"condition", blocker.condition},
                                     {"actual", optional_text(blocker.actual)},
                                     {"facts", text_list(blocker.facts)}});
  }
  return Value::Record{{"policy", miss.policy},
                       {"title", miss.title},
                       {"reachable", miss.reachable},
                       {"proven", miss.proven},
                       {"cost", Value(Decimal(miss.cost))},
                       {"steps", std::move(steps)},
                       {"day", optional_day(miss.day)},
                       {"gain", miss.has_gain ? amount_value(miss.gain) : Value()},
                       {"blockers", std::move(blockers)},
                       {"notes", text_list(miss.notes)}};
}

}  // namespace huice::policy
