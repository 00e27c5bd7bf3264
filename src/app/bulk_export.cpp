#include "app/bulk_export.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <latch>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "app/merged_series.h"
#include "base/files.h"
#include "render/pdf/fingerprint.h"
#include "render/pdf/pdf_writer.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

/// Items that a worker takes at once: enough that workers seldom meet.
constexpr std::size_t kBatch = 16;
/// Batches that are begun beside one for each worker, at most, while one before them is not done;
/// so memory stays bounded.
constexpr std::size_t kMostWaiting = 8;

constexpr unsigned kMostWorkers = 64;

/// What a worker makes of batches. It may begin several before it ends the first of them.
class Worker {
 public:
  virtual ~Worker() = default;
  virtual void begin(std::span<const std::size_t> items) = 0;
  /// What has to be done to the batch begun first in the order of all batches: while one worker is
  /// at it, no other is.
  virtual void take_turn() {}
  /// The pieces of that batch.
  virtual std::vector<Piece> end() = 0;
};

/// One run: hands out batches, takes pieces back and gives them to the target in their order.
class Run {
 public:
  Run(const ExportOrder& order, std::vector<std::string> file_names, ExportTarget& target,
      ExportJournal& journal, const ExportControl& control)
      : order_(order),
        file_names_(std::move(file_names)),
        target_(target),
        journal_(journal),
        control_(control) {}

  Status take_up() {
    std::vector<bool> is_done(order_.names.size(), false);
    const auto& found = journal_.found();
    const bool is_ours = std::ranges::all_of(
        found, [&](const JournalEntry& entry) { return entry.item < order_.names.size(); });
    HUICE_TRY(const std::size_t whole,
              target_.take_up(is_ours ? found : std::vector<JournalEntry>(), file_names_));
    HUICE_TRY([[maybe_unused]] const Unit kept, journal_.keep(whole));
    for (const JournalEntry& entry : found) {
      is_done[entry.item] = true;
      tell({order_.names[entry.item], entry.pages, std::nullopt, true});
    }
    for (std::size_t item = 0; item < is_done.size(); ++item) {
      if (!is_done[item]) open_.push_back(item);
    }
    return Unit{};
  }

  Result<ExportReport> run(const std::function<std::unique_ptr<Worker>()>& hire) {
    const std::size_t batches = (open_.size() + kBatch - 1) / kBatch;
    const std::size_t workers =
        std::min<std::size_t>(std::clamp(control_.workers, 1U, kMostWorkers), batches);
    most_begun_ = workers + kMostWaiting;
    std::latch done(static_cast<std::ptrdiff_t>(workers));
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < workers; ++i) {
      threads.emplace_back([&] {
        const auto worker = hire();
        work(*worker);
        done.count_down();  // clears its memory away while the target is finished
      });
    }
    done.wait();
    return finish();
  }

 private:
  Result<ExportReport> finish() {
    if (failure_) return *std::move(failure_);
    report_.cancelled = committed_ * kBatch < open_.size();
    if (report_.cancelled) return std::move(report_);
    const bool is_any = std::ranges::any_of(
        report_.items, [](const BatchItem& item) { return !item.failure.has_value(); });
    if (is_any) {
      HUICE_TRY([[maybe_unused]] const Unit finished, target_.finish());
    } else {
      target_.discard();
    }
    journal_.remove();
    return std::move(report_);
  }

  void tell(BatchItem item) {
    if (control_.progress) control_.progress(item);
    report_.items.push_back(std::move(item));
  }

  /// A worker begins the next batch while it is not its turn to go on with the one begun first.
  void work(Worker& worker) {
    std::deque<std::size_t> begun;
    const auto is_turn = [&] { return !begun.empty() && begun.front() == turn_; };
    while (true) {
      const bool stop = control_.cancelled && control_.cancelled();
      std::unique_lock lock(mutex_);
      is_stopped_ = is_stopped_ || stop;
      changed_.wait(lock, [&] { return is_turn() || has_room() || (is_over() && begun.empty()); });
      if (is_turn()) {
        lock.unlock();
        worker.take_turn();
        lock.lock();
        ++turn_;
        changed_.notify_all();
        lock.unlock();
        deliver(begun.front(), prepared(worker.end()));
        begun.pop_front();
      } else if (has_room()) {
        begun.push_back(next_++);
        lock.unlock();
        worker.begin(items_of(begun.back()));
      } else {
        return;
      }
    }
  }

  std::span<const std::size_t> items_of(std::size_t batch) const {
    const std::size_t first = batch * kBatch;
    return std::span(open_).subspan(first, std::min(kBatch, open_.size() - first));
  }

  /// Whether no more batches are to be begun.
  bool is_over() const { return is_stopped_ || next_ * kBatch >= open_.size(); }

  /// Whether another batch may be begun now: who is far ahead waits.
  bool has_room() const { return !is_over() && next_ < committed_ + most_begun_; }

  /// A batch as the target and the journal are to take it in.
  struct Made {
    std::vector<Piece> pieces;
    std::vector<JournalEntry> entries;  ///< of the pieces that have not failed
    Status status = Unit{};
  };

  Made prepared(std::vector<Piece> pieces) {
    Made made{.pieces = std::move(pieces), .entries = {}};
    for (const Piece& piece : made.pieces) {
      if (piece.failure || !made.status) continue;
      made.status = target_.prepare(piece, file_names_[piece.item]);
      made.entries.push_back(
          {piece.item, piece.pages, piece.bytes.size(), render::pdf::fingerprint(piece.bytes)});
    }
    return made;
  }

  /// Whoever brings a batch while nobody is at it puts in all batches whose turn it is; the others
  /// leave theirs and go on.
  void deliver(std::size_t batch, Made made) {
    std::unique_lock lock(mutex_);
    waiting_.emplace(batch, std::move(made));
    if (is_committing_) return;
    is_committing_ = true;
    for (auto next = waiting_.find(committed_); next != waiting_.end();
         next = waiting_.find(committed_)) {
      auto taken = waiting_.extract(next);
      if (!failure_) {
        lock.unlock();
        Status status = commit(taken.mapped());
        lock.lock();
        if (!status) {
          failure_ = std::move(status).error();
          is_stopped_ = true;
        }
      }
      ++committed_;
      changed_.notify_all();
    }
    is_committing_ = false;
  }

  /// Pieces first, then the journal: it never speaks of what is not there.
  Status commit(const Made& made) {
    if (!made.status) return made.status;
    HUICE_TRY([[maybe_unused]] const Unit put, target_.put(made.pieces, file_names_));
    for (const Piece& piece : made.pieces)
      tell({order_.names[piece.item], piece.pages, piece.failure, false});
    return journal_.add(made.entries);
  }

  const ExportOrder& order_;
  std::vector<std::string> file_names_;
  ExportTarget& target_;
  ExportJournal& journal_;
  const ExportControl& control_;
  std::vector<std::size_t> open_;  ///< items that are still to be made
  std::size_t most_begun_ = 0;     ///< batches

  std::mutex mutex_;  ///< of all below but for the report
  std::condition_variable changed_;
  std::size_t next_ = 0;       ///< batch to be begun
  std::size_t turn_ = 0;       ///< batch whose turn it is
  std::size_t committed_ = 0;  ///< batches that the target has
  std::map<std::size_t, Made> waiting_;
  bool is_committing_ = false;  ///< whoever is has the target but for prepare(), and the report
  bool is_stopped_ = false;
  std::optional<Error> failure_;
  ExportReport report_;
};

template <class T>
T take_first(std::deque<T>& queue) {
  T first = std::move(queue.front());
  queue.pop_front();
  return first;
}

/// A PDF each.
class PdfWorker final : public Worker {
 public:
  PdfWorker(std::unique_ptr<PageMaker> maker, const render::pdf::PdfOptions& options,
            render::pdf::OutlineStore& store)
      : maker_(std::move(maker)), options_(options), store_(store) {}

  void begin(std::span<const std::size_t> items) override {
    std::vector<Piece>& pieces = begun_.emplace_back();
    for (const std::size_t item : items)
      pieces.push_back(piece_of(item));
  }

  std::vector<Piece> end() override { return take_first(begun_); }

 private:
  Piece piece_of(std::size_t item) {
    auto made = maker_->make(item);
    if (!made) return {item, 0, {}, std::move(made).error()};
    options_.title = made.value().title;
    options_.author = made.value().author;
    auto bytes = render::pdf::write(made.value().pages, options_, store_);
    if (!bytes) return {item, 0, {}, std::move(bytes).error()};
    return {item, static_cast<int>(made.value().pages.pages.size()), std::move(bytes).value(), {}};
  }

  std::unique_ptr<PageMaker> maker_;
  render::pdf::PdfOptions options_;
  render::pdf::OutlineStore& store_;
  std::deque<std::vector<Piece>> begun_;
};

/// Records of one PDF: laid out and packed beside other workers, coded in turn.
class MergingWorker final : public Worker {
 public:
  MergingWorker(std::unique_ptr<PageMaker> maker, render::pdf::MergedPdf& merged,
                const std::vector<std::string>& names)
      : maker_(std::move(maker)), merged_(merged), names_(names) {}

  void begin(std::span<const std::size_t> items) override {
    std::vector<Sheet>& batch = begun_.emplace_back();
    for (const std::size_t item : items)
      batch.push_back({item, maker_->make(item)});
  }

  void take_turn() override {
    for (const auto& [item, laid_out] : take_first(begun_))
      coded_.push_back({item, coded(item, laid_out)});
  }

  std::vector<Piece> end() override {
    std::vector<Piece> pieces;
    for (const auto& [item, coded] : std::exchange(coded_, {})) {
      if (coded) {
        const auto pages = static_cast<int>(coded.value().pages.size());
        pieces.push_back({item, pages, packer_.pack(coded.value()), {}});
      } else {
        pieces.push_back({item, 0, {}, coded.error()});
      }
    }
    return pieces;
  }

 private:
  struct Sheet {
    std::size_t item = 0;
    Result<LaidOut> laid_out;
  };
  struct CodedSheet {
    std::size_t item = 0;
    Result<render::pdf::CodedDocument> coded;
  };

  Result<render::pdf::CodedDocument> coded(std::size_t item, const Result<LaidOut>& laid_out) {
    if (!laid_out) return laid_out.error();
    return code_one_of_many(merged_, laid_out.value(), names_[item], written_);
  }

  std::unique_ptr<PageMaker> maker_;
  render::pdf::MergedPdf& merged_;
  const std::vector<std::string>& names_;
  render::pdf::ContentMemory written_;
  render::pdf::RecordPacker packer_;
  std::deque<std::vector<Sheet>> begun_;
  std::vector<CodedSheet> coded_;  ///< of the batch that had its turn
};

class FileWorker final : public Worker {
 public:
  explicit FileWorker(std::unique_ptr<FileMaker> maker) : maker_(std::move(maker)) {}

  void begin(std::span<const std::size_t> items) override {
    std::vector<Piece>& pieces = begun_.emplace_back();
    for (const std::size_t item : items) {
      auto bytes = maker_->make(item);
      if (bytes) {
        pieces.push_back({item, 0, std::move(bytes).value(), {}});
      } else {
        pieces.push_back({item, 0, {}, std::move(bytes).error()});
      }
    }
  }

  std::vector<Piece> end() override { return take_first(begun_); }

 private:
  std::unique_ptr<FileMaker> maker_;
  std::deque<std::vector<Piece>> begun_;
};

fs::path journal_of(const ExportOrder& order) {
  if (order.form == ExportForm::Folder) return order.out / ".huice-journal";
  return fs::path(order.out) += ".journal";
}

std::vector<std::string> with_ending(std::vector<std::string> names, const std::string& ending) {
  for (std::string& name : names)
    name += ending;
  return names;
}

using Hire = std::function<std::unique_ptr<Worker>()>;

Result<ExportReport> run_export(const ExportOrder& order, const std::string& ending,
                                ExportTarget& target, const Hire& hire,
                                const ExportControl& control) {
  HUICE_TRY(ExportJournal journal, ExportJournal::open(journal_of(order), order.inputs));
  Run run(order, with_ending(order.names, ending), target, journal, control);
  HUICE_TRY([[maybe_unused]] const Unit taken_up, run.take_up());
  return run.run(hire);
}

Result<std::unique_ptr<ExportTarget>> separate_target(const ExportOrder& order) {
  if (order.form == ExportForm::Folder) {
    return std::unique_ptr<ExportTarget>(std::make_unique<FolderTarget>(order.out));
  }
  HUICE_TRY(auto zip, ZipTarget::open(order.out));
  return std::unique_ptr<ExportTarget>(std::move(zip));
}

void add_file(std::uint64_t& print, const fs::path& file) {
  constexpr std::size_t kMost = std::size_t{1} << 30;
  print = render::pdf::fingerprint(file.string(), print);
  if (const auto mapped = MappedFile::open(file, kMost)) {
    print = render::pdf::fingerprint(mapped.value()->bytes(), print);
  }
}

}  // namespace

std::size_t ExportReport::failures() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(items, [](const BatchItem& item) { return item.failure.has_value(); }));
}

ExportForm form_of(const fs::path& out, bool merged) {
  if (out.extension() == ".zip") return ExportForm::Zip;
  return merged ? ExportForm::Merged : ExportForm::Folder;
}

Result<ExportReport> export_pdfs(const ExportOrder& order, const layout::FontSet& fonts,
                                 const render::pdf::PdfOptions& options,
                                 const std::function<std::unique_ptr<PageMaker>()>& maker,
                                 const ExportControl& control) {
  render::pdf::OutlineStore store;
  if (order.form != ExportForm::Merged) {
    HUICE_TRY(const auto target, separate_target(order));
    const Hire hire = [&] { return std::make_unique<PdfWorker>(maker(), options, store); };
    return run_export(order, ".pdf", *target, hire, control);
  }
  HUICE_TRY(const auto target, MergedTarget::open(order.out, fonts.files(), options, store));
  const Hire hire = [&] {
    return std::make_unique<MergingWorker>(maker(), target->merged(), order.names);
  };
  return run_export(order, "", *target, hire, control);
}

Result<ExportReport> export_files(const ExportOrder& order, const std::string& ending,
                                  const std::function<std::unique_ptr<FileMaker>()>& maker,
                                  const ExportControl& control) {
  HUICE_TRY(const auto target, separate_target(order));
  const Hire hire = [&] { return std::make_unique<FileWorker>(maker()); };
  return run_export(order, ending, *target, hire, control);
}

std::uint64_t fingerprint_of(std::span<const fs::path> files_and_folders, std::string_view said) {
  std::uint64_t print = render::pdf::fingerprint(said);
  for (const fs::path& path : files_and_folders) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      add_file(print, path);
      continue;
    }
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(path, error)) {
      if (entry.is_regular_file(error)) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    for (const fs::path& file : files)
      add_file(print, file);
  }
  return print;
}

}  // namespace huice::app
