#include "baselines.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <sqlite3.h>
#include <sys/wait.h>
#include <xapian.h>

#include "base/utf8.h"
#include "text/words.h"

namespace huice::eval {
namespace {

namespace fs = std::filesystem;

std::string whole(const Text& text) {
  return text.title.empty() ? text.text : text.title + "\n" + text.text;
}

using Words = std::function<std::vector<std::string>(const std::string&)>;

/// Any of the words by BM25 as Xapian sets it.
Search search_words(const fs::path& folder, Words words) {
  const auto database = std::make_shared<Xapian::Database>(folder.string());
  return [database, words = std::move(words)](const std::string& question) {
    std::vector<Xapian::Query> terms;
    for (const std::string& word : words(question))
      terms.emplace_back(word);
    Xapian::Enquire enquire(*database);
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()));
    Ranking ranking;
    const auto matches = enquire.get_mset(0, kDepth);
    for (auto match = matches.begin(); match != matches.end(); ++match)
      ranking.push_back(match.get_document().get_data());
    return ranking;
  };
}

/// Puts each text into a Xapian database by `add`; its id is the entry's data.
template <class Add>
void write_index(const TestSet& set, const fs::path& folder, Add add) {
  Xapian::WritableDatabase database(folder.string(), Xapian::DB_CREATE_OR_OVERWRITE);
  for (std::size_t i = 0; i < set.texts.size(); ++i) {
    Xapian::Document document;
    document.set_data(set.texts[i].id);
    add(i, document);
    database.add_document(document);
  }
  database.commit();
}

constexpr std::size_t kMostBytes = 200;

/// Lines of words by tests/eval/words_by_jieba.py, one for each line given; none where it fails.
std::vector<std::vector<std::string>> by_jieba(const std::vector<std::string>& lines,
                                               const fs::path& folder) {
  const fs::path in = folder / "jieba.in";
  const fs::path out = folder / "jieba.out";
  {
    std::ofstream file(in);
    for (std::string line : lines) {
      std::ranges::replace(line, '\n', ' ');
      file << line << "\n";
    }
  }
  const std::string command = "/usr/bin/python3 " HUICE_SOURCE_DIR
                              "/tests/eval/words_by_jieba.py < '" +
                              in.string() + "' > '" + out.string() + "' 2> /dev/null";
  if (WEXITSTATUS(std::system(command.c_str())) != 0) return {};
  std::vector<std::vector<std::string>> words;
  std::ifstream file(out);
  for (std::string line; std::getline(file, line);) {
    auto& list = words.emplace_back();
    for (std::size_t at = 0; at < line.size();) {
      const auto end = std::min(line.find('\t', at), line.size());
      if (end > at && end - at < kMostBytes) list.push_back(line.substr(at, end - at));
      at = end + 1;
    }
  }
  return words;
}

/// One statement of SQLite; ends the program when it cannot be prepared.
class Statement {
 public:
  Statement(sqlite3* database, const char* sql) {
    if (sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr) != SQLITE_OK) {
      give_up(std::string("SQLite: ") + sqlite3_errmsg(database));
    }
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void bind(int place, const std::string& text) {
    sqlite3_bind_text(statement_, place, text.data(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT);
  }
  bool step() { return sqlite3_step(statement_) == SQLITE_ROW; }
  void reset() { sqlite3_reset(statement_); }
  std::string text(int column) const {
    return reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

/// "三个字" OR "个字的" …
std::string trigram_query(const std::string& question) {
  const std::u32string letters = decode_utf8(question);
  std::string query;
  for (std::size_t i = 0; i + 3 <= letters.size(); ++i) {
    std::string trigram = encode_utf8(std::u32string_view(letters).substr(i, 3));
    if (trigram.find('"') != std::string::npos) continue;
    query += (query.empty() ? "\"" : " OR \"") + trigram + "\"";
  }
  return query;
}

}  // namespace

Peer xapian_ngrams(const TestSet& set, const fs::path& folder) {
  const double begin = cpu_seconds();
  write_index(set, folder, [&](std::size_t i, Xapian::Document& document) {
    Xapian::TermGenerator generator;
    generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
    generator.set_document(document);
    generator.index_text_without_positions(whole(set.texts[i]));
  });
  Peer peer{.name = "Xapian CJK n-grams",
            .search = {},
            .index_seconds = cpu_seconds() - begin,
            .index_bytes = bytes_of(folder)};
  // The query parser of Xapian 1.4 asks for all n-grams of a question at once and finds next to
  // nothing; any of them, as the generator makes them, is the stronger peer.
  peer.search = search_words(folder, [](const std::string& question) {
    Xapian::Document document;
    Xapian::TermGenerator generator;
    generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
    generator.set_document(document);
    generator.index_text_without_positions(question);
    return std::vector<std::string>(document.termlist_begin(), document.termlist_end());
  });
  return peer;
}

Peer icu_words(const TestSet& set, const fs::path& folder) {
  const auto segmenter = std::make_shared<const text::Segmenter>(text::Lexicon());
  const auto words = [segmenter](const std::string& text) {
    std::vector<std::string> terms;
    for (const text::Word& word : segmenter->words(text)) {
      if (word.term.size() < kMostBytes) terms.push_back(word.term);
    }
    return terms;
  };
  const double begin = cpu_seconds();
  write_index(set, folder, [&](std::size_t i, Xapian::Document& document) {
    for (const std::string& word : words(whole(set.texts[i])))
      document.add_term(word);
  });
  const double index_seconds = cpu_seconds() - begin;
  return {.name = "ICU words",
          .search = search_words(folder, words),
          .index_seconds = index_seconds,
          .index_bytes = bytes_of(folder)};
}

Peer jieba_words(const TestSet& set, const fs::path& folder) {
  fs::create_directories(folder);
  const double begin = cpu_seconds();
  std::vector<std::string> lines;
  for (const Text& text : set.texts)
    lines.push_back(whole(text));
  const auto texts = by_jieba(lines, folder);
  if (texts.size() != lines.size()) return {.name = "jieba words", .search = {}};
  const fs::path index = folder / "index";
  write_index(set, index, [&](std::size_t i, Xapian::Document& document) {
    for (const std::string& word : texts[i])
      document.add_term(word);
  });
  Peer peer{.name = "jieba words",
            .search = {},
            .index_seconds = cpu_seconds() - begin,
            .index_bytes = bytes_of(index)};
  lines.clear();
  for (const Question& question : set.questions)
    lines.push_back(question.text);
  const auto questions = by_jieba(lines, folder);
  if (questions.size() != lines.size()) return peer;
  std::map<std::string, std::vector<std::string>> cut;
  for (std::size_t i = 0; i < lines.size(); ++i)
    cut[lines[i]] = questions[i];
  peer.search = search_words(
      index, [cut = std::move(cut)](const std::string& question) { return cut.at(question); });
  return peer;
}

Peer sqlite_trigrams(const TestSet& set, const fs::path& folder) {
  const fs::path file = folder.string() + ".sqlite";
  fs::remove(file);
  const double begin = cpu_seconds();
  sqlite3* opened = nullptr;
  if (sqlite3_open(file.c_str(), &opened) != SQLITE_OK) give_up("cannot open " + file.string());
  const std::shared_ptr<sqlite3> database(opened, sqlite3_close);
  const auto run = [&](const char* sql) {
    if (sqlite3_exec(opened, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
      give_up(std::string("SQLite: ") + sqlite3_errmsg(opened));
    }
  };
  run("CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, text, tokenize='trigram')");
  run("BEGIN");
  {
    Statement insert(opened, "INSERT INTO texts VALUES (?, ?)");
    for (const Text& text : set.texts) {
      insert.bind(1, text.id);
      insert.bind(2, whole(text));
      insert.step();
      insert.reset();
    }
  }
  run("COMMIT");
  Peer peer{.name = "SQLite FTS5 trigram",
            .search = {},
            .index_seconds = cpu_seconds() - begin,
            .index_bytes = bytes_of(file)};
  const auto searching = [database](const char* sql) {
    return [database, sql](const std::string& question) {
      Ranking ranking;
      const std::string query = trigram_query(question);
      if (query.empty()) return ranking;
      Statement select(database.get(), sql);
      select.bind(1, query);
      while (select.step())
        ranking.push_back(select.text(0));
      return ranking;
    };
  };
  peer.search =
      searching("SELECT id FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT 100");
  peer.show = searching(
      "SELECT id, snippet(texts, 1, '[', ']', '…', 64) FROM texts WHERE texts MATCH ? "
      "ORDER BY bm25(texts) LIMIT 10");
  return peer;
}

}  // namespace huice::eval
