// Questions that a county's people marked as answered by a passage of the library.
//
// This is the truth; each node takes what counts into its searches. Whoever follows a county's
// marks compares their stamp, which changes with each that is made or taken back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/database.h"
#include "store/records.h"

namespace huice::store {

struct LibraryAnswer {
  std::string id;
  std::string question;
  std::string document;  ///< id in the library
  std::string title;     ///< of the document, when it was marked
  std::int64_t passage = 0;
  std::string reading;  ///< hash of what the passage says; it acts on nothing else
  std::string added_by;
  std::string added_at;
  std::string removed_by;  ///< of one that was taken back, which counts no more
  std::string removed_at;
};

struct AnswerQuery {
  std::string county;
  bool removed = false;  ///< those taken back in place of the others
  std::int64_t limit = 50;
  std::int64_t offset = 0;
};

struct AnswerPage {
  std::int64_t total = 0;
  std::vector<LibraryAnswer> items;
};

/// What counts in a county at once: a search looks through them.
inline constexpr std::int64_t kMostAnswers = 5'000;

/// Marks a passage; returns the mark that is there already where the county has the same. To be
/// called within a transaction. Errors: TooLarge `answers.full`; those of Database.
Result<LibraryAnswer> add_answer(Database& database, const std::string& county,
                                 const LibraryAnswer& answer, const Author& author);

/// Takes a mark back; the record stays. To be called within a transaction.
/// Errors: NotFound `answers.unknown`, also where somebody was first.
Status remove_answer(Database& database, const std::string& county, const std::string& id,
                     const Author& author);

/// Also one that was taken back. Errors: NotFound `answers.unknown`.
Result<LibraryAnswer> find_answer(Database& database, const std::string& county,
                                  const std::string& id);

/// The newest first.
Result<AnswerPage> list_answers(Database& database, const AnswerQuery& query);

/// All that count, oldest first.
Result<std::vector<LibraryAnswer>> answers_that_count(Database& database,
                                                      const std::string& county);

/// Empty: the county has never marked anything.
Result<std::string> answers_stamp(Database& database, const std::string& county);

}  // namespace huice::store
