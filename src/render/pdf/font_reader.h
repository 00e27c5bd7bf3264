// A composite font of a PDF as one who reads its pages needs it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "render/pdf/qpdf_document.h"

namespace huice::render::pdf {

/// The smallest box round the outline of a glyph, in thousandths of an em; y counts upwards.
struct OutlineBox {
  double left = 0;
  double right = 0;
  double bottom = 0;
  double top = 0;
};

/// A font program embedded in a PDF, opened by FreeType.
class FontProgram {
 public:
  FontProgram();
  FontProgram(FontProgram&&) noexcept;
  FontProgram& operator=(FontProgram&&) noexcept;
  ~FontProgram();

  /// Opens `bytes`; without success, no glyph has ink.
  void open(std::string bytes);
  /// nullopt of a glyph without outline.
  std::optional<OutlineBox> ink(int glyph);

 private:
  struct Face;
  std::unique_ptr<Face> face_;
};

/// Type 0 with two-byte codes that are CIDs, and CIDs that are glyph ids: as this program and most
/// others embed Chinese fonts. Of other fonts only the name is known.
struct ReadFont {
  std::string name;                 ///< PostScript name without the tag of the subset
  bool is_composite = false;        ///< whether the rest is known
  std::map<int, std::string> text;  ///< UTF-8 by code
  std::map<int, double> widths;     ///< thousandths of an em by code
  double default_width = 1000;
  FontProgram program;

  double width(int code) const {
    const auto found = widths.find(code);
    return found == widths.end() ? default_width : found->second;
  }
};

ReadFont read_font(const PdfObject& font);

/// The texts of a ToUnicode CMap by code (ISO 32000-1, 9.10.3).
std::map<int, std::string> read_cmap(std::string_view cmap);

}  // namespace huice::render::pdf
