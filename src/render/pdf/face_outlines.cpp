#include "render/pdf/face_outlines.h"

#include <algorithm>
#include <utility>

#include "render/pdf/big_endian.h"
#include "render/pdf/glyf_program.h"

namespace huice::render::pdf {
namespace {

/// Some 16 MiB at 250 bytes an outline: the whole of a common face. Beyond it the store is emptied.
constexpr std::size_t kMaxKnownOutlines = 65'536;

Error refused(const layout::FontFile& file, const std::string& why) {
  return {.code = ErrorCode::InvalidInput,
          .id = "pdf.subset",
          .message = "无法取出所用的字形：" + why,
          .where = {.file = file.path},
          .hint = "重新安装该字体，或在字体配置中换用别的文件，见 templates/fonts.yaml"};
}

}  // namespace

FaceOutlines::FaceOutlines(std::shared_ptr<const layout::FontFile> file)
    : file_(std::move(file)), cff_(table("CFF ")), widths_(table("hmtx")) {
  units_per_em_ = static_cast<int>(read_u16(table("head"), 18));
  long_metrics_ = std::max(read_u16(table("hhea"), 34), 1U);
}

std::string_view FaceOutlines::table(std::string_view tag) const {
  const auto found = std::ranges::find(file_->tables, tag, &layout::FontTable::tag);
  return found == file_->tables.end() ? std::string_view() : found->bytes;
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
  return static_cast<int>(read_u16(widths_, std::size_t{4} * metric));
}

InkSpan FaceOutlines::ink(std::uint32_t glyph) const {
  const layout::GlyphBox box = file_->ink(glyph);
  return {box.left, box.right};
}

Result<std::vector<std::shared_ptr<const Outline>>> FaceOutlines::take(
    std::span<const std::uint32_t> glyphs) const {
  using Taken = Result<std::vector<std::shared_ptr<const Outline>>>;
  return known_.with([&](Known& known) -> Taken {
    if (known.size() > kMaxKnownOutlines) known.clear();
    std::vector<std::shared_ptr<const Outline>> taken;
    taken.reserve(glyphs.size());
    for (const std::uint32_t glyph : glyphs) {
      auto found = known.find(glyph);
      if (found == known.end()) {
        HUICE_TRY([[maybe_unused]] const Unit done, read(glyph, known));
        found = known.find(glyph);
      }
      taken.push_back(found->second);
    }
    return taken;
  });
}

Status FaceOutlines::read(std::uint32_t glyph, Known& known) const {
  if (glyph >= read_u16(table("maxp"), 4)) {
    return refused(*file_, "没有第 " + std::to_string(glyph) + " 号字形");
  }
  return file_->is_cff ? read_cff(glyph, known) : read_glyf(glyph, known);
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
  known[glyph] =
      std::make_shared<const Outline>(Outline{std::move(*program), read_i16(widths_, bearing)});
  return Unit{};
}

Status FaceOutlines::read_cff(std::uint32_t glyph, Known& known) const {
  auto program = cff_.program(glyph);
  if (!program) return refused(*file_, "第 " + std::to_string(glyph) + " 号字形的轮廓不能使用");
  known[glyph] = std::make_shared<const Outline>(Outline{std::move(*program), 0});
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
