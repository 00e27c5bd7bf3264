#include "service/county_answers.h"

#include <algorithm>

namespace huice::service {

library::Answer answer_of(const store::LibraryAnswer& answer) {
  return {.question = answer.question,
          .document = answer.document,
          .title = answer.title,
          .passage = static_cast<std::size_t>(answer.passage),
          .by = answer.added_by,
          .key = answer.reading};
}

Result<std::shared_ptr<const CountyMarks>> CountyAnswers::of(store::Database& database,
                                                             const std::string& county,
                                                             const library::Library& library) {
  HUICE_TRY(const auto stamp, store::answers_stamp(database, county));
  if (stamp.empty()) return std::shared_ptr<const CountyMarks>();
  const auto kept = counties_.with([&](auto& counties) { return counties[county]; });
  if (kept.stamp == stamp) return kept.marks;
  HUICE_TRY(auto answers, store::answers_that_count(database, county));
  std::shared_ptr<CountyMarks> marks;
  if (!answers.empty()) {
    std::vector<library::Answer> bound;
    for (const store::LibraryAnswer& answer : answers)
      bound.push_back(answer_of(answer));
    marks = std::make_shared<CountyMarks>(CountyMarks{std::move(answers), library.book_of(bound)});
  }
  counties_.with([&](auto& counties) { counties[county] = {stamp, marks}; });
  return std::shared_ptr<const CountyMarks>(std::move(marks));
}

void add_marks(model::Value& found, const library::Hits& hits, const CountyMarks& marks) {
  auto& record = std::get<model::Value::Record>(found.content());
  const auto at = std::ranges::find(record, "hits", [](const auto& field) { return field.first; });
  auto& list = std::get<model::Value::List>(at->second.content());
  for (std::size_t i = 0; i < list.size(); ++i) {
    model::Value::List borne;
    for (const std::size_t place : hits.hits[i].answers) {
      const store::LibraryAnswer& answer = marks.answers[place];
      borne.emplace_back(model::Value::Record{
          {"id", answer.id}, {"question", answer.question}, {"added_by", answer.added_by}});
    }
    if (borne.empty()) continue;
    std::get<model::Value::Record>(list[i].content())
        .emplace_back("answers", model::Value(std::move(borne)));
  }
}

}  // namespace huice::service
