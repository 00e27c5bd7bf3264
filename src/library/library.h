// The library of official documents: add files, search passages, follow citations.
//
// A library is a folder. Everything in it is one Xapian database, so a batch of files is in it
// whole or not at all, whatever happens to the machine meanwhile.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "library/circular.h"
#include "library/reader_child.h"
#include "library/settings.h"
#include "model/value.h"

namespace huice::library {

enum class Mode {
  Read,  ///< several processes at once
  Write  ///< one process at a time; makes the library when there is none
};

/// A document as the library keeps it.
struct Holding {
  std::string id;        ///< short, given once, kept when the file changes
  std::string file;      ///< absolute path it was added from
  std::string encoding;  ///< of plain text files
  Circular circular;
};

struct AddProgress {
  std::size_t done = 0;
  std::size_t total = 0;
  std::string_view file;  ///< about to be read
};
/// Called before each file; false stops after the files already taken.
using OnAddProgress = std::function<bool(const AddProgress&)>;

struct AddOptions {
  ReadLimits limits;
  /// Documents from the folders to add whose files are there no more leave the library.
  bool prune = false;
};

/// What became of each file, by path as found.
struct AddReport {
  std::vector<std::string> added;
  std::vector<std::string> updated;
  std::vector<std::string> unchanged;
  std::vector<std::string> duplicates;  ///< same bytes as a file the library has already
  std::vector<std::string> pruned;      ///< gone from their folder, and now from the library
  Findings refused;                     ///< each with its file
  bool stopped = false;
};

class AnswerBook;

struct Query {
  std::string
      text;  ///< words, a 发文字号, a 《title》, or a mixture; empty: all that pass the filter
  std::size_t limit = 10;
  std::string region;  ///< any name of a place; empty: all
  std::string issuer;  ///< whole or part of the name
  std::string genre;   ///< 文种
  std::optional<Date> since;
  std::optional<Date> until;     ///< inclusive
  std::optional<Date> valid_on;  ///< only what holds on that day, as far as the library knows
  bool passages = false;      ///< each passage is a hit of its own, not only the best of a document
  bool typing = false;        ///< the person is still at it: fewer candidates, facets of those only
  std::optional<Date> today;  ///< given: hits tell whether they and what they rest on still hold
  /// Days; with `today`, a match loses up to half its weight with age, and half of that after so
  /// many days. 0: age does not count.
  int half_life = 0;
  /// Questions marked as answered that are not the library's own; must outlive the search.
  const AnswerBook* answers = nullptr;
};

inline constexpr std::size_t kMaxHits = 1'000;
inline constexpr std::size_t kMaxQueryBytes = 4'096;

/// Bytes of a snippet that match the query.
struct Highlight {
  std::size_t offset = 0;
  std::size_t size = 0;

  friend bool operator==(const Highlight&, const Highlight&) = default;
};

/// A piece of a passage that begins with a sentence.
struct Snippet {
  std::string text;
  std::vector<Highlight> highlights;
  bool cut_before = false;  ///< the passage has text before it
  bool cut_after = false;
};

/// Why a document was found.
enum class HitReason {
  Number,       ///< it bears the number asked for
  CitesNumber,  ///< it cites the number asked for
  Title,        ///< it bears the title asked for
  CitesTitle,   ///< it cites the title asked for
  Words         ///< its words
};

/// Why a document of the library no longer holds.
struct Lapse {
  std::string text;  ///< for the reader: `已被《…》（…）废止`, `有效期已于…届满`
  std::string by;    ///< id of the document that repeals it; empty when its own term ran out

  friend bool operator==(const Lapse&, const Lapse&) = default;
};

/// A document by its best passage.
struct Hit {
  std::string id;
  std::size_t passage = 0;  ///< number in the document, from 1; 0: the document was found as such
  std::string file;
  std::string title;
  std::string number;
  std::string issuer;
  std::string genre;
  std::string region;
  std::optional<Date> date;
  std::vector<std::string> headings;  ///< of the passage
  Snippet snippet;
  HitReason reason = HitReason::Words;
  std::string lapse;                      ///< why it no longer holds; empty: nothing says so
  std::vector<std::string> lapsed_bases;  ///< what it rests on and no longer holds, with the reason
  std::int64_t score = 0;  ///< thousandths of the engine's weight; compares within one answer only
  bool own = false;        ///< of the library opened beside, see Library::open_beside
  std::vector<std::size_t> answers;  ///< which of Query::answers the passage is said to answer
};

struct FacetCount {
  std::string name;
  std::size_t count = 0;
};

struct Facets {
  std::vector<FacetCount> issuers;  ///< most frequent first, then by name
  std::vector<FacetCount> genres;
  std::vector<FacetCount> years;      ///< newest first
  std::vector<FacetCount> regions;    ///< by whole path
  std::vector<FacetCount> standings;  ///< 有效, 失效, 未施行; where Query::today is given
};

struct Hits {
  std::string query;
  std::size_t total = 0;  ///< documents found, at most kMaxHits
  std::vector<Hit> hits;
  Facets facets;                   ///< of all documents found, not only of those shown
  std::string suggestion;          ///< the query as it may have been meant; empty: as it was typed
  std::vector<std::string> notes;  ///< for the reader: the library lacks the number asked for, …
};

/// A citation and, where the library has it, the document cited.
struct CitedDocument {
  Citation citation;
  std::string id;  ///< empty: not in the library
  std::string title;
  std::optional<Lapse> lapse;
};

/// 《title》（number）; marks within 《》 are 〈〉 (GB/T 15834-2011, 4.15).
std::string named(std::string title, std::string_view number);

struct CitingDocument {
  std::string id;
  std::string title;
  std::string number;
};

/// What a document repeals it does not rest on, and stands in `replaces` alone; so the other way.
struct CitationReport {
  std::string id;
  std::string title;
  std::string number;
  std::vector<CitedDocument> rests_on;
  std::vector<CitedDocument> replaces;
  std::vector<CitingDocument> cited_by;
  std::optional<Lapse> lapse;               ///< of the document itself
  std::vector<CitingDocument> replaced_by;  ///< documents that repeal it, newest first
};

/// A document whose passages are given, not cut by the library.
struct Prepared {
  std::string file;  ///< where it is from, for the reader; may be empty
  Circular circular;
  std::vector<Passage> passages;
};

/// A passage that answers a question, says a clerk.
struct Marking {
  std::string question;
  std::string document;     ///< as for show()
  std::size_t passage = 0;  ///< from 1, as in Hit
  std::string by;           ///< who says so
  Date on;
};

/// A marking as the library keeps it; one that was taken back stays on record.
struct Answer {
  std::size_t number = 0;
  std::string question;
  std::string document;  ///< id
  std::string title;     ///< of the document, then
  std::size_t passage = 0;
  std::string by;
  Date on;
  std::string removed_by;
  std::optional<Date> removed_on;  ///< since then the question counts no more
  std::string key;                 ///< of what the passage says
};

/// Changes when files are read or indexed otherwise: what was indexed before is then to be read
/// anew.
std::string fingerprint_of(const IndexSettings& settings);

struct LibraryState;

/// One handle on a library; use it from one thread at a time.
class Library {
 public:
  /// A file in place of a folder names several libraries that are searched as one, each in a line:
  /// a folder (from where the file is) or `host:port`, served by xapian-tcpsrv. Read only.
  /// Errors: NotFound `library.not-found` (Read only), `library.unreachable`; Conflict
  /// `library.locked`; Unsupported `library.version`; InvalidInput `library.parts`; Io
  /// `library.index`.
  static Result<Library> open(const std::filesystem::path& folder, Mode mode,
                              IndexSettings settings);
  /// A library and beside it one of somebody's own, read as one. Documents keep the ids that they
  /// have where each is opened alone. Where there is no library yet, the own one alone. Errors: as
  /// open.
  static Result<Library> open_beside(const std::filesystem::path& folder,
                                     const std::filesystem::path& own, IndexSettings settings);
  /// Whether every table of the library in a folder can be read. Cost: reads it whole.
  static bool is_sound(const std::filesystem::path& folder);
  ~Library();
  Library(Library&&) noexcept;
  Library& operator=(Library&&) noexcept;

  /// Adds files and all readable files of folders. A file is known by its path; one whose bytes
  /// have not changed is left alone, a changed one replaces its former text under the same id. A
  /// file that cannot be read is refused and the others go on. Errors: Io `library.index`,
  /// `library.reader.start`; what was taken in earlier batches stays.
  /// Files are read by child processes, several at a time, and written in batches: after a crash,
  /// the same call goes on where the last whole batch ended.
  Result<AddReport> add(std::span<const std::filesystem::path> paths,
                        const OnAddProgress& on_progress = {}, const AddOptions& options = {});

  /// Takes a document out, by id, number or whole title; tells which it was. Questions marked as
  /// answered by it stay on record. Errors: as show, `library.read-only`.
  Result<Holding> remove(std::string_view name);

  /// Enterprises by their registered names: from now on their 字号 are words of this library, also
  /// by pinyin initials. Files added before are indexed anew when they are added again. Replaces
  /// the names known before. Errors: InvalidInput `library.names`; Internal `library.read-only`; Io
  /// `library.index`.
  Result<std::size_t> name_enterprises(std::span<const std::string> names);

  /// Adds documents that another program has read and cut into passages, all or none. Returns
  /// their ids in order. Errors: Internal `library.read-only`; Io `library.index`.
  Result<std::vector<std::string>> put(std::span<const Prepared> documents);

  /// Takes documents in under the ids they bring, replacing what was there, and others out, all or
  /// nothing; remembers `mark`, by which whoever keeps the list knows how far it was followed.
  /// Errors: Internal `library.read-only`; Io `library.index`.
  Result<Unit> follow(std::span<const Holding> come, std::span<const std::string> gone,
                      std::string_view mark);
  /// The last mark; empty where there was none. Errors: Io `library.index`.
  Result<std::string> followed() const;
  /// Of all documents. Errors: Io `library.index`.
  Result<std::set<std::string>> ids() const;

  /// Errors: InvalidInput `library.query`; Io `library.index`.
  Result<Hits> search(const Query& query) const;

  /// By id, by 发文字号 or by whole title. Errors: NotFound `library.no-document`.
  Result<Holding> show(std::string_view name) const;

  /// Documents that speak of the same, the document itself left out. Errors: as show.
  Result<Hits> like(std::string_view name, std::size_t limit) const;

  /// Remembers which passages answer which questions; all or none. A question counts from then on
  /// as text of its passage. Returns their numbers. Errors: InvalidInput `library.query`; NotFound
  /// `library.no-passage`; Internal `library.read-only`; Io `library.index`.
  Result<std::vector<std::size_t>> mark(std::span<const Marking> markings);
  /// Takes a marking back. Errors: NotFound `library.no-answer`; otherwise as mark.
  Result<Unit> unmark(std::size_t number, std::string_view by, Date on);
  /// The same for whoever keeps markings elsewhere and brings them along with a query: what the
  /// question is bound to. Errors: as mark, but for `library.read-only`.
  Result<Answer> bind(const Marking& marking) const;
  /// Whether what was bound so still acts: its passage is there and reads the same.
  Result<bool> binds(const Answer& answer) const;
  /// Markings that are kept elsewhere, for Query::answers.
  std::shared_ptr<const AnswerBook> book_of(std::span<const Answer> answers) const;
  /// All markings ever made, oldest first.
  Result<std::vector<Answer>> answers() const;

  /// Copies the library as it is now to a new folder, while others may write to it, and checks the
  /// copy. Errors: Conflict `library.backup-exists`; Unsupported `library.parts`; Io
  /// `library.index`.
  Result<Unit> backup(const std::filesystem::path& target) const;

  /// What the document rests on, what rests on it, what replaced it. Terms that have run out are
  /// told where `today` is given. Errors: as show.
  Result<CitationReport> citations(std::string_view name,
                                   const std::optional<Date>& today = {}) const;

  /// Number of documents. Errors: Io `library.index`.
  Result<std::size_t> size() const;

 private:
  explicit Library(std::unique_ptr<LibraryState> state);
  std::unique_ptr<LibraryState> state_;
};

model::Value to_value(const AddReport& report);
model::Value to_value(const Hits& hits);
model::Value to_value(const Holding& holding);
model::Value to_value(const CitationReport& report);
model::Value to_value(const std::vector<Answer>& answers);

}  // namespace huice::library
