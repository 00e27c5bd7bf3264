#include "app/export_target.h"

#include "render/pdf/fingerprint.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

using render::pdf::fingerprint;

/// In the folder, followed by a number, while a file is written. A crash leaves one for each
/// worker.
constexpr std::string_view kPartName = ".huice-part";

fs::path part_of(const fs::path& out) {
  return fs::path(out) += ".part";
}

/// Of one PDF of all, while it grows.
fs::path whole_of(const fs::path& out) {
  return fs::path(out) += ".whole";
}

/// What `entry` speaks of, if it lies at `offset` of `file` as it was written.
std::optional<std::string> stored_piece(const GrowingFile& file, std::uint64_t offset,
                                        const JournalEntry& entry) {
  if (offset > file.size() || entry.bytes > file.size() - offset) return std::nullopt;
  std::string bytes(entry.bytes, '\0');
  if (!file.read(offset, bytes) || fingerprint(bytes) != entry.fingerprint) return std::nullopt;
  return bytes;
}

bool stands(const fs::path& path, const JournalEntry& entry) {
  std::error_code error;
  if (fs::file_size(path, error) != entry.bytes || error) return false;
  const auto bytes = read_file(path, entry.bytes);
  return bytes && fingerprint(bytes.value()) == entry.fingerprint;
}

Error too_large(const fs::path& out) {
  return {.code = ErrorCode::TooLarge,
          .id = "export.too-large",
          .message = "压缩包超过 4 GB",
          .where = {.file = out.string()},
          .hint = "写到文件夹，或把名单分成几份"};
}

}  // namespace

Status ExportTarget::prepare(const Piece&, const std::string&) {
  return Unit{};
}

Result<std::size_t> FolderTarget::take_up(const std::vector<JournalEntry>& found,
                                          const std::vector<std::string>& names) {
  discard();
  std::size_t whole = 0;
  while (whole < found.size() && stands(folder_ / names[found[whole].item], found[whole]))
    ++whole;
  return whole;
}

/// A file that stands before those before it does no harm: the journal does not speak of it yet.
Status FolderTarget::prepare(const Piece& piece, const std::string& name) {
  const fs::path part = folder_ / (std::string(kPartName) + std::to_string(piece.item));
  Status placed = place_file(folder_ / name, part, piece.bytes);
  std::error_code error;
  if (!placed) fs::remove(part, error);
  return placed;
}

Status FolderTarget::put(std::span<const Piece>, const std::vector<std::string>&) {
  return Unit{};
}

/// Files were written without waiting for the disk, which is done once for all here.
Status FolderTarget::finish() {
  return sync_folder(folder_);
}

/// Removes parts that a crash left.
void FolderTarget::discard() {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    if (entry.path().filename().string().starts_with(kPartName)) fs::remove(entry.path(), error);
  }
}

Result<std::unique_ptr<ZipTarget>> ZipTarget::open(const fs::path& out) {
  HUICE_TRY(GrowingFile part, GrowingFile::open(part_of(out)));
  return std::unique_ptr<ZipTarget>(new ZipTarget(out, std::move(part)));
}

Result<std::size_t> ZipTarget::take_up(const std::vector<JournalEntry>& found,
                                       const std::vector<std::string>& names) {
  std::uint64_t offset = 0;
  for (const JournalEntry& entry : found) {
    // An entry speaks of the content; the member's header is made again from it.
    const std::uint64_t header = archive::kZipHeaderBytes + names[entry.item].size();
    const auto bytes = stored_piece(part_, offset + header, entry);
    if (!bytes) break;
    archive::ZipEntry member{.name = names[entry.item], .description = {}, .offset = offset};
    offset += archive::zip_record(member, *bytes, archive::ZipPacking::Stored).size();
    members_.push_back(std::move(member));
  }
  HUICE_TRY([[maybe_unused]] const Unit cut, part_.cut(offset));
  return members_.size();
}

Status ZipTarget::put(std::span<const Piece> pieces, const std::vector<std::string>& names) {
  std::string bytes;
  for (const Piece& piece : pieces) {
    if (piece.failure) continue;
    archive::ZipEntry member{
        .name = names[piece.item], .description = {}, .offset = part_.size() + bytes.size()};
    bytes += archive::zip_record(member, piece.bytes, archive::ZipPacking::Stored);
    members_.push_back(std::move(member));
  }
  if (part_.size() + bytes.size() > archive::kMaxZipBytes) return too_large(out_);
  return part_.append(bytes);
}

Status ZipTarget::finish() {
  HUICE_TRY([[maybe_unused]] const Unit written,
            part_.append(archive::zip_directory(members_, part_.size())));
  return move_file(part_.path(), out_);
}

void ZipTarget::discard() {
  std::error_code error;
  fs::remove(part_.path(), error);
}

Result<std::unique_ptr<MergedTarget>> MergedTarget::open(
    const fs::path& out, const std::vector<std::shared_ptr<const layout::FontFile>>& fonts,
    render::pdf::PdfOptions options, render::pdf::OutlineStore& store) {
  HUICE_TRY(GrowingFile part, GrowingFile::open(part_of(out)));
  std::unique_ptr<MergedTarget> target(new MergedTarget(out, std::move(part)));
  HUICE_TRY(GrowingFile whole, GrowingFile::open(whole_of(out)));
  HUICE_TRY(target->merged_,
            render::pdf::MergedPdf::open(std::move(whole), fonts, std::move(options), store));
  return target;
}

Result<std::size_t> MergedTarget::take_up(const std::vector<JournalEntry>& found,
                                          const std::vector<std::string>&) {
  std::uint64_t offset = 0;
  std::size_t whole = 0;
  for (; whole < found.size(); ++whole) {
    const auto record = stored_piece(part_, offset, found[whole]);
    if (!record || !merged_->take_up(*record)) break;
    offset += record->size();
  }
  HUICE_TRY([[maybe_unused]] const Unit cut, part_.cut(offset));
  return whole;
}

Status MergedTarget::put(std::span<const Piece> pieces, const std::vector<std::string>&) {
  std::string records;
  for (const Piece& piece : pieces)
    records += piece.bytes;
  HUICE_TRY([[maybe_unused]] const Unit written, part_.append(records));
  for (const Piece& piece : pieces) {
    if (piece.failure || merged_->add(piece.bytes)) continue;
    return Error{.code = ErrorCode::Internal,
                 .id = "pdf.libharu",
                 .message = "PDF 写不成：页面的记录读不回来",
                 .where = {.file = out_.string()},
                 .hint = "请报告此问题"};
  }
  return Unit{};
}

Status MergedTarget::finish() {
  HUICE_TRY([[maybe_unused]] const Unit written, merged_->finish());
  HUICE_TRY([[maybe_unused]] const Unit moved, move_file(whole_of(out_), out_));
  discard();
  return Unit{};
}

void MergedTarget::discard() {
  std::error_code error;
  fs::remove(part_.path(), error);
  fs::remove(whole_of(out_), error);
}

}  // namespace huice::app
