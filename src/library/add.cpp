// Files into the database.
#include <algorithm>
#include <set>
#include <utility>

#include "base/files.h"
#include "library/answers.h"
#include "library/entry.h"
#include "library/readers.h"
#include "library/sha256.h"
#include "library/state.h"
#include "library/structure.h"
#include "library/terms.h"

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

/// One run of Library::add.
class Adder {
 public:
  Adder(LibraryState& state, AddReport& report)
      : state_(state),
        writer_(*state.writer),
        entries_(state.settings, state.segmenter),
        report_(report) {}

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
    Holding holding{.id = known ? remove(*known) : state_.next_id(),
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

  void write(const Holding& holding, const std::string& path_term, const std::string& fingerprint) {
    Xapian::Document record = entries_.record(holding);
    record.add_boolean_term(path_term);
    record.add_boolean_term(fingerprint);
    writer_.add_document(record);
    std::size_t number = 0;
    for (const Passage& passage : passages_of(holding.circular))
      writer_.add_document(entries_.passage(holding, {holding.id, ++number, passage},
                                            questions_of(writer_, passage)));
  }

  LibraryState& state_;
  Xapian::WritableDatabase& writer_;
  EntryMaker entries_;
  AddReport& report_;
};

}  // namespace

Result<AddReport> Library::add(std::span<const fs::path> paths, const OnAddProgress& on_progress) {
  AddReport report;
  FileGatherer gatherer(report.refused);
  for (const fs::path& path : paths)
    gatherer.add(path);
  const std::vector<fs::path> files = gatherer.take();
  if (!state_->writer) return read_only_error(state_->folder);
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
