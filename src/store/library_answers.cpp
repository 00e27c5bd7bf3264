#include "store/library_answers.h"

#include "store/audit.h"
#include "store/digest.h"

namespace huice::store {
namespace {

constexpr std::string_view kColumns =
    "SELECT id, question, document, title, passage, reading, added_by, added_at, removed_by, "
    "removed_at FROM library_answer ";

Result<std::vector<LibraryAnswer>> answers_where(Database& database, const std::string& rest,
                                                 const std::vector<Cell>& values) {
  HUICE_TRY(const auto rows, database.ask(std::string(kColumns) + rest, values));
  std::vector<LibraryAnswer> answers;
  for (const Row& row : rows) {
    answers.push_back({.id = text_of(row[0]),
                       .question = text_of(row[1]),
                       .document = text_of(row[2]),
                       .title = text_of(row[3]),
                       .passage = number_of(row[4]),
                       .reading = text_of(row[5]),
                       .added_by = text_of(row[6]),
                       .added_at = text_of(row[7]),
                       .removed_by = text_of(row[8]),
                       .removed_at = text_of(row[9])});
  }
  return answers;
}

Error unknown_answer() {
  return {.code = ErrorCode::NotFound,
          .id = "answers.unknown",
          .message = "本县没有这条标记，或已撤销",
          .hint = "刷新列表再看"};
}

/// The marks of a county have changed; from now to the end of the transaction nobody else's do.
Status stamp_answers(Database& database, const std::string& county, const std::string& change) {
  HUICE_TRY([[maybe_unused]] const auto made,
            database.run("INSERT INTO library_answer_list (county, stamp) VALUES (?, '') "
                         "ON CONFLICT (county) DO NOTHING",
                         {county}));
  HUICE_TRY(
      [[maybe_unused]] const auto locked,
      database.run("UPDATE library_answer_list SET stamp = stamp WHERE county = ?", {county}));
  HUICE_TRY(const auto before, answers_stamp(database, county));
  HUICE_TRY([[maybe_unused]] const auto changed,
            database.run("UPDATE library_answer_list SET stamp = ? WHERE county = ?",
                         {sha256(before + change), county}));
  return Unit{};
}

Status log_answer(Database& database, const std::string& county, const LibraryAnswer& answer,
                  const Author& author, const std::string& action) {
  return append(database, {.at = author.at,
                           .actor = author.login,
                           .origin = author.origin,
                           .action = action,
                           .subject = subject_of(county, "标记", answer.id),
                           .after = answer.question + "\n" + answer.document + "#" +
                                    std::to_string(answer.passage) + "\n" + answer.title});
}

}  // namespace

Result<LibraryAnswer> add_answer(Database& database, const std::string& county,
                                 const LibraryAnswer& answer, const Author& author) {
  HUICE_TRY([[maybe_unused]] const Unit stamped, stamp_answers(database, county, answer.id));
  HUICE_TRY(auto same,
            answers_where(database,
                          "WHERE county = ? AND document = ? AND reading = ? AND question = ? "
                          "AND removed_at = ''",
                          {county, answer.document, answer.reading, answer.question}));
  if (!same.empty()) return std::move(same.front());
  HUICE_TRY(const auto counted,
            database.ask("SELECT count(*) FROM library_answer WHERE county = ? AND "
                         "removed_at = ''",
                         {county}));
  if (number_of(counted.front()[0]) >= kMostAnswers) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "answers.full",
                 .message = "本县的标记已有 " + std::to_string(kMostAnswers) + " 条，不能再多",
                 .hint = "先撤销不再起作用的标记"};
  }
  HUICE_TRY([[maybe_unused]] const auto added,
            database.run("INSERT INTO library_answer (county, id, question, document, title, "
                         "passage, reading, added_by, added_at, removed_by, removed_at) "
                         "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')",
                         {county, answer.id, answer.question, answer.document, answer.title,
                          answer.passage, answer.reading, author.login, author.at}));
  HUICE_TRY([[maybe_unused]] const Unit logged,
            log_answer(database, county, answer, author, "标记.添加"));
  return find_answer(database, county, answer.id);
}

Status remove_answer(Database& database, const std::string& county, const std::string& id,
                     const Author& author) {
  HUICE_TRY([[maybe_unused]] const Unit stamped, stamp_answers(database, county, "-" + id));
  HUICE_TRY(const auto answer, find_answer(database, county, id));
  HUICE_TRY(const auto changed,
            database.run("UPDATE library_answer SET removed_by = ?, removed_at = ? WHERE "
                         "county = ? AND id = ? AND removed_at = ''",
                         {author.login, author.at, county, id}));
  if (changed == 0) return unknown_answer();
  return log_answer(database, county, answer, author, "标记.撤销");
}

Result<LibraryAnswer> find_answer(Database& database, const std::string& county,
                                  const std::string& id) {
  HUICE_TRY(auto found, answers_where(database, "WHERE county = ? AND id = ?", {county, id}));
  if (found.empty()) return unknown_answer();
  return std::move(found.front());
}

Result<AnswerPage> list_answers(Database& database, const AnswerQuery& query) {
  const std::string where =
      std::string("WHERE county = ? AND removed_at ") + (query.removed ? "<> ''" : "= ''");
  HUICE_TRY(const auto total,
            database.ask("SELECT count(*) FROM library_answer " + where, {query.county}));
  HUICE_TRY(auto answers,
            answers_where(database, where + " ORDER BY added_at DESC, id LIMIT ? OFFSET ?",
                          {query.county, query.limit, query.offset}));
  return AnswerPage{number_of(total.front()[0]), std::move(answers)};
}

Result<std::vector<LibraryAnswer>> answers_that_count(Database& database,
                                                      const std::string& county) {
  return answers_where(database, "WHERE county = ? AND removed_at = '' ORDER BY added_at, id",
                       {county});
}

Result<std::string> answers_stamp(Database& database, const std::string& county) {
  HUICE_TRY(const auto rows,
            database.ask("SELECT stamp FROM library_answer_list WHERE county = ?", {county}));
  return rows.empty() ? std::string() : text_of(rows.front()[0]);
}

}  // namespace huice::store
