#include "policy/source_reader.h"

namespace huice::policy {
namespace {

constexpr int kMaxShelfDays = 3660;

}  // namespace

const std::vector<std::string>& confidence_words() {
  static const std::vector<std::string> kWords = {"primary", "secondary", "memory", "sample"};
  return kWords;
}

Source read_source(Fields& owner, Findings& findings) {
  const model::Value* value = owner.find("source");
  if (value == nullptr) {
    owner.report("policy.missing-source", "缺少出处“source”", owner.where(),
                 "写明文号、核对日期和可信程度："
                 "source: {number: …, checked_on: …, confidence: secondary}");
    return {};
  }
  Fields fields(*value, "出处", findings);
  fields.allow_only(
      {"number", "title", "clause", "url", "issued_on", "checked_on", "shelf_days", "confidence"});
  Source source;
  source.number = fields.required_text("number");
  source.title = fields.text("title");
  source.clause = fields.text("clause");
  source.url = fields.text("url");
  source.issued_on = fields.day("issued_on");
  source.checked_on = fields.required_day("checked_on");
  if (const auto days = fields.whole_number("shelf_days", 1, kMaxShelfDays)) {
    source.shelf_days = *days;
  }
  fields.require("confidence");
  if (const auto word = fields.word("confidence", confidence_words())) {
    source.confidence = static_cast<Confidence>(*word);
  }
  return source;
}

}  // namespace huice::policy
