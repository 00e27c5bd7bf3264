// Files into the database.
#include <algorithm>
#include <cerrno>
#include <functional>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#include <unistd.h>

#include "base/files.h"
#include "library/answers.h"
#include "library/entry.h"
#include "library/pack.h"
#include "library/reader_child.h"
#include "library/readers.h"
#include "library/reading.h"
#include "library/sha256.h"
#include "library/state.h"
#include "library/structure.h"
#include "library/terms.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 1'000'000;

/// A batch is written whole or not at all: so much is read again after the machine went down.
constexpr std::size_t kFilesPerBatch = 100;
constexpr std::size_t kPassagesPerBatch = 20'000;

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
      const fs::path& path = entry->path();
      const std::string name = path.filename().string();
      const bool hidden = name.starts_with('.') || name.starts_with("~$");
      std::error_code unknown;
      if (entry->is_directory(unknown)) {
        const bool closed = !hidden && ::access(path.c_str(), R_OK | X_OK) != 0;
        if (closed) {
          refuse_folder(path, std::error_code(errno, std::generic_category()));
        } else if (!hidden && entry->is_symlink(unknown)) {
          refuse_link(path);
        }
        if (hidden || closed) entry.disable_recursion_pending();
      } else if (!hidden && kind_of(path) != FileKind::Other) {
        // Folders hold other things beside documents; only what claims to be text is taken, and
        // then told of where it is none: a pipe, a link that leads nowhere.
        found.push_back(path);
      }
      entry.increment(failed);
    }
    if (failed) refuse_folder(folder, failed);
    if (found.size() == kMaxFiles) refuse_rest(folder);
    std::ranges::sort(found);
    for (const fs::path& file : found)
      add_file(file);
  }

  void refuse_folder(const fs::path& folder, const std::error_code& why) {
    refused_.push_back({.code = ErrorCode::Io,
                        .id = "file.unreadable",
                        .message = "文件夹读不了：" + why.message(),
                        .where = {.file = folder.string()},
                        .hint = "请检查文件夹的权限"});
  }

  /// A link may lead in a circle, or to what nobody meant to take in.
  void refuse_link(const fs::path& link) {
    refused_.push_back({.code = ErrorCode::Unsupported,
                        .id = "library.folder-link",
                        .message = "这是通向别的文件夹的链接，里面的文件没有收录",
                        .where = {.file = link.string()},
                        .hint = "要收录就直接写出那个文件夹的路径"});
  }

  void refuse_rest(const fs::path& folder) {
    refused_.push_back(
        {.code = ErrorCode::TooLarge,
         .id = "library.too-large",
         .message = "文件夹里超过 " + std::to_string(kMaxFiles) + " 个文件，其余没有收录",
         .where = {.file = folder.string()},
         .hint = "请按下一级文件夹分几次添加"});
  }

  void add_file(const fs::path& file) {
    if (seen_.insert(fs::absolute(file).lexically_normal()).second) files_.push_back(file);
  }

  Findings& refused_;
  std::vector<fs::path> files_;
  std::set<fs::path> seen_;
};

std::string path_of(const fs::path& file) {
  return fs::absolute(file).lexically_normal().string();
}

/// Readings of files in their order, made by several children at a time.
class ReadingLine {
 public:
  using KnownOf = std::function<std::string(const fs::path&)>;

  /// `known_of` gives the fingerprint that the library has of a file, or nothing.
  ReadingLine(const std::vector<fs::path>& files, const IndexSettings& settings,
              const ReadLimits& limits, KnownOf known_of)
      : files_(files), limits_(limits), known_of_(std::move(known_of)) {
    answer_ = [&settings](const std::string& bytes) {
      const auto request = unpack_request(bytes);
      return request ? pack(reading_of(*request, settings)) : std::string();
    };
  }

  /// Starts the children and gives each its first file. Errors: those of ReaderChild::start.
  Status start() {
    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    constexpr std::size_t kMostChildren = 16;
    const std::size_t wanted = limits_.children > 0 ? limits_.children : cores;
    const std::size_t count = std::min({wanted, kMostChildren, files_.size()});
    for (std::size_t i = 0; i < count; ++i) {
      HUICE_TRY(ReaderChild child, ReaderChild::start(answer_, limits_));
      children_.push_back(std::move(child));
      ask(i);
    }
    return Unit{};
  }

  /// The reading of the file with number `i`; called for each in order. A child that died with a
  /// file is replaced. Errors: those of ReaderChild::start.
  Result<Reading> take(std::size_t i) {
    ReaderChild& child = children_[i % children_.size()];
    const auto bytes = child.take();
    auto reading = bytes ? unpack_reading(bytes.value()) : Reading{.refusal = bytes.error()};
    if (!reading) reading = Reading{.refusal = unreadable_answer()};
    if (reading->refusal && reading->refusal->where.file.empty())
      reading->refusal->where.file = files_[i].string();
    if (!bytes) {
      HUICE_TRY(child, ReaderChild::start(answer_, limits_));
    }
    ask(i + children_.size());
    return std::move(*reading);
  }

 private:
  static Error unreadable_answer() {
    return {.code = ErrorCode::InvalidInput,
            .id = "library.reader.died",
            .message = "读这个文件时出了意外，已放弃",
            .hint = "请用 Word 或阅读软件打开，另存为 .docx 或 .txt 再试"};
  }

  void ask(std::size_t i) {
    if (i >= files_.size()) return;
    children_[i % children_.size()].ask(
        pack(ReadRequest{files_[i].string(), known_of_(files_[i])}));
  }

  const std::vector<fs::path>& files_;
  ReadLimits limits_;
  KnownOf known_of_;
  ReaderChild::Answer answer_;
  std::vector<ReaderChild> children_;
};

/// One run of Library::add.
class Adder {
 public:
  Adder(LibraryState& state, AddReport& report)
      : state_(state), writer_(*state.writer), report_(report) {}

  /// The fingerprint of the file's bytes when it was last added; empty for a new file.
  std::string known_fingerprint(const fs::path& file) const {
    const auto known = state_.first_with(exact_term(prefix::kPath, sha256(path_of(file))));
    if (!known) return {};
    const Xapian::Document record = state_.database.get_document(*known);
    auto term = record.termlist_begin();
    term.skip_to(std::string(prefix::kFingerprint));
    const bool found = term != record.termlist_end() && (*term).starts_with(prefix::kFingerprint);
    return found ? *term : std::string();
  }

  /// Passages written since the last call of this.
  std::size_t take_passages() { return std::exchange(passages_, 0); }

  void add(const fs::path& file, Reading reading) {
    if (reading.unchanged) {
      report_.unchanged.push_back(file.string());
      return;
    }
    const std::string path = path_of(file);
    const std::string path_term = exact_term(prefix::kPath, sha256(path));
    const auto known = state_.first_with(path_term);
    const auto same =
        reading.fingerprint.empty() ? std::nullopt : state_.first_with(reading.fingerprint);
    if (same) {
      report_.duplicates.push_back(file.string());
      // Of two equal files one is kept; a file that became equal to another gives way to it.
      if (known) remove(*known);
      return;
    }
    if (reading.refusal) {
      report_.refused.push_back(std::move(*reading.refusal));
      return;
    }
    Holding holding{.id = known ? remove(*known) : state_.next_id(),
                    .file = path,
                    .encoding = std::move(reading.encoding),
                    .circular = std::move(reading.circular)};
    (known ? report_.updated : report_.added).push_back(file.string());
    write(holding, path_term, reading.fingerprint);
  }

  /// Takes out the documents from below those of `paths` that are folders whose files are gone.
  /// What cannot be looked at stays, and so does all from a folder in which there is no file now:
  /// that is rather a drive that is not there.
  void prune(std::span<const fs::path> paths, const std::vector<fs::path>& files) {
    std::vector<std::string> folders;
    for (const fs::path& path : paths) {
      const std::string folder = path_of(path / "");
      const auto below = [&](const fs::path& file) { return path_of(file).starts_with(folder); };
      if (std::ranges::any_of(files, below)) folders.push_back(folder);
    }
    std::vector<std::pair<Xapian::docid, std::string>> gone;
    const std::string term = exact_term(prefix::kKind, "D");
    const auto end = writer_.postlist_end(term);
    for (auto entry = writer_.postlist_begin(term); entry != end; ++entry) {
      const auto holding = unpack_head(writer_.get_document(*entry).get_data());
      if (!holding || std::ranges::none_of(folders, [&](const std::string& folder) {
            return holding->file.starts_with(folder);
          })) {
        continue;
      }
      std::error_code failed;
      if (!fs::exists(holding->file, failed) && !failed) gone.emplace_back(*entry, holding->file);
    }
    writer_.begin_transaction();
    for (auto& [entry, file] : gone) {
      remove(entry);
      report_.pruned.push_back(std::move(file));
    }
    writer_.commit_transaction();
  }

 private:
  /// Takes a document out with its passages; returns its id.
  std::string remove(Xapian::docid known) {
    std::string id = writer_.get_document(known).get_value(kDocumentSlot);
    writer_.delete_document(exact_term(prefix::kId, id));
    return id;
  }

  void write(const Holding& holding, const std::string& path_term, const std::string& fingerprint) {
    EntryMaker entries(state_.settings, state_.segmenter, holding);
    Xapian::Document record = entries.record();
    record.add_boolean_term(path_term);
    record.add_boolean_term(fingerprint);
    writer_.add_document(record);
    writer_.add_document(entries.text());
    std::size_t number = 0;
    for (const Passage& passage : passages_of(holding.circular))
      writer_.add_document(
          entries.passage({holding.id, ++number, passage}, questions_of(writer_, passage)));
    passages_ += number;
  }

  LibraryState& state_;
  Xapian::WritableDatabase& writer_;
  AddReport& report_;
  std::size_t passages_ = 0;
};

/// Commits what is written in batches; what is open when it ends is taken back.
class Batches {
 public:
  explicit Batches(Xapian::WritableDatabase& writer) : writer_(writer) {}
  Batches(const Batches&) = delete;
  Batches& operator=(const Batches&) = delete;
  ~Batches() {
    if (!open_) return;
    try {
      writer_.cancel_transaction();
    } catch (const Xapian::Error&) {  // the next opening finds the last batch whole
    }
  }

  void begin_file() {
    if (!std::exchange(open_, true)) writer_.begin_transaction();
  }

  void end_file(std::size_t passages) {
    passages_ += passages;
    if (++files_ >= kFilesPerBatch || passages_ >= kPassagesPerBatch) commit();
  }

  void commit() {
    files_ = passages_ = 0;
    if (std::exchange(open_, false)) writer_.commit_transaction();
  }

 private:
  Xapian::WritableDatabase& writer_;
  bool open_ = false;
  std::size_t files_ = 0;
  std::size_t passages_ = 0;
};

}  // namespace

Result<AddReport> Library::add(std::span<const fs::path> paths, const OnAddProgress& on_progress,
                               const AddOptions& options) {
  AddReport report;
  FileGatherer gatherer(report.refused);
  for (const fs::path& path : paths)
    gatherer.add(path);
  const std::vector<fs::path> files = gatherer.take();
  if (!state_->writer) return read_only_error(state_->folder);
  try {
    Adder adder(*state_, report);
    // First, since of two equal files the one that stays may have been passed over as a double.
    if (options.prune) adder.prune(paths, files);
    ReadingLine line(files, state_->settings, options.limits,
                     [&](const fs::path& file) { return adder.known_fingerprint(file); });
    HUICE_TRY([[maybe_unused]] const Unit started, line.start());
    Batches batches(*state_->writer);
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (on_progress && !on_progress({i, files.size(), files[i].string()})) {
        report.stopped = true;
        break;
      }
      HUICE_TRY(Reading reading, line.take(i));
      batches.begin_file();
      adder.add(files[i], std::move(reading));
      batches.end_file(adder.take_passages());
    }
    batches.commit();
  } catch (const Xapian::Error& error) {
    return index_error(error, state_->folder);
  }
  return report;
}

}  // namespace huice::library
