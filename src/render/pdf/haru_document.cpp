#include "render/pdf/haru_document.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <hpdf_page_label.h>

#include "base/utf8.h"
#include "render/pdf/big_endian.h"
#include "render/pdf/colour_profile.h"
#include "render/pdf/tounicode.h"
#include "render/pdf/xmp.h"

namespace huice::render::pdf {
namespace {

/// Of font programs, most of a file: twice as fast as level 6 for less than a hundredth more bytes.
/// Of pages: three times as fast for a twelfth more of the little that they take.
constexpr int kDeflateLevel = 1;
constexpr int kPictureDeflateLevel = 6;

// HPDF_Doc_Rec and HPDF_Dict_Rec are read directly below; they belong to this version.
static_assert(HPDF_MAJOR_VERSION == 2 && HPDF_MINOR_VERSION == 3);

/// libharu drops a /Filter entry from a stream that it does not compress itself, so the entry of
/// an already deflated stream is written from here.
HPDF_STATUS write_flate_filter(HPDF_Dict, HPDF_Stream stream) {
  return HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\n");
}

HPDF_STATUS write_jpeg_filter(HPDF_Dict, HPDF_Stream stream) {
  return HPDF_Stream_WriteStr(stream, "/Filter /DCTDecode\n");
}

/// Takes what is saved into the string that the stream was made with: libharu's own streams copy it
/// byte by byte, once more when it is read from them.
HPDF_STATUS append_saved(HPDF_Stream stream, const HPDF_BYTE* bytes, HPDF_UINT size) noexcept {
  static_cast<std::string*>(stream->attr)->append(reinterpret_cast<const char*>(bytes), size);
  return HPDF_OK;
}

HPDF_REAL to_real(Length length) {
  return static_cast<HPDF_REAL>(length.to_pt());
}

/// The page size to a hundredth of a point, which libharu prints without noise.
HPDF_REAL page_side(Length length) {
  return static_cast<HPDF_REAL>(static_cast<double>((length.units() + 63) / 127) / 100.0);
}

// A stream of libharu's over a StoredStream.
StoredStream& stored(HPDF_Stream stream) {
  return *static_cast<StoredStream*>(stream->attr);
}

HPDF_STATUS read_stored(HPDF_Stream stream, HPDF_BYTE* bytes, HPDF_UINT* size) {
  StoredStream& self = stored(stream);
  const bool is_last = self.size - self.read <= *size;
  *size = static_cast<HPDF_UINT>(std::min<std::uint64_t>(*size, self.size - self.read));
  if (self.file == nullptr) {
    std::memcpy(bytes, self.bytes.data() + self.read, *size);
  } else if (!self.file->read(self.offset + self.read, {reinterpret_cast<char*>(bytes), *size})) {
    return HPDF_RaiseError(stream->error, HPDF_FILE_IO_ERROR, 0);
  }
  self.read += *size;
  return is_last ? HPDF_STREAM_EOF : HPDF_OK;
}

HPDF_STATUS rewind_stored(HPDF_Stream stream, HPDF_INT, HPDF_WhenceMode) {
  stored(stream).read = 0;
  return HPDF_OK;
}

HPDF_INT32 place_in_stored(HPDF_Stream stream) {
  return static_cast<HPDF_INT32>(stored(stream).read);
}

HPDF_UINT32 size_of_stored(HPDF_Stream stream) {
  return static_cast<HPDF_UINT32>(stored(stream).size);
}

}  // namespace

std::string deflated(std::string_view content, libdeflate_compressor* compressor) {
  std::string packed(libdeflate_zlib_compress_bound(compressor, content.size()), '\0');
  packed.resize(libdeflate_zlib_compress(compressor, content.data(), content.size(), packed.data(),
                                         packed.size()));
  return packed;
}

Compressor page_compressor() {
  return Compressor(libdeflate_alloc_compressor(kDeflateLevel));
}

void HaruErrors::record(HPDF_STATUS code, HPDF_STATUS detail, void* self) noexcept {
  auto& errors = *static_cast<HaruErrors*>(self);
  if (errors.code == HPDF_OK) errors = {code, detail};
}

HaruDocument::HaruDocument()
    : document_(HPDF_New(&HaruErrors::record, &errors_)), compressor_(page_compressor()) {
  if (document_ == nullptr) return;
  document_->pdf_version = HPDF_VER_17;
  HPDF_SetPagesConfiguration(document_, 256);  // beyond 32767 pages one node would overflow
  fonts_ = indirect_dict();
  resources_ = indirect_dict();
  HPDF_Dict_Add(resources_, "Font", fonts_);
}

HaruDocument::~HaruDocument() {
  if (document_ != nullptr) HPDF_Free(document_);
}

HPDF_Dict HaruDocument::indirect_dict() {
  HPDF_Dict dict = HPDF_Dict_New(document_->mmgr);
  HPDF_Xref_Add(document_->xref, dict);
  return dict;
}

void HaruDocument::deflate(HPDF_Dict object, std::string_view bytes,
                           libdeflate_compressor* compressor) {
  std::string packed = deflated(bytes, compressor);
  digest_ = fingerprint(packed, digest_);
  fill_packed(object, {.size = packed.size(), .bytes = std::move(packed)}, &write_flate_filter);
}

void HaruDocument::fill_packed(HPDF_Dict object, StoredStream packed,
                               HPDF_Dict_OnWriteFunc write_filter) {
  stored_.push_back(std::move(packed));
  HPDF_Stream stream = HPDF_CallbackReader_New(document_->mmgr, &read_stored, &rewind_stored,
                                               &place_in_stored, &size_of_stored, &stored_.back());
  if (stream == nullptr) return;
  HPDF_Stream_Free(object->stream);
  object->stream = stream;
  object->filter = HPDF_STREAM_FILTER_NONE;
  object->write_fn = write_filter;
}

HPDF_Dict HaruDocument::stream_object(std::string_view bytes) {
  HPDF_Dict object = HPDF_DictStream_New(document_->mmgr, document_->xref);
  if (object != nullptr) deflate(object, bytes, compressor_.get());
  return object;
}

/// A text string of PDF: UTF-16BE after a byte order mark.
HPDF_Binary HaruDocument::text_object(std::string_view utf8) {
  std::string bytes = "\xFE\xFF" + utf16be(decode_utf8(utf8));
  return HPDF_Binary_New(document_->mmgr, reinterpret_cast<HPDF_BYTE*>(bytes.data()),
                         static_cast<HPDF_UINT>(bytes.size()));
}

void HaruDocument::set_information(const PdfOptions& options) {
  if (document_ == nullptr) return;
  const HPDF_Date date = {options.created.year(),
                          static_cast<HPDF_INT>(options.created.month()),
                          static_cast<HPDF_INT>(options.created.day()),
                          0,
                          0,
                          0,
                          '+',
                          8,
                          0};
  HPDF_SetInfoDateAttr(document_, HPDF_INFO_CREATION_DATE, date);
  HPDF_SetInfoDateAttr(document_, HPDF_INFO_MOD_DATE, date);
  if (!options.title.empty()) HPDF_Dict_Add(document_->info, "Title", text_object(options.title));
  if (!options.author.empty()) {
    HPDF_Dict_Add(document_->info, "Author", text_object(options.author));
  }
  HPDF_Dict_Add(document_->info, "Creator", HPDF_String_New(document_->mmgr, kProducer, nullptr));
  HPDF_Dict_Add(document_->info, "Producer", HPDF_String_New(document_->mmgr, kProducer, nullptr));
  HPDF_Dict_Add(document_->catalog, "Lang", HPDF_String_New(document_->mmgr, "zh-CN", nullptr));
  HPDF_Dict view = HPDF_Dict_New(document_->mmgr);
  HPDF_Dict_Add(document_->catalog, "ViewerPreferences", view);
  HPDF_Dict_AddBoolean(view, "DisplayDocTitle", options.title.empty() ? HPDF_FALSE : HPDF_TRUE);
}

void HaruDocument::claim_archival(const PdfOptions& options) {
  if (document_ == nullptr) return;
  // Not deflated: programs that know nothing of PDF are to find the packet.
  const std::string packet = xmp_packet(options);
  HPDF_Dict metadata = HPDF_DictStream_New(document_->mmgr, document_->xref);
  if (metadata == nullptr) return;
  metadata->filter = HPDF_STREAM_FILTER_NONE;
  HPDF_Dict_AddName(metadata, "Type", "Metadata");
  HPDF_Dict_AddName(metadata, "Subtype", "XML");
  HPDF_Stream_Write(metadata->stream, reinterpret_cast<const HPDF_BYTE*>(packet.data()),
                    static_cast<HPDF_UINT>(packet.size()));
  HPDF_Dict_Add(document_->catalog, "Metadata", metadata);

  HPDF_Dict intent = indirect_dict();
  HPDF_Dict_AddName(intent, "Type", "OutputIntent");
  HPDF_Dict_AddName(intent, "S", "GTS_PDFA1");
  const char* condition = colour_condition(options.colour);
  HPDF_Dict_Add(intent, "OutputConditionIdentifier",
                HPDF_String_New(document_->mmgr, "Custom", nullptr));
  HPDF_Dict_Add(intent, "Info", HPDF_String_New(document_->mmgr, condition, nullptr));
  HPDF_Dict_Add(intent, "DestOutputProfile", profile(options.colour));
  HPDF_Array intents = HPDF_Array_New(document_->mmgr);
  HPDF_Dict_Add(document_->catalog, "OutputIntents", intents);
  HPDF_Array_Add(intents, intent);
}

HPDF_Dict HaruDocument::profile(Colour colour) {
  HPDF_Dict& known = profiles_[static_cast<std::size_t>(colour)];
  if (known == nullptr) {
    known = stream_object(colour_profile(colour));
    HPDF_Dict_AddNumber(known, "N", colour == Colour::Rgb ? 3 : 4);
  }
  return known;
}

HPDF_Dict HaruDocument::descriptor_of(const EmbeddedFont& font) {
  HPDF_Dict descriptor = indirect_dict();
  HPDF_Dict_AddName(descriptor, "Type", "FontDescriptor");
  HPDF_Dict_AddName(descriptor, "FontName", font.name.c_str());
  HPDF_Dict_AddNumber(descriptor, "Flags", 4);  // symbolic: codes are the font's own
  HPDF_Dict_AddNumber(descriptor, "ItalicAngle", 0);
  HPDF_Dict_AddNumber(descriptor, "Ascent", font.metrics.ascent);
  HPDF_Dict_AddNumber(descriptor, "Descent", font.metrics.descent);
  HPDF_Dict_AddNumber(descriptor, "CapHeight", font.metrics.cap_height);
  HPDF_Dict_AddNumber(descriptor, "StemV", 80);  // not known; only substitution would use it
  HPDF_Array box = HPDF_Array_New(document_->mmgr);
  HPDF_Dict_Add(descriptor, "FontBBox", box);
  for (const int side : font.metrics.bounding_box)
    HPDF_Array_AddNumber(box, side);
  HPDF_Dict program = stream_object(font.program);
  if (font.is_cff) {
    HPDF_Dict_AddName(program, "Subtype", "CIDFontType0C");
  } else {
    HPDF_Dict_AddNumber(program, "Length1", static_cast<HPDF_INT32>(font.program.size()));
  }
  HPDF_Dict_Add(descriptor, font.is_cff ? "FontFile3" : "FontFile2", program);
  // Every CID from 0 up is there.
  std::string present(font.widths.size() / 8, '\xFF');
  if (const std::size_t rest = font.widths.size() % 8; rest != 0) {
    present += static_cast<char>(0xFF00U >> rest);
  }
  HPDF_Dict_Add(descriptor, "CIDSet", stream_object(present));
  return descriptor;
}

/// `first [w w w]` for each stretch of codes that are not an em wide.
HPDF_Array HaruDocument::widths_of(const EmbeddedFont& font) {
  HPDF_Array widths = HPDF_Array_New(document_->mmgr);
  HPDF_Array stretch = nullptr;
  for (std::size_t code = 0; code < font.widths.size(); ++code) {
    if (font.widths[code] == 1000) {
      stretch = nullptr;
      continue;
    }
    if (stretch == nullptr) {
      stretch = HPDF_Array_New(document_->mmgr);
      HPDF_Array_AddNumber(widths, static_cast<HPDF_INT32>(code));
      HPDF_Array_Add(widths, stretch);
    }
    HPDF_Array_AddNumber(stretch, font.widths[code]);
  }
  return widths;
}

HPDF_Dict HaruDocument::descendant_of(const EmbeddedFont& font) {
  HPDF_Dict descendant = indirect_dict();
  HPDF_Dict_AddName(descendant, "Type", "Font");
  HPDF_Dict_AddName(descendant, "Subtype", font.is_cff ? "CIDFontType0" : "CIDFontType2");
  HPDF_Dict_AddName(descendant, "BaseFont", font.name.c_str());
  HPDF_Dict system = HPDF_Dict_New(document_->mmgr);
  HPDF_Dict_Add(descendant, "CIDSystemInfo", system);
  HPDF_Dict_Add(system, "Registry", HPDF_String_New(document_->mmgr, "Adobe", nullptr));
  HPDF_Dict_Add(system, "Ordering", HPDF_String_New(document_->mmgr, "Identity", nullptr));
  HPDF_Dict_AddNumber(system, "Supplement", 0);
  HPDF_Dict_Add(descendant, "FontDescriptor", descriptor_of(font));
  HPDF_Dict_AddNumber(descendant, "DW", 1000);
  HPDF_Dict_Add(descendant, "W", widths_of(font));
  if (!font.is_cff) HPDF_Dict_AddName(descendant, "CIDToGIDMap", "Identity");
  return descendant;
}

void HaruDocument::add_font(std::size_t number, const EmbeddedFont& font) {
  if (document_ == nullptr) return;
  HPDF_Dict type0 = indirect_dict();
  HPDF_Dict_AddName(type0, "Type", "Font");
  HPDF_Dict_AddName(type0, "Subtype", "Type0");
  // 9.7.6.1: the name of the descendant, for CFF followed by that of the CMap.
  const std::string name = font.is_cff ? font.name + "-Identity-H" : font.name;
  HPDF_Dict_AddName(type0, "BaseFont", name.c_str());
  HPDF_Dict_AddName(type0, "Encoding", "Identity-H");
  HPDF_Array descendants = HPDF_Array_New(document_->mmgr);
  HPDF_Dict_Add(type0, "DescendantFonts", descendants);
  HPDF_Array_Add(descendants, descendant_of(font));
  HPDF_Dict_Add(type0, "ToUnicode", stream_object(to_unicode_cmap(font.texts)));
  HPDF_Dict_Add(fonts_, ("F" + std::to_string(number)).c_str(), type0);
}

/// A page and its empty content. Not HPDF_AddPage: it gives each page a state for drawing and
/// resources of its own, which nothing needs here.
HaruDocument::NewPage HaruDocument::new_page(Length width, Length height) {
  if (document_->cur_page_num >= document_->page_per_pages) {
    document_->cur_pages = HPDF_Doc_AddPagesTo(document_, document_->root_pages);
    document_->cur_page_num = 0;
  }
  ++document_->cur_page_num;
  HPDF_Dict page = indirect_dict();
  HPDF_Dict content = HPDF_DictStream_New(document_->mmgr, document_->xref);
  if (page == nullptr || content == nullptr || document_->cur_pages == nullptr) return {};
  HPDF_Dict_AddName(page, "Type", "Page");
  HPDF_Dict_Add(page, "MediaBox",
                HPDF_Box_Array_New(document_->mmgr, {0, 0, page_side(width), page_side(height)}));
  HPDF_Dict_Add(page, "Contents", content);
  HPDF_Pages_AddKids(document_->cur_pages, page);
  page->header.obj_class |= HPDF_OSUBCLASS_PAGE;  // by which pages are counted
  HPDF_Dict_Add(page, "Resources", resources_);
  return {{page, height}, content};
}

HaruPage HaruDocument::add_page(Length width, Length height, std::string_view content) {
  if (document_ == nullptr) return {};
  const NewPage added = new_page(width, height);
  if (added.content != nullptr) deflate(added.content, content, compressor_.get());
  return added.page;
}

HaruPage HaruDocument::add_stored_page(Length width, Length height, const StoredContent& content) {
  if (document_ == nullptr) return {};
  const NewPage added = new_page(width, height);
  if (added.content == nullptr) return {};
  digest_ = fingerprint(content.bytes, digest_);
  fill_packed(added.content,
              {.file = content.file, .offset = content.offset, .size = content.bytes.size()},
              &write_flate_filter);
  return added.page;
}

/// Made when first asked for: most documents show none.
void HaruDocument::prepare_pictures() {
  if (pictures_ != nullptr) return;
  picture_compressor_.reset(libdeflate_alloc_compressor(kPictureDeflateLevel));
  pictures_ = indirect_dict();
  states_ = indirect_dict();
  HPDF_Dict ink = HPDF_Dict_New(document_->mmgr);
  HPDF_Dict_Add(states_, "Ink", ink);
  HPDF_Dict_AddName(ink, "Type", "ExtGState");
  HPDF_Dict_AddName(ink, "BM", "Multiply");
  picture_resources_ = indirect_dict();
  HPDF_Dict_Add(picture_resources_, "Font", fonts_);
  HPDF_Dict_Add(picture_resources_, "XObject", pictures_);
  HPDF_Dict_Add(picture_resources_, "ExtGState", states_);
}

void HaruDocument::show_pictures(const HaruPage& page) {
  if (page.object == nullptr) return;
  prepare_pictures();
  HPDF_Dict_RemoveElement(page.object, "Resources");
  HPDF_Dict_Add(page.object, "Resources", picture_resources_);
}

/// An image XObject without colours.
HPDF_Dict HaruDocument::image_of(const Raster& picture) {
  HPDF_Dict image = HPDF_DictStream_New(document_->mmgr, document_->xref);
  if (image == nullptr) return nullptr;
  HPDF_Dict_AddName(image, "Type", "XObject");
  HPDF_Dict_AddName(image, "Subtype", "Image");
  HPDF_Dict_AddNumber(image, "Width", picture.width);
  HPDF_Dict_AddNumber(image, "Height", picture.height);
  HPDF_Dict_AddNumber(image, "BitsPerComponent", 8);
  return image;
}

/// Colours are sRGB whatever the output intent is, as ISO 19005-2, 6.2.4.2 allows; grey needs none.
void HaruDocument::add_picture(std::size_t number, const Raster& picture) {
  if (document_ == nullptr) return;
  prepare_pictures();
  HPDF_Dict image = image_of(picture);
  if (image == nullptr) return;
  if (picture.is_jpeg) {
    digest_ = fingerprint(picture.samples, digest_);
    fill_packed(image, {.size = picture.samples.size(), .bytes = std::string(picture.samples)},
                &write_jpeg_filter);
  } else {
    deflate(image, picture.samples, picture_compressor_.get());
  }
  if (picture.is_grey) {
    HPDF_Dict_AddName(image, "ColorSpace", "DeviceGray");
  } else {
    HPDF_Array space = HPDF_Array_New(document_->mmgr);
    HPDF_Dict_Add(image, "ColorSpace", space);
    HPDF_Array_AddName(space, "ICCBased");
    HPDF_Array_Add(space, profile(Colour::Rgb));
  }
  if (!picture.opacity.empty()) {
    HPDF_Dict mask = image_of(picture);
    deflate(mask, picture.opacity, picture_compressor_.get());
    HPDF_Dict_AddName(mask, "ColorSpace", "DeviceGray");
    HPDF_Dict_Add(image, "SMask", mask);
  }
  HPDF_Dict_Add(pictures_, ("P" + std::to_string(number)).c_str(), image);
}

HPDF_Outline HaruDocument::add_outline(HPDF_Outline parent, std::string_view title,
                                       const HaruPage& page, Length y) {
  if (page.object == nullptr) return nullptr;
  HPDF_Outline outline = HPDF_CreateOutline(document_, parent, "-", nullptr);
  if (outline == nullptr) return nullptr;
  HPDF_Dict_Add(outline, "Title", text_object(title));
  // Not HPDF_Destination_SetXYZ: it demands a zoom, and the reader's own is to stay.
  HPDF_Array target = HPDF_Array_New(document_->mmgr);
  HPDF_Dict_Add(outline, "Dest", target);
  HPDF_Array_Add(target, page.object);
  HPDF_Array_AddName(target, "XYZ");
  HPDF_Array_Add(target, HPDF_Null_New(document_->mmgr));
  HPDF_Array_AddReal(target, page_side(page.height) - to_real(y));
  HPDF_Array_Add(target, HPDF_Null_New(document_->mmgr));
  return outline;
}

void HaruDocument::number_pages(unsigned first, std::optional<int> number) {
  if (document_ == nullptr) return;
  HPDF_Dict& label = labels_[number];
  if (label == nullptr) {
    // Of pages without a number an empty dictionary, which HPDF_AddPageLabel knows no style for.
    label = number ? HPDF_PageLabel_New(document_, HPDF_PAGE_NUM_STYLE_DECIMAL, *number, "")
                   : HPDF_Dict_New(document_->mmgr);
    HPDF_Xref_Add(document_->xref, label);
  }
  HPDF_Catalog_AddPageLabel(document_->catalog, first, label);
  let_labels_double();
}

/// libharu lets a list grow by twenty items at a time, and copies it as often.
void HaruDocument::let_labels_double() {
  auto* labels =
      static_cast<HPDF_Dict>(HPDF_Dict_GetItem(document_->catalog, "PageLabels", HPDF_OCLASS_DICT));
  if (labels == nullptr) return;
  auto* numbers = static_cast<HPDF_Array>(HPDF_Dict_GetItem(labels, "Nums", HPDF_OCLASS_ARRAY));
  if (numbers == nullptr) return;
  HPDF_List list = numbers->list;
  list->items_per_block = std::max(list->items_per_block, list->count);
}

/// ISO 32000-1:2008, 14.4; both parts are equal in a file that nobody has changed since.
void HaruDocument::add_identifier() {
  std::string identifier;
  append_number(identifier, digest_, 8);
  append_number(identifier, digest_ * 0x9E3779B97F4A7C15U ^ digest_ >> 29, 8);
  HPDF_Array parts = HPDF_Array_New(document_->mmgr);
  HPDF_Dict_Add(document_->trailer, "ID", parts);
  for (int i = 0; i < 2; ++i) {
    HPDF_Array_Add(parts,
                   HPDF_Binary_New(document_->mmgr, reinterpret_cast<HPDF_BYTE*>(identifier.data()),
                                   static_cast<HPDF_UINT>(identifier.size())));
  }
}

Error HaruDocument::failure() const {
  return Error{.code = ErrorCode::Internal,
               .id = "pdf.libharu",
               .message = "PDF 写不成：libharu 报错 " + std::to_string(errors_.code) + "（" +
                          std::to_string(errors_.detail) + "）",
               .where = {},
               .hint = "内存或磁盘是否用尽？若否，请报告此问题"};
}

Result<std::string> HaruDocument::take_bytes() {
  std::string bytes;
  if (document_ != nullptr) {
    add_identifier();
    document_->stream = HPDF_CallbackWriter_New(document_->mmgr, &append_saved, &bytes);
    const HPDF_STATUS saved = HPDF_SaveToStream(document_);
    if (saved == HPDF_OK && errors_.code == HPDF_OK && !bytes.empty()) return bytes;
  }
  return failure();
}

Status HaruDocument::save(const std::filesystem::path& path) {
  if (document_ != nullptr) add_identifier();
  if (document_ != nullptr && HPDF_SaveToFile(document_, path.c_str()) == HPDF_OK) return Unit{};
  return failure();
}

}  // namespace huice::render::pdf
