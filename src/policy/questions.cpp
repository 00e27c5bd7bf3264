#include "policy/questions.h"

#include <algorithm>
#include <map>

#include "policy/amounts.h"

namespace huice::policy {
namespace {

/// `新招用人员·年龄` is asked for under its list.
std::string asked_name(const std::string& missing) {
  constexpr std::string_view kDot = "·";
  return missing.substr(0, missing.find(kDot));
}

std::vector<std::string> asked_names(const std::vector<std::string>& missing) {
  std::vector<std::string> names;
  for (const std::string& each : missing) {
    std::string name = asked_name(each);
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

class Asker {
 public:
  explicit Asker(const model::FactCatalogue& catalogue) : catalogue_(catalogue) {}

  void take(const Match& match) {
    if (match.status == Status::Incomplete) {
      add(match, asked_names(match.missing), true, sum_of(match));
      return;
    }
    const bool hopeful = match.status == Status::Eligible || match.status == Status::NotOpen ||
                         match.status == Status::Review;
    if (!hopeful || match.conditions.truth == Truth::False) return;
    for (const BenefitOutcome& benefit : match.benefits) {
      if (benefit.missing.empty() || !counts_as_gain(benefit)) continue;
      add(match, asked_names(benefit.missing), false, width(benefit.amount));
    }
  }

  std::vector<Question> ranked() && {
    std::vector<Question> all;
    for (auto& [name, question] : questions_)
      all.push_back(std::move(question));
    std::ranges::stable_sort(all, [](const Question& a, const Question& b) {
      if (a.share != b.share) return a.share > b.share;
      return a.waiting.size() > b.waiting.size();
    });
    return all;
  }

 private:
  /// How far apart the ends are; unknown when there is no highest.
  static Amount width(const Amount& amount) {
    if (!amount.high) return {};
    const Money apart = *amount.high - amount.low.value_or(Money());
    return {apart, apart};
  }

  void add(const Match& match, const std::vector<std::string>& names, bool decides,
           const Amount& stake) {
    for (const std::string& name : names) {
      Question& question = questions_[name];
      if (question.fact.empty()) {
        question.fact = name;
        const model::FactDefinition* fact = catalogue_.find(name);
        if (fact != nullptr) question.origin = fact->origin;
      }
      question.waiting.push_back({match.policy, match.title, decides, names.size() == 1, stake});
      if (!stake.high) {
        question.has_unknown = true;
        continue;
      }
      question.stake = question.stake + *stake.high;
      const auto facts = static_cast<std::int64_t>(names.size());
      question.share = question.share + Money::from_fen(stake.high->fen() / facts);
    }
  }

  const model::FactCatalogue& catalogue_;
  std::map<std::string, Question> questions_;
};

}  // namespace

std::vector<Question> questions(const std::vector<Match>& matches,
                                const model::FactCatalogue& catalogue) {
  Asker asker(catalogue);
  for (const Match& match : matches)
    asker.take(match);
  return std::move(asker).ranked();
}

}  // namespace huice::policy
