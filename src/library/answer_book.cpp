#include "library/answer_book.h"

#include <algorithm>
#include <tuple>

#include "library/answers.h"

namespace huice::library {

AnswerBook::AnswerBook(const text::Segmenter& segmenter, std::span<const Answer> answers) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < answers.size(); ++i)
    groups[{answers[i].document, answers[i].key}].push_back(i);
  for (const auto& [name, places] : groups) {
    TermCounts terms(segmenter);
    for (const std::size_t place : places)
      terms.add(answers[place].question);
    passages_.push_back({.document = std::string(name.first),
                         .passage = answers[places.back()].passage,
                         .key = std::string(name.second),
                         .questions = terms.counts(),
                         .answers = places});
    for (const auto& [term, count] : passages_.back().questions)
      by_term_[term].push_back(passages_.size() - 1);
  }
}

std::span<const std::size_t> AnswerBook::with(std::string_view term) const {
  const auto found = by_term_.find(term);
  if (found == by_term_.end()) return {};
  return found->second;
}

std::span<const std::size_t> AnswerBook::answers_of(std::string_view document,
                                                    const Passage& passage) const {
  const auto first = std::ranges::lower_bound(passages_, document, {}, &Answered::document);
  if (first == passages_.end() || first->document != document) return {};
  const std::string key = passage_key(passage);
  for (auto each = first; each != passages_.end() && each->document == document; ++each) {
    if (each->key == key) return each->answers;
  }
  return {};
}

}  // namespace huice::library
