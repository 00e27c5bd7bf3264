#include "lint/lint.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/suggest.h"

namespace huice::lint {

std::vector<Finding> lint(const Draft& draft, const Choice& choice) {
  if (draft.paragraphs.empty()) return {};
  Report report(draft, choice);
  for (const Family& family : families())
    family.check(draft, report);
  return std::move(report).finish();
}

Status check_rule_names(const std::set<std::string>& ids) {
  std::vector<std::string> known;
  for (const Family& family : families()) {
    for (const Rule* rule : family.rules)
      known.emplace_back(rule->id);
  }
  for (const std::string& id : ids) {
    if (std::ranges::find(known, id) != known.end()) continue;
    const auto near = text::closest(id, known);
    return Error{.code = ErrorCode::NotFound,
                 .id = "lint.unknown-rule",
                 .message = "没有“" + id + "”这条校对规则",
                 .hint = near ? "是不是 " + std::string(*near) + "？全部规则见 docs/lint.md"
                              : "全部规则见 docs/lint.md"};
  }
  return Unit{};
}

Result<OwnWords> read_own_words(const model::Value& values) {
  const auto wrong = [](const SourceSpan& where) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "lint.words",
                 .message = "用词表的每一行应是 不用的词: 要用的词",
                 .where = where,
                 .hint = "要用的词里不能含有不用的词"};
  };
  if (values.record() == nullptr) return wrong(values.where());
  OwnWords words;
  for (const auto& [word, right] : *values.record()) {
    if (right.text() == nullptr || word.empty() || right.text()->find(word) != std::string::npos)
      return wrong(right.where());
    words.emplace(decode_utf8(word), decode_utf8(*right.text()));
  }
  return words;
}

std::string_view strength_word(Strength strength) {
  return strength == Strength::Must ? "必须" : "建议";
}

std::string_view kind_word(Kind kind) {
  switch (kind) {
    case Kind::Official:
      return "公文";
    case Kind::Regulation:
      return "法规";
    case Kind::Text:
      return "文稿";
  }
  return "";
}

namespace {

model::Value to_value(const Finding& finding) {
  model::Value::Record record = {{"rule", std::string(finding.rule->id)},
                                 {"strength", std::string(strength_word(finding.rule->strength))},
                                 {"source", std::string(finding.rule->source)},
                                 {"line", finding.where.line},
                                 {"column", finding.where.column},
                                 {"place", finding.where.part},
                                 {"message", finding.message},
                                 {"proposal", finding.proposal},
                                 {"excerpt", finding.excerpt},
                                 {"fixable", !finding.edits.empty()}};
  return record;
}

}  // namespace

model::Value to_value(const std::string& file, const Draft& draft,
                      const std::vector<Finding>& findings) {
  model::Value::List list;
  int must = 0;
  for (const Finding& each : findings) {
    list.push_back(to_value(each));
    if (each.rule->strength == Strength::Must) ++must;
  }
  return model::Value::Record{{"file", file},
                              {"kind", std::string(kind_word(draft.kind))},
                              {"title", encode_utf8(draft.title)},
                              {"must", must},
                              {"should", static_cast<int>(findings.size()) - must},
                              {"findings", std::move(list)}};
}

}  // namespace huice::lint
