#include "layout/font_file.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace huice::layout {
namespace {

constexpr std::size_t kDirectoryEntry = 16;
constexpr std::uint32_t kHeadMagic = 0x5F0F3CF5;

/// Big-endian numbers of a byte sequence. Callers check sizes first.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  std::size_t size() const { return bytes_.size(); }
  std::uint32_t u8(std::size_t at) const { return static_cast<unsigned char>(bytes_[at]); }
  std::uint32_t u16(std::size_t at) const { return u8(at) << 8 | u8(at + 1); }
  std::uint32_t u32(std::size_t at) const { return u16(at) << 16 | u16(at + 2); }
  std::string_view tag(std::size_t at) const { return bytes_.substr(at, 4); }
  std::string_view part(std::size_t at, std::size_t size) const { return bytes_.substr(at, size); }

 private:
  std::string_view bytes_;
};

using Tables = std::vector<FontTable>;

Error damaged(const FontSource& source, const std::string& what) {
  return {.code = ErrorCode::InvalidInput,
          .id = "font.damaged",
          .message = "字体文件已损坏：" + source.path + "，" + what,
          .where = source.where,
          .hint = "重新安装该字体，或在字体配置中换用别的文件"};
}

Error unusable(const FontSource& source, const std::string& what) {
  return {.code = ErrorCode::InvalidInput,
          .id = "font.unusable",
          .message = "不能使用字体文件 " + source.path + "：" + what,
          .where = source.where,
          .hint = "请换用 TrueType（.ttf、.ttc）或 OpenType（.otf）字体"};
}

/// Sum of the big-endian words of a table; the last word is filled with zeros.
std::uint32_t word_sum(std::string_view bytes) {
  const char* at = bytes.data();
  std::uint32_t sum = 0;
  for (std::size_t left = bytes.size() / 4; left > 0; --left, at += 4) {
    const auto* byte = reinterpret_cast<const unsigned char*>(at);
    sum += std::uint32_t{byte[0]} << 24 | std::uint32_t{byte[1]} << 16 |
           std::uint32_t{byte[2]} << 8 | byte[3];
  }
  for (std::size_t i = bytes.size() / 4 * 4; i < bytes.size(); ++i) {
    sum += std::uint32_t{static_cast<unsigned char>(bytes[i])} << (24 - 8 * (i % 4));
  }
  return sum;
}

/// Whether the sum of a table is held against it. Metrics and mappings are. Outlines and layout
/// tables are not, since reading them costs more than a document; `head` and `name` are not, since
/// tools that rename a font (AR PL KaitiM GB is one) leave the old sums.
bool is_summed(std::string_view tag) {
  constexpr std::string_view kSummed[] = {"cmap", "hmtx", "hhea", "maxp", "loca"};
  return std::ranges::find(kSummed, tag) != std::end(kSummed);
}

/// Where the table directory of the face begins.
Result<std::size_t> directory_offset(const FontSource& source, Bytes file) {
  if (file.size() < 12) return damaged(source, "文件只有 " + std::to_string(file.size()) + " 字节");
  if (file.tag(0) != "ttcf") {
    if (source.index != 0) return unusable(source, "它只含一个字体，没有序号 index 所指的字体");
    return std::size_t{0};
  }
  const std::uint32_t faces = file.u32(8);
  if (file.size() < 12 + std::size_t{4} * faces) return damaged(source, "字体集目录不完整");
  if (source.index >= faces) {
    return unusable(source, "字体集只有 " + std::to_string(faces) + " 个字体，没有第 " +
                                std::to_string(source.index) + " 号（从 0 起）");
  }
  const std::size_t offset = file.u32(12 + std::size_t{4} * source.index);
  if (offset + 12 > file.size()) return damaged(source, "字体集目录指向文件之外");
  return offset;
}

Result<Tables> read_tables(const FontSource& source, Bytes file) {
  HUICE_TRY(const std::size_t start, directory_offset(source, file));
  const std::string_view kind = file.tag(start);
  if (kind != std::string_view("\0\1\0\0", 4) && kind != "OTTO" && kind != "true") {
    return unusable(source, "不是 TrueType 或 OpenType 字体");
  }
  const std::uint32_t count = file.u16(start + 4);
  if (count == 0 || count > kMaxFontTables || start + 12 + count * kDirectoryEntry > file.size()) {
    return damaged(source, "字体表目录不完整");
  }
  Tables tables;
  for (std::size_t at = start + 12; tables.size() < count; at += kDirectoryEntry) {
    const std::size_t offset = file.u32(at + 8);
    const std::size_t size = file.u32(at + 12);
    const std::string name(file.tag(at));
    if (offset + size > file.size()) return damaged(source, "表 " + name + " 超出文件末尾");
    tables.push_back({file.tag(at), file.part(offset, size)});
    if (is_summed(name) && word_sum(tables.back().bytes) != file.u32(at + 4)) {
      return damaged(source, "表 " + name + " 的校验和不符");
    }
  }
  return tables;
}

std::optional<Bytes> find(const Tables& tables, std::string_view tag, std::size_t least) {
  const auto found =
      std::ranges::find_if(tables, [&](const FontTable& table) { return table.tag == tag; });
  if (found == tables.end() || found->bytes.size() < least) return std::nullopt;
  return Bytes(found->bytes);
}

/// The offsets of `loca` rise and stay within `glyf`.
bool outlines_in_place(Bytes loca, std::size_t glyf_size, std::size_t glyphs, bool wide) {
  if (loca.size() < (glyphs + 1) * (wide ? 4 : 2)) return false;
  std::size_t last = 0;
  for (std::size_t i = 0; i <= glyphs; ++i) {
    const std::size_t offset = wide ? loca.u32(4 * i) : std::size_t{2} * loca.u16(2 * i);
    if (offset < last || offset > glyf_size) return false;
    last = offset;
  }
  return true;
}

/// What is wrong between the tables of the face; empty when nothing is.
std::string contradiction(const Tables& tables) {
  const auto head = find(tables, "head", 54);
  const auto hhea = find(tables, "hhea", 36);
  const auto maxp = find(tables, "maxp", 6);
  const auto hmtx = find(tables, "hmtx", 4);
  if (!head || !hhea || !maxp || !hmtx || !find(tables, "cmap", 4)) {
    return "缺少 head、hhea、maxp、hmtx、cmap 之一，或其长度不足";
  }
  if (head->u32(12) != kHeadMagic || head->u16(18) < 16 || head->u16(18) > 16384) {
    return "head 表的内容不合规定";
  }
  const std::size_t glyphs = maxp->u16(4);
  const std::size_t metrics = hhea->u16(34);
  if (glyphs == 0 || metrics == 0 || metrics > glyphs ||
      hmtx->size() < 4 * metrics + 2 * (glyphs - metrics)) {
    return "hhea、hmtx、maxp 三表的字形数不一致";
  }
  if (find(tables, "CFF ", 4)) return {};
  const auto loca = find(tables, "loca", 4);
  const auto glyf = find(tables, "glyf", 0);
  if (!loca || !glyf) return "没有可用的轮廓表（glyf 或 CFF）";
  return outlines_in_place(*loca, glyf->size(), glyphs, head->u16(50) != 0)
             ? std::string()
             : "loca 表指向 glyf 表之外";
}

}  // namespace

Result<FontFile> check_font(const FontSource& source, std::string_view bytes,
                            std::shared_ptr<const void> owner) {
  HUICE_TRY(Tables tables, read_tables(source, Bytes(bytes)));
  const std::string wrong = contradiction(tables);
  if (!wrong.empty()) return damaged(source, wrong);
  const bool is_cff = find(tables, "CFF ", 4).has_value();
  return FontFile{.path = source.path,
                  .index = source.index,
                  .postscript_name = {},
                  .bytes = bytes,
                  .owner = std::move(owner),
                  .is_cff = is_cff,
                  .tables = std::move(tables),
                  .ink = {}};
}

}  // namespace huice::layout
