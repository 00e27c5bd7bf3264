#include "render/pdf/font_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <freetype/freetype.h>
#include <freetype/ftbbox.h>

#include "base/utf8.h"
#include "render/pdf/big_endian.h"
#include "render/pdf/content_reader.h"

namespace huice::render::pdf {
namespace {

constexpr int kMostCodes = 0x10000;

/// UTF-16 with the high byte first.
std::string utf8_of(std::string_view utf16) {
  std::string text;
  for (std::size_t i = 0; i + 1 < utf16.size(); i += 2) {
    char32_t c = read_u16(utf16, i);
    if (c >= 0xD800 && c < 0xDC00 && i + 3 < utf16.size()) {
      i += 2;
      c = 0x10000 + ((c - 0xD800) << 10) + (read_u16(utf16, i) - 0xDC00U);
    }
    append_utf8(text, c);
  }
  return text;
}

int code_of(const Operand& operand) {
  return static_cast<int>(read_u16(operand.text, 0));
}

/// `<from> <to> <first text>` or `<from> <to> [<text> …]`; a range has one high byte.
void read_range(const Operand& from, const Operand& to, const Operand& target,
                std::map<int, std::string>& text) {
  std::string value = target.text;
  const int last = std::min(code_of(to), code_of(from) | 0xFF);
  for (int code = code_of(from); code <= last; ++code) {
    if (target.kind == Operand::Kind::Array) {
      const auto at = static_cast<std::size_t>(code - code_of(from));
      if (at >= target.items.size()) return;
      value = target.items[at].text;
    }
    text[code] = utf8_of(value);
    if (!value.empty()) ++value.back();
  }
}

/// `[ 12 [ 500 600 ] 20 30 1000 ]`: widths one by one, or one for a range (9.7.4.3).
std::map<int, double> read_widths(const PdfObject& list) {
  std::map<int, double> widths;
  for (int i = 0; i + 1 < list.size();) {
    const int first = static_cast<int>(std::clamp(list.at(i).number(), 0.0, kMostCodes - 1.0));
    const PdfObject second = list.at(i + 1);
    if (second.is_array()) {
      for (int k = 0; k < std::min(second.size(), kMostCodes); ++k)
        widths[first + k] = second.at(k).number();
      i += 2;
      continue;
    }
    const int last = static_cast<int>(std::clamp(second.number(), -1.0, kMostCodes - 1.0));
    for (int code = first; code <= last; ++code)
      widths[code] = list.at(i + 2).number();
    i += 3;
  }
  return widths;
}

std::string without_tag(std::string name) {
  constexpr std::size_t kTag = 7;  // ABCDEF+
  if (name.size() > kTag && name[kTag - 1] == '+') name.erase(0, kTag);
  return name;
}

}  // namespace

struct FontProgram::Face {
  ~Face() {
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }

  std::string bytes;  ///< FreeType reads from them as long as the face is open
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  std::map<int, std::optional<OutlineBox>> known;
};

FontProgram::FontProgram() = default;
FontProgram::FontProgram(FontProgram&&) noexcept = default;
FontProgram& FontProgram::operator=(FontProgram&&) noexcept = default;
FontProgram::~FontProgram() = default;

void FontProgram::open(std::string bytes) {
  face_ = std::make_unique<Face>();
  face_->bytes = std::move(bytes);
  const auto* first = reinterpret_cast<const FT_Byte*>(face_->bytes.data());
  const bool open =
      FT_Init_FreeType(&face_->library) == 0 &&
      FT_New_Memory_Face(face_->library, first, static_cast<FT_Long>(face_->bytes.size()), 0,
                         &face_->face) == 0 &&
      face_->face->units_per_EM > 0;
  if (!open) face_.reset();
}

std::optional<OutlineBox> FontProgram::ink(int glyph) {
  if (!face_) return std::nullopt;
  const auto [place, fresh] = face_->known.try_emplace(glyph);
  if (!fresh) return place->second;
  FT_BBox box{};
  const auto failed =
      FT_Load_Glyph(face_->face, static_cast<FT_UInt>(glyph), FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP);
  if (failed != 0 || face_->face->glyph->format != FT_GLYPH_FORMAT_OUTLINE ||
      face_->face->glyph->outline.n_points == 0 ||
      FT_Outline_Get_BBox(&face_->face->glyph->outline, &box) != 0) {
    return std::nullopt;
  }
  const auto share = [&](FT_Pos units) {
    return static_cast<double>(units) * 1000 / face_->face->units_per_EM;
  };
  place->second = {share(box.xMin), share(box.xMax), share(box.yMin), share(box.yMax)};
  return place->second;
}

/// A CMap has the form of operators: `<0001> <4E00> … endbfchar`.
std::map<int, std::string> read_cmap(std::string_view cmap) {
  std::map<int, std::string> text;
  ContentReader reader(cmap);
  for (Operation operation; reader.next(operation);) {
    const auto& operands = operation.operands;
    if (operation.name == "endbfchar") {
      for (std::size_t i = 0; i + 1 < operands.size(); i += 2)
        text[code_of(operands[i])] = utf8_of(operands[i + 1].text);
    } else if (operation.name == "endbfrange") {
      for (std::size_t i = 0; i + 2 < operands.size(); i += 3)
        read_range(operands[i], operands[i + 1], operands[i + 2], text);
    }
  }
  return text;
}

ReadFont read_font(const PdfObject& font) {
  ReadFont read;
  const PdfObject descendant = font.get("/DescendantFonts").at(0);
  read.name = without_tag(font.get("/BaseFont").name());
  if (!font.get("/Encoding").is_name("/Identity-H") || !descendant.is_dictionary()) return read;
  read.is_composite = true;
  read.name = without_tag(descendant.get("/BaseFont").name());
  read.text = read_cmap(font.get("/ToUnicode").bytes());
  read.widths = read_widths(descendant.get("/W"));
  if (const double width = descendant.get("/DW").number(); width > 0) read.default_width = width;
  const PdfObject descriptor = descendant.get("/FontDescriptor");
  std::string program = descriptor.get("/FontFile3").bytes();
  if (program.empty()) program = descriptor.get("/FontFile2").bytes();
  read.program.open(std::move(program));
  return read;
}

}  // namespace huice::render::pdf
