#include "policy/boundary_cases.h"

#include <algorithm>
#include <array>

#include "policy/fields.h"
#include "policy/limits.h"

namespace huice::policy {
namespace {

using model::FactDefinition;
using model::FactType;
using model::Value;

/// The smallest step of a fact: 分, 0.01 %, one person.
Decimal unit_of(const FactDefinition& fact) {
  if (fact.type == FactType::Money) return Decimal::scaled(1, -2);
  if (fact.type == FactType::Ratio) return Decimal::scaled(1, -4);
  return Decimal(1);
}

/// One value of a fact, and the stretch between two limits it lies on; -1 on a limit itself.
struct Sample {
  Value value;
  int stretch = -1;
};

std::optional<Decimal> middle(const Decimal& a, const Decimal& b, const FactDefinition& fact) {
  const auto sum = add(a, b);
  const auto half = sum ? divide(*sum, Decimal(2)) : std::nullopt;
  const int places = fact.type == FactType::Money ? 2 : fact.type == FactType::Ratio ? 4 : 0;
  return half ? std::optional(half->rounded(places, Rounding::Floor)) : std::nullopt;
}

/// Each limit, one unit below and above, and one value between neighbours.
std::vector<Sample> number_samples(const FactDefinition& fact, const std::vector<Value>& limits) {
  std::vector<Sample> samples;
  const Decimal unit = unit_of(fact);
  std::optional<Decimal> last;
  int stretch = 0;
  for (const Value& limit : limits) {
    if (limit.number() == nullptr) continue;
    const Decimal at = *limit.number();
    const Decimal below = *subtract(at, unit);
    const bool apart = !last || *last < below;
    if (apart && last) {
      if (const auto between = middle(*last, below, fact)) samples.push_back({*between, stretch});
    }
    if (apart && !(fact.non_negative && below.is_negative())) {
      samples.push_back({below, stretch});
    }
    samples.push_back({at, -1});
    last = add(at, unit);
    samples.push_back({*last, ++stretch});
  }
  if (!last) return {{Value(0)}, {Value(1)}};
  if (const auto far = multiply(*add(last->abs(), unit), Decimal(10))) {
    samples.push_back({*far, stretch});
  }
  // One unit above a limit may itself be a limit: such a value is on no stretch.
  for (Sample& sample : samples) {
    if (std::ranges::find(limits, sample.value) != limits.end()) sample.stretch = -1;
  }
  return samples;
}

std::vector<Sample> samples_of(const FactDefinition& fact, const FactLimits& limits, Date on) {
  switch (fact.type) {
    case FactType::Number:
    case FactType::Money:
    case FactType::Ratio:
      return number_samples(fact, limits.constants);
    case FactType::Boolean:
      return {{Value(true)}, {Value(false)}};
    case FactType::Day:
      return {{Value(on.plus_days(-1))},
              {Value(on)},
              {Value(on.plus_days(1))},
              {Value(on.plus_months(-36))}};
    default:
      break;
  }
  std::vector<Sample> samples;
  for (const std::string& text : fact.values)
    samples.push_back({Value(text)});
  for (const Value& each : limits.constants)
    samples.push_back({each});
  return samples;
}

std::string shown(const Value& value) {
  if (value.number() != nullptr) return value.number()->to_plain();
  if (value.truth() != nullptr) return *value.truth() ? "是" : "否";
  if (value.day() != nullptr) return value.day()->to_iso();
  return value.text() == nullptr ? std::string(value.kind()) : *value.text();
}

class BoundaryRunner {
 public:
  BoundaryRunner(const Library& library, const Policy& policy, const Situated& witness)
      : library_(library), policy_(policy), witness_(witness) {}

  BoundaryRun run() {
    for (const auto& [name, limits] : find_limits(library_, policy_))
      vary(*library_.definition(name), limits);
    for (const Definition& each : policy_.definitions) {
      if (!each.list.empty()) vary_list(each.list);
    }
    for (const Validity& validity : policy_.validity)
      edges(validity);
    for (const Window& window : policy_.windows)
      window_edges(window);
    return std::move(run_);
  }

 private:
  void fail(const char* id, const std::string& message) {
    run_.findings.push_back(finding(id, "“" + policy_.id + "”" + message, policy_.where));
  }

  Match matched(const model::Profile& profile) {
    ++run_.cases;
    Match match = *match_policy(library_, policy_, profile, witness_.options);
    for (const BenefitOutcome& benefit : match.benefits) {
      const Amount& amount = benefit.amount;
      const bool negative = amount.is_exact() && *amount.low < Money();
      if (negative && match.status == Status::Eligible) {
        fail("check.negative", "“" + benefit.name + "”得出负数" + to_text(amount));
      }
    }
    return match;
  }

  model::Profile with(const std::string& fact, const Value& value) const {
    model::Profile profile = witness_.profile;
    profile.facts[fact] = {value, "边界用例", std::nullopt};
    return profile;
  }

  void vary(const FactDefinition& fact, const FactLimits& limits) {
    std::vector<Status> statuses = {Status::Eligible};
    std::map<int, std::pair<Status, std::string>> stretches;
    for (const Sample& sample : samples_of(fact, limits, witness_.options.on)) {
      const Status status = matched(with(fact.name, sample.value)).status;
      statuses.push_back(status);
      if (sample.stretch < 0 || !limits.only_constants) continue;
      const auto [first, fresh] =
          stretches.emplace(sample.stretch, std::pair(status, shown(sample.value)));
      if (fresh || first->second.first == status) continue;
      fail("check.flip", "“" + fact.name + "”在" + first->second.second + "与" +
                             shown(sample.value) + "之间没有界限，结论却不同");
    }
    without(fact.name, statuses);
  }

  void vary_list(const std::string& list) {
    const Status none = matched(with(list, Value(Value::List{}))).status;
    without(list, {Status::Eligible, none});
  }

  /// `statuses` are what values of the fact lead to.
  void without(const std::string& fact, const std::vector<Status>& statuses) {
    if (!witness_.profile.facts.contains(fact)) return;
    model::Profile profile = witness_.profile;
    profile.facts.erase(fact);
    const Match match = matched(profile);
    const bool decides =
        std::ranges::any_of(statuses, [](Status each) { return each != Status::Eligible; });
    if (decides && match.status == Status::Eligible) {
      fail("check.missing", "缺“" + fact + "”时判为可享，而它的取值能左右结论");
    }
    if (match.status == Status::Ineligible) {
      fail("check.missing", "缺“" + fact + "”时判为不可享，而用例中的取值可享");
    }
    const bool asked = std::ranges::find(match.missing, fact) != match.missing.end();
    if (match.status == Status::Incomplete && !asked) {
      fail("check.missing", "缺“" + fact + "”时待补的却不是它");
    }
  }

  std::optional<Match> on_day(Date on, Date known_on) {
    ++run_.cases;
    MatchOptions options = witness_.options;
    options.on = on;
    options.known_on = known_on;
    return match_policy(library_, policy_, witness_.profile, options);
  }

  void expect_day(bool right, Date day, const char* what) {
    if (!right) fail("check.date", day.to_iso() + std::string(what));
  }

  void edges(const Validity& validity) {
    const Date known = validity.known_from;
    const Date from = validity.from;
    const auto before = on_day(from.plus_days(-1), known);
    expect_day(before && before->status == Status::NotOpen, from.plus_days(-1), "应尚未施行");
    const auto first = on_day(from, known);
    expect_day(first && first->status != Status::Expired, from, "应已施行");
    if (validity.to) {
      const auto last = on_day(*validity.to, known);
      expect_day(last && last->status != Status::Expired, *validity.to, "应仍有效");
      const auto after = on_day(validity.to->plus_days(1), known);
      expect_day(after && after->status == Status::Expired, validity.to->plus_days(1), "应已失效");
    }
    const auto unknown = on_day(from, known.plus_days(-1));
    const bool told = unknown && unknown->validity->known_from == known;
    expect_day(!told, known.plus_days(-1), "尚不应知悉");
  }

  void window_edges(const Window& window) {
    if (window.every == Recurrence::Quarterly || window.every == Recurrence::Monthly) return;
    const int year = witness_.options.on.year();
    const auto placed = [&](Date day) {
      if (window.every == Recurrence::Once) return day;
      return Date::make(year, day.month(), day.day()).value_or(day.plus_days(-1));
    };
    const Date opens = placed(window.opens);
    const Date closes = placed(window.closes);
    const Validity* validity = policy_.validity_known_on(witness_.options.known_on);
    if (validity == nullptr || (validity->to && *validity->to < opens)) return;
    const std::array<std::pair<Date, bool>, 4> days = {{{opens.plus_days(-1), false},
                                                        {opens, true},
                                                        {closes, true},
                                                        {closes.plus_days(1), false}}};
    for (const auto& [day, inside] : days) {
      const auto match = on_day(day, witness_.options.known_on);
      const bool open = match && match->window.kind == WindowState::Kind::Open;
      if (policy_.windows.size() > 1 && !inside) continue;  // another batch may be open
      expect_day(open == inside, day, inside ? "窗口应开放" : "窗口应关闭");
    }
  }

  const Library& library_;
  const Policy& policy_;
  const Situated& witness_;
  BoundaryRun run_;
};

}  // namespace

BoundaryRun run_boundary_cases(const Library& library, const Policy& policy,
                               const Situated& witness) {
  return BoundaryRunner(library, policy, witness).run();
}

}  // namespace huice::policy
