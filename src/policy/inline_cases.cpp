#include "policy/inline_cases.h"

#include <algorithm>

#include "facts/record_reader.h"
#include "policy/fields.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

/// What a case expects of a policy not known yet.
constexpr std::string_view kUnknownPolicy = "unknown";

class CaseJudge {
 public:
  CaseJudge(const InlineTest& test, const std::optional<Match>& match)
      : test_(test), match_(match) {}

  Findings judge() {
    if (test_.expect.record() == nullptr || test_.expect.find("status") == nullptr) {
      fail("expect 应是含 status 的记录", test_.expect);
      return std::move(findings_);
    }
    for (const auto& [key, value] : *test_.expect.record()) {
      if (key == "status") {
        status(value);
      } else if (match_ && key == "missing") {
        missing(value);
      } else if (match_) {
        amount(key, value);
      }
    }
    return std::move(findings_);
  }

 private:
  void fail(const std::string& message, const model::Value& at) {
    findings_.push_back(
        finding("check.inline", "用例“" + test_.name + "”：" + message, at.where()));
  }

  void status(const model::Value& wanted) {
    const std::string text = wanted.text() == nullptr ? std::string() : *wanted.text();
    if (text != kUnknownPolicy && !parse_status(text)) {
      return fail("没有“" + text + "”这种结论", wanted);
    }
    const std::string actual(match_ ? name(match_->status) : kUnknownPolicy);
    const bool same = match_ ? parse_status(text) == match_->status : text == kUnknownPolicy;
    if (same) return;
    std::string why;
    if (match_) {
      for (const Outcome* each : obstacles(match_->conditions))
        why += (why.empty() ? "，因为" : "、") + each->name;
    }
    fail("应为 " + text + "，实为 " + actual + why, wanted);
  }

  void missing(const model::Value& wanted) {
    std::vector<std::string> expected;
    if (wanted.list() != nullptr) {
      for (const model::Value& each : *wanted.list())
        expected.push_back(each.text() == nullptr ? std::string() : *each.text());
    }
    std::vector<std::string> actual = match_->missing;
    std::ranges::sort(expected);
    std::ranges::sort(actual);
    if (expected == actual) return;
    fail("应缺“" + joined(expected) + "”，实缺“" + joined(actual) + "”", wanted);
  }

  void amount(const std::string& benefit, const model::Value& wanted) {
    const auto found = std::ranges::find(match_->benefits, benefit, &BenefitOutcome::name);
    if (found == match_->benefits.end()) {
      std::vector<std::string> names;
      for (const BenefitOutcome& each : match_->benefits)
        names.push_back(each.name);
      return fail("没有名为“" + benefit + "”的待遇" + did_you_mean(benefit, names), wanted);
    }
    const Amount& actual = found->amount;
    const auto is = [](const std::optional<Money>& money, const model::Value& number) {
      return money && number.number() != nullptr && money->to_yuan() == *number.number();
    };
    bool same = false;
    if (wanted.list() != nullptr && wanted.list()->size() == 2) {
      same = is(actual.low, (*wanted.list())[0]) && is(actual.high, (*wanted.list())[1]);
    } else if (wanted.number() != nullptr) {
      same = actual.is_exact() && is(actual.low, wanted);
    } else {
      same = wanted.text() != nullptr && *wanted.text() == "未知" && actual.is_unknown();
    }
    if (!same) fail("“" + benefit + "”不符，实为" + to_text(actual), wanted);
  }

  const InlineTest& test_;
  const std::optional<Match>& match_;
  Findings findings_;
};

}  // namespace

Result<Situated> situate(const Library& library, const Policy& policy, const InlineTest& test) {
  Situated situated;
  HUICE_TRY(situated.profile,
            facts::read_profile(test.given, library.catalogue(), "用例" + test.name));
  situated.options.on = test.on;
  situated.options.known_on = test.known_on.value_or(std::max(test.on, policy.known_from()));
  return situated;
}

Findings run_inline_case(const Library& library, const Policy& policy, const InlineTest& test) {
  auto situated = situate(library, policy, test);
  if (!situated) {
    Findings findings = as_findings(std::move(situated).error());
    for (Error& each : findings) {
      if (each.where.line == 0) each.where = test.where;
    }
    return findings;
  }
  const Situated& ready = situated.value();
  return CaseJudge(test, match_policy(library, policy, ready.profile, ready.options)).judge();
}

}  // namespace huice::policy
