#include "policy/match.h"

#include <algorithm>
#include <array>

#include "policy/judge.h"
#include "policy/windows.h"

namespace huice::policy {
namespace {

/// A policy that ends within so many days is worth a word.
constexpr int kExpiryNoticeDays = 60;

struct StatusWords {
  Status status;
  std::string_view name;
  std::string_view label;
};
constexpr std::array<StatusWords, 6> kStatusWords = {{
    {Status::Eligible, "eligible", "可享"},
    {Status::Ineligible, "ineligible", "不可享"},
    {Status::Incomplete, "incomplete", "待补"},
    {Status::Review, "review", "需人工核验"},
    {Status::NotOpen, "not_open", "未到期/窗口外"},
    {Status::Expired, "expired", "已失效"},
}};

const StatusWords& words(Status status) {
  return kStatusWords[static_cast<std::size_t>(status)];
}

/// A yes on a source that nobody has looked at for long is for a person to confirm.
Status status_of(const Match& match, const Validity& validity) {
  if (validity.to && *validity.to < match.on) return Status::Expired;
  if (match.on < validity.from) return Status::NotOpen;
  const Outcome& root = match.conditions;
  if (root.truth == Truth::False) return Status::Ineligible;
  if (root.truth == Truth::Unknown) {
    return root.missing.empty() ? Status::Review : Status::Incomplete;
  }
  const auto kind = match.window.kind;
  const bool closed = kind == WindowState::Kind::Before || kind == WindowState::Kind::After;
  if (closed) return Status::NotOpen;
  return match.source.is_stale(match.known_on) ? Status::Review : Status::Eligible;
}

void warn_of_dates(const Policy& policy, Match& match) {
  const WindowState& window = match.window;
  if (window.kind == WindowState::Kind::Open) {
    const bool soon = std::ranges::any_of(policy.windows, [&](const Window& each) {
      return each.batch == window.batch && window.days <= each.lead_days;
    });
    if (soon) match.warnings.push_back("距申报截止还有" + std::to_string(window.days) + "天");
  }
  if (match.status == Status::Expired || !match.validity->to) return;
  const int days = *match.validity->to - match.on;
  if (days <= kExpiryNoticeDays) {
    match.warnings.push_back("政策" + match.validity->to->to_chinese() + "到期，还有" +
                             std::to_string(days) + "天");
  }
}

void warn_of_source(const Policy& policy, Match& match) {
  if (policy.source.is_stale(match.known_on)) {
    const std::string since =
        policy.source.checked_on ? policy.source.checked_on->to_chinese() + "以后" : "入库以来";
    match.warnings.push_back("出处" + since + "未再核对，已超过" +
                             std::to_string(policy.source.shelf_days) + "天，须由人重新核对");
  }
  if (policy.source.confidence == Confidence::Memory) {
    match.warnings.emplace_back("出处凭记忆录入，引用前须核对原文");
  } else if (policy.source.confidence == Confidence::Sample) {
    match.warnings.emplace_back("示例政策，文件系虚构");
  }
}

Match judged(const Policy& policy, const Validity& validity, Situation& situation,
             const MatchOptions& options) {
  Match match;
  match.policy = policy.id;
  match.title = policy.title;
  match.kind = policy.kind;
  match.level = policy.level;
  match.contact = policy.contact;
  match.source = policy.source;
  match.validity = validity;
  match.materials = policy.materials;
  match.notes = policy.notes;
  match.on = options.on;
  match.known_on = options.known_on;
  Judge judge(policy, situation, options.default_region);
  match.conditions = judge.conditions();
  match.benefits = judge.benefits();
  match.window = window_state(policy, validity, options.on);
  match.status = status_of(match, validity);
  if (match.status == Status::Incomplete) match.missing = match.conditions.missing;
  match.warnings = judge.conflicts();
  warn_of_dates(policy, match);
  warn_of_source(policy, match);
  return match;
}

bool is_wanted(const Policy& policy, const Validity& validity, const MatchOptions& options) {
  if (!options.policies.empty()) {
    return std::ranges::find(options.policies, policy.id) != options.policies.end();
  }
  const bool in_force = validity.from <= options.on && (!validity.to || options.on <= *validity.to);
  return in_force || options.all_times;
}

/// Two policies that may not both be enjoyed say so on both sides.
void warn_of_exclusions(const Library& library, std::vector<Match>& matches) {
  const auto eligible = [&](std::string_view id) {
    const auto found = std::ranges::find(matches, id, &Match::policy);
    return found != matches.end() && found->status == Status::Eligible ? &*found : nullptr;
  };
  for (Match& match : matches) {
    if (match.status != Status::Eligible) continue;
    for (const Exclusion& exclusion : library.find(match.policy)->excludes) {
      Match* other = eligible(exclusion.policy);
      if (other == nullptr) continue;
      const std::string reason = exclusion.reason.empty() ? "" : "：" + exclusion.reason;
      const std::string trust =
          exclusion.confidence == Confidence::Memory ? "（凭记忆录入，须核对）" : "";
      match.warnings.push_back("与“" + other->title + "”互斥" + reason + trust);
      other->warnings.push_back("与“" + match.title + "”互斥" + reason + trust);
    }
  }
}

}  // namespace

std::string_view label(Status status) {
  return words(status).label;
}

std::string_view name(Status status) {
  return words(status).name;
}

std::optional<Status> parse_status(std::string_view text) {
  for (const StatusWords& each : kStatusWords) {
    if (text == each.name || text == each.label) return each.status;
  }
  return std::nullopt;
}

std::string to_text(const Amount& amount) {
  if (amount.is_exact()) return to_short_text(*amount.low);
  if (amount.low && amount.high) {
    return to_short_text(*amount.low) + "至" + to_short_text(*amount.high);
  }
  if (amount.low) return "不少于" + to_short_text(*amount.low);
  if (amount.high) return "不超过" + to_short_text(*amount.high);
  return "未知";
}

std::vector<Match> match(const Library& library, const model::Profile& profile,
                         const MatchOptions& options) {
  Situation situation(library, profile, options.on, options.known_on, options.default_region);
  std::vector<Match> matches;
  matches.reserve(options.policies.empty() ? library.policies().size() : options.policies.size());
  for (const Policy& policy : library.policies()) {
    const Validity* validity = policy.validity_known_on(options.known_on);
    if (validity == nullptr || !is_wanted(policy, *validity, options)) continue;
    matches.push_back(judged(policy, *validity, situation, options));
  }
  warn_of_exclusions(library, matches);
  return matches;
}

std::optional<Match> match_policy(const Library& library, const Policy& policy,
                                  const model::Profile& profile, const MatchOptions& options) {
  const Validity* validity = policy.validity_known_on(options.known_on);
  if (validity == nullptr) return std::nullopt;
  Situation situation(library, profile, options.on, options.known_on, options.default_region);
  return judged(policy, *validity, situation, options);
}

std::vector<EnterpriseMatches> match_all(const Library& library,
                                         std::span<const model::Profile> profiles,
                                         const MatchOptions& options) {
  std::vector<EnterpriseMatches> all;
  all.reserve(profiles.size());
  for (const model::Profile& profile : profiles) {
    all.push_back({profile.uscc, profile.name, profile.where, match(library, profile, options)});
  }
  return all;
}

}  // namespace huice::policy
