// Where an export goes: a folder, a ZIP container or one PDF of all, each kept such that an
// interrupted export can go on.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/export_journal.h"
#include "archive/zip_writer.h"
#include "base/files.h"
#include "base/result.h"
#include "render/pdf/merged_pdf.h"

namespace huice::app {

/// An item as it was made, on its way to the target.
struct Piece {
  std::size_t item = 0;
  int pages = 0;
  std::string bytes;             ///< a file, or a record of MergedPdf
  std::optional<Error> failure;  ///< then there are no bytes
};

class ExportTarget {
 public:
  virtual ~ExportTarget() = default;

  /// Takes up what an earlier run finished, and drops what is not whole. Returns how many entries,
  /// from the first, stand. `names` are those of the items, with their endings.
  virtual Result<std::size_t> take_up(const std::vector<JournalEntry>& found,
                                      const std::vector<std::string>& names) = 0;
  /// What of put() can be done by several workers at once; called before it, in any order.
  virtual Status prepare(const Piece& piece, const std::string& name);
  /// Takes in the pieces that have not failed. Pieces come in the order of their items, `names` are
  /// those of all items.
  virtual Status put(std::span<const Piece> pieces, const std::vector<std::string>& names) = 0;
  /// All is in: gives the target its final form and name, and removes what helped.
  virtual Status finish() = 0;
  /// Nothing came of it: removes what helped.
  virtual void discard() = 0;
};

/// A file each. Pieces that stand already are found by their bytes.
class FolderTarget final : public ExportTarget {
 public:
  explicit FolderTarget(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<std::size_t> take_up(const std::vector<JournalEntry>& found,
                              const std::vector<std::string>& names) override;
  Status prepare(const Piece& piece, const std::string& name) override;
  Status put(std::span<const Piece> pieces, const std::vector<std::string>& names) override;
  Status finish() override;
  void discard() override;

 private:
  std::filesystem::path folder_;
};

/// A member each, stored: PDF and XLSX are packed already.
class ZipTarget final : public ExportTarget {
 public:
  /// Errors: those of GrowingFile::open.
  static Result<std::unique_ptr<ZipTarget>> open(const std::filesystem::path& out);
  Result<std::size_t> take_up(const std::vector<JournalEntry>& found,
                              const std::vector<std::string>& names) override;
  /// Errors: also TooLarge `export.too-large`.
  Status put(std::span<const Piece> pieces, const std::vector<std::string>& names) override;
  Status finish() override;
  void discard() override;

 private:
  ZipTarget(std::filesystem::path out, GrowingFile part)
      : out_(std::move(out)), part_(std::move(part)) {}
  std::filesystem::path out_;
  GrowingFile part_;
  std::vector<archive::ZipEntry> members_;
};

/// One PDF. Its records are made with merged().
class MergedTarget final : public ExportTarget {
 public:
  /// `store` outlives this. Errors: those of GrowingFile::open.
  static Result<std::unique_ptr<MergedTarget>> open(
      const std::filesystem::path& out,
      const std::vector<std::shared_ptr<const layout::FontFile>>& fonts,
      render::pdf::PdfOptions options, render::pdf::OutlineStore& store);
  render::pdf::MergedPdf& merged() { return *merged_; }
  Result<std::size_t> take_up(const std::vector<JournalEntry>& found,
                              const std::vector<std::string>& names) override;
  Status put(std::span<const Piece> pieces, const std::vector<std::string>& names) override;
  Status finish() override;
  void discard() override;

 private:
  MergedTarget(std::filesystem::path out, GrowingFile part)
      : out_(std::move(out)), part_(std::move(part)) {}
  std::filesystem::path out_;
  GrowingFile part_;
  std::unique_ptr<render::pdf::MergedPdf> merged_;
};

}  // namespace huice::app
