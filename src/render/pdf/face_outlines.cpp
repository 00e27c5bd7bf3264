#include "render/pdf/face_outlines.h"

#include <algorithm>
#include <array>
#include <utility>

#include <hb-subset.h>

#include "render/pdf/big_endian.h"
#include "render/pdf/cff_reader.h"
#include "render/pdf/glyf_program.h"

namespace huice::render::pdf {
namespace {

/// Some 16 MiB at 250 bytes an outline: the whole of a common face. Beyond it the store is emptied.
constexpr std::size_t kMaxKnownOutlines = 65'536;

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

Face open_face(const layout::FontFile& file) {
  const Blob blob(hb_blob_create(file.bytes.data(), static_cast<unsigned>(file.bytes.size()),
                                 HB_MEMORY_MODE_READONLY, nullptr, nullptr));
  return Face(hb_face_create(blob.get(), file.index));
}

hb_tag_t tag_of(std::string_view tag) {
  return hb_tag_from_string(tag.data(), static_cast<int>(tag.size()));
}

/// The tables a subset of outlines is made from. Without `cmap` HarfBuzz need not go through every
/// character of the face, which takes longer than the rest.
hb_blob_t* outline_table(hb_face_t*, hb_tag_t tag, void* face) {
  constexpr hb_tag_t kNeeded[] = {HB_TAG('C', 'F', 'F', ' '), HB_TAG('h', 'e', 'a', 'd'),
                                  HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'),
                                  HB_TAG('m', 'a', 'x', 'p')};
  const bool needed = std::ranges::find(kNeeded, tag) != std::end(kNeeded);
  return needed ? hb_face_reference_table(static_cast<hb_face_t*>(face), tag) : nullptr;
}

Error refused(const layout::FontFile& file, const std::string& why) {
  return {.code = ErrorCode::InvalidInput,
          .id = "pdf.subset",
          .message = "无法取出所用的字形：" + why,
          .where = {.file = file.path},
          .hint = "重新安装该字体，或在字体配置中换用别的文件，见 templates/fonts.yaml"};
}

Input make_input(const std::vector<std::uint32_t>& glyphs) {
  Input input(hb_subset_input_create_or_fail());
  if (!input) return input;
  for (const std::uint32_t glyph : glyphs)
    hb_set_add(hb_subset_input_glyph_set(input.get()), glyph);
  hb_subset_input_set_flags(input.get(),
                            HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
  return input;
}

}  // namespace

struct FaceOutlines::Tables {
  struct Named {
    std::string_view tag;
    Blob blob;
    std::string_view bytes;
  };
  Face face;
  Font font;
  std::array<Named, 8> named;
};

FaceOutlines::FaceOutlines(std::shared_ptr<const layout::FontFile> file) : file_(std::move(file)) {
  Tables tables{.face = open_face(*file_), .font = {}, .named = {}};
  tables.font = Font(hb_font_create(tables.face.get()));
  constexpr std::array<std::string_view, 8> kTags = {"head", "hhea", "hmtx", "maxp",
                                                     "loca", "glyf", "CFF ", "OS/2"};
  for (std::size_t i = 0; i < kTags.size(); ++i) {
    Blob blob(hb_face_reference_table(tables.face.get(), tag_of(kTags[i])));
    unsigned size = 0;
    const char* bytes = hb_blob_get_data(blob.get(), &size);
    tables.named[i] = {kTags[i], std::move(blob), std::string_view(bytes, size)};
  }
  hb_font_make_immutable(tables.font.get());
  tables_ = std::make_unique<const Tables>(std::move(tables));
  units_per_em_ = static_cast<int>(hb_face_get_upem(tables_->face.get()));
  long_metrics_ = std::max(read_u16(table("hhea"), 34), 1U);
}

FaceOutlines::~FaceOutlines() = default;

std::string_view FaceOutlines::table(std::string_view tag) const {
  const auto found = std::ranges::find(tables_->named, tag, &Tables::Named::tag);
  return found == tables_->named.end() ? std::string_view() : found->bytes;
}

/// Ascent and descent of the em box from OS/2 typographic metrics, the box from head.
FaceMetrics FaceOutlines::metrics() const {
  const std::string_view os2 = table("OS/2");
  const std::string_view hhea = table("hhea");
  const auto scaled = [&](int units) { return per_mille(units, units_per_em_); };
  FaceMetrics metrics;
  metrics.ascent = scaled(os2.empty() ? read_i16(hhea, 4) : read_i16(os2, 68));
  metrics.descent = scaled(os2.empty() ? read_i16(hhea, 6) : read_i16(os2, 70));
  const int cap_height = read_i16(os2, 0) >= 2 ? scaled(read_i16(os2, 88)) : 0;
  metrics.cap_height = cap_height > 0 ? cap_height : metrics.ascent;
  for (std::size_t i = 0; i < 4; ++i)
    metrics.bounding_box[i] = scaled(read_i16(table("head"), 36 + 2 * i));
  return metrics;
}

int FaceOutlines::advance(std::uint32_t glyph) const {
  const std::uint32_t metric = std::min(glyph, long_metrics_ - 1);
  return static_cast<int>(read_u16(table("hmtx"), std::size_t{4} * metric));
}

InkSpan FaceOutlines::ink(std::uint32_t glyph) const {
  hb_glyph_extents_t box{};
  hb_font_get_glyph_extents(tables_->font.get(), glyph, &box);
  return {box.x_bearing, box.x_bearing + box.width};
}

Result<std::vector<std::shared_ptr<const Outline>>> FaceOutlines::take(
    std::span<const std::uint32_t> glyphs) const {
  using Taken = Result<std::vector<std::shared_ptr<const Outline>>>;
  return known_.with([&](Known& known) -> Taken {
    if (known.size() > kMaxKnownOutlines) known.clear();
    std::vector<std::uint32_t> missing;
    for (const std::uint32_t glyph : glyphs)
      if (!known.contains(glyph)) missing.push_back(glyph);
    if (!missing.empty()) {
      HUICE_TRY([[maybe_unused]] const Unit read_all, read(missing, known));
    }
    std::vector<std::shared_ptr<const Outline>> taken;
    taken.reserve(glyphs.size());
    for (const std::uint32_t glyph : glyphs)
      taken.push_back(known.at(glyph));
    return taken;
  });
}

Status FaceOutlines::read(const std::vector<std::uint32_t>& glyphs, Known& known) const {
  const std::uint32_t count = read_u16(table("maxp"), 4);
  for (const std::uint32_t glyph : glyphs) {
    if (glyph >= count) return refused(*file_, "没有第 " + std::to_string(glyph) + " 号字形");
  }
  if (file_->is_cff) return read_cff(glyphs, known);
  for (const std::uint32_t glyph : glyphs) {
    HUICE_TRY([[maybe_unused]] const Unit done, read_glyf(glyph, known));
  }
  return Unit{};
}

Status FaceOutlines::read_glyf(std::uint32_t glyph, Known& known) const {
  const std::string_view loca = table("loca");
  const bool wide = read_u16(table("head"), 50) != 0;
  const std::size_t entry = wide ? 4 : 2;
  const std::size_t unit = wide ? 1 : 2;
  const std::size_t begin = unit * read_number(loca, entry * glyph, entry);
  const std::size_t end = unit * read_number(loca, entry * (std::size_t{glyph} + 1), entry);
  const std::string_view glyf = table("glyf");
  if (begin > end || end > glyf.size()) return refused(*file_, "loca 表指向 glyf 表之外");
  auto program = without_instructions(glyf.substr(begin, end - begin));
  if (!program) return refused(*file_, "第 " + std::to_string(glyph) + " 号字形的轮廓已损坏");
  const std::size_t bearing =
      glyph < long_metrics_ ? std::size_t{4} * glyph + 2 : std::size_t{2} * (glyph + long_metrics_);
  known[glyph] = std::make_shared<const Outline>(
      Outline{std::move(*program), read_i16(table("hmtx"), bearing)});
  return Unit{};
}

Status FaceOutlines::read_cff(const std::vector<std::uint32_t>& glyphs, Known& known) const {
  const Face face(hb_face_create_for_tables(outline_table, tables_->face.get(), nullptr));
  const Input input = make_input(glyphs);
  if (!input) return refused(*file_, "内存不足");
  const Plan plan(hb_subset_plan_create_or_fail(face.get(), input.get()));
  const Face part(plan ? hb_subset_plan_execute_or_fail(plan.get()) : nullptr);
  if (!part) return refused(*file_, "CFF 表已损坏");
  const Blob blob(hb_face_reference_table(part.get(), HB_TAG('C', 'F', 'F', ' ')));
  unsigned size = 0;
  const char* bytes = hb_blob_get_data(blob.get(), &size);
  const auto programs = cff_char_strings(std::string_view(bytes, size));
  if (!programs) return refused(*file_, "CFF 表已损坏");
  const hb_map_t* renumbered = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
  for (const std::uint32_t glyph : glyphs) {
    const std::size_t place = hb_map_get(renumbered, glyph);
    const auto program =
        place < programs->size() ? without_width((*programs)[place]) : std::nullopt;
    if (!program) return refused(*file_, "第 " + std::to_string(glyph) + " 号字形的轮廓不能使用");
    known[glyph] = std::make_shared<const Outline>(Outline{std::string(*program), 0});
  }
  return Unit{};
}

std::shared_ptr<const FaceOutlines> OutlineStore::of(
    const std::shared_ptr<const layout::FontFile>& file) {
  return faces_.with([&](auto& faces) {
    auto& face = faces[file.get()];
    if (!face) face = std::make_shared<const FaceOutlines>(file);
    return face;
  });
}

}  // namespace huice::render::pdf
