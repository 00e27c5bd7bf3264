#include "render/pdf/haru_document.h"

#include <memory>

#include <libdeflate.h>

#include "base/utf8.h"
#include "render/pdf/tounicode.h"

namespace huice::render::pdf {
namespace {

constexpr int kDeflateLevel = 6;

// HPDF_Doc_Rec and HPDF_PageAttr_Rec are read directly below; they belong to this version.
static_assert(HPDF_MAJOR_VERSION == 2 && HPDF_MINOR_VERSION == 3);

std::string deflated(std::string_view bytes) {
  struct Free {
    void operator()(libdeflate_compressor* self) const { libdeflate_free_compressor(self); }
  };
  const std::unique_ptr<libdeflate_compressor, Free> compressor(
      libdeflate_alloc_compressor(kDeflateLevel));
  std::string out(libdeflate_zlib_compress_bound(compressor.get(), bytes.size()), '\0');
  out.resize(libdeflate_zlib_compress(compressor.get(), bytes.data(), bytes.size(), out.data(),
                                      out.size()));
  return out;
}

/// libharu drops a /Filter entry from a stream that it does not compress itself, so the entry of
/// an already deflated stream is written from here.
HPDF_STATUS write_flate_filter(HPDF_Dict, HPDF_Stream stream) {
  return HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\n");
}

void fill(HPDF_Dict object, HPDF_Stream stream, std::string_view bytes) {
  const std::string packed = deflated(bytes);
  HPDF_Stream_Write(stream, reinterpret_cast<const HPDF_BYTE*>(packed.data()),
                    static_cast<HPDF_UINT>(packed.size()));
  object->filter = HPDF_STREAM_FILTER_NONE;
  object->write_fn = &write_flate_filter;
}

HPDF_REAL to_real(Length length) {
  return static_cast<HPDF_REAL>(length.to_pt());
}

/// The page size to a hundredth of a point, which libharu prints without noise.
HPDF_REAL page_side(Length length) {
  return static_cast<HPDF_REAL>(static_cast<double>((length.units() + 63) / 127) / 100.0);
}

}  // namespace

void HaruErrors::record(HPDF_STATUS code, HPDF_STATUS detail, void* self) noexcept {
  auto& errors = *static_cast<HaruErrors*>(self);
  if (errors.code == HPDF_OK) errors = {code, detail};
}

HaruDocument::HaruDocument() : document_(HPDF_New(&HaruErrors::record, &errors_)) {
  if (document_ == nullptr) return;
  document_->pdf_version = HPDF_VER_17;
  HPDF_SetPagesConfiguration(document_, 256);  // beyond 32767 pages one node would overflow
  fonts_ = indirect_dict();
}

HaruDocument::~HaruDocument() {
  if (document_ != nullptr) HPDF_Free(document_);
}

HPDF_Dict HaruDocument::indirect_dict() {
  HPDF_Dict dict = HPDF_Dict_New(document_->mmgr);
  HPDF_Xref_Add(document_->xref, dict);
  return dict;
}

HPDF_Dict HaruDocument::stream_object(std::string_view bytes) {
  HPDF_Dict object = HPDF_DictStream_New(document_->mmgr, document_->xref);
  if (object != nullptr) fill(object, object->stream, bytes);
  return object;
}

/// A text string of PDF: UTF-16BE after a byte order mark.
HPDF_Binary HaruDocument::text_object(std::string_view utf8) {
  std::string bytes = "\xFE\xFF" + utf16be(decode_utf8(utf8));
  return HPDF_Binary_New(document_->mmgr, reinterpret_cast<HPDF_BYTE*>(bytes.data()),
                         static_cast<HPDF_UINT>(bytes.size()));
}

void HaruDocument::set_information(std::string_view title, std::string_view author, Date created) {
  if (document_ == nullptr) return;
  const HPDF_Date date = {created.year(),
                          static_cast<HPDF_INT>(created.month()),
                          static_cast<HPDF_INT>(created.day()),
                          0,
                          0,
                          0,
                          ' ',
                          0,
                          0};
  HPDF_SetInfoDateAttr(document_, HPDF_INFO_CREATION_DATE, date);
  HPDF_SetInfoDateAttr(document_, HPDF_INFO_MOD_DATE, date);
  HPDF_Dict_Add(document_->info, "Title", text_object(title));
  HPDF_Dict_Add(document_->info, "Author", text_object(author));
}

HPDF_Dict HaruDocument::descriptor_of(const FontSubset& font) {
  HPDF_Dict descriptor = indirect_dict();
  HPDF_Dict_AddName(descriptor, "Type", "FontDescriptor");
  HPDF_Dict_AddName(descriptor, "FontName", font.name.c_str());
  HPDF_Dict_AddNumber(descriptor, "Flags", 4);  // symbolic: codes are the font's own
  HPDF_Dict_AddNumber(descriptor, "ItalicAngle", 0);
  HPDF_Dict_AddNumber(descriptor, "Ascent", font.ascent);
  HPDF_Dict_AddNumber(descriptor, "Descent", font.descent);
  HPDF_Dict_AddNumber(descriptor, "CapHeight", font.cap_height);
  HPDF_Dict_AddNumber(descriptor, "StemV", 80);  // not known; only substitution would use it
  HPDF_Array box = HPDF_Array_New(document_->mmgr);
  HPDF_Dict_Add(descriptor, "FontBBox", box);
  for (const int side : font.bounding_box)
    HPDF_Array_AddNumber(box, side);
  HPDF_Dict program = stream_object(font.program);
  if (font.is_cff) {
    HPDF_Dict_AddName(program, "Subtype", "CIDFontType0C");
  } else {
    HPDF_Dict_AddNumber(program, "Length1", static_cast<HPDF_INT32>(font.program.size()));
  }
  HPDF_Dict_Add(descriptor, font.is_cff ? "FontFile3" : "FontFile2", program);
  return descriptor;
}

HPDF_Dict HaruDocument::descendant_of(const FontSubset& font) {
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
  HPDF_Array widths = HPDF_Array_New(document_->mmgr);
  HPDF_Dict_Add(descendant, "W", widths);
  for (const auto& [code, width] : font.widths) {
    if (width == 1000) continue;
    HPDF_Array one = HPDF_Array_New(document_->mmgr);
    HPDF_Array_AddNumber(widths, code);
    HPDF_Array_Add(widths, one);
    HPDF_Array_AddNumber(one, width);
  }
  if (!font.is_cff) HPDF_Dict_AddName(descendant, "CIDToGIDMap", "Identity");
  return descendant;
}

void HaruDocument::add_font(const FontSubset& font) {
  const std::string name = "F" + std::to_string(font_count_++);
  if (document_ == nullptr || font.codes.empty()) return;
  HPDF_Dict type0 = indirect_dict();
  HPDF_Dict_AddName(type0, "Type", "Font");
  HPDF_Dict_AddName(type0, "Subtype", "Type0");
  HPDF_Dict_AddName(type0, "BaseFont", font.name.c_str());
  HPDF_Dict_AddName(type0, "Encoding", "Identity-H");
  HPDF_Array descendants = HPDF_Array_New(document_->mmgr);
  HPDF_Dict_Add(type0, "DescendantFonts", descendants);
  HPDF_Array_Add(descendants, descendant_of(font));
  HPDF_Dict_Add(type0, "ToUnicode", stream_object(to_unicode_cmap(font.texts)));
  HPDF_Dict_Add(fonts_, name.c_str(), type0);
}

HPDF_Page HaruDocument::add_page(Length width, Length height, std::string_view content) {
  if (document_ == nullptr) return nullptr;
  HPDF_Page page = HPDF_AddPage(document_);
  if (page == nullptr) return nullptr;
  HPDF_Page_SetWidth(page, page_side(width));
  HPDF_Page_SetHeight(page, page_side(height));
  auto* resources =
      static_cast<HPDF_Dict>(HPDF_Page_GetInheritableItem(page, "Resources", HPDF_OCLASS_DICT));
  HPDF_Dict_Add(resources, "Font", fonts_);
  const auto* attributes = static_cast<HPDF_PageAttr>(page->attr);
  fill(attributes->contents, attributes->stream, content);
  return page;
}

HPDF_Outline HaruDocument::add_outline(HPDF_Outline parent, std::string_view title, HPDF_Page page,
                                       Length y) {
  if (document_ == nullptr || page == nullptr) return nullptr;
  HPDF_Outline outline = HPDF_CreateOutline(document_, parent, "-", nullptr);
  if (outline == nullptr) return nullptr;
  HPDF_Dict_Add(outline, "Title", text_object(title));
  // Not HPDF_Destination_SetXYZ: it demands a zoom, and the reader's own is to stay.
  HPDF_Array target = HPDF_Array_New(document_->mmgr);
  HPDF_Dict_Add(outline, "Dest", target);
  HPDF_Array_Add(target, page);
  HPDF_Array_AddName(target, "XYZ");
  HPDF_Array_Add(target, HPDF_Null_New(document_->mmgr));
  HPDF_Array_AddReal(target, HPDF_Page_GetHeight(page) - to_real(y));
  HPDF_Array_Add(target, HPDF_Null_New(document_->mmgr));
  return outline;
}

void HaruDocument::number_pages_from(unsigned first) {
  if (document_ == nullptr) return;
  HPDF_AddPageLabel(document_, first, HPDF_PAGE_NUM_STYLE_DECIMAL, 1, "");
}

Result<std::string> HaruDocument::take_bytes() {
  std::string bytes;
  if (document_ != nullptr && HPDF_SaveToStream(document_) == HPDF_OK) {
    bytes.resize(HPDF_GetStreamSize(document_));
    auto size = static_cast<HPDF_UINT32>(bytes.size());
    HPDF_ReadFromStream(document_, reinterpret_cast<HPDF_BYTE*>(bytes.data()), &size);
    bytes.resize(size);
  }
  if (document_ != nullptr && errors_.code == HPDF_OK && !bytes.empty()) return bytes;
  return Error{.code = ErrorCode::Internal,
               .id = "pdf.libharu",
               .message = "PDF 写不成：libharu 报错 " + std::to_string(errors_.code) + "（" +
                          std::to_string(errors_.detail) + "）",
               .where = {},
               .hint = "内存是否用尽？若否，请报告此问题"};
}

}  // namespace huice::render::pdf
