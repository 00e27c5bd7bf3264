#include "policy/windows.h"

#include <gtest/gtest.h>

#include "shipped.h"

namespace huice::policy {
namespace {

using Kind = WindowState::Kind;

Policy with_window(Window window) {
  Policy policy;
  policy.windows.push_back(std::move(window));
  return policy;
}

Window yearly(const char* opens, const char* closes) {
  Window window;
  window.every = Recurrence::Yearly;
  window.opens = day(opens);
  window.closes = day(closes);
  return window;
}

const Validity kValidity{day("2026-01-01"), day("2027-12-31"), day("2026-01-01"), {}};

TEST(WindowState, NoWindowIsAlwaysOpen) {
  EXPECT_EQ(window_state(Policy(), kValidity, day("2026-05-01")).kind, Kind::Always);
}

TEST(WindowState, YearlyWindowComesRoundAgain) {
  const Policy policy = with_window(yearly("2000-03-01", "2000-12-10"));
  const WindowState between = window_state(policy, kValidity, day("2026-12-11"));
  EXPECT_EQ(between.kind, Kind::Before);
  EXPECT_EQ(between.opens, day("2027-03-01"));
  EXPECT_EQ(between.days, 80);
}

TEST(WindowState, QuarterlyAndMonthlyWindowsOpenInEveryPeriod) {
  Window quarter = yearly("2000-01-05", "2000-02-20");
  quarter.every = Recurrence::Quarterly;
  EXPECT_EQ(window_state(with_window(quarter), kValidity, day("2026-11-20")).kind, Kind::Open);
  EXPECT_EQ(window_state(with_window(quarter), kValidity, day("2026-11-21")).opens,
            day("2027-01-05"));
  Window month = yearly("2000-01-20", "2000-01-31");
  month.every = Recurrence::Monthly;
  EXPECT_EQ(window_state(with_window(month), kValidity, day("2026-02-19")).closes,
            day("2026-02-28"));
}

TEST(WindowState, AMonthBeyondDecemberRunsOnIntoTheNextYear) {
  Window month = yearly("2000-12-31", "2000-12-31");
  month.every = Recurrence::Monthly;
  EXPECT_EQ(window_state(with_window(month), kValidity, day("2026-12-31")).kind, Kind::Open);
}

TEST(WindowState, NoWindowOpensAfterThePolicyEnds) {
  const Policy policy = with_window(yearly("2000-03-01", "2000-12-10"));
  const WindowState after = window_state(policy, kValidity, day("2027-12-11"));
  EXPECT_EQ(after.kind, Kind::After);
  EXPECT_EQ(after.closes, day("2027-12-10"));
  EXPECT_EQ(after.days, 1);
}

TEST(WindowState, LeapDayClosesOnTheLastOfFebruary) {
  const Policy policy = with_window(yearly("2000-02-01", "2000-02-29"));
  EXPECT_EQ(window_state(policy, kValidity, day("2026-02-28")).kind, Kind::Open);
  EXPECT_EQ(window_state(policy, kValidity, day("2026-03-01")).kind, Kind::Before);
}

TEST(WindowState, OfOverlappingBatchesTheLaterEndCounts) {
  Policy policy;
  for (const char* closes : {"2026-06-30", "2026-09-30", "2026-07-31"}) {
    Window window;
    window.batch = closes;
    window.opens = day("2026-06-01");
    window.closes = day(closes);
    policy.windows.push_back(std::move(window));
  }
  const WindowState open = window_state(policy, kValidity, day("2026-06-15"));
  EXPECT_EQ(open.batch, "2026-09-30");
  EXPECT_EQ(open.days, 107);
}

}  // namespace
}  // namespace huice::policy
