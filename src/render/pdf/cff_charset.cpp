#include "render/pdf/cff_charset.h"

namespace huice::render::pdf {
namespace {

constexpr int kOperatorCharset = 15;
constexpr int kOperatorCharStrings = 17;
constexpr int kOperatorRos = 0x0C1E;  // 12 30

/// Big-endian numbers from a table; `failed` once anything lay outside it.
class Reader {
 public:
  explicit Reader(std::string_view bytes, std::size_t at = 0) : bytes_(bytes), at_(at) {}

  std::uint32_t number(int size) {
    std::uint32_t value = 0;
    for (; size > 0; --size)
      value = (value << 8) | byte();
    return value;
  }
  std::uint32_t byte() {
    if (at_ >= bytes_.size()) {
      failed_ = true;
      return 0;
    }
    return static_cast<unsigned char>(bytes_[at_++]);
  }
  void seek(std::size_t at) { at_ = at; }
  std::size_t at() const { return at_; }
  bool failed() const { return failed_; }

 private:
  std::string_view bytes_;
  std::size_t at_;
  bool failed_ = false;
};

struct Index {
  std::uint32_t count = 0;
  std::size_t first_begin = 0;
  std::size_t first_end = 0;
  std::size_t end = 0;
};

/// An INDEX structure (clause 5): its count, its first object and where it ends.
Index read_index(Reader& reader) {
  Index index;
  index.count = reader.number(2);
  if (index.count == 0) {
    index.end = reader.at();
    return index;
  }
  const auto offset_size = static_cast<int>(reader.byte());
  const std::size_t offsets = reader.at();
  const std::size_t base = offsets + (index.count + 1) * static_cast<std::size_t>(offset_size) - 1;
  index.first_begin = base + reader.number(offset_size);
  index.first_end = base + reader.number(offset_size);
  reader.seek(offsets + index.count * static_cast<std::size_t>(offset_size));
  index.end = base + reader.number(offset_size);
  reader.seek(index.end);
  return index;
}

struct TopDict {
  std::size_t charset = 0;
  std::size_t char_strings = 0;
  bool is_cid_keyed = false;
};

/// Skips a real number (30 …): nibbles until one is f.
void skip_real(Reader& reader) {
  for (std::uint32_t byte = 0; (byte & 0x0F) != 0x0F && !reader.failed();)
    byte = reader.byte();
}

/// Clause 4: operands precede their operator; only the last operand matters here.
TopDict read_top_dict(Reader& reader, std::size_t end) {
  TopDict dict;
  std::int64_t operand = 0;
  while (reader.at() < end && !reader.failed()) {
    const std::uint32_t b0 = reader.byte();
    if (b0 <= 21) {
      const int op = static_cast<int>(b0 == 12 ? 0x0C00 | reader.byte() : b0);
      if (op == kOperatorCharset) dict.charset = static_cast<std::size_t>(operand);
      if (op == kOperatorCharStrings) dict.char_strings = static_cast<std::size_t>(operand);
      dict.is_cid_keyed = dict.is_cid_keyed || op == kOperatorRos;
    } else if (b0 == 28) {
      operand = reader.number(2);
    } else if (b0 == 29) {
      operand = reader.number(4);
    } else if (b0 == 30) {
      skip_real(reader);
    } else if (b0 <= 246) {
      operand = static_cast<std::int64_t>(b0) - 139;
    } else if (b0 <= 250) {
      operand = (static_cast<std::int64_t>(b0) - 247) * 256 + reader.byte() + 108;
    } else {
      operand = -(static_cast<std::int64_t>(b0) - 251) * 256 - reader.byte() - 108;
    }
  }
  return dict;
}

}  // namespace

std::optional<std::vector<std::uint16_t>> cff_cids(std::string_view cff) {
  Reader reader(cff);
  reader.seek(2);
  reader.seek(reader.byte());  // the header says how long it is
  read_index(reader);          // names
  const Index top_dicts = read_index(reader);
  reader.seek(top_dicts.first_begin);
  const TopDict dict = read_top_dict(reader, top_dicts.first_end);
  if (reader.failed() || dict.char_strings == 0) return std::nullopt;
  if (!dict.is_cid_keyed) return std::vector<std::uint16_t>();

  reader.seek(dict.char_strings);
  const std::uint32_t glyphs = reader.number(2);
  std::vector<std::uint16_t> cids = {0};  // .notdef is not in the charset
  if (dict.charset <= 2) {                // the predefined charsets: identity for CID fonts
    for (std::uint32_t cid = 1; cid < glyphs; ++cid)
      cids.push_back(static_cast<std::uint16_t>(cid));
    return cids;
  }
  reader.seek(dict.charset);
  const std::uint32_t format = reader.byte();
  while (cids.size() < glyphs && !reader.failed()) {
    const std::uint32_t first = reader.number(2);
    const std::uint32_t left = format == 0 ? 0 : reader.number(format == 1 ? 1 : 2);
    for (std::uint32_t i = 0; i <= left && cids.size() < glyphs; ++i) {
      cids.push_back(static_cast<std::uint16_t>(first + i));
    }
  }
  if (reader.failed() || format > 2) return std::nullopt;
  return cids;
}

}  // namespace huice::render::pdf
