// Use case: many documents as one PDF, made one by one, on whatever machine, in several goes.
//
// What a document adds to the PDF is a record. Records are kept by whoever asks for them; taken up
// in their order they give the file, or the place from which to go on.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "app/bulk_export.h"
#include "base/date.h"
#include "base/files.h"
#include "base/result.h"
#include "layout/fonts.h"
#include "render/pdf/face_outlines.h"
#include "render/pdf/merged_pdf.h"

namespace huice::app {

/// `laid_out` coded as one of many: with a bookmark `name`, its own bookmarks below that.
/// Errors: those of MergedPdf::code.
Result<render::pdf::CodedDocument> code_one_of_many(render::pdf::MergedPdf& merged,
                                                    const LaidOut& laid_out,
                                                    const std::string& name,
                                                    render::pdf::ContentMemory& written);

/// Not for two threads at once.
class MergedSeries {
 public:
  /// `file` becomes the PDF; `created` is the day in its properties.
  /// Errors: those of GrowingFile::open.
  static Result<std::unique_ptr<MergedSeries>> open(const std::filesystem::path& file,
                                                    layout::FontSet fonts, Date created);

  /// The record of the next document. Errors: those of code_one_of_many; the document is then left
  /// out.
  Result<std::string> record_of(const LaidOut& laid_out, const std::string& name);

  /// Takes up the record of the next document, which another object with the same fonts made.
  /// Errors: InvalidInput `pdf.record` when it is none; those of writing.
  Status take_up(std::string_view record);

  /// Ends the PDF of what was taken up. Errors: those of MergedPdf::finish.
  Status finish() { return merged_->finish(); }

 private:
  explicit MergedSeries(layout::FontSet fonts) : fonts_(std::move(fonts)) {}

  layout::FontSet fonts_;
  render::pdf::OutlineStore store_;
  std::unique_ptr<render::pdf::MergedPdf> merged_;
  render::pdf::ContentMemory written_;
  render::pdf::RecordPacker packer_;
};

/// Tells sets of fonts apart: records hold glyphs by their numbers in these very fonts.
std::string identity_of(const layout::FontSet& fonts);

}  // namespace huice::app
