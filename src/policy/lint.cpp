#include "policy/lint.h"

#include <algorithm>
#include <set>

#include "facts/record_reader.h"
#include "feel/evaluate.h"
#include "policy/expressions.h"
#include "policy/fields.h"
#include "policy/inline_cases.h"
#include "policy/situation.h"
#include "text/document_number.h"
#include "text/numerals.h"

namespace huice::policy {
namespace {

using feel::Node;
using feel::NodeKind;

/// Every expression of a policy, with where its clause says it stands.
template <class Visit>
void each_expression(const Policy& policy, const Visit& visit) {
  const auto conditions = [&](const auto& self, const Condition& condition) -> void {
    if (condition.when) visit(*condition.when);
    for (const Condition& child : condition.children)
      self(self, child);
  };
  conditions(conditions, policy.conditions);
  for (const Definition& each : policy.definitions) {
    if (each.value) visit(*each.value);
  }
  for (const Benefit& each : policy.benefits) {
    for (const auto* part : {&each.when, &each.amount, &each.baseline, &each.liability}) {
      if (*part) visit(**part);
    }
  }
}

/// The facts a policy uses, derived ones and what they rest on included.
std::set<std::string> used_facts(const Library& library, const Policy& policy) {
  std::set<std::string> used;
  const auto use = [&](const auto& self, const std::string& name) -> void {
    if (!used.insert(name).second) return;
    const DerivedFact* derived = library.find_derived(name);
    if (derived == nullptr) return;
    for (const std::string& input : derived->inputs)
      self(self, input);
  };
  each_expression(policy, [&](const feel::Expression& expression) {
    for (const std::string& name : expression.names())
      use(use, name);
  });
  for (const Definition& each : policy.definitions) {
    if (!each.list.empty()) use(use, each.list);
  }
  return used;
}

/// Articles named in a text: `第二十八条`, `第21720条`.
std::vector<std::int64_t> articles_in(std::string_view text) {
  constexpr std::string_view kBefore = "第";
  constexpr std::string_view kAfter = "条";
  std::vector<std::int64_t> articles;
  for (std::size_t at = text.find(kBefore); at != std::string_view::npos;
       at = text.find(kBefore, at + 1)) {
    const std::size_t from = at + kBefore.size();
    const std::size_t end = text.find(kAfter, from);
    if (end == std::string_view::npos) break;
    const auto number = text::parse_chinese_numeral(text.substr(from, end - from));
    if (number) articles.push_back(*number);
  }
  return articles;
}

bool is_local_issuer(const std::string& issuer) {
  constexpr std::string_view kMarks[] = {"省", "市", "县", "自治区", "州", "区"};
  return std::ranges::any_of(kMarks, [&](std::string_view mark) {
    return issuer.find(mark) != std::string::npos && !issuer.starts_with("国家市场") &&
           !issuer.starts_with("市场");
  });
}

/// Agency codes of provinces and below begin with the short name of a province.
bool is_local_agency(std::string_view agency) {
  constexpr std::string_view kProvinces[] = {"京", "津", "沪", "渝", "冀", "豫", "云", "辽",
                                             "黑", "湘", "皖", "鲁", "新", "苏", "浙", "赣",
                                             "鄂", "桂", "甘", "晋", "蒙", "陕", "吉", "闽",
                                             "贵", "粤", "青", "藏", "川", "宁", "琼"};
  return std::ranges::any_of(kProvinces,
                             [&](std::string_view each) { return agency.starts_with(each); });
}

class PolicyLint {
 public:
  PolicyLint(const Library& library, const Policy& policy)
      : library_(library), policy_(policy), references_(library.references()) {}

  Findings run() {
    level();
    if (references_.documents.empty()) return std::move(findings_);
    documents();
    each_clause([&](const std::string& clause, const SourceSpan& where) { cited(clause, where); });
    for (const std::string& note : policy_.notes)
      cited(note, policy_.where);
    for (const KnownFigure& figure : references_.figures)
      check_figure(figure);
    for (const RequiredFacts& required : references_.required)
      check_required(required);
    for (const KnownAnswer& answer : references_.answers)
      check_answer(answer);
    return std::move(findings_);
  }

 private:
  void add(std::string id, std::string message, const SourceSpan& where, std::string hint = {}) {
    findings_.push_back(finding(std::move(id), std::move(message), where, std::move(hint)));
  }

  template <class Visit>
  void each_clause(const Visit& visit) {
    const auto conditions = [&](const auto& self, const Condition& condition) -> void {
      visit(condition.clause, condition.where);
      for (const Condition& child : condition.children)
        self(self, child);
    };
    conditions(conditions, policy_.conditions);
    for (const Benefit& each : policy_.benefits)
      visit(each.clause, each.where);
    visit(policy_.source.clause, policy_.where);
  }

  void level() {
    if (policy_.level != "国家") return;
    for (const std::string& issuer : policy_.issuers) {
      if (!is_local_issuer(issuer)) continue;
      add("check.level", "级别写作国家，而发文机关“" + issuer + "”是地方机关", policy_.where,
          "地方政策写省、市或县级，并在 regions 写明地区");
    }
    const auto number = text::parse_document_number(policy_.source.number);
    const bool local = policy_.source.confidence != Confidence::Sample && number &&
                       is_local_agency(number->agency);
    if (local) {
      add("check.level", "级别写作国家，而“" + policy_.source.number + "”是地方文号", policy_.where,
          "地方政策写省、市或县级，并在 regions 写明地区");
    }
  }

  const KnownDocument* find_document(std::string_view number) const {
    const auto found = std::ranges::find(references_.documents, number, &KnownDocument::number);
    return found == references_.documents.end() ? nullptr : &*found;
  }

  /// The policy's own document, and that its title is not another's.
  void documents() {
    const std::string& number = policy_.source.number;
    if (policy_.source.confidence == Confidence::Sample) return;
    if (find_document(number) == nullptr) {
      std::vector<std::string> numbers;
      for (const KnownDocument& each : references_.documents)
        numbers.push_back(each.number);
      add("check.document", "文号“" + number + "”没有登记" + did_you_mean(number, numbers),
          policy_.where, "核对原文后在 references.yaml 的 documents 中登记");
    }
    if (!policy_.source.title.empty()) titled(policy_.source.title, number, policy_.where);
  }

  /// A title that is registered under another number.
  void titled(std::string_view text, std::string_view number, const SourceSpan& where) {
    for (const KnownDocument& each : references_.documents) {
      const bool named = !each.title.empty() && text.find(each.title) != std::string_view::npos;
      if (!named || each.number == number) continue;
      add("check.document",
          "“" + each.title + "”的文号是 " + each.number + "，不是 " + std::string(number), where,
          "核对文号");
    }
  }

  /// Numbers, titles and articles in the text of a clause.
  void cited(const std::string& text, const SourceSpan& where) {
    const auto found = text::find_document_numbers(text);
    for (const auto& each : found) {
      const std::string written = text.substr(each.offset, each.size);
      titled(text, written, where);
      neighbour(each.number, written, where);
    }
    const std::string* law = &policy_.source.number;
    for (const KnownDocument& each : references_.documents) {
      if (each.articles > 0 && text.find(each.number) != std::string::npos) law = &each.number;
    }
    if (!found.empty()) return;
    const KnownDocument* document = find_document(*law);
    if (document == nullptr || document->articles == 0) return;
    for (const std::int64_t article : articles_in(text)) {
      if (1 <= article && article <= document->articles) continue;
      add("check.article",
          document->number + "只有" + std::to_string(document->articles) + "条，没有第" +
              std::to_string(article) + "条",
          where, "核对条款号");
    }
  }

  /// A serial that is not registered while the one next to it is, of the same agency and year.
  void neighbour(const text::DocumentNumber& number, const std::string& written,
                 const SourceSpan& where) {
    const KnownDocument* near = nullptr;
    for (const KnownDocument& each : references_.documents) {
      const auto known = text::parse_document_number(each.number);
      if (!known || known->agency != number.agency || known->year != number.year) continue;
      if (known->serial == number.serial) return;
      if (std::abs(known->serial - number.serial) == 1) near = &each;
    }
    if (near == nullptr) return;
    add("check.document", "文号“" + written + "”没有登记，疑为 " + near->number, where,
        "核对文号；无误的在 references.yaml 登记");
  }

  bool rests_on(const std::string& document) const {
    return policy_.source.number == document ||
           (policy_.source.clause.find(document) != std::string::npos);
  }

  void check_figure(const KnownFigure& figure) {
    if (!rests_on(figure.document)) return;
    each_expression(policy_, [&](const feel::Expression& expression) {
      walk(expression.root(), [&](const Node& node) {
        if (node.kind != NodeKind::Compare) return;
        compared(expression, figure, *node.children[0], *node.children[1]);
        compared(expression, figure, *node.children[1], *node.children[0]);
      });
    });
  }

  void compared(const feel::Expression& expression, const KnownFigure& figure, const Node& name,
                const Node& constant) {
    const bool about = name.kind == NodeKind::Name && name.text == figure.fact;
    const Decimal* value = constant.kind == NodeKind::Literal ? constant.value.number() : nullptr;
    if (!about || value == nullptr) return;
    if (std::ranges::find(figure.values, *value) != figure.values.end()) return;
    std::string allowed;
    for (const Decimal& each : figure.values)
      allowed += (allowed.empty() ? "" : "、") + each.to_plain();
    add("check.figure",
        "“" + figure.fact + "”与" + value->to_plain() + "相比，而" + figure.document +
            "中的界限是" + allowed,
        expression.place(constant.begin), "核对原文中的数字和单位");
  }

  void check_required(const RequiredFacts& required) {
    if (!rests_on(required.document)) return;
    const auto used = used_facts(library_, policy_);
    if (!required.using_fact.empty() && !used.contains(required.using_fact)) return;
    for (const std::string& fact : required.facts) {
      if (used.contains(fact)) continue;
      add("check.required-fact", required.document + "的条件涉及“" + fact + "”，而本政策没有用到",
          policy_.where, "补上这一条件");
    }
  }

  void check_answer(const KnownAnswer& answer) {
    if (!rests_on(answer.document)) return;
    const auto used = used_facts(library_, policy_);
    if (!answer.using_fact.empty() && !used.contains(answer.using_fact)) return;
    const auto ready = situate(library_, policy_, answer.test);
    if (!ready) return;
    const auto match =
        match_policy(library_, policy_, ready.value().profile, ready.value().options);
    const model::Value* status = answer.test.expect.find("status");
    if (!match || status == nullptr || status->text() == nullptr) return;
    const bool in_time = match->status != Status::Expired && match->status != Status::NotOpen;
    if (in_time && parse_status(*status->text()) != match->status) {
      return wrong(answer,
                   "应为 " + *status->text() + "，实为 " + std::string(name(match->status)));
    }
    const model::Value* amount = answer.test.expect.find("amount");
    if (!in_time || amount == nullptr || amount->number() == nullptr) return;
    const bool right = std::ranges::any_of(match->benefits, [&](const BenefitOutcome& each) {
      return each.amount.is_exact() && each.amount.low->to_yuan() == *amount->number();
    });
    if (!right) wrong(answer, "金额应为" + amount->number()->to_plain() + "元");
  }

  void wrong(const KnownAnswer& answer, const std::string& what) {
    add("check.answer", "已核答案“" + answer.test.name + "”没有得出：" + what, policy_.where,
        "答案依据" + answer.document + "，见 references.yaml");
  }

  const Library& library_;
  const Policy& policy_;
  const References& references_;
  Findings findings_;
};

}  // namespace

Findings lint_policy(const Library& library, const Policy& policy) {
  return PolicyLint(library, policy).run();
}

Findings check_derived(const Library& library) {
  Findings findings;
  for (const DerivedFact& derived : library.derived()) {
    for (const InlineTest& test : derived.tests) {
      auto profile = facts::read_profile(test.given, library.catalogue(), "用例" + test.name);
      if (!profile) {
        for (Error& each : as_findings(std::move(profile).error()))
          findings.push_back(std::move(each));
        continue;
      }
      Situation situation(library, profile.value(), test.on, test.on);
      const Belief& belief = *situation.find(derived.definition.name);
      const model::Value actual = belief.is_known() ? feel::to_model(belief.value) : model::Value();
      if (actual == test.expect) continue;
      findings.push_back(finding("check.derived",
                                 "推定事实“" + derived.definition.name + "”的用例“" + test.name +
                                     "”应得" + feel::to_text(feel::from_model(test.expect)) +
                                     "，实得" + feel::to_text(feel::from_model(actual)),
                                 test.where));
    }
  }
  return findings;
}

}  // namespace huice::policy
