#include "policy/roll.h"

#include <algorithm>

#include "policy/amounts.h"
#include "policy/plain_values.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

constexpr Status kStatuses[] = {Status::Eligible, Status::Incomplete, Status::Review,
                                Status::NotOpen,  Status::Ineligible, Status::Expired};

std::string who(const EnterpriseMatches& enterprise) {
  if (enterprise.name.empty()) return enterprise.uscc;
  return enterprise.uscc.empty() ? enterprise.name
                                 : enterprise.name + "（" + enterprise.uscc + "）";
}

std::string entry_text(const RollEntry& entry) {
  const Match& match = *entry.match;
  if (match.status == Status::Incomplete) return "缺：" + joined(match.missing);
  if (match.status == Status::NotOpen) return window_text(match.window);
  const bool paid = std::ranges::any_of(match.benefits, counts_as_gain);
  return paid ? to_text(entry.amount) : std::string();
}

}  // namespace

std::vector<Roll> rolls(std::span<const EnterpriseMatches> enterprises) {
  std::vector<Roll> all;
  for (const EnterpriseMatches& enterprise : enterprises) {
    for (const Match& match : enterprise.matches) {
      auto roll = std::ranges::find(all, match.policy, &Roll::policy);
      if (roll == all.end()) {
        all.push_back({match.policy, match.title, {}, {Money(), Money()}});
        roll = all.end() - 1;
      }
      const Amount amount = sum_of(match);
      roll->entries[match.status].push_back({&enterprise, &match, amount});
      if (match.status == Status::Eligible) roll->total = plus(roll->total, amount);
    }
  }
  return all;
}

std::string roll_text(const Roll& roll) {
  std::string text = roll.title + "［" + roll.policy + "］\n";
  for (const Status status : kStatuses) {
    const auto found = roll.entries.find(status);
    if (found == roll.entries.end()) continue;
    text += "  " + std::string(label(status)) + std::to_string(found->second.size()) + "家";
    const bool settled = status == Status::Ineligible || status == Status::Expired;
    if (status == Status::Eligible && !(roll.total.is_exact() && *roll.total.low == Money())) {
      text += "，合计" + to_text(roll.total);
    }
    text += "\n";
    if (settled) continue;
    for (const RollEntry& entry : found->second) {
      const std::string detail = entry_text(entry);
      text += "    " + who(*entry.enterprise) + (detail.empty() ? "" : "　" + detail) + "\n";
    }
  }
  return text;
}

model::Value to_value(const Roll& roll) {
  using model::Value;
  Value::Record counts;
  Value::List enterprises;
  for (const Status status : kStatuses) {
    const auto found = roll.entries.find(status);
    const std::size_t count = found == roll.entries.end() ? 0 : found->second.size();
    counts.emplace_back(std::string(name(status)), Value(static_cast<int>(count)));
    if (count == 0) continue;
    for (const RollEntry& entry : found->second) {
      enterprises.push_back(Value::Record{{"uscc", optional_text(entry.enterprise->uscc)},
                                          {"name", optional_text(entry.enterprise->name)},
                                          {"status", std::string(name(status))},
                                          {"amount", amount_value(entry.amount)},
                                          {"missing", text_list(entry.match->missing)}});
    }
  }
  return Value::Record{{"policy", roll.policy},
                       {"title", roll.title},
                       {"counts", std::move(counts)},
                       {"total", amount_value(roll.total)},
                       {"enterprises", std::move(enterprises)}};
}

}  // namespace huice::policy
