#include "policy/windows.h"

#include <algorithm>

namespace huice::policy {
namespace {

struct Span {
  const Window* window;
  Date opens;
  Date closes;
};

/// The same month and day in `year`; 29 February moves to the 28th where there is none.
Date in_year(Date day, int year) {
  if (const auto same = Date::make(year, day.month(), day.day())) return *same;
  return *Date::make(year, day.month(), 28);
}

std::vector<Span> spans(const Policy& policy, Date on) {
  std::vector<Span> all;
  for (const Window& window : policy.windows) {
    if (!window.every_year) {
      all.push_back({&window, window.opens, window.closes});
      continue;
    }
    for (int year = std::max(1, on.year() - 1); year <= std::min(9999, on.year() + 1); ++year)
      all.push_back({&window, in_year(window.opens, year), in_year(window.closes, year)});
  }
  std::ranges::sort(all, {}, &Span::opens);
  return all;
}

WindowState state(WindowState::Kind kind, const Span& span, int days) {
  return {kind, span.window->batch, span.opens, span.closes, days};
}

}  // namespace

WindowState window_state(const Policy& policy, const Validity& validity, Date on) {
  if (policy.windows.empty()) return {};
  std::vector<Span> all = spans(policy, on);
  std::erase_if(all, [&](const Span& span) {
    return (validity.to && *validity.to < span.opens) || span.closes < validity.from;
  });
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
  for (const Span& span : spans(policy, on)) {
    edges.push_back(span.opens);
    edges.push_back(span.closes.plus_days(1));
  }
  return edges;
}

}  // namespace huice::policy
