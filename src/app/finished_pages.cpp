#include "app/finished_pages.h"

#include <utility>

#include "app/batch_items.h"
#include "archive/zip_reader.h"
#include "base/files.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

using Pages = std::vector<render::pdf::SeenPage>;

/// What export_pdfs may have made: as much as a ZIP may hold, and its directory.
constexpr std::size_t kMaxExportBytes = std::size_t{1} << 32;

class PagesOfFolder final : public FinishedPages {
 public:
  PagesOfFolder(fs::path folder, std::string password)
      : folder_(std::move(folder)), password_(std::move(password)) {}

  Result<Pages> next(const BatchItem& item) override {
    HUICE_TRY(const auto pdf, read_file(folder_ / (item.name + ".pdf")));
    return render::pdf::read_pages(pdf, password_);
  }

 private:
  fs::path folder_;
  std::string password_;
};

class PagesOfZip final : public FinishedPages {
 public:
  PagesOfZip(archive::ZipReader zip, std::string password)
      : zip_(std::move(zip)), password_(std::move(password)) {}

  Result<Pages> next(const BatchItem& item) override {
    HUICE_TRY(const auto pdf, zip_.read(item.name + ".pdf"));
    return render::pdf::read_pages(pdf, password_);
  }

 private:
  archive::ZipReader zip_;
  std::string password_;
};

/// Documents lie in the order in which they were committed, which is that of the report.
class PagesOfMerged final : public FinishedPages {
 public:
  PagesOfMerged(std::shared_ptr<const MappedFile> file, render::pdf::PageReader reader)
      : file_(std::move(file)), reader_(std::move(reader)) {}

  Result<Pages> next(const BatchItem& item) override {
    const auto count = static_cast<std::size_t>(item.pages);
    const std::size_t first = std::exchange(first_, first_ + count);
    return reader_.read(first, count);
  }

 private:
  std::shared_ptr<const MappedFile> file_;
  render::pdf::PageReader reader_;
  std::size_t first_ = 0;
};

}  // namespace

Result<std::unique_ptr<FinishedPages>> FinishedPages::open(const fs::path& out, ExportForm form,
                                                           std::string password) {
  using Opened = std::unique_ptr<FinishedPages>;
  if (form == ExportForm::Folder) {
    return Opened(std::make_unique<PagesOfFolder>(out, std::move(password)));
  }
  if (form == ExportForm::Zip) {
    HUICE_TRY(auto bytes, read_file(out, kMaxExportBytes));
    constexpr archive::ZipLimits kLimits{.members = kMaxBatchItems, .total_bytes = kMaxExportBytes};
    HUICE_TRY(auto zip, archive::ZipReader::open(std::move(bytes), out.string(), kLimits));
    return Opened(std::make_unique<PagesOfZip>(std::move(zip), std::move(password)));
  }
  HUICE_TRY(auto file, MappedFile::open(out, kMaxExportBytes));
  HUICE_TRY(auto reader, render::pdf::PageReader::open(file->bytes(), password));
  return Opened(std::make_unique<PagesOfMerged>(std::move(file), std::move(reader)));
}

}  // namespace huice::app
