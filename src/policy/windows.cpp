#include "policy/windows.h"

#include <algorithm>

namespace huice::policy {
namespace {

struct Span {
  const Window* window;
  Date opens;
  Date closes;
};

/// The day in the month, or the month's last where it has no such day. Months beyond December run
/// on into the next year.
Date in_month(int year, unsigned month, unsigned day) {
  year += static_cast<int>((month - 1) / 12);
  month = (month - 1) % 12 + 1;
  for (; day > 28; --day) {
    if (const auto same = Date::make(year, month, day)) return *same;
  }
  return Date::make(year, month, day).value_or(Date());
}

/// The window laid into one year.
void lay(const Window& window, int year, std::vector<Span>& all) {
  const unsigned step = window.every == Recurrence::Yearly      ? 12
                        : window.every == Recurrence::Quarterly ? 3
                                                                : 1;
  for (unsigned shift = 0; shift < 12; shift += step) {
    all.push_back({&window, in_month(year, window.opens.month() + shift, window.opens.day()),
                   in_month(year, window.closes.month() + shift, window.closes.day())});
  }
}

std::vector<Span> spans(const Policy& policy, int first_year, int last_year) {
  std::vector<Span> all;
  for (const Window& window : policy.windows) {
    if (window.every == Recurrence::Once) {
      all.push_back({&window, window.opens, window.closes});
      continue;
    }
    for (int year = std::max(1, first_year); year <= std::min(9998, last_year); ++year)
      lay(window, year, all);
  }
  std::ranges::stable_sort(all, {}, &Span::opens);
  return all;
}

/// Those that validity leaves, in the years around `on`.
std::vector<Span> spans_within(const Policy& policy, const Validity& validity, Date on) {
  std::vector<Span> all = spans(policy, on.year() - 1, on.year() + 1);
  std::erase_if(all, [&](const Span& span) {
    return (validity.to && *validity.to < span.opens) || span.closes < validity.from;
  });
  return all;
}

WindowState state(WindowState::Kind kind, const Span& span, int days) {
  return {kind, span.window->batch, span.opens, span.closes, days};
}

}  // namespace

WindowState window_state(const Policy& policy, const Validity& validity, Date on) {
  if (policy.windows.empty()) return {};
  const std::vector<Span> all = spans_within(policy, validity, on);
  const Span* open = nullptr;
  const Span* next = nullptr;
  const Span* last = nullptr;
  for (const Span& span : all) {
    const bool begun = span.opens <= on;
    if (begun && on <= span.closes && (open == nullptr || open->closes < span.closes)) {
      open = &span;
    }
    if (!begun && next == nullptr) next = &span;
    if (span.closes < on && (last == nullptr || last->closes < span.closes)) last = &span;
  }
  if (open != nullptr) return state(WindowState::Kind::Open, *open, open->closes - on);
  if (next != nullptr) return state(WindowState::Kind::Before, *next, next->opens - on);
  if (last != nullptr) return state(WindowState::Kind::After, *last, on - last->closes);
  return {WindowState::Kind::After, {}, std::nullopt, std::nullopt, 0};
}

std::vector<Date> window_edges(const Policy& policy, Date on) {
  std::vector<Date> edges;
  for (const Span& span : spans(policy, on.year() - 1, on.year() + 1)) {
    edges.push_back(span.opens);
    edges.push_back(span.closes.plus_days(1));
  }
  return edges;
}

std::vector<OpenSpan> open_spans(const Policy& policy, const Validity& validity, Date first,
                                 Date last) {
  std::vector<OpenSpan> open;
  for (const Span& span : spans(policy, first.year() - 1, last.year() + 1)) {
    const Date opens = std::max(span.opens, validity.from);
    const Date closes = validity.to ? std::min(span.closes, *validity.to) : span.closes;
    if (closes < opens || closes < first || last < opens) continue;
    open.push_back({span.window->batch, opens, closes, span.window->lead_days});
  }
  return open;
}

}  // namespace huice::policy
