// Many documents as one PDF, in any number of goes and on any number of threads.
//
// A document passes through in three steps: coding, in the order of the documents, since codes of
// glyphs go by first use; packing, by any thread; adding, in the order again, which writes its
// pages to the file. Records of an earlier run are taken up as they are found. So memory grows by a
// few kilobytes a page, and nothing finished is done twice.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "layout/pages.h"
#include "render/pdf/face_outlines.h"
#include "render/pdf/glyph_codes.h"
#include "render/pdf/pdf_options.h"

namespace huice::render::pdf {

/// A document as operators, with what it is the first to use.
struct CodedDocument {
  struct CodedPage {
    Length width;
    Length height;
    std::string label;
    std::string content;
    bool shows_pictures = false;
  };
  struct FirstUse {
    std::uint32_t font = 0;
    GlyphUse use;
  };
  struct FirstPicture {
    std::string name;
    std::shared_ptr<const std::string> bytes;
  };
  std::string title;
  std::string author;
  std::vector<FirstUse> glyphs;
  std::vector<FirstPicture> pictures;
  std::vector<CodedPage> pages;
  std::vector<layout::Bookmark> bookmarks;  ///< pages count from the first of the document
};

/// Turns coded documents to records. One for each thread.
class RecordPacker {
 public:
  RecordPacker();
  RecordPacker(const RecordPacker&) = delete;
  RecordPacker& operator=(const RecordPacker&) = delete;
  ~RecordPacker();

  std::string pack(const CodedDocument& document) const;

 private:
  struct Compressors;
  std::unique_ptr<Compressors> compressors_;
};

class MergedPdf {
 public:
  /// `file` is emptied and becomes the PDF; what else writes to it ruins it. `store` outlives this.
  /// Title and author that `options` leave open are those of the first document.
  /// Errors: those of GrowingFile::cut.
  static Result<std::unique_ptr<MergedPdf>> open(
      GrowingFile file, const std::vector<std::shared_ptr<const layout::FontFile>>& fonts,
      PdfOptions options, OutlineStore& store);
  MergedPdf(const MergedPdf&) = delete;
  MergedPdf& operator=(const MergedPdf&) = delete;
  ~MergedPdf();

  /// `written` has served no other PDF; of several, this may be given any.
  /// Errors: those of read_picture and check_proportions; the document is then left out.
  Result<CodedDocument> code(const layout::Pages& pages, ContentMemory& written);

  /// Takes in a record. While one thread does, another may code().
  /// False for bytes that pack() has not made; then this is of no more use.
  bool add(std::string_view record);

  /// As add(), for a record that this object has not coded.
  bool take_up(std::string_view record);

  /// Ends the file; its form is that of PdfWriter::finish. Errors: as there; Io
  /// `file.unwritable`, of earlier writing too.
  Status finish();

 private:
  struct State;
  explicit MergedPdf(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace huice::render::pdf
