#include "render/pdf/font_subset.h"

#include <memory>
#include <optional>
#include <utility>

#include <hb-subset.h>

#include "render/pdf/cff_charset.h"

namespace huice::render::pdf {
namespace {

template <class T, void (*destroy)(T*)>
struct Destroy {
  void operator()(T* object) const { destroy(object); }
};
using Blob = std::unique_ptr<hb_blob_t, Destroy<hb_blob_t, hb_blob_destroy>>;
using Face = std::unique_ptr<hb_face_t, Destroy<hb_face_t, hb_face_destroy>>;
using Font = std::unique_ptr<hb_font_t, Destroy<hb_font_t, hb_font_destroy>>;
using Input =
    std::unique_ptr<hb_subset_input_t, Destroy<hb_subset_input_t, hb_subset_input_destroy>>;
using Plan = std::unique_ptr<hb_subset_plan_t, Destroy<hb_subset_plan_t, hb_subset_plan_destroy>>;

constexpr hb_tag_t kDropped[] = {
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
    HB_TAG('n', 'a', 'm', 'e'), HB_TAG('p', 'o', 's', 't'), HB_TAG('O', 'S', '/', '2'),
    HB_TAG('c', 'm', 'a', 'p'), HB_TAG('B', 'A', 'S', 'E'), HB_TAG('V', 'O', 'R', 'G'),
    HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'), HB_TAG('D', 'S', 'I', 'G'),
    HB_TAG('k', 'e', 'r', 'n'), HB_TAG('g', 'a', 's', 'p')};

Face open_face(const layout::FontFile& font) {
  const Blob blob(hb_blob_create(font.bytes->data(), static_cast<unsigned>(font.bytes->size()),
                                 HB_MEMORY_MODE_READONLY, nullptr, nullptr));
  return Face(hb_face_create(blob.get(), font.index));
}

std::string table_bytes(hb_face_t* face, hb_tag_t tag) {
  const Blob blob(hb_face_reference_table(face, tag));
  unsigned size = 0;
  const char* bytes = hb_blob_get_data(blob.get(), &size);
  return size == 0 ? std::string() : std::string(bytes, size);
}

/// The signed 16-bit number at `offset`; 0 beyond the end of a short table.
int short_at(const std::string& table, std::size_t offset) {
  if (offset + 2 > table.size()) return 0;
  const auto high = static_cast<unsigned char>(table[offset]);
  const auto low = static_cast<unsigned char>(table[offset + 1]);
  return static_cast<std::int16_t>((high << 8) | low);
}

int per_mille(int units, int upem) {
  const int doubled = 2000 * units;
  return (doubled + (doubled < 0 ? -upem : upem)) / (2 * upem);
}

/// Ascent and descent of the em box from OS/2 typographic metrics, the box from head.
void describe(hb_face_t* face, FontSubset& subset) {
  const auto upem = static_cast<int>(hb_face_get_upem(face));
  const std::string os2 = table_bytes(face, HB_TAG('O', 'S', '/', '2'));
  const std::string head = table_bytes(face, HB_TAG('h', 'e', 'a', 'd'));
  const std::string hhea = table_bytes(face, HB_TAG('h', 'h', 'e', 'a'));
  subset.ascent = per_mille(os2.empty() ? short_at(hhea, 4) : short_at(os2, 68), upem);
  subset.descent = per_mille(os2.empty() ? short_at(hhea, 6) : short_at(os2, 70), upem);
  const int cap_height = short_at(os2, 0) >= 2 ? per_mille(short_at(os2, 88), upem) : 0;
  subset.cap_height = cap_height > 0 ? cap_height : subset.ascent;
  for (std::size_t i = 0; i < 4; ++i) {
    subset.bounding_box[i] = per_mille(short_at(head, 36 + 2 * i), upem);
  }
}

/// Six capitals that depend on the glyph set alone, so that equal subsets have equal names.
std::string subset_tag(const UsedGlyphs& used) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const auto& [glyph, text] : used) {
    for (int shift = 0; shift < 32; shift += 8) {
      hash = (hash ^ ((glyph >> shift) & 0xFFU)) * 1099511628211U;
    }
  }
  std::string tag;
  for (int i = 0; i < 6; ++i, hash /= 26)
    tag += static_cast<char>('A' + hash % 26);
  return tag;
}

Error refused(const layout::FontFile& font, const std::string& why) {
  return {.code = ErrorCode::Internal,
          .id = "pdf.subset",
          .message = "无法取出所用的字形：" + why,
          .where = {.file = font.path},
          .hint = "换一个字体文件，见 templates/fonts.yaml"};
}

Input make_input(const UsedGlyphs& used) {
  Input input(hb_subset_input_create_or_fail());
  if (!input) return input;
  for (const auto& [glyph, text] : used)
    hb_set_add(hb_subset_input_glyph_set(input.get()), glyph);
  for (const hb_tag_t tag : kDropped) {
    hb_set_add(hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG), tag);
  }
  hb_subset_input_set_flags(input.get(),
                            HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
  return input;
}

std::string whole_file(hb_face_t* face) {
  const Blob blob(hb_face_reference_blob(face));
  unsigned size = 0;
  const char* bytes = hb_blob_get_data(blob.get(), &size);
  return {bytes, size};
}

/// Fills codes, widths and texts; false when a CFF charset has no code for a glyph.
bool assign_codes(hb_face_t* face, const hb_map_t* new_glyphs, const UsedGlyphs& used,
                  FontSubset& subset) {
  std::vector<std::uint16_t> cids;
  if (subset.is_cff) {
    auto charset = cff_cids(subset.program);
    if (!charset) return false;
    cids = std::move(*charset);
  }
  const auto upem = static_cast<int>(hb_face_get_upem(face));
  const Font font(hb_font_create(face));
  for (const auto& [glyph, text] : used) {
    const std::uint32_t renumbered = hb_map_get(new_glyphs, glyph);
    if (renumbered > 0xFFFF || (!cids.empty() && renumbered >= cids.size())) return false;
    const auto code = cids.empty() ? static_cast<std::uint16_t>(renumbered) : cids[renumbered];
    subset.codes[glyph] = code;
    subset.widths[code] = per_mille(hb_font_get_glyph_h_advance(font.get(), glyph), upem);
    if (!text.empty()) subset.texts[code] = text;
  }
  return true;
}

}  // namespace

Result<FontSubset> subset_font(const layout::FontFile& font, const UsedGlyphs& used) {
  const Face face = open_face(font);
  const Input input = make_input(used);
  if (!input) return refused(font, "内存不足");
  const Plan plan(hb_subset_plan_create_or_fail(face.get(), input.get()));
  if (!plan) return refused(font, "字体的表不完整");
  const Face part(hb_subset_plan_execute_or_fail(plan.get()));
  if (!part) return refused(font, "字体的表不完整");

  FontSubset subset;
  subset.name = subset_tag(used) + "+" + font.postscript_name;
  subset.is_cff = font.is_cff;
  subset.program =
      font.is_cff ? table_bytes(part.get(), HB_TAG('C', 'F', 'F', ' ')) : whole_file(part.get());
  describe(face.get(), subset);
  if (subset.program.empty() ||
      !assign_codes(face.get(), hb_subset_plan_old_to_new_glyph_mapping(plan.get()), used,
                    subset)) {
    return refused(font, "子集没有全部字形的编码");
  }
  return subset;
}

}  // namespace huice::render::pdf
