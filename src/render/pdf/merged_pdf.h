// Many documents as one PDF, in any number of goes and on any number of threads.
//
// A document passes through in three steps: coding, in the order of the documents, since codes of
// glyphs go by first use; packing, by any thread; adding, in the order again, once its record lies
// in a file. Records of an earlier run are taken up as they are found. So memory grows by a few
// kilobytes a page, and nothing finished is done twice.
#pragma once

#include <filesystem>
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
  /// `records` is the file that the records lie in. It and `store` outlive this. Title and author
  /// that `options` leave open are those of the first document.
  MergedPdf(const std::vector<std::shared_ptr<const layout::FontFile>>& fonts, PdfOptions options,
            OutlineStore& store, const GrowingFile& records);
  MergedPdf(const MergedPdf&) = delete;
  MergedPdf& operator=(const MergedPdf&) = delete;
  ~MergedPdf();

  /// Errors: those of read_picture and check_proportions; the document is then left out.
  Result<CodedDocument> code(const layout::Pages& pages);

  /// Takes in the record that lies at `offset`. While one thread does, another may code().
  /// False for bytes that pack() has not made; then this is of no more use.
  bool add(std::string_view record, std::uint64_t offset);

  /// As add(), for a record that this object has not coded.
  bool take_up(std::string_view record, std::uint64_t offset);

  /// Writes the file; its form is that of PdfWriter::finish. Errors: as there; Io
  /// `file.unwritable`.
  Status write(const std::filesystem::path& path);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace huice::render::pdf
