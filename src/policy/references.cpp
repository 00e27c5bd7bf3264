#include "policy/references.h"

namespace huice::policy {
namespace {

constexpr int kMaxArticles = 2000;

KnownDocument read_document(const model::Value& item, Findings& findings) {
  Fields fields(item, "文件", findings);
  fields.allow_only({"number", "title", "articles"});
  return {.number = fields.required_text("number"),
          .title = fields.text("title"),
          .articles = fields.whole_number("articles", 1, kMaxArticles).value_or(0),
          .where = fields.where()};
}

KnownFigure read_figure(const model::Value& item, Findings& findings) {
  Fields fields(item, "数字", findings);
  fields.allow_only({"document", "fact", "values"});
  KnownFigure figure{.document = fields.required_text("document"),
                     .fact = fields.required_text("fact"),
                     .values = {},
                     .where = fields.where()};
  for (const model::Value& value : fields.items("values")) {
    if (value.number() != nullptr) figure.values.push_back(*value.number());
  }
  return figure;
}

RequiredFacts read_required(const model::Value& item, Findings& findings) {
  Fields fields(item, "必备事实", findings);
  fields.allow_only({"document", "using", "facts"});
  return {.document = fields.required_text("document"),
          .using_fact = fields.text("using"),
          .facts = fields.texts("facts"),
          .where = fields.where()};
}

std::optional<KnownAnswer> read_answer(const model::Value& item, Findings& findings) {
  Fields fields(item, "已核答案", findings);
  fields.allow_only({"name", "document", "using", "given", "on", "known_on", "expect"});
  KnownAnswer answer{
      .document = fields.required_text("document"), .using_fact = fields.text("using"), .test = {}};
  answer.test.name = fields.required_text("name");
  answer.test.where = fields.where();
  answer.test.known_on = fields.day("known_on");
  const auto on = fields.required_day("on");
  const model::Value* given = fields.require("given");
  const model::Value* expect = fields.require("expect");
  if (!on || given == nullptr || expect == nullptr) return std::nullopt;
  answer.test.on = *on;
  answer.test.given = *given;
  answer.test.expect = *expect;
  return answer;
}

}  // namespace

References read_references(const model::Value& root, Findings& findings) {
  Fields fields(root, "文件登记", findings);
  fields.allow_only({"documents", "figures", "requires", "answers"});
  References references;
  for (const model::Value& item : fields.items("documents"))
    references.documents.push_back(read_document(item, findings));
  for (const model::Value& item : fields.items("figures"))
    references.figures.push_back(read_figure(item, findings));
  for (const model::Value& item : fields.items("requires"))
    references.required.push_back(read_required(item, findings));
  for (const model::Value& item : fields.items("answers")) {
    if (auto answer = read_answer(item, findings)) references.answers.push_back(*answer);
  }
  return references;
}

}  // namespace huice::policy
