#include "policy/portfolio.h"

#include <algorithm>

#include "policy/amounts.h"
#include "policy/plain_values.h"
#include "policy/selection.h"
#include "policy/situation.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

/// What can be taken: it is to be had now, or its window is still to come.
bool is_within_reach(const Match& match) {
  if (match.status == Status::Eligible) return true;
  return match.status == Status::NotOpen && match.window.kind == WindowState::Kind::Before;
}

std::int64_t fen(const std::optional<Money>& money) {
  return money ? std::max<std::int64_t>(0, money->fen()) : 0;
}

class PortfolioMaker {
 public:
  PortfolioMaker(const Library& library, const model::Profile& profile,
                 const std::vector<Match>& matches, const MatchOptions& options)
      : library_(library),
        situation_(library, profile, options.on, options.known_on, options.default_region) {
    for (const Match& match : matches) {
      if (is_within_reach(match)) matches_.push_back(&match);
    }
  }

  Portfolio make() {
    for (const Match* match : matches_)
      add_item(*match);
    exclude();
    require();
    limit();
    high_.conflicts = low_.conflicts;
    high_.requirements = low_.requirements;
    high_.pools = low_.pools;
    choose();
    return std::move(out_);
  }

 private:
  void add_item(const Match& match) {
    const Amount amount = sum_of(match);
    low_.values.push_back(fen(amount.low));
    // Without a highest sum the lower end is all that is known.
    high_.values.push_back(std::max(fen(amount.high), fen(amount.low)));
    out_.items.push_back(
        {.policy = match.policy, .title = match.title, .status = match.status, .amount = amount});
  }

  std::optional<std::size_t> index_of(std::string_view policy) const {
    const auto found = std::ranges::find(matches_, policy, &Match::policy);
    if (found == matches_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - matches_.begin());
  }

  void exclude(std::size_t a, std::size_t b, const std::string& rule) {
    const auto known = std::pair(std::min(a, b), std::max(a, b));
    if (a == b || std::ranges::find(low_.conflicts, known) != low_.conflicts.end()) return;
    low_.conflicts.push_back(known);
    const std::string because = rule.empty() ? "" : "：" + rule;
    out_.items[a].rivals.push_back("“" + out_.items[b].title + "”" + because);
    out_.items[b].rivals.push_back("“" + out_.items[a].title + "”" + because);
  }

  void exclude() {
    for (std::size_t i = 0; i < matches_.size(); ++i) {
      const Policy& policy = *library_.find(matches_[i]->policy);
      for (const Exclusion& exclusion : policy.excludes) {
        if (const auto other = index_of(exclusion.policy)) exclude(i, *other, exclusion.reason);
      }
      for (const std::string& name : policy.groups)
        exclude_group(i, name);
    }
  }

  void exclude_group(std::size_t item, const std::string& name) {
    const ExclusiveGroup* group = library_.find_group(name);
    for (std::size_t other = 0; other < item; ++other) {
      const auto& theirs = library_.find(matches_[other]->policy)->groups;
      if (std::ranges::find(theirs, name) == theirs.end()) continue;
      exclude(item, other, group == nullptr || group->rule.empty() ? name : group->rule);
    }
  }

  /// A policy that is eligible itself has what it rests on, unless that can only now be had.
  void require() {
    for (std::size_t i = 0; i < matches_.size(); ++i) {
      for (const std::string& need : library_.find(matches_[i]->policy)->prerequisites) {
        if (const auto other = index_of(need)) {
          low_.requirements.emplace_back(i, *other);
        } else if (const Policy* policy = library_.find(need)) {
          out_.notes.push_back("“" + matches_[i]->title + "”以“" + policy->title +
                               "”为前提，请确认已经取得");
        }
      }
    }
  }

  void limit() {
    for (const SharedLimit& limit : library_.limits()) {
      Pool pool;
      for (std::size_t i = 0; i < matches_.size(); ++i) {
        const auto& names = library_.find(matches_[i]->policy)->limits;
        if (std::ranges::find(names, limit.name) != names.end()) pool.members.push_back(i);
      }
      if (pool.members.empty()) continue;
      if (limit.scope == SharedLimit::Scope::Pool) {
        out_.notes.push_back("“" + limit.name + "”是全部企业共用的资金，用完即止");
        continue;
      }
      const auto cap = amount_of(limit);
      if (!cap) {
        out_.notes.push_back("“" + limit.name + "”的限额缺少事实，未计入");
        continue;
      }
      pool.cap = cap->fen();
      out_.limits.push_back({limit.name, *cap, Money()});
      low_.pools.push_back(std::move(pool));
    }
  }

  std::optional<Money> amount_of(const SharedLimit& limit) {
    if (!limit.amount) return std::nullopt;
    const auto bounds = bounds_of(Reasoner(situation_).of(*limit.amount));
    if (!bounds || !bounds->low || !bounds->high || *bounds->low != *bounds->high) {
      return std::nullopt;
    }
    const auto money = money_from_yuan(*bounds->low);
    return money ? std::optional(money.value()) : std::nullopt;
  }

  void choose() {
    const auto best = best_selection(low_);
    if (!best) return;
    out_.proven = best->proven;
    out_.total = total_of(best->chosen);
    out_.deferred = {Money(), Money()};
    for (std::size_t i = 0; i < matches_.size(); ++i) {
      PortfolioItem& item = out_.items[i];
      item.chosen = best->chosen[i];
      out_.approximate = out_.approximate || (item.chosen && is_approximate(*matches_[i]));
      if (item.chosen) out_.deferred = plus(out_.deferred, deferred_by(*matches_[i]));
      const auto other = best_selection(low_, Settled{i, !item.chosen});
      item.possible = item.chosen || other.has_value();
      if (other) item.price = Money::from_fen(best->value - other->value);
    }
    for (std::size_t p = 0; p < low_.pools.size(); ++p) {
      for (const std::size_t member : low_.pools[p].members) {
        if (!best->chosen[member]) continue;
        out_.limits[p].wanted = out_.limits[p].wanted + Money::from_fen(low_.values[member]);
      }
    }
    if (const auto second = runner_up(low_, *best)) out_.runner_up = alternative(*second, *best);
    const auto by_high = best_selection(high_);
    const bool more = by_high && by_high->value > value_of(high_, best->chosen);
    if (more && by_high->chosen != best->chosen) out_.if_high = alternative(*by_high, *best);
  }

  Amount total_of(const std::vector<bool>& chosen) const {
    Amount total{Money::from_fen(value_of(low_, chosen)), Money::from_fen(value_of(high_, chosen))};
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (chosen[i] && !out_.items[i].amount.high) total.high.reset();
    }
    return total;
  }

  Alternative alternative(const Selection& other, const Selection& best) const {
    Alternative alternative{.taken = {}, .total = total_of(other.chosen), .less = {}};
    alternative.less = Money::from_fen(best.value - value_of(low_, other.chosen));
    for (std::size_t i = 0; i < other.chosen.size(); ++i) {
      if (other.chosen[i]) alternative.taken.push_back(out_.items[i].policy);
    }
    return alternative;
  }

  const Library& library_;
  Situation situation_;
  std::vector<const Match*> matches_;
  SelectionProblem low_;
  SelectionProblem high_;
  Portfolio out_;
};

bool has_yuan(const Amount& amount) {
  return !(amount.is_exact() && *amount.low == Money());
}

std::string item_text(const PortfolioItem& item) {
  std::string text = std::string("  ［") + (item.chosen ? "选" : "舍") + "］" + item.title;
  if (has_yuan(item.amount)) text += "　" + to_text(item.amount);
  if (item.status == Status::NotOpen) text += "（窗口未到）";
  const bool contested = !item.rivals.empty();
  if (contested && item.possible) {
    text += std::string("，") + (item.chosen ? "放弃" : "改选") + "则合计" +
            (item.price == Money() ? "不变" : "少" + to_short_text(item.price));
  }
  if (contested) text += "；不能同享：" + joined(item.rivals);
  return text + "\n";
}

/// What the alternative takes that the best leaves.
std::string instead_text(const Portfolio& portfolio, const Alternative& alternative) {
  std::vector<std::string> titles;
  for (const PortfolioItem& item : portfolio.items) {
    const bool there = std::ranges::find(alternative.taken, item.policy) != alternative.taken.end();
    if (there && !item.chosen) titles.push_back("“" + item.title + "”");
  }
  return "改选" + joined(titles) + "，合计" + to_text(alternative.total);
}

model::Value alternative_value(const Alternative& alternative) {
  return model::Value::Record{{"policies", text_list(alternative.taken)},
                              {"total", amount_value(alternative.total)},
                              {"less", alternative.less.to_yuan()}};
}

}  // namespace

Portfolio best_portfolio(const Library& library, const model::Profile& profile,
                         const std::vector<Match>& matches, const MatchOptions& options) {
  return PortfolioMaker(library, profile, matches, options).make();
}

std::string portfolio_text(const Portfolio& portfolio) {
  if (portfolio.items.empty()) return "没有可以组合的政策\n";
  std::string text = "最优组合：合计" + to_text(portfolio.total) +
                     (portfolio.approximate ? "（含上限或估算）" : "") + "\n";
  for (const PortfolioItem& item : portfolio.items)
    text += item_text(item);
  if (has_yuan(portfolio.deferred)) {
    text += "  另推迟缴纳" + to_text(portfolio.deferred) + "，以后仍须缴，不计入合计\n";
  }
  for (const LimitUse& limit : portfolio.limits) {
    text += "  “" + limit.name + "”合计不超过" + to_short_text(limit.cap) + "，按各项计" +
            to_short_text(limit.wanted) + (limit.wanted > limit.cap ? "，超出部分不计" : "") + "\n";
  }
  if (portfolio.runner_up) {
    text += "次优：" + instead_text(portfolio, *portfolio.runner_up) + "，比最优少" +
            to_short_text(portfolio.runner_up->less) + "\n";
  }
  if (portfolio.if_high) {
    text += "金额若取上端：" + instead_text(portfolio, *portfolio.if_high) + "更优，请先补齐事实\n";
  }
  if (!portfolio.proven) text += "提醒：政策过多，搜索提前结束，未证明最优\n";
  for (const std::string& note : portfolio.notes)
    text += "提醒：" + note + "\n";
  return text;
}

model::Value to_value(const Portfolio& portfolio) {
  using model::Value;
  Value::List items;
  for (const PortfolioItem& item : portfolio.items) {
    items.push_back(Value::Record{{"policy", item.policy},
                                  {"title", item.title},
                                  {"status", std::string(name(item.status))},
                                  {"amount", amount_value(item.amount)},
                                  {"chosen", item.chosen},
                                  {"possible", item.possible},
                                  {"price", item.price.to_yuan()},
                                  {"rivals", text_list(item.rivals)}});
  }
  Value::List limits;
  for (const LimitUse& limit : portfolio.limits) {
    limits.push_back(Value::Record{
        {"name", limit.name}, {"cap", limit.cap.to_yuan()}, {"wanted", limit.wanted.to_yuan()}});
  }
  const auto alternative = [](const std::optional<Alternative>& each) {
    return each ? alternative_value(*each) : Value();
  };
  return Value::Record{{"total", amount_value(portfolio.total)},
                       {"approximate", portfolio.approximate},
                       {"deferred", amount_value(portfolio.deferred)},
                       {"items", std::move(items)},
                       {"runner_up", alternative(portfolio.runner_up)},
                       {"if_high", alternative(portfolio.if_high)},
                       {"limits", std::move(limits)},
                       {"proven", portfolio.proven},
                       {"notes", text_list(portfolio.notes)}};
}

}  // namespace huice::policy
