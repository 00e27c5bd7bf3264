#include "library/answers.h"

#include <algorithm>
#include <charconv>

#include "library/answer_book.h"
#include "library/entry.h"
#include "library/sha256.h"
#include "library/state.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

// Metadata: `answers` how many were ever marked; `answer-<n>` each of them, packed;
// `answers-of-<hash of the passage>` the numbers that count, each followed by a blank.
constexpr const char* kCount = "answers";
constexpr const char* kOf = "answers-of-";

std::string record_key(std::size_t number) {
  return "answer-" + std::to_string(number);
}

std::size_t number_in(std::string_view digits) {
  std::size_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::vector<std::size_t> numbers_of(const Xapian::Database& database, const std::string& key) {
  std::vector<std::size_t> numbers;
  const std::string list = database.get_metadata(key);
  for (std::size_t at = 0; at < list.size();) {
    const auto end = std::min(list.find(' ', at), list.size());
    numbers.push_back(number_in(std::string_view(list).substr(at, end - at)));
    at = end + 1;
  }
  return numbers;
}

void write_numbers(Xapian::WritableDatabase& writer, const std::string& key,
                   const std::vector<std::size_t>& numbers) {
  std::string list;
  for (const std::size_t number : numbers)
    list += std::to_string(number) + ' ';
  writer.set_metadata(key, list);
}

std::optional<Answer> answer(const Xapian::Database& database, std::size_t number) {
  return unpack_answer(database.get_metadata(record_key(number)));
}

/// A passage in the database.
struct PassageEntry {
  Xapian::docid entry = 0;
  StoredPassage stored;
};

std::optional<PassageEntry> find_passage(const LibraryState& state, const std::string& document,
                                         std::size_t number) {
  const auto entry = number > 0 ? state.entry_of(document, kText + number) : std::nullopt;
  if (!entry) return std::nullopt;
  auto stored = unpack_passage(state.database.get_document(*entry).get_data());
  if (!stored) return std::nullopt;
  return PassageEntry{*entry, std::move(*stored)};
}

/// Writes the entry of a passage anew, with the questions that count now.
void rewrite(LibraryState& state, const Holding& holding, const PassageEntry& found) {
  EntryMaker entries(state.settings, state.segmenter, holding);
  Xapian::WritableDatabase& writer = *state.writer;
  writer.replace_document(
      found.entry, entries.passage(found.stored, questions_of(writer, found.stored.passage)));
}

Error no_passage(const LibraryState& state, std::string_view document, std::size_t number) {
  return {.code = ErrorCode::NotFound,
          .id = "library.no-passage",
          .message = "“" + std::string(document) + "”没有第" + std::to_string(number) + "段",
          .where = {.file = state.folder.string()},
          .hint = "段号见 huice library search 结果里的编号，如 12#3 是编号 12 的第 3 段"};
}

Error no_answer(const LibraryState& state, std::size_t number) {
  return {.code = ErrorCode::NotFound,
          .id = "library.no-answer",
          .message = "没有第" + std::to_string(number) + "条标记，或已撤销",
          .where = {.file = state.folder.string()},
          .hint = "用 huice library answers 查看现有的标记"};
}

/// Writes one answer and returns its number; the transaction is the caller's.
Result<std::size_t> write_answer(LibraryState& state, const Marking& marking) {
  const auto holding = state.named(marking.document);
  const auto found = holding ? find_passage(state, holding->id, marking.passage) : std::nullopt;
  if (!found) return no_passage(state, marking.document, marking.passage);
  Xapian::WritableDatabase& writer = *state.writer;
  const std::size_t number = number_in(writer.get_metadata(kCount)) + 1;
  const std::string key = kOf + passage_key(found->stored.passage);
  writer.set_metadata(kCount, std::to_string(number));
  writer.set_metadata(record_key(number), pack(Answer{.number = number,
                                                      .question = marking.question,
                                                      .document = holding->id,
                                                      .title = holding->circular.title,
                                                      .passage = marking.passage,
                                                      .by = marking.by,
                                                      .on = marking.on,
                                                      .key = key}));
  auto numbers = numbers_of(writer, key);
  numbers.push_back(number);
  write_numbers(writer, key, numbers);
  rewrite(state, *holding, *found);
  return number;
}

bool reads(const LibraryState& state, Xapian::docid entry, std::string_view key) {
  const auto stored = unpack_passage(state.database.get_document(entry).get_data());
  return stored && passage_key(stored->passage) == key;
}

Status check_question(const std::string& question) {
  if (!question.empty() && question.size() <= kMaxQueryBytes) return Unit{};
  return Error{.code = ErrorCode::InvalidInput,
               .id = "library.query",
               .message = "问题是空的，或超过 4096 字节",
               .hint = "请写检索时用的那句话"};
}

}  // namespace

std::string passage_key(const Passage& passage) {
  std::string whole;
  for (const std::string& heading : passage.headings)
    whole += heading + "\n";
  return sha256(whole + "\n" + passage.text);
}

std::optional<Xapian::docid> entry_reading(const LibraryState& state, std::string_view document,
                                           std::size_t number, std::string_view key) {
  const auto entry = state.entry_of(document, kText + number);
  if (entry && reads(state, *entry, key)) return entry;
  const std::string_view own = LibraryState::id_in_part(document);
  const std::string id = exact_term(prefix::kId, own);
  const auto end = state.database.postlist_end(id);
  for (auto each = state.database.postlist_begin(id); each != end; ++each) {
    if (state.document_of(*each, own) == document && reads(state, *each, key)) return *each;
  }
  return std::nullopt;
}

std::vector<std::string> questions_of(const Xapian::Database& database, const Passage& passage) {
  std::vector<std::string> questions;
  if (database.get_metadata(kCount).empty()) return questions;
  for (const std::size_t number : numbers_of(database, kOf + passage_key(passage))) {
    if (auto found = answer(database, number)) questions.push_back(std::move(found->question));
  }
  return questions;
}

Result<std::vector<std::size_t>> Library::mark(std::span<const Marking> markings) {
  for (const Marking& marking : markings) {
    HUICE_TRY([[maybe_unused]] const Unit sound, check_question(marking.question));
  }
  return state_->writing([&]() -> Result<std::vector<std::size_t>> {
    std::vector<std::size_t> numbers;
    for (const Marking& marking : markings) {
      HUICE_TRY(const std::size_t number, write_answer(*state_, marking));
      numbers.push_back(number);
    }
    return numbers;
  });
}

Result<Unit> Library::unmark(std::size_t number, std::string_view by, Date on) {
  return state_->writing([&]() -> Result<Unit> {
    Xapian::WritableDatabase& writer = *state_->writer;
    auto removed = answer(writer, number);
    if (!removed || removed->removed_on) return no_answer(*state_, number);
    removed->removed_by = by;
    removed->removed_on = on;
    writer.set_metadata(record_key(number), pack(*removed));
    auto numbers = numbers_of(writer, removed->key);
    std::erase(numbers, number);
    write_numbers(writer, removed->key, numbers);
    // A passage that reads otherwise by now has lost the question already.
    const auto holding = state_->holding_by_id(removed->document);
    const auto found =
        holding ? find_passage(*state_, holding->id, removed->passage) : std::nullopt;
    if (found && kOf + passage_key(found->stored.passage) == removed->key) {
      rewrite(*state_, *holding, *found);
    }
    return Unit{};
  });
}

Result<Answer> Library::bind(const Marking& marking) const {
  const std::string question(text::trimmed(marking.question));
  HUICE_TRY([[maybe_unused]] const Unit sound, check_question(question));
  return state_->reading([&](const LibraryState& state) -> Result<Answer> {
    const auto holding = state.named(marking.document);
    const auto found = holding ? find_passage(state, holding->id, marking.passage) : std::nullopt;
    if (!found) return no_passage(state, marking.document, marking.passage);
    return Answer{.question = question,
                  .document = holding->id,
                  .title = holding->circular.title,
                  .passage = marking.passage,
                  .by = marking.by,
                  .on = marking.on,
                  .key = passage_key(found->stored.passage)};
  });
}

Result<bool> Library::binds(const Answer& answer) const {
  return state_->reading([&](const LibraryState& state) -> Result<bool> {
    return entry_reading(state, answer.document, answer.passage, answer.key).has_value();
  });
}

std::shared_ptr<const AnswerBook> Library::book_of(std::span<const Answer> answers) const {
  return std::make_shared<const AnswerBook>(state_->segmenter, answers);
}

Result<std::vector<Answer>> Library::answers() const {
  return state_->reading([](const LibraryState& state) -> Result<std::vector<Answer>> {
    std::vector<Answer> all;
    const std::size_t count = number_in(state.database.get_metadata(kCount));
    for (std::size_t number = 1; number <= count; ++number) {
      if (auto found = answer(state.database, number)) all.push_back(std::move(*found));
    }
    return all;
  });
}

}  // namespace huice::library
