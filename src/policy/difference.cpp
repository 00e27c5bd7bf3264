#include "policy/difference.h"

#include <algorithm>
#include <array>

#include "policy/amounts.h"
#include "policy/plain_values.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

struct KindWords {
  std::string_view word;
  std::string_view label;
};
constexpr std::array<KindWords, 8> kWords = {{{"gained", "新增可享"},
                                              {"lost", "不再可享"},
                                              {"amount_changed", "金额变动"},
                                              {"status_changed", "状态变动"},
                                              {"added", "新纳入"},
                                              {"removed", "不再适用"},
                                              {"opening", "即将开始"},
                                              {"closing", "即将截止"}}};

const Match* find(const EnterpriseMatches* enterprise, std::string_view policy) {
  if (enterprise == nullptr) return nullptr;
  const auto found = std::ranges::find(enterprise->matches, policy, &Match::policy);
  return found == enterprise->matches.end() ? nullptr : &*found;
}

bool same(const Amount& a, const Amount& b) {
  return a.low == b.low && a.high == b.high;
}

/// Which kind of change lies between two answers; nullopt when there is none.
std::optional<Difference::Kind> kind_between(const Match* before, const Match* after) {
  const bool had = before != nullptr && before->status == Status::Eligible;
  const bool has = after != nullptr && after->status == Status::Eligible;
  if (had && has) {
    const bool equal = same(sum_of(*before), sum_of(*after));
    return equal ? std::nullopt : std::optional(Difference::Kind::AmountChanged);
  }
  if (has) return Difference::Kind::Gained;
  if (had) return Difference::Kind::Lost;
  if (before == nullptr) return Difference::Kind::Added;
  if (after == nullptr) return Difference::Kind::Removed;
  if (before->status == after->status) return std::nullopt;
  return Difference::Kind::StatusChanged;
}

Difference between(Difference::Kind kind, const Match* before, const Match* after) {
  const Match& shown = after != nullptr ? *after : *before;
  Difference change{.kind = kind, .policy = shown.policy, .title = shown.title};
  if (before != nullptr) {
    change.before = before->status;
    change.amount_before = sum_of(*before);
  }
  if (after != nullptr) {
    change.after = after->status;
    change.amount_after = sum_of(*after);
  }
  const bool gained = kind == Difference::Kind::Gained;
  const Match* obstacle = gained ? before : after;
  if (obstacle != nullptr && obstacle->status != Status::Eligible) {
    change.reason = (gained ? "此前" : "") + reason_text(*obstacle);
  }
  return change;
}

/// What opens or ends soon, of policies that are not out of reach.
void add_dates(const Match& match, int days_ahead, std::vector<Difference>& changes) {
  if (match.status == Status::Ineligible || match.status == Status::Expired) return;
  const auto add = [&](Difference::Kind kind, Date day, std::string reason) {
    Difference change = between(kind, nullptr, &match);
    change.day = day;
    change.reason = std::move(reason);
    changes.push_back(std::move(change));
  };
  const WindowState& window = match.window;
  const bool soon = window.days <= days_ahead;
  if (window.kind == WindowState::Kind::Before && soon) {
    add(Difference::Kind::Opening, *window.opens, window_text(window));
  } else if (window.kind == WindowState::Kind::Open && soon) {
    add(Difference::Kind::Closing, *window.closes, window_text(window));
  }
  if (!match.validity) return;
  const int to_begin = match.validity->from - match.on;
  if (to_begin > 0 && to_begin <= days_ahead) {
    add(Difference::Kind::Opening, match.validity->from, validity_text(*match.validity));
  }
  if (!match.validity->to) return;
  const int to_end = *match.validity->to - match.on;
  if (to_end >= 0 && to_end <= days_ahead) {
    add(Difference::Kind::Closing, *match.validity->to,
        "政策" + match.validity->to->to_chinese() + "到期");
  }
}

EnterpriseDifferences compare(const EnterpriseMatches* before, const EnterpriseMatches* after,
                              int days_ahead) {
  const EnterpriseMatches& shown = after != nullptr ? *after : *before;
  EnterpriseDifferences result{.uscc = shown.uscc, .name = shown.name};
  if (before == nullptr || after == nullptr) result.present_only_after = before == nullptr;
  const auto add = [&](const Match* old_match, const Match* new_match) {
    if (const auto kind = kind_between(old_match, new_match)) {
      result.changes.push_back(between(*kind, old_match, new_match));
    }
  };
  if (after != nullptr) {
    for (const Match& match : after->matches)
      add(find(before, match.policy), &match);
    for (const Match& match : after->matches)
      add_dates(match, days_ahead, result.changes);
  }
  if (before != nullptr) {
    for (const Match& match : before->matches) {
      if (find(after, match.policy) == nullptr) add(&match, nullptr);
    }
  }
  std::ranges::stable_sort(result.changes, {}, &Difference::kind);
  return result;
}

const EnterpriseMatches* counterpart(const EnterpriseMatches& enterprise,
                                     std::span<const EnterpriseMatches> others) {
  const auto found = std::ranges::find_if(others, [&](const EnterpriseMatches& other) {
    if (!enterprise.uscc.empty() && !other.uscc.empty()) return enterprise.uscc == other.uscc;
    return enterprise.name == other.name;
  });
  return found == others.end() ? nullptr : &*found;
}

std::string status_text(const std::optional<Status>& status) {
  return status ? std::string(label(*status)) : "未列入";
}

}  // namespace

std::string_view label(Difference::Kind kind) {
  return kWords[static_cast<std::size_t>(kind)].label;
}

std::vector<EnterpriseDifferences> differences(std::span<const EnterpriseMatches> before,
                                               std::span<const EnterpriseMatches> after,
                                               int days_ahead) {
  std::vector<EnterpriseDifferences> all;
  const auto keep = [&](EnterpriseDifferences changes) {
    if (!changes.changes.empty() || changes.present_only_after) all.push_back(std::move(changes));
  };
  for (const EnterpriseMatches& enterprise : after)
    keep(compare(counterpart(enterprise, before), &enterprise, days_ahead));
  for (const EnterpriseMatches& enterprise : before) {
    if (counterpart(enterprise, after) == nullptr) keep(compare(&enterprise, nullptr, days_ahead));
  }
  return all;
}

std::string changes_text(const EnterpriseDifferences& enterprise) {
  std::string text = "【" + enterprise.name + "】" + enterprise.uscc;
  if (enterprise.present_only_after) {
    text += *enterprise.present_only_after ? "（新增企业）" : "（不再列入的企业）";
  }
  text += "\n";
  for (const Difference& change : enterprise.changes) {
    text += "  ［" + std::string(label(change.kind)) + "］" + change.title + "　";
    if (change.kind == Difference::Kind::AmountChanged) {
      text += to_text(change.amount_before) + " → " + to_text(change.amount_after);
    } else if (change.day) {
      text += change.day->to_chinese();
    } else {
      text += status_text(change.before) + " → " + status_text(change.after);
      const bool gained = change.kind == Difference::Kind::Gained;
      if (gained) text += "，" + to_text(change.amount_after);
      if (change.kind == Difference::Kind::Lost) text += "，原" + to_text(change.amount_before);
    }
    if (!change.reason.empty()) text += "（" + change.reason + "）";
    text += "\n";
  }
  return text;
}

model::Value to_value(const EnterpriseDifferences& enterprise) {
  using model::Value;
  const auto status = [](const std::optional<Status>& each) {
    return each ? Value(std::string(name(*each))) : Value();
  };
  const auto amount = [](const Amount& each, bool there) {
    return there ? amount_value(each) : Value();
  };
  Value::List changes;
  for (const Difference& change : enterprise.changes) {
    changes.push_back(
        Value::Record{{"kind", std::string(kWords[static_cast<std::size_t>(change.kind)].word)},
                      {"kind_label", std::string(label(change.kind))},
                      {"policy", change.policy},
                      {"title", change.title},
                      {"before", status(change.before)},
                      {"after", status(change.after)},
                      {"amount_before", amount(change.amount_before, change.before.has_value())},
                      {"amount_after", amount(change.amount_after, change.after.has_value())},
                      {"day", optional_day(change.day)},
                      {"reason", optional_text(change.reason)}});
  }
  const auto& only_after = enterprise.present_only_after;
  return Value::Record{{"uscc", optional_text(enterprise.uscc)},
                       {"name", optional_text(enterprise.name)},
                       {"present", std::string(!only_after   ? "both"
                                               : *only_after ? "after"
                                                             : "before")},
                       {"changes", std::move(changes)}};
}

}  // namespace huice::policy
