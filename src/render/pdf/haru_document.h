// libharu's object layer, and the only file that knows it.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <hpdf.h>
#include <hpdf_doc.h>
#include <libdeflate.h>

#include "base/files.h"
#include "base/length.h"
#include "base/result.h"
#include "render/pdf/embedded_font.h"
#include "render/pdf/fingerprint.h"
#include "render/pdf/haru_memory.h"
#include "render/pdf/pdf_options.h"
#include "render/pdf/picture.h"

namespace huice::render::pdf {

/// libharu's first complaint about one document. Later calls fail too, with codes that hide the
/// cause. The callback records and returns: nothing may unwind through C frames.
struct HaruErrors {
  HPDF_STATUS code = HPDF_OK;
  HPDF_STATUS detail = 0;

  static void record(HPDF_STATUS code, HPDF_STATUS detail, void* self) noexcept;
};

struct FreeCompressor {
  void operator()(libdeflate_compressor* self) const { libdeflate_free_compressor(self); }
};
using Compressor = std::unique_ptr<libdeflate_compressor, FreeCompressor>;

/// A zlib stream, as pages hold their operators.
std::string deflated(std::string_view content, libdeflate_compressor* compressor);
/// For deflated(); the level at which pages are packed.
Compressor page_compressor();

/// What libharu reads when it writes the document. Its own streams copy byte by byte, into them and
/// out of them.
struct StoredStream {
  std::string bytes;
  std::size_t read = 0;  ///< so far
};

/// The document's bytes on their way: into a file, some at a time, or held.
struct Saving {
  GrowingFile* file = nullptr;
  std::string held = {};
  Status status = Unit{};  ///< of the file

  bool pass_on();
};

/// A page of the document; empty where libharu failed.
struct HaruPage {
  HPDF_Page object = nullptr;
  Length height;
};

/// An entry of the outline, or its root.
struct HaruOutline {
  HPDF_UINT number = 0;  ///< of its object
  HaruOutline* parent = nullptr;
  std::string entries;          ///< of its dictionary, as far as they are known; then written
  HaruOutline* last = nullptr;  ///< of the entries below it
  int below = 0;                ///< entries, at all levels
};

/// A PDF document being built. Pages, fonts and outlines are added; take_bytes() or save() ends it.
/// Pages and entries of the outline are written as soon as nothing of them can change, all else at
/// the end.
///
/// Any call may fail inside libharu; the failure is kept and told at the end.
/// libharu's structures are version-specific: built and tested against 2.3.0.
class HaruDocument {
 public:
  /// Held in memory, for take_bytes().
  HaruDocument() : HaruDocument(nullptr) {}
  /// Appended to `file`, which is empty and outlives this; for save().
  explicit HaruDocument(GrowingFile& file) : HaruDocument(&file) {}
  HaruDocument(const HaruDocument&) = delete;
  HaruDocument& operator=(const HaruDocument&) = delete;

  void set_information(const PdfOptions& options);

  /// What makes the file PDF/A-2u: the packet of metadata and the output intent.
  void claim_archival(const PdfOptions& options);

  /// Makes `font` available to all pages, before or after it, under the name /F<number>.
  void add_font(std::size_t number, const EmbeddedFont& font);

  /// A page with the given content operators.
  HaruPage add_page(Length width, Length height, std::string_view content);

  /// The same, of operators that are deflated already.
  HaruPage add_deflated_page(Length width, Length height, std::string_view packed);

  /// Makes `picture` available to pages that show pictures, before or after it, as /P<number>.
  void add_picture(std::size_t number, const Raster& picture);

  /// Lets `page` use the pictures and the state /Ink, in which what is drawn darkens what lies
  /// below, as ink does.
  void show_pictures(const HaruPage& page);

  /// An outline entry below `parent` (nullptr: the top) that leads to `y` from the page's top.
  HaruOutline* add_outline(HaruOutline* parent, std::string_view title, const HaruPage& page,
                           Length y);

  /// Pages from `first` (counting from 0) on are labelled `number`, `number` + 1 … as far as the
  /// next call; without a number they have no label.
  void number_pages(unsigned first, std::optional<int> number);

  /// The file. Its identifier is made from everything that was added.
  Result<std::string> take_bytes();
  /// Ends the file. Errors: also those of GrowingFile::append.
  Status save();

 private:
  explicit HaruDocument(GrowingFile* file);
  Error failure() const;
  HPDF_Dict stream_object(std::string_view bytes);
  HPDF_Dict stream_object(StoredStream packed, HPDF_Dict_OnWriteFunc write_filter);
  void prepare_pictures();
  void describe_image(HPDF_Dict image, const Raster& picture);
  HPDF_Dict profile(Colour colour);
  void put(std::string_view bytes);
  bool begin_object(HPDF_UINT number);
  void write_object(HPDF_UINT number);
  HPDF_Null place_holder();
  void write_outline(HaruOutline& outline);
  void write_references();
  bool write_rest();
  HPDF_Dict deflated_object(std::string_view bytes, libdeflate_compressor* compressor);
  HPDF_Dict descriptor_of(const EmbeddedFont& font);
  HPDF_Dict descendant_of(const EmbeddedFont& font);
  HPDF_Array widths_of(const EmbeddedFont& font);
  void add_identifier();
  HPDF_Dict indirect_dict();
  HPDF_Binary text_object(std::string_view utf8);

  HaruMemory memory_;
  HaruErrors errors_;
  Saving saving_;
  HPDF_Doc document_ = nullptr;
  HPDF_Stream written_ = nullptr;  ///< into `saving_`
  HPDF_Dict fonts_ = nullptr;
  HPDF_Dict pictures_ = nullptr;
  HPDF_Dict states_ = nullptr;
  HPDF_Dict picture_resources_ = nullptr;           ///< of pages that show pictures
  std::map<std::optional<int>, HPDF_Dict> labels_;  ///< by the number that they begin with
  std::array<HPDF_Dict, 2> profiles_ = {};          ///< by Colour, where used
  std::optional<HPDF_Point> page_size_;             ///< of the first page, and of all that say none
  HPDF_Dict last_page_ = nullptr;                   ///< the one that is not written yet
  std::deque<HaruOutline> outlines_;                ///< the root first; none: empty
  std::deque<StoredStream> stored_;                 ///< the document points at them
  Compressor compressor_;
  Compressor picture_compressor_;      ///< once there is a picture
  std::uint64_t digest_ = kNoContent;  ///< fingerprint of all streams
};

}  // namespace huice::render::pdf
