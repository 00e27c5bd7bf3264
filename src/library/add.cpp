// Files into the database.
#include <algorithm>
#include <set>
#include <utility>

#include "base/files.h"
#include "library/readers.h"
#include "library/sha256.h"
#include "library/state.h"
#include "library/structure.h"
#include "library/terms.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

namespace fs = std::filesystem;

/// Bump when reading or structure change: unchanged files are then read anew.
constexpr std::string_view kReading = "reading-4";

constexpr std::size_t kMaxFiles = 1'000'000;
constexpr std::size_t kFilesPerBatch = 100;

/// The files that the paths stand for, in order, each once.
class FileGatherer {
 public:
  explicit FileGatherer(Findings& refused) : refused_(refused) {}

  std::vector<fs::path> take() { return std::move(files_); }

  void add(const fs::path& path) {
    std::error_code failed;
    const auto status = fs::status(path, failed);
    if (fs::is_directory(status)) {
      add_folder(path);
    } else if (fs::exists(status)) {
      add_file(path);
    } else {
      refused_.push_back({.code = ErrorCode::NotFound,
                          .id = "file.not-found",
                          .message = "没有这个文件或文件夹",
                          .where = {.file = path.string()},
                          .hint = "请检查路径是否写对"});
    }
  }

 private:
  void add_folder(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code failed;
    constexpr auto kOptions = fs::directory_options::skip_permission_denied;
    auto entry = fs::recursive_directory_iterator(folder, kOptions, failed);
    while (!failed && entry != fs::recursive_directory_iterator() && found.size() < kMaxFiles) {
      const bool hidden = entry->path().filename().string().starts_with('.') ||
                          entry->path().filename().string().starts_with("~$");
      std::error_code unknown;
      if (hidden && entry->is_directory(unknown)) entry.disable_recursion_pending();
      // Folders hold other things beside documents; only what claims to be text is taken.
      const bool wanted =
          !hidden && entry->is_regular_file(unknown) && kind_of(entry->path()) != FileKind::Other;
      if (wanted) found.push_back(entry->path());
      entry.increment(failed);
    }
    if (failed) {
      refused_.push_back({.code = ErrorCode::Io,
                          .id = "file.unreadable",
                          .message = "文件夹读不了：" + failed.message(),
                          .where = {.file = folder.string()}});
    }
    std::ranges::sort(found);
    for (const fs::path& file : found)
      add_file(file);
  }

  void add_file(const fs::path& file) {
    if (seen_.insert(fs::absolute(file).lexically_normal()).second) files_.push_back(file);
  }

  Findings& refused_;
  std::vector<fs::path> files_;
  std::set<fs::path> seen_;
};

/// Puts words and pairs of a text into a document under the prefixes of a field.
void add_text(Xapian::Document& document, const text::Segmenter& segmenter, const TextField& field,
              std::string_view utf8) {
  for (const text::Word& word : segmenter.words(utf8)) {
    if (is_term(word.term)) document.add_term(std::string(field.words) + word.term);
  }
  for (const std::string& pair : bigrams_of(text::fold(utf8)))
    document.add_term(std::string(field.bigrams) + pair);
}

/// What documents and passages alike are filtered, found and collapsed by.
void add_exact_terms(Xapian::Document& document, const Holding& holding) {
  const Circular& circular = holding.circular;
  const auto add = [&](std::string_view prefix, std::string_view value) {
    if (!value.empty()) document.add_boolean_term(exact_term(prefix, value));
  };
  const auto add_each = [&](std::string_view prefix, std::string_view list, std::string_view mark) {
    while (!list.empty()) {
      const auto end = list.find(mark);
      add(prefix, list.substr(0, end));
      list.remove_prefix(end == std::string_view::npos ? list.size() : end + mark.size());
    }
  };
  add(prefix::kId, holding.id);
  add(prefix::kNumber, circular.number);
  add(prefix::kGenre, circular.genre);
  add_each(prefix::kRegion, circular.region, "/");
  add_each(prefix::kIssuer, circular.issuer, "、");
  if (!circular.title_guessed) {
    for (const std::string& key : title_keys(circular.title, circular.issuer))
      add(prefix::kTitleKey, key);
  }
  document.add_value(kDocumentSlot, holding.id);
  document.add_value(kIssuerSlot, circular.issuer);
  document.add_value(kGenreSlot, circular.genre);
  document.add_value(kRegionSlot, circular.region);
  const auto newest = std::max(circular.date, circular.amended);
  if (newest) {
    std::string day = newest->to_iso();
    std::erase(day, '-');
    document.add_value(kDateSlot, day);
  }
}

void add_citations(Xapian::Document& document, const std::vector<Citation>& citations) {
  for (const Citation& citation : citations) {
    if (!citation.number.empty()) {
      document.add_boolean_term(exact_term(prefix::kCitedNumber, citation.number));
    }
    if (!citation.title.empty()) {
      document.add_boolean_term(exact_term(prefix::kCitedTitle, title_key(citation.title)));
    }
  }
}

/// One run of Library::add.
class Adder {
 public:
  Adder(LibraryState& state, AddReport& report)
      : state_(state), writer_(*state.writer), report_(report) {}

  void add(const fs::path& file) {
    const auto bytes = read_checked(file);
    if (!bytes) {
      report_.refused.push_back(bytes.error());
      return;
    }
    const std::string path = fs::absolute(file).lexically_normal().string();
    const std::string path_term = exact_term(prefix::kPath, sha256(path));
    const std::string fingerprint = exact_term(
        prefix::kFingerprint,
        sha256(state_.settings.fingerprint + std::string(kReading) + sha256(bytes.value())));
    const auto known = state_.first_with(path_term);
    if (const auto same = state_.first_with(fingerprint)) {
      (same == known ? report_.unchanged : report_.duplicates).push_back(file.string());
      // Of two equal files one is kept; a file that became equal to another gives way to it.
      if (same == known || !known) return;
      remove(*known);
      return;
    }
    auto source = read_source(bytes.value(), file);
    if (!source) {
      report_.refused.push_back(std::move(source).error());
      return;
    }
    Holding holding{.id = known ? remove(*known) : next_id(),
                    .file = path,
                    .encoding = source.value().encoding,
                    .circular = structure_of(source.value(), state_.settings)};
    (known ? report_.updated : report_.added).push_back(file.string());
    write(holding, path_term, fingerprint);
  }

 private:
  static Result<std::string> read_checked(const fs::path& file) {
    const FileKind kind = kind_of(file);
    if (kind == FileKind::Refused || kind == FileKind::Other) return read_source(file).error();
    return read_file(file, kMaxSourceBytes);
  }

  /// Takes a document out with its passages; returns its id.
  std::string remove(Xapian::docid known) {
    std::string id = writer_.get_document(known).get_value(kDocumentSlot);
    writer_.delete_document(exact_term(prefix::kId, id));
    return id;
  }

  std::string next_id() {
    constexpr const char* kKey = "last-id";
    const std::string last = writer_.get_metadata(kKey);
    const std::string id = std::to_string(last.empty() ? 1 : std::stoull(last) + 1);
    writer_.set_metadata(kKey, id);
    return id;
  }

  void write(const Holding& holding, const std::string& path_term, const std::string& fingerprint) {
    Xapian::Document record;
    record.set_data(pack(holding));
    record.add_boolean_term(exact_term(prefix::kKind, "D"));
    record.add_boolean_term(path_term);
    record.add_boolean_term(fingerprint);
    add_exact_terms(record, holding);
    add_citations(record, holding.circular.citations);
    writer_.add_document(record);
    for (const Passage& passage : passages_of(holding.circular))
      write_passage(holding, passage);
  }

  void write_passage(const Holding& holding, const Passage& passage) {
    Xapian::Document document;
    document.set_data(pack(StoredPassage{holding.id, passage}));
    document.add_boolean_term(exact_term(prefix::kKind, "P"));
    add_exact_terms(document, holding);
    std::vector<Citation> citations = citations_in(passage.text);
    std::erase_if(citations, [&](const Citation& citation) {
      const auto& own = holding.circular.citations;
      return std::ranges::find(own, citation) == own.end();
    });
    add_citations(document, citations);
    add_text(document, state_.segmenter, kTitleField, holding.circular.title);
    for (const std::string& heading : passage.headings)
      add_text(document, state_.segmenter, kHeadingField, heading);
    add_text(document, state_.segmenter, kBodyField, passage.text);
    writer_.add_document(document);
  }

  LibraryState& state_;
  Xapian::WritableDatabase& writer_;
  AddReport& report_;
};

}  // namespace

Result<AddReport> Library::add(std::span<const fs::path> paths, const OnAddProgress& on_progress) {
  AddReport report;
  FileGatherer gatherer(report.refused);
  for (const fs::path& path : paths)
    gatherer.add(path);
  const std::vector<fs::path> files = gatherer.take();
  if (!state_->writer) {
    return Error{.code = ErrorCode::Internal,
                 .id = "library.read-only",
                 .message = "资料库是以只读方式打开的，不能添加",
                 .where = {.file = state_->folder.string()}};
  }
  Xapian::WritableDatabase& writer = *state_->writer;
  bool inside_batch = false;
  try {
    Adder adder(*state_, report);
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (i % kFilesPerBatch == 0) {
        if (std::exchange(inside_batch, false)) writer.commit_transaction();
        writer.begin_transaction();
        inside_batch = true;
      }
      if (on_progress && !on_progress({i, files.size(), files[i].string()})) {
        report.stopped = true;
        break;
      }
      adder.add(files[i]);
    }
    if (std::exchange(inside_batch, false)) writer.commit_transaction();
  } catch (const Xapian::Error& error) {
    if (inside_batch) writer.cancel_transaction();
    return index_error(error, state_->folder);
  }
  return report;
}

}  // namespace huice::library
