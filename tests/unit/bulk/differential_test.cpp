// The bulk engine against the scalar one, pair by pair: statuses and amounts to the 分.
#include <array>
#include <cstdlib>
#include <iostream>

#include <gtest/gtest.h>

#include "../../bench/synthetic.h"
#include "base/files.h"
#include "bulk/engine.h"
#include "bulk/screener.h"
#include "notation/json.h"

namespace huice::bulk {
namespace {

const Date kToday = Date::make(2026, 11, 22).value();

policy::Library made_library(std::uint64_t seed, int policies, unsigned overlap, bool strange) {
  const auto facts = read_file(HUICE_SOURCE_DIR "/policies/facts.yaml");
  bench::PolicyMaker maker(seed, overlap, strange);
  std::vector<policy::LibraryFile> files;
  for (int i = 0; i < policies; ++i)
    files.push_back(maker.make(i));
  auto library = policy::read_library({"facts.yaml", facts.value()}, files);
  if (!library) throw std::runtime_error(library.error().message + library.error().where.file);
  return std::move(library).value();
}

model::Value cell(const std::string& text, const model::FactDefinition& fact) {
  if (text == "是" || text == "否") return text == "是";
  if (fact.type == model::FactType::Day) return *Date::parse(text);
  if (fact.type == model::FactType::Text || fact.type == model::FactType::Code) return text;
  return Decimal::parse(text)->normalized();
}

/// Some with lists, stated derived facts, values of the wrong kind and with too many digits.
void make_strange(bench::Dice& dice, model::Profile& profile) {
  const auto set = [&](const char* fact, model::Value value) {
    profile.facts[fact].value = std::move(value);
  };
  if (dice.chance(50)) {
    model::Value::List hires;
    for (std::uint64_t i = dice.roll(4); i > 0; --i) {
      model::Value::Record person;
      if (dice.chance(80)) person.emplace_back("参保月数", static_cast<int>(dice.roll(8)));
      hires.emplace_back(std::move(person));
    }
    set("新招用人员", std::move(hires));
  }
  if (dice.chance(10)) set("企业规模", std::string(dice.pick(bench::kSizes)));
  if (dice.chance(3)) set("从业人数", model::Value("约三百"));
  if (dice.chance(3)) set("研发费用", *Decimal::parse("12345.678901234567"));
  if (dice.chance(3)) set("资产总额", *Decimal::parse("1e25"));
}

std::vector<model::Profile> made_profiles(const policy::Library& library, std::uint64_t seed,
                                          int rows, bool strange) {
  const auto headings = bench::EnterpriseMaker::headings();
  bench::EnterpriseMaker maker(seed, strange ? 12 : 5);
  bench::Dice dice(seed + 1);
  std::vector<model::Profile> profiles;
  for (int row = 0; row < rows; ++row) {
    model::Profile profile;
    const auto cells = maker.make();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].empty()) continue;
      const auto* fact = library.definition(headings[i]);
      profile.facts[headings[i]].value = cell(cells[i], *fact);
    }
    if (strange) make_strange(dice, profile);
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

struct Counted {
  std::uint64_t exact = 0, intervals = 0, unbounded = 0;
  std::int64_t low = 0, high = 0;
  bool operator==(const Counted&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Counted& c) {
  return out << c.exact << '/' << c.intervals << '/' << c.unbounded << " " << c.low << " to "
             << c.high;
}

Counted counted(const BenefitTotals& totals) {
  return {totals.exact, totals.intervals, totals.unbounded,
          static_cast<std::int64_t>(totals.low_fen), static_cast<std::int64_t>(totals.high_fen)};
}

Counted counted(const policy::Amount& amount) {
  Counted result;
  result.exact = amount.is_exact();
  result.intervals = !amount.is_exact() && amount.low && amount.high;
  result.unbounded = !result.exact && !result.intervals;
  result.low = amount.low ? amount.low->fen() : 0;
  result.high = amount.high ? amount.high->fen() : 0;
  return result;
}

void expect_equal(const policy::Policy& policy, const PolicyTotals& bulk,
                  const policy::Match& match) {
  const auto status = static_cast<std::size_t>(match.status);
  EXPECT_EQ(bulk.counts[status], 1u) << policy.id << " should be " << policy::name(match.status);
  if (match.status != policy::Status::Eligible) return;
  std::size_t at = 0;
  for (const auto& outcome : match.benefits) {
    if (!outcome.has_amount) continue;
    const BenefitTotals& totals = bulk.benefits.at(at++);
    const Counted wanted =
        outcome.applies == policy::Truth::False ? Counted() : counted(outcome.amount);
    EXPECT_EQ(counted(totals), wanted)
        << policy.id << " " << (policy.benefits[0].amount ? policy.benefits[0].amount->text() : "");
  }
}

struct Trial {
  std::uint64_t seed = 1;
  int policies = 40;
  int rows = 40;
  unsigned overlap = 50;
  bool strange = true;
  std::string region;
};

/// How often each status came up, so that a trial of nothing is noticed.
using Census = std::array<std::uint64_t, 6>;

Census run_trial(const Trial& trial) {
  const auto library = made_library(trial.seed, trial.policies, trial.overlap, trial.strange);
  const auto profiles = made_profiles(library, trial.seed + 7, trial.rows, trial.strange);
  policy::MatchOptions options{
      .on = kToday, .known_on = kToday, .all_times = true, .default_region = trial.region};
  const auto facts = facts_used(library, options);
  const Columns columns = columns_of(profiles, facts, options.on);
  const Plan plan = Plan::make(library, columns, options);
  const auto rows = run_rows(plan, 0, profiles.size());
  auto whole = run(plan, {.threads = 2}).value();
  std::vector<PolicyTotals> sums = whole.policies;
  Census census{};
  for (std::size_t row = 0; row < profiles.size(); ++row) {
    for (std::size_t i = 0; i < plan.policies().size(); ++i) {
      const policy::Policy& policy = *plan.policies()[i].policy;
      const auto match = policy::match_policy(library, policy, profiles[row], options);
      EXPECT_TRUE(match.has_value());
      if (!match) return census;
      SCOPED_TRACE("seed " + std::to_string(trial.seed) + ", row " + std::to_string(row));
      expect_equal(policy, rows[row].policies[i], *match);
      --sums[i].counts[static_cast<std::size_t>(match->status)];
      ++census[static_cast<std::size_t>(match->status)];
      for (std::size_t b = 0; b < sums[i].benefits.size(); ++b)
        sums[i].benefits[b].low_fen -= rows[row].policies[i].benefits[b].low_fen;
      if (testing::Test::HasFailure()) return census;
    }
  }
  for (const PolicyTotals& rest : sums) {
    for (const std::uint64_t count : rest.counts)
      EXPECT_EQ(count, 0u) << rest.id;
    for (const BenefitTotals& benefit : rest.benefits)
      EXPECT_TRUE(benefit.low_fen == 0) << rest.id;
  }
  return census;
}

/// The conditions that stand in the way, as the scalar engine's tree has them.
void list_unmet(const policy::Outcome& outcome, bool turned,
                std::vector<const policy::Outcome*>& unmet) {
  if (outcome.truth == (turned ? policy::Truth::False : policy::Truth::True)) return;
  using Kind = policy::Condition::Kind;
  if (outcome.kind == Kind::Test || outcome.kind == Kind::Human) unmet.push_back(&outcome);
  const bool inner = turned != (outcome.kind == Kind::None);
  for (const policy::Outcome& child : outcome.children)
    list_unmet(child, inner, unmet);
}

void expect_equal(const ReasonText& text, const policy::Outcome& wanted) {
  EXPECT_EQ(text.name, wanted.name);
  EXPECT_EQ(text.clause, wanted.clause);
  EXPECT_EQ(text.requirement, wanted.requirement);
  EXPECT_EQ(text.actual, wanted.actual) << text.requirement;
  EXPECT_EQ(text.shortfall, wanted.shortfall) << text.requirement;
  EXPECT_EQ(text.missing, wanted.missing) << text.requirement;
  EXPECT_EQ(text.notes, wanted.notes) << text.requirement;
}

void expect_equal(Screener& screener, const ScreenedPolicy& screened, const policy::Match& match) {
  const policy::Policy& policy = *screened.plan->policy;
  ASSERT_EQ(policy::name(screened.status), policy::name(match.status)) << policy.id;
  if (screened.plan->fixed) return;
  std::vector<const policy::Outcome*> unmet;
  list_unmet(match.conditions, false, unmet);
  ASSERT_EQ(screened.reasons.size(), unmet.size()) << policy.id;
  for (std::size_t i = 0; i < unmet.size(); ++i)
    expect_equal(screener.text(screened.reasons[i]), *unmet[i]);
  std::size_t at = 0;
  for (const auto& outcome : match.benefits) {
    if (!outcome.has_amount || screened.benefits.empty()) continue;
    const ScreenedBenefit& benefit = screened.benefits[at++];
    EXPECT_EQ(benefit.applies, outcome.applies) << policy.id;
    if (outcome.applies == policy::Truth::False) continue;
    EXPECT_EQ(counted(benefit.amount), counted(outcome.amount)) << policy.id;
  }
}

void expect_amounts(const model::Value* written, const ScreenedPolicy& screened) {
  ASSERT_EQ(written == nullptr ? 0 : written->list()->size(), screened.benefits.size());
  for (std::size_t i = 0; i < screened.benefits.size(); ++i) {
    const model::Value& benefit = (*written->list())[i];
    const auto yuan = [&](const std::optional<Money>& end) {
      return end ? model::Value(end->to_yuan()) : model::Value();
    };
    EXPECT_EQ(*benefit.find("name")->text(), screened.benefits[i].benefit->name);
    EXPECT_EQ(*benefit.find("low"), yuan(screened.benefits[i].amount.low));
    EXPECT_EQ(*benefit.find("high"), yuan(screened.benefits[i].amount.high));
  }
}

/// The JSON says what the answers say.
void expect_equal(Screener& screener, std::span<const ScreenedPolicy> screened) {
  const auto read = notation::read_json(screener.json(), "screening");
  ASSERT_TRUE(read.has_value());
  const auto& policies = *read.value().find("policies")->list();
  ASSERT_EQ(policies.size(), screened.size());
  for (std::size_t i = 0; i < screened.size(); ++i) {
    EXPECT_EQ(*policies[i].find("policy")->text(), screened[i].plan->policy->id);
    EXPECT_EQ(*policies[i].find("status")->text(), policy::name(screened[i].status));
    expect_amounts(policies[i].find("benefits"), screened[i]);
    const auto& reasons = *policies[i].find("reasons")->list();
    ASSERT_EQ(reasons.size(), screened[i].reasons.size());
    for (std::size_t at = 0; at < reasons.size(); ++at) {
      const ReasonText text = screener.text(screened[i].reasons[at]);
      const auto field = [&](const char* key) {
        const model::Value* value = reasons[at].find(key);
        return value == nullptr ? std::string() : *value->text();
      };
      EXPECT_EQ(field("name"), text.name);
      EXPECT_EQ(field("clause"), text.clause);
      EXPECT_EQ(field("requirement"), text.requirement);
      EXPECT_EQ(field("actual"), text.actual);
      EXPECT_EQ(field("shortfall"), text.shortfall);
      const bool measured = screener.shortfall(screened[i].reasons[at]).has_value();
      EXPECT_TRUE(!measured || !text.shortfall.empty());
      const model::Value* missing = reasons[at].find("missing");
      EXPECT_EQ(missing == nullptr ? 0 : missing->list()->size(), text.missing.size());
    }
  }
}

Census screen_trial(const Trial& trial) {
  const auto library = made_library(trial.seed, trial.policies, trial.overlap, trial.strange);
  const auto profiles = made_profiles(library, trial.seed + 7, trial.rows, trial.strange);
  const policy::MatchOptions options{
      .on = kToday, .known_on = kToday, .all_times = true, .default_region = trial.region};
  Screener screener(library, options);
  Census census{};
  for (const model::Profile& profile : profiles) {
    const auto matches = policy::match(library, profile, options);
    const auto screened = screener.judge(profile);
    EXPECT_EQ(screened.size(), matches.size());
    for (std::size_t i = 0; i < screened.size() && !testing::Test::HasFailure(); ++i) {
      SCOPED_TRACE("seed " + std::to_string(trial.seed));
      expect_equal(screener, screened[i], matches[i]);
      ++census[static_cast<std::size_t>(screened[i].status)];
    }
    if (&profile - profiles.data() < 5) expect_equal(screener, screened);
    if (testing::Test::HasFailure()) break;
  }
  return census;
}

TEST(ScreenerDifferential, PlainPoliciesAgreeWithTheirReasons) {
  screen_trial({.seed = 21, .strange = false});
}

TEST(ScreenerDifferential, StrangeFormsAndValuesAgreeWithTheirReasons) {
  Census census{};
  for (std::uint64_t seed = 100; seed < 102; ++seed) {
    const Census one = screen_trial({.seed = seed, .region = seed % 2 == 0 ? "430121" : ""});
    for (std::size_t i = 0; i < one.size(); ++i)
      census[i] += one[i];
  }
  for (const std::uint64_t count : census)
    EXPECT_GT(count, 0u);
}

TEST(BulkDifferential, PlainPoliciesAgreePairByPair) {
  run_trial({.seed = 11, .strange = false});
}

TEST(BulkDifferential, StrangeFormsAndValuesAgreePairByPair) {
  Census census{};
  for (std::uint64_t seed = 100; seed < 102; ++seed) {
    const Census one = run_trial({.seed = seed, .region = seed % 2 == 0 ? "430121" : ""});
    for (std::size_t i = 0; i < one.size(); ++i)
      census[i] += one[i];
  }
  for (const std::uint64_t count : census)
    EXPECT_GT(count, 0u);
}

/// Set HUICE_BULK_TRIALS to run that many trials of 9,000 pairs more.
TEST(BulkDifferential, LongRun) {
  const char* trials = std::getenv("HUICE_BULK_TRIALS");
  if (trials == nullptr) GTEST_SKIP() << "set HUICE_BULK_TRIALS";
  const char* seed = std::getenv("HUICE_BULK_SEED");
  const std::uint64_t first = seed == nullptr ? 5'000 : std::strtoull(seed, nullptr, 10);
  Census census{};
  for (std::uint64_t i = 0; i < std::strtoull(trials, nullptr, 10) && !HasFailure(); ++i) {
    const Census one = run_trial({.seed = first + i,
                                  .policies = 60,
                                  .rows = 150,
                                  .overlap = static_cast<unsigned>(i % 3) * 50,
                                  .strange = i % 4 != 0});
    for (std::size_t k = 0; k < one.size(); ++k)
      census[k] += one[k];
  }
  for (std::size_t k = 0; k < census.size(); ++k)
    std::cout << policy::name(static_cast<policy::Status>(k)) << ": " << census[k] << "\n";
}

}  // namespace
}  // namespace huice::bulk
