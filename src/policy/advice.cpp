#include "policy/advice.h"

#include <algorithm>

#include "policy/plain_values.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

/// Nobody reads more on a terminal.
constexpr std::size_t kQuestionsShown = 12;

std::string question_text(const Question& question, std::size_t number) {
  std::string text = "  " + std::to_string(number) + ". " + question.fact;
  if (!question.origin.empty()) text += "（" + question.origin + "）";
  if (question.stake != Money()) {
    text += std::string("　涉及") + (question.has_unknown ? "不少于" : "") +
            to_short_text(question.stake);
  } else if (question.has_unknown) {
    text += "　涉及金额待定";
  }
  text += "\n";
  for (const Waiting& waiting : question.waiting) {
    text += std::string("     ") + (waiting.decides ? "能否享受" : "金额多少") + "：" +
            waiting.title + (waiting.alone ? "（只缺这一项）" : "") + "\n";
  }
  return text;
}

model::Value question_value(const Question& question) {
  using model::Value;
  Value::List waiting;
  for (const Waiting& each : question.waiting) {
    waiting.push_back(Value::Record{{"policy", each.policy},
                                    {"title", each.title},
                                    {"decides", std::string(each.decides ? "status" : "amount")},
                                    {"alone", each.alone},
                                    {"stake", amount_value(each.stake)}});
  }
  return Value::Record{{"fact", question.fact},
                       {"origin", optional_text(question.origin)},
                       {"stake", question.stake.to_yuan()},
                       {"share", question.share.to_yuan()},
                       {"has_unknown", question.has_unknown},
                       {"waiting", std::move(waiting)}};
}

model::Value cliff_value(const Cliff& cliff) {
  return model::Value::Record{{"policy", cliff.policy},       {"title", cliff.title},
                              {"fact", cliff.fact},           {"actual", cliff.actual},
                              {"limit", cliff.limit},         {"beyond", cliff.beyond},
                              {"distance", cliff.distance},   {"near", cliff.near},
                              {"cost", cliff.cost.to_yuan()}, {"text", cliff_text(cliff)}};
}

template <class Item, class ToValue>
model::Value list_value(const std::optional<std::vector<Item>>& items, ToValue one) {
  if (!items) return {};
  model::Value::List list;
  for (const Item& item : *items)
    list.push_back(one(item));
  return {std::move(list)};
}

void append_questions(std::string& text, const std::vector<Question>& questions) {
  text += questions.empty() ? "没有要补问的事实\n" : "先问什么：\n";
  const std::size_t shown = std::min(questions.size(), kQuestionsShown);
  for (std::size_t i = 0; i < shown; ++i)
    text += question_text(questions[i], i + 1);
  if (shown < questions.size()) {
    text += "  其余" + std::to_string(questions.size() - shown) + "项从略，加 --json 列全\n";
  }
}

void append_nearest(std::string& text, const std::vector<NearestMiss>& misses) {
  text += misses.empty() ? "没有差一步的政策\n" : "差在哪里：\n";
  for (const NearestMiss& miss : misses)
    text += nearest_text(miss);
}

void append_cliffs(std::string& text, const std::vector<Cliff>& cliffs) {
  for (const Cliff& cliff : cliffs) {
    if (cliff.near) text += "提醒：" + cliff_text(cliff) + "\n";
  }
}

}  // namespace

Advice advise(const Library& library, const model::Profile& profile,
              const EnterpriseMatches& matches, const MatchOptions& options,
              const AdviceWanted& wanted) {
  Advice advice{.uscc = matches.uscc, .name = matches.name};
  if (wanted.questions) {
    advice.questions = policy::questions(matches.matches, library.catalogue_for(options.on.year()));
  }
  if (wanted.nearest) {
    advice.nearest = nearest_misses(library, profile, matches.matches, options);
  }
  if (wanted.portfolio) {
    advice.portfolio = best_portfolio(library, profile, matches.matches, options);
  }
  if (wanted.cliffs) {
    advice.cliffs.emplace();
    for (const Match& match : matches.matches) {
      for (Cliff& cliff : cliffs(library, profile, match, options))
        advice.cliffs->push_back(std::move(cliff));
    }
  }
  return advice;
}

std::string advice_text(const Advice& advice) {
  std::string text;
  if (advice.portfolio) text += portfolio_text(*advice.portfolio);
  if (advice.cliffs) append_cliffs(text, *advice.cliffs);
  if (advice.questions) append_questions(text, *advice.questions);
  if (advice.nearest) append_nearest(text, *advice.nearest);
  return text;
}

model::Value to_value(const Advice& advice) {
  const auto nearest = [](const NearestMiss& miss) { return to_value(miss); };
  return model::Value::Record{
      {"uscc", optional_text(advice.uscc)},
      {"name", optional_text(advice.name)},
      {"portfolio", advice.portfolio ? to_value(*advice.portfolio) : model::Value()},
      {"cliffs", list_value(advice.cliffs, cliff_value)},
      {"questions", list_value(advice.questions, question_value)},
      {"nearest", list_value(advice.nearest, nearest)}};
}

}  // namespace huice::policy
