#include "render/pdf/embedded_font.h"

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "render/pdf/big_endian.h"
#include "render/pdf/cff_program.h"
#include "render/pdf/fingerprint.h"
#include "render/pdf/glyf_program.h"
#include "render/pdf/type2_program.h"

namespace huice::render::pdf {
namespace {

constexpr std::size_t kMaxCodes = 0x10000;

/// Six capitals that depend on the font program alone, so that equal subsets have equal names.
std::string subset_tag(std::string_view program) {
  std::uint64_t hash = fingerprint(program);
  std::string tag;
  for (int i = 0; i < 6; ++i, hash /= 26)
    tag += static_cast<char>('A' + hash % 26);
  return tag;
}

Error refused(const layout::FontFile& file, const std::string& why) {
  return {.code = ErrorCode::InvalidInput,
          .id = "pdf.subset",
          .message = "无法取出所用的字形：" + why,
          .where = {.file = file.path},
          .hint = "重新安装该字体，或在字体配置中换用别的文件，见 templates/fonts.yaml"};
}

using Outlines = std::vector<std::shared_ptr<const Outline>>;

std::vector<std::uint32_t> glyphs_of(const GlyphCodes& codes) {
  std::vector<std::uint32_t> glyphs;
  glyphs.reserve(codes.uses().size());
  for (const GlyphUse& use : codes.uses())
    glyphs.push_back(use.glyph);
  return glyphs;
}

std::string cff_of(const FaceOutlines& face, const GlyphCodes& codes, const Outlines& outlines) {
  std::vector<CffGlyph> glyphs;
  glyphs.reserve(outlines.size());
  std::deque<std::string> moved;  // a deque: what views point at stays in its place
  for (std::size_t code = 0; code < outlines.size(); ++code) {
    const GlyphUse& use = codes.uses()[code];
    std::string_view program = outlines[code]->program;
    if (use.cut_left != 0) program = moved.emplace_back(moved_right(program, -use.cut_left));
    glyphs.push_back({program, use.advance});
  }
  CffFace whole{.name = face.file().postscript_name, .units_per_em = face.units_per_em()};
  for (std::size_t i = 0; i < 4; ++i)
    whole.bounding_box[i] = read_i16(face.table("head"), 36 + 2 * i);
  return cff_program(whole, glyphs);
}

/// Builds the glyphs of a TrueType subset: those with codes first, then what composites draw on.
class GlyfBuilder {
 public:
  GlyfBuilder(const FaceOutlines& face, EmbeddedFont& font) : face_(face), font_(font) {}

  Status build(const GlyphCodes& codes, const Outlines& outlines) {
    for (std::size_t code = 0; code < outlines.size(); ++code) {
      const GlyphUse& use = codes.uses()[code];
      glyphs_.push_back({outlines[code]->program, use.advance, outlines[code]->left_bearing});
      if (use.cut_left == 0) places_.emplace(use.glyph, code);
    }
    for (std::size_t code = 0; code < outlines.size(); ++code) {
      const GlyphUse& use = codes.uses()[code];
      if (use.cut_left == 0) continue;
      HUICE_TRY(const std::size_t base, place_of(use.glyph));
      GlyfGlyph& moved = glyphs_[code];
      moved.description =
          moved_glyph(outlines[code]->program, static_cast<std::uint32_t>(base), -use.cut_left);
      moved.left_bearing -= use.cut_left;
      moved_.insert(code);
    }
    for (std::size_t i = 0; i < glyphs_.size(); ++i) {
      if (moved_.contains(i)) continue;
      HUICE_TRY([[maybe_unused]] const Unit done, renumber_components(i));
    }
    return Unit{};
  }

  const std::vector<GlyfGlyph>& glyphs() const { return glyphs_; }

 private:
  /// Where `glyph` stands in the subset; appended when it is not there yet.
  Result<std::size_t> place_of(std::uint32_t glyph) {
    if (const auto known = places_.find(glyph); known != places_.end()) return known->second;
    if (glyphs_.size() >= kMaxCodes) return refused(face_.file(), "字形过多");
    const std::uint32_t wanted[] = {glyph};
    HUICE_TRY(const Outlines outlines, face_.take(wanted));
    const int advance = face_.advance(glyph);
    glyphs_.push_back({outlines.front()->program, advance, outlines.front()->left_bearing});
    font_.widths.push_back(per_mille(advance, face_.units_per_em()));
    font_.texts.emplace_back();
    return places_[glyph] = glyphs_.size() - 1;
  }

  Status renumber_components(std::size_t index) {
    for (const std::size_t at : component_offsets(glyphs_[index].description)) {
      HUICE_TRY(const std::size_t place, place_of(read_u16(glyphs_[index].description, at)));
      put_u16(glyphs_[index].description, at, static_cast<std::uint32_t>(place));
    }
    return Unit{};
  }

  const FaceOutlines& face_;
  EmbeddedFont& font_;
  std::vector<GlyfGlyph> glyphs_;
  std::map<std::uint32_t, std::size_t> places_;
  std::set<std::size_t> moved_;
};

}  // namespace

Result<EmbeddedFont> embed_font(const FaceOutlines& face, const GlyphCodes& codes) {
  if (codes.overflowed()) return refused(face.file(), "所用字形超过 65535 个");
  HUICE_TRY(const Outlines outlines, face.take(glyphs_of(codes)));
  EmbeddedFont font;
  font.is_cff = face.file().is_cff;
  font.metrics = face.metrics();
  for (std::size_t code = 0; code < codes.uses().size(); ++code) {
    font.widths.push_back(codes.width(static_cast<std::uint16_t>(code)));
    font.texts.push_back(codes.uses()[code].text);
  }
  if (font.is_cff) {
    font.program = cff_of(face, codes, outlines);
  } else {
    GlyfBuilder builder(face, font);
    HUICE_TRY([[maybe_unused]] const Unit built, builder.build(codes, outlines));
    auto program = glyf_program({face.table("head"), face.table("hhea"), face.table("maxp")},
                                builder.glyphs());
    if (!program) return refused(face.file(), "head、hhea、maxp 表不完整");
    font.program = std::move(*program);
  }
  font.name = subset_tag(font.program) + "+" + face.file().postscript_name;
  return font;
}

}  // namespace huice::render::pdf
