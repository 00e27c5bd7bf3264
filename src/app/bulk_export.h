// Use case: thousands of documents in one go (批量导出), on several threads, resumable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/export_target.h"
#include "base/result.h"
#include "layout/fonts.h"
#include "layout/pages.h"
#include "render/pdf/pdf_options.h"

namespace huice::app {

/// What came of one item.
struct BatchItem {
  std::string name;
  int pages = 0;
  std::optional<Error> failure;  ///< nothing was written for it
  bool taken_up = false;         ///< finished by an earlier, interrupted run
};

/// How an export runs. What it makes does not depend on any of this.
struct ExportControl {
  unsigned workers = 1;
  /// Asked now and then, from any thread. True ends the export after what is in hand; run again, it
  /// goes on from there. May be empty.
  std::function<bool()> cancelled = {};
  /// Hears of each item, one at a time: those taken up first, then in their order. May be empty.
  std::function<void(const BatchItem&)> progress = {};
};

struct ExportReport {
  std::vector<BatchItem> items;  ///< as progress heard of them
  bool cancelled = false;        ///< there is more to do; nothing stands under the final name yet

  std::size_t failures() const;
};

/// One file each, or a PDF of all.
enum class ExportForm { Folder, Zip, Merged };

/// Zip for a name in .zip; otherwise Merged where that is asked for, else Folder.
ExportForm form_of(const std::filesystem::path& out, bool merged);

/// A document laid out, with what its file says of it.
struct LaidOut {
  layout::Pages pages;
  std::string title;
  std::string author;
};

/// Makes documents for one thread.
class PageMaker {
 public:
  virtual ~PageMaker() = default;
  virtual Result<LaidOut> make(std::size_t item) = 0;
};

/// Makes files of one thread that are not PDF.
class FileMaker {
 public:
  virtual ~FileMaker() = default;
  virtual Result<std::string> make(std::size_t item) = 0;
};

/// What is to be exported, and to where.
struct ExportOrder {
  std::filesystem::path out;
  ExportForm form = ExportForm::Folder;
  std::vector<std::string> names;  ///< of the items; file names without their ending, all different
  std::uint64_t inputs = 0;        ///< a fingerprint of all that the items depend on
};

/// Lays out and writes PDFs. Title and author come from each document, those of a merged PDF from
/// the first, unless `options` name them. `maker` is called once for each worker. An item that
/// fails does not stop the others.
///
/// While the export runs, what is finished lies in `out`.part and `out`.journal (of a folder, in
/// `.huice-journal` within); an export of the same inputs to the same place goes on from there, and
/// one of other inputs begins anew. A merged PDF has a bookmark for each item.
///
/// Errors: those of writing; Conflict `file.in-use`; TooLarge `export.too-large`.
Result<ExportReport> export_pdfs(const ExportOrder& order, const layout::FontSet& fonts,
                                 const render::pdf::PdfOptions& options,
                                 const std::function<std::unique_ptr<PageMaker>()>& maker,
                                 const ExportControl& control);

/// The same of other files, with `ending` (`.xlsx`); `order.form` is not Merged.
Result<ExportReport> export_files(const ExportOrder& order, const std::string& ending,
                                  const std::function<std::unique_ptr<FileMaker>()>& maker,
                                  const ExportControl& control);

/// A number that changes when a byte of these files does, or of the files in these folders, or one
/// comes or goes, or `said` does. What cannot be read counts as absent.
std::uint64_t fingerprint_of(std::span<const std::filesystem::path> files_and_folders,
                             std::string_view said);

}  // namespace huice::app
