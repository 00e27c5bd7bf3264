#include "render/pdf/haru_document.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include <hpdf_page_label.h>

#include "base/utf8.h"
#include "render/pdf/big_endian.h"
#include "render/pdf/colour_profile.h"
#include "render/pdf/content_stream.h"
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

constexpr std::size_t kMostHeld = 256 << 10;  // bytes on their way to a file

/// libharu hands over a few bytes at a time. Its own streams would copy them byte by byte.
HPDF_STATUS save_some(HPDF_Stream stream, const HPDF_BYTE* bytes, HPDF_UINT size) noexcept {
  auto& saving = *static_cast<Saving*>(stream->attr);
  saving.held.append(reinterpret_cast<const char*>(bytes), size);
  if (saving.file == nullptr || saving.held.size() < kMostHeld || saving.pass_on()) return HPDF_OK;
  return HPDF_RaiseError(stream->error, HPDF_FILE_IO_ERROR, 0);
}

/// An obj_id tells also who owns the object.
HPDF_UINT number_of(const HPDF_Obj_Header& header) {
  return header.obj_id & 0x00FFFFFF;
}

std::string reference(HPDF_UINT number) {
  return std::to_string(number) + " 0 R";
}

/// A text as PDF writes it: UTF-16BE after a byte order mark, in hexadecimal digits.
std::string text_string(std::string_view utf8) {
  const std::string bytes = utf16be(decode_utf8(utf8));
  std::string text = "<FEFF";
  for (std::size_t i = 0; i < bytes.size(); i += 2)
    append_hex(text, read_u16(bytes, i));
  return text + '>';
}

/// libharu lets a list grow by a fixed number of items at a time, and copies it as often.
void let_double(HPDF_List list) {
  list->items_per_block = std::max(list->items_per_block, list->count);
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
  const std::size_t left = self.bytes.size() - self.read;
  const HPDF_STATUS status = left <= *size ? HPDF_STREAM_EOF : HPDF_OK;
  *size = static_cast<HPDF_UINT>(std::min<std::size_t>(*size, left));
  std::memcpy(bytes, self.bytes.data() + self.read, *size);
  self.read += *size;
  return status;
}

HPDF_STATUS rewind_stored(HPDF_Stream stream, HPDF_INT, HPDF_WhenceMode) {
  stored(stream).read = 0;
  return HPDF_OK;
}

HPDF_INT32 place_in_stored(HPDF_Stream stream) {
  return static_cast<HPDF_INT32>(stored(stream).read);
}

HPDF_UINT32 size_of_stored(HPDF_Stream stream) {
  return static_cast<HPDF_UINT32>(stored(stream).bytes.size());
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

bool Saving::pass_on() {
  if (status) status = file->append(held);
  held.clear();
  return status.has_value();
}

HaruDocument::HaruDocument(GrowingFile* file)
    : saving_{.file = file}, compressor_(page_compressor()) {
  const HaruMemory::Use use(memory_);
  document_ =
      HPDF_NewEx(&HaruErrors::record, &HaruMemory::allocate, &HaruMemory::release, 0, &errors_);
  if (document_ == nullptr) return;
  written_ = HPDF_CallbackWriter_New(document_->mmgr, &save_some, &saving_);
  if (written_ == nullptr) document_ = nullptr;
  if (document_ == nullptr) return;
  put("%PDF-1.7\n%\xB7\xBE\xAD\xAA\n");
  HPDF_SetPagesConfiguration(document_, 256);  // beyond 32767 pages one node would overflow
  fonts_ = indirect_dict();
  // Pages inherit what they do not say themselves (ISO 32000-1:2008, 7.7.3.4).
  HPDF_Dict resources = indirect_dict();
  HPDF_Dict_Add(resources, "Font", fonts_);
  HPDF_Dict_Add(document_->root_pages, "Resources", resources);
}

HPDF_Dict HaruDocument::indirect_dict() {
  HPDF_Dict dict = HPDF_Dict_New(document_->mmgr);
  HPDF_Xref_Add(document_->xref, dict);
  return dict;
}

/// An object that is written from here; for libharu it is a null.
HPDF_Null HaruDocument::place_holder() {
  HPDF_Null place = HPDF_Null_New(document_->mmgr);
  HPDF_Xref_Add(document_->xref, place);
  return place;
}

/// A stream that the document reads when it is written. Not HPDF_DictStream_New, which holds the
/// bytes itself.
HPDF_Dict HaruDocument::stream_object(StoredStream packed, HPDF_Dict_OnWriteFunc write_filter) {
  HPDF_Dict object = indirect_dict();
  if (object == nullptr) return nullptr;
  stored_.push_back(std::move(packed));
  HPDF_Number length = HPDF_Number_New(document_->mmgr, 0);
  HPDF_Xref_Add(document_->xref, length);  // libharu fills it in, and in no direct object
  HPDF_Dict_Add(object, "Length", length);
  object->stream = HPDF_CallbackReader_New(document_->mmgr, &read_stored, &rewind_stored,
                                           &place_in_stored, &size_of_stored, &stored_.back());
  object->write_fn = write_filter;
  return object;
}

HPDF_Dict HaruDocument::deflated_object(std::string_view bytes, libdeflate_compressor* compressor) {
  std::string packed = deflated(bytes, compressor);
  digest_ = fingerprint(packed, digest_);
  return stream_object({.bytes = std::move(packed)}, &write_flate_filter);
}

HPDF_Dict HaruDocument::stream_object(std::string_view bytes) {
  return deflated_object(bytes, compressor_.get());
}

/// A text string of PDF: UTF-16BE after a byte order mark.
HPDF_Binary HaruDocument::text_object(std::string_view utf8) {
  std::string bytes = "\xFE\xFF" + utf16be(decode_utf8(utf8));
  return HPDF_Binary_New(document_->mmgr, reinterpret_cast<HPDF_BYTE*>(bytes.data()),
                         static_cast<HPDF_UINT>(bytes.size()));
}

void HaruDocument::set_information(const PdfOptions& options) {
  if (document_ == nullptr) return;
  const HaruMemory::Use use(memory_);
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
  const HaruMemory::Use use(memory_);
  // Not deflated: programs that know nothing of PDF are to find the packet.
  std::string packet = xmp_packet(options);
  HPDF_Dict metadata = stream_object({.bytes = std::move(packet)}, nullptr);
  if (metadata == nullptr) return;
  HPDF_Dict_AddName(metadata, "Type", "Metadata");
  HPDF_Dict_AddName(metadata, "Subtype", "XML");
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
  const HaruMemory::Use use(memory_);
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

HaruPage HaruDocument::add_page(Length width, Length height, std::string_view content) {
  return add_deflated_page(width, height, deflated(content, compressor_.get()));
}

/// Not HPDF_AddPage: it gives each page a state for drawing and resources of its own, which nothing
/// needs here. The content is written at once.
HaruPage HaruDocument::add_deflated_page(Length width, Length height, std::string_view packed) {
  if (document_ == nullptr) return {};
  const HaruMemory::Use use(memory_);
  HPDF_Null content = place_holder();
  HPDF_Dict page = indirect_dict();
  if (document_->cur_page_num >= document_->page_per_pages) {
    document_->cur_pages = HPDF_Doc_AddPagesTo(document_, document_->root_pages);
    document_->cur_page_num = 0;
  }
  ++document_->cur_page_num;
  if (content == nullptr || page == nullptr || document_->cur_pages == nullptr) return {};
  digest_ = fingerprint(packed, digest_);
  begin_object(number_of(content->header));
  put("<<\n/Length " + std::to_string(packed.size()) + "\n/Filter /FlateDecode\n>>\nstream\n");
  put(packed);
  put("\nendstream\nendobj\n");
  HPDF_Dict_AddName(page, "Type", "Page");
  HPDF_Dict_Add(page, "Contents", content);
  HPDF_Pages_AddKids(document_->cur_pages, page);
  page->header.obj_class |= HPDF_OSUBCLASS_PAGE;  // by which pages are counted
  const HPDF_Point size = {page_side(width), page_side(height)};
  if (!page_size_ || page_size_->x != size.x || page_size_->y != size.y) {
    HPDF_Dict_Add(page_size_ ? page : document_->root_pages, "MediaBox",
                  HPDF_Box_Array_New(document_->mmgr, {0, 0, size.x, size.y}));
  }
  if (!page_size_) page_size_ = size;
  if (last_page_ != nullptr) write_object(number_of(last_page_->header));
  last_page_ = page;
  let_double(document_->xref->entries);
  return {page, height};
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
  const HaruMemory::Use use(memory_);
  prepare_pictures();
  HPDF_Dict_Add(page.object, "Resources", picture_resources_);
}

/// What an image XObject says of itself beside its colours.
void HaruDocument::describe_image(HPDF_Dict image, const Raster& picture) {
  HPDF_Dict_AddName(image, "Type", "XObject");
  HPDF_Dict_AddName(image, "Subtype", "Image");
  HPDF_Dict_AddNumber(image, "Width", picture.width);
  HPDF_Dict_AddNumber(image, "Height", picture.height);
  HPDF_Dict_AddNumber(image, "BitsPerComponent", 8);
}

/// Colours are sRGB whatever the output intent is, as ISO 19005-2, 6.2.4.2 allows; grey needs none.
void HaruDocument::add_picture(std::size_t number, const Raster& picture) {
  if (document_ == nullptr) return;
  const HaruMemory::Use use(memory_);
  prepare_pictures();
  HPDF_Dict image = nullptr;
  if (picture.is_jpeg) {
    digest_ = fingerprint(picture.samples, digest_);
    image = stream_object({.bytes = std::string(picture.samples)}, &write_jpeg_filter);
  } else {
    image = deflated_object(picture.samples, picture_compressor_.get());
  }
  if (image == nullptr) return;
  describe_image(image, picture);
  if (picture.is_grey) {
    HPDF_Dict_AddName(image, "ColorSpace", "DeviceGray");
  } else {
    HPDF_Array space = HPDF_Array_New(document_->mmgr);
    HPDF_Dict_Add(image, "ColorSpace", space);
    HPDF_Array_AddName(space, "ICCBased");
    HPDF_Array_Add(space, profile(Colour::Rgb));
  }
  if (!picture.opacity.empty()) {
    HPDF_Dict mask = deflated_object(picture.opacity, picture_compressor_.get());
    describe_image(mask, picture);
    HPDF_Dict_AddName(mask, "ColorSpace", "DeviceGray");
    HPDF_Dict_Add(image, "SMask", mask);
  }
  HPDF_Dict_Add(pictures_, ("P" + std::to_string(number)).c_str(), image);
}

/// Not HPDF_CreateOutline: with it, writing an entry counts those below it and those below them.
HaruOutline* HaruDocument::add_outline(HaruOutline* parent, std::string_view title,
                                       const HaruPage& page, Length y) {
  if (page.object == nullptr) return nullptr;
  const HaruMemory::Use use(memory_);
  const HPDF_Null place = place_holder();
  if (place == nullptr) return nullptr;
  if (outlines_.empty()) {
    HPDF_Dict_Add(document_->catalog, "Outlines", place);
    outlines_.push_back({.number = number_of(place->header), .entries = "/Type /Outlines\n"});
    return add_outline(parent, title, page, y);
  }
  if (parent == nullptr) parent = &outlines_.front();
  HaruOutline& outline = outlines_.emplace_back();
  outline.number = number_of(place->header);
  outline.parent = parent;
  outline.entries = "/Title " + text_string(title) + "\n/Parent " + reference(parent->number) +
                    "\n/Dest [" + reference(number_of(page.object->header)) + " /XYZ null " +
                    points(page.height - y) + " null]\n";  // no zoom: the reader's own is to stay
  if (parent->last == nullptr) {
    parent->entries += "/First " + reference(outline.number) + '\n';
  } else {
    outline.entries += "/Prev " + reference(parent->last->number) + '\n';
    parent->last->entries += "/Next " + reference(outline.number) + '\n';
    write_outline(*parent->last);
  }
  for (HaruOutline* each = parent; each != nullptr; each = each->parent)
    ++each->below;
  parent->last = &outline;
  return &outline;
}

/// Writes an entry below which nothing will be added. Of those below it, all of them open (ISO
/// 32000-1:2008, 12.3.3), only the last is not written yet.
void HaruDocument::write_outline(HaruOutline& outline) {
  if (outline.last != nullptr) {
    write_outline(*outline.last);
    outline.entries += "/Last " + reference(outline.last->number) + "\n/Count " +
                       std::to_string(outline.below) + '\n';
  }
  begin_object(outline.number);
  put("<<\n" + std::exchange(outline.entries, {}) + ">>\nendobj\n");
}

void HaruDocument::number_pages(unsigned first, std::optional<int> number) {
  if (document_ == nullptr) return;
  const HaruMemory::Use use(memory_);
  HPDF_Dict& label = labels_[number];
  if (label == nullptr) {
    // Of pages without a number an empty dictionary, which HPDF_AddPageLabel knows no style for.
    label = number ? HPDF_PageLabel_New(document_, HPDF_PAGE_NUM_STYLE_DECIMAL, *number, "")
                   : HPDF_Dict_New(document_->mmgr);
    HPDF_Xref_Add(document_->xref, label);
  }
  HPDF_Catalog_AddPageLabel(document_->catalog, first, label);
  auto* labels =
      static_cast<HPDF_Dict>(HPDF_Dict_GetItem(document_->catalog, "PageLabels", HPDF_OCLASS_DICT));
  if (labels == nullptr) return;
  auto* numbers = static_cast<HPDF_Array>(HPDF_Dict_GetItem(labels, "Nums", HPDF_OCLASS_ARRAY));
  if (numbers != nullptr) let_double(numbers->list);
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

void HaruDocument::put(std::string_view bytes) {
  HPDF_Stream_Write(written_, reinterpret_cast<const HPDF_BYTE*>(bytes.data()),
                    static_cast<HPDF_UINT>(bytes.size()));
}

/// Begins the object with that number here; false where it is written already.
bool HaruDocument::begin_object(HPDF_UINT number) {
  HPDF_XrefEntry entry = HPDF_Xref_GetEntry(document_->xref, number);
  if (entry->byte_offset != 0) return false;
  entry->byte_offset = written_->size;
  put(std::to_string(number) + " 0 obj\n");
  return true;
}

void HaruDocument::write_object(HPDF_UINT number) {
  if (!begin_object(number)) return;
  HPDF_Obj_WriteValue(HPDF_Xref_GetEntry(document_->xref, number)->obj, written_, nullptr);
  put("\nendobj\n");
}

/// The cross-reference table and the trailer (ISO 32000-1:2008, 7.5.4 and 7.5.5).
void HaruDocument::write_references() {
  const HPDF_List entries = document_->xref->entries;
  const HPDF_UINT begin = written_->size;
  std::string table = "xref\n0 " + std::to_string(entries->count) + "\n0000000000 65535 f\r\n";
  table.reserve(table.size() + 20 * entries->count);
  for (HPDF_UINT number = 1; number < entries->count; ++number) {
    std::array<char, 21> line{"0000000000 00000 n\r\n"};
    HPDF_UINT offset = HPDF_Xref_GetEntry(document_->xref, number)->byte_offset;
    for (auto digit = line.begin() + 9; offset != 0; offset /= 10)
      *digit-- = static_cast<char>('0' + offset % 10);
    table.append(line.data(), 20);
  }
  put(table);
  HPDF_Dict trailer = document_->xref->trailer;
  HPDF_Dict_Add(trailer, "Root", document_->catalog);
  HPDF_Dict_Add(trailer, "Info", document_->info);
  HPDF_Dict_AddNumber(trailer, "Size", static_cast<HPDF_INT32>(entries->count));
  put("trailer\n");
  HPDF_Obj_WriteValue(trailer, written_, nullptr);
  put("\nstartxref\n" + std::to_string(begin) + "\n%%EOF\n");
}

/// Writes all that is not in the file yet; false where something failed, be it now or before. Not
/// HPDF_SaveToStream, which would write pages only now.
bool HaruDocument::write_rest() {
  if (document_ == nullptr) return false;
  const HaruMemory::Use use(memory_);
  if (!outlines_.empty()) write_outline(outlines_.front());
  add_identifier();
  for (HPDF_UINT number = 1; number < document_->xref->entries->count; ++number)
    write_object(number);
  write_references();
  return errors_.code == HPDF_OK;
}

Result<std::string> HaruDocument::take_bytes() {
  if (!write_rest()) return failure();
  return std::move(saving_.held);
}

Status HaruDocument::save() {
  const bool is_whole = write_rest();
  if (is_whole) saving_.pass_on();
  if (!saving_.status) return saving_.status;
  return is_whole ? Status(Unit{}) : failure();
}

}  // namespace huice::render::pdf
