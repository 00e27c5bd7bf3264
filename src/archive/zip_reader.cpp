// The central directory at the end of the file is the only truth about members; a member's local
// header must agree with it. Layout (little endian), as far as it is used:
//
//   local header   0 'PK\3\4'  6 flags  8 method  26 name length  28 extra length  30 name, extra
//   directory      0 'PK\1\2'  8 flags  10 method  16 crc  20 packed  24 size  28 name length
//                  30 extra length  32 comment length  42 local header offset  46 name, extra, …
//   end            0 'PK\5\6'  4 disk  8 entries here  10 entries  12 size  16 offset  20 comment
//   zip64 locator  0 'PK\6\7'  8 offset of the zip64 end     (20 bytes, just before the end)
//   zip64 end      0 'PK\6\6'  32 entries  40 size  48 offset
//
// Poco::Zip walks the local headers from the front instead, believes their sizes and keeps the last
// of two equal names: none of it fit for files from strangers.
#include "archive/zip_reader.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <libdeflate.h>
#include <zlib.h>

#include "base/files.h"
#include "base/utf8.h"

namespace huice::archive {
namespace {

constexpr std::size_t kLocalHeaderBytes = 30;
constexpr std::size_t kDirectoryEntryBytes = 46;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kLocatorBytes = 20;
constexpr std::size_t kZip64EndBytes = 56;
constexpr std::uint32_t kInZip64 = 0xFFFFFFFF;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint16_t kEncryptedFlags = 0x0001 | 0x0040 | 0x2000;

/// Little-endian fields of bytes that may be anything; reading past the end gives nullopt.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : bytes_(bytes) {}

  bool has(std::uint64_t at, std::uint64_t size) const {
    return at <= bytes_.size() && size <= bytes_.size() - at;
  }
  /// Requires has(at, size).
  std::uint64_t number(std::uint64_t at, std::size_t size) const {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) {
      value = value << 8 | static_cast<unsigned char>(bytes_[at + i]);
    }
    return value;
  }
  std::uint16_t u16(std::uint64_t at) const { return static_cast<std::uint16_t>(number(at, 2)); }
  std::uint32_t u32(std::uint64_t at) const { return static_cast<std::uint32_t>(number(at, 4)); }
  std::uint64_t u64(std::uint64_t at) const { return number(at, 8); }
  std::string_view text(std::uint64_t at, std::uint64_t size) const {
    return bytes_.substr(at, size);
  }
  bool signed_as(std::uint64_t at, std::string_view signature, std::size_t size) const {
    return has(at, size) && text(at, signature.size()) == signature;
  }

 private:
  std::string_view bytes_;
};

Error zip_error(ErrorCode code, std::string id, std::string message, SourceSpan where,
                std::string hint = {}) {
  return Error{.code = code,
               .id = std::move(id),
               .message = std::move(message),
               .where = std::move(where),
               .hint = std::move(hint)};
}

Error corrupt(SourceSpan where, std::string what) {
  return zip_error(ErrorCode::InvalidInput, "zip.corrupt", "压缩包已损坏：" + what,
                   std::move(where), "请用原软件重新打开并另存一份，或向提供者重新索取");
}

Error too_large(SourceSpan where, std::string what) {
  return zip_error(ErrorCode::TooLarge, "zip.bomb", what + "，疑似恶意压缩包，未予解压",
                   std::move(where), "请核实文件来源；确需处理的大表请拆分后再提交");
}

std::string lower_ascii(std::string_view name) {
  std::string folded(name);
  std::ranges::transform(folded, folded.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return folded;
}

/// Whether unpacking a member of this name below a folder would stay in that folder.
bool is_safe_name(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != name.npos ||
      name.find('\0') != name.npos || name.find(':') != name.npos || first_bad_utf8(name)) {
    return false;
  }
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    if (name.substr(at, end - at) == "..") return false;
    at = end + 1;
  }
  return true;
}

struct End {
  std::uint64_t entries = 0;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
};

/// Where the end record stands: the last place whose comment fills the rest of the file.
std::optional<std::uint64_t> find_end(std::string_view bytes) {
  constexpr std::size_t kMaxComment = 0xFFFF;
  if (bytes.size() < kEndBytes) return std::nullopt;
  const std::size_t last = bytes.size() - kEndBytes;
  const std::size_t first = last > kMaxComment ? last - kMaxComment : 0;
  for (std::size_t at = last + 1; at-- > first;) {
    if (bytes.substr(at, 4) != std::string_view("PK\5\6")) continue;
    if (Fields(bytes).u16(at + 20) == bytes.size() - at - kEndBytes) return at;
  }
  return std::nullopt;
}

std::optional<End> read_end(std::string_view bytes) {
  const auto at = find_end(bytes);
  if (!at) return std::nullopt;
  const Fields fields(bytes);
  const End end{fields.u16(*at + 10), fields.u32(*at + 12), fields.u32(*at + 16)};
  if (end.entries != 0xFFFF && end.size != kInZip64 && end.offset != kInZip64) return end;
  if (*at < kLocatorBytes || !fields.signed_as(*at - kLocatorBytes, "PK\6\7", kLocatorBytes)) {
    return end;
  }
  const std::uint64_t zip64 = fields.u64(*at - kLocatorBytes + 8);
  if (!fields.signed_as(zip64, "PK\6\6", kZip64EndBytes)) return std::nullopt;
  return End{fields.u64(zip64 + 32), fields.u64(zip64 + 40), fields.u64(zip64 + 48)};
}

using Inflater = std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)>;

/// `packed` unpacked to exactly `size` bytes; nullopt when it is anything else.
std::optional<std::string> inflate(std::string_view packed, std::uint64_t size) {
  const Inflater inflater(libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (!inflater) return std::nullopt;
  std::string out(size, '\0');
  std::size_t used = 0;
  std::size_t made = 0;
  const libdeflate_result result = libdeflate_deflate_decompress_ex(
      inflater.get(), packed.data(), packed.size(), out.data(), out.size(), &used, &made);
  if (result != LIBDEFLATE_SUCCESS || made != size) return std::nullopt;
  return out;
}

}  // namespace

/// Reads and checks the directory of one container.
class ZipDirectory {
 public:
  ZipDirectory(ZipReader& zip, const ZipLimits& limits)
      : zip_(zip), limits_(limits), fields_(zip.bytes_) {}

  Status read() {
    const auto end = read_end(zip_.bytes_);
    if (!end) return missing_end();
    if (end->entries > limits_.members) {
      return too_large(place({}), "含 " + std::to_string(end->entries) + " 个成员，超过上限 " +
                                      std::to_string(limits_.members));
    }
    std::uint64_t at = end->offset;
    for (std::uint64_t i = 0; i < end->entries; ++i) {
      if (!fields_.signed_as(at, "PK\1\2", kDirectoryEntryBytes)) {
        return corrupt(place({}), "目录第 " + std::to_string(i + 1) + " 项不完整");
      }
      HUICE_TRY(at, read_entry(at));
    }
    return check_overlaps();
  }

 private:
  using Entry = ZipReader::Entry;

  SourceSpan place(std::string_view member) const {
    return {.file = zip_.file_, .part = encode_utf8(decode_utf8(member))};
  }

  Error missing_end() const {
    if (!zip_.bytes_.starts_with("PK")) {
      return zip_error(ErrorCode::InvalidInput, "zip.not-zip", "不是 ZIP 格式的文件", place({}),
                       "请确认文件确为 .xlsx、.docx 或 .ofd，而不是改了扩展名的其他文件");
    }
    return corrupt(place({}), "缺少目录，文件可能没有下载完整");
  }

  /// Takes the directory entry at `at`; returns where the next one begins.
  Result<std::uint64_t> read_entry(std::uint64_t at) {
    const std::uint64_t name_bytes = fields_.u16(at + 28);
    const std::uint64_t extra_bytes = fields_.u16(at + 30);
    const std::uint64_t next =
        at + kDirectoryEntryBytes + name_bytes + extra_bytes + fields_.u16(at + 32);
    if (!fields_.has(at, next - at)) return corrupt(place({}), "目录被截断");
    Entry entry;
    entry.member = {std::string(fields_.text(at + kDirectoryEntryBytes, name_bytes)),
                    fields_.u32(at + 20), fields_.u32(at + 24)};
    entry.header = fields_.u32(at + 42);
    entry.crc = fields_.u32(at + 16);
    entry.method = fields_.u16(at + 10);
    take_zip64(entry, at + kDirectoryEntryBytes + name_bytes, extra_bytes);
    if (const Status sane = check(entry, fields_.u16(at + 8)); !sane) return sane.error();
    if (const Status found = locate(entry); !found) return found.error();
    if (entry.member.name.ends_with('/')) return next;
    if (const Status kept = keep(std::move(entry)); !kept) return kept.error();
    return next;
  }

  /// Sizes and offset that need more than 32 bits stand in the extra field 0x0001, in this order.
  void take_zip64(Entry& entry, std::uint64_t at, std::uint64_t size) const {
    const std::uint64_t end = at + size;
    while (at + 4 <= end) {
      const std::uint64_t length = fields_.u16(at + 2);
      std::uint64_t value = at + 4;
      if (value + length > end) return;
      if (fields_.u16(at) == 0x0001) {
        for (std::uint64_t* field :
             {&entry.member.bytes, &entry.member.packed_bytes, &entry.header}) {
          if (*field != kInZip64 || value + 8 > at + 4 + length) continue;
          *field = fields_.u64(value);
          value += 8;
        }
        return;
      }
      at = value + length;
    }
  }

  Status check(const Entry& entry, std::uint16_t flags) {
    const ZipMember& member = entry.member;
    if (limits_.names == ZipNames::Paths && !is_safe_name(member.name)) {
      return zip_error(ErrorCode::InvalidInput, "zip.unsafe-name",
                       "压缩包成员的名称不安全或不是 UTF-8", place(member.name),
                       "请用 Office、WPS 等软件重新保存；来历不明的文件不要使用");
    }
    if ((flags & kEncryptedFlags) != 0) {
      return zip_error(ErrorCode::Unsupported, "zip.encrypted", "压缩包成员已加密",
                       place(member.name), "请先取消密码保护再提交");
    }
    if (entry.method != kStored && entry.method != kDeflated) {
      return zip_error(ErrorCode::Unsupported, "zip.method",
                       "压缩方法 " + std::to_string(entry.method) + " 不受支持", place(member.name),
                       "请用 Office、WPS 等软件重新保存");
    }
    return check_size(member);
  }

  Status check_size(const ZipMember& member) {
    total_ += member.bytes;
    if (member.bytes > limits_.member_bytes || total_ > limits_.total_bytes) {
      return too_large(place(member.name),
                       "解压后达 " + std::to_string(std::max(member.bytes, total_)) + " 字节");
    }
    if (member.bytes > kRatioFloor && member.bytes / limits_.ratio > member.packed_bytes) {
      return too_large(place(member.name), "压缩比超过 " + std::to_string(limits_.ratio) + " 倍");
    }
    return Unit{};
  }

  /// Finds the packed bytes; the local header must name the same member and method.
  Status locate(Entry& entry) {
    const ZipMember& member = entry.member;
    const std::uint64_t at = entry.header;
    if (!fields_.signed_as(at, "PK\3\4", kLocalHeaderBytes)) {
      return corrupt(place(member.name), "找不到成员的数据");
    }
    const std::uint64_t name_bytes = fields_.u16(at + 26);
    entry.begin = at + kLocalHeaderBytes + name_bytes + fields_.u16(at + 28);
    if (!fields_.has(at, entry.begin - at) || !fields_.has(entry.begin, member.packed_bytes)) {
      return corrupt(place(member.name), "成员的数据被截断");
    }
    if (fields_.text(at + kLocalHeaderBytes, name_bytes) != member.name ||
        fields_.u16(at + 8) != entry.method) {
      return corrupt(place(member.name), "目录与成员自身的说明不一致");
    }
    if (entry.method == kStored && member.packed_bytes != member.bytes) {
      return corrupt(place(member.name), "未压缩的成员前后大小不一致");
    }
    return Unit{};
  }

  Status keep(Entry entry) {
    const std::size_t index = zip_.entries_.size();
    if (!zip_.by_name_.emplace(entry.member.name, index).second) {
      return zip_error(ErrorCode::InvalidInput, "zip.duplicate-member", "压缩包内有两个同名成员",
                       place(entry.member.name), "请用 Office、WPS 等软件重新保存");
    }
    zip_.by_folded_name_.emplace(lower_ascii(entry.member.name), index);
    zip_.entries_.push_back(std::move(entry));
    return Unit{};
  }

  /// Members that share packed bytes multiply a small file without any high ratio.
  Status check_overlaps() const {
    std::vector<const Entry*> sorted;
    for (const Entry& entry : zip_.entries_) {
      sorted.push_back(&entry);
    }
    std::ranges::sort(sorted, {}, &Entry::header);
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      if (sorted[i]->header < sorted[i - 1]->begin + sorted[i - 1]->member.packed_bytes) {
        return too_large(place(sorted[i]->member.name), "成员之间共用数据");
      }
    }
    return Unit{};
  }

  ZipReader& zip_;
  const ZipLimits& limits_;
  Fields fields_;
  std::uint64_t total_ = 0;
};

Result<ZipReader> ZipReader::open(std::string bytes, std::string file, const ZipLimits& limits) {
  ZipReader zip;
  zip.bytes_ = std::move(bytes);
  zip.file_ = std::move(file);
  const Status read = ZipDirectory(zip, limits).read();
  if (!read) return read.error();
  return zip;
}

Result<ZipReader> ZipReader::open(const std::filesystem::path& path, const ZipLimits& limits) {
  HUICE_TRY(std::string bytes, read_file(path));
  return open(std::move(bytes), path.string(), limits);
}

std::vector<ZipMember> ZipReader::members() const {
  std::vector<ZipMember> members;
  members.reserve(entries_.size());
  for (const Entry& entry : entries_) {
    members.push_back(entry.member);
  }
  return members;
}

bool ZipReader::contains(std::string_view name) const {
  return find(name) != nullptr;
}

const ZipReader::Entry* ZipReader::find(std::string_view name) const {
  if (const auto exact = by_name_.find(name); exact != by_name_.end()) {
    return &entries_[exact->second];
  }
  const auto folded = by_folded_name_.find(lower_ascii(name));
  return folded == by_folded_name_.end() ? nullptr : &entries_[folded->second];
}

Result<const ZipReader::Entry*> ZipReader::found(std::string_view name) const {
  if (const Entry* entry = find(name)) return entry;
  return zip_error(ErrorCode::NotFound, "zip.no-member", "压缩包内没有这个成员",
                   {.file = file_, .part = std::string(name)},
                   "文件可能不完整，请用原软件重新保存");
}

Result<std::string> ZipReader::read(std::string_view name) const {
  const SourceSpan where{.file = file_, .part = std::string(name)};
  HUICE_TRY(const Entry* entry, found(name));
  const auto packed = std::string_view(bytes_).substr(entry->begin, entry->member.packed_bytes);
  std::optional<std::string> bytes = entry->method == kStored
                                         ? std::optional(std::string(packed))
                                         : inflate(packed, entry->member.bytes);
  if (!bytes) return corrupt(where, "成员无法解压");
  if (libdeflate_crc32(0, bytes->data(), bytes->size()) != entry->crc) {
    return corrupt(where, "成员的校验和不符");
  }
  return *std::move(bytes);
}

/// zlib unpacks in pieces, which libdeflate does not.
struct MemberPieces::State {
  SourceSpan where;
  std::string_view stored;  ///< what is left of a member that is not packed
  std::uint64_t left = 0;   ///< bytes still to come
  std::uint32_t declared_crc = 0;
  std::uint32_t crc = 0;
  bool is_packed = false;
  bool is_over = false;
  z_stream zlib{};
  std::array<char, std::size_t{64} << 10> piece{};

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (is_packed) inflateEnd(&zlib);
  }

  /// ZIP members are bare deflate data, without zlib's header.
  bool begin(std::string_view packed) {
    zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // only read
    zlib.avail_in = static_cast<uInt>(packed.size());
    is_packed = inflateInit2(&zlib, -MAX_WBITS) == Z_OK;
    return is_packed;
  }

  std::optional<std::string_view> inflated() {
    zlib.next_out = reinterpret_cast<Bytef*>(piece.data());
    zlib.avail_out = static_cast<uInt>(piece.size());
    const int result = ::inflate(&zlib, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END) return std::nullopt;
    is_over = result == Z_STREAM_END;
    const std::string_view made(piece.data(), piece.size() - zlib.avail_out);
    const bool is_stuck = made.empty() && !is_over;
    return is_stuck ? std::nullopt : std::optional(made);
  }

  std::string_view next_stored() {
    const std::string_view taken = stored.substr(0, piece.size());
    stored.remove_prefix(taken.size());
    is_over = stored.empty();
    return taken;
  }
};

MemberPieces::MemberPieces(std::unique_ptr<State> state) : state_(std::move(state)) {}
MemberPieces::MemberPieces(MemberPieces&&) noexcept = default;
MemberPieces::~MemberPieces() = default;

Result<std::string_view> MemberPieces::next() {
  State& state = *state_;
  if (state.is_over) return std::string_view();
  const auto made = state.is_packed ? state.inflated() : std::optional(state.next_stored());
  if (!made || made->size() > state.left || (state.is_over && made->size() < state.left)) {
    return corrupt(state.where, "成员无法解压");
  }
  state.left -= made->size();
  state.crc = libdeflate_crc32(state.crc, made->data(), made->size());
  if (state.is_over && state.crc != state.declared_crc) {
    return corrupt(state.where, "成员的校验和不符");
  }
  return *made;
}

Result<MemberPieces> ZipReader::pieces(std::string_view name) const {
  HUICE_TRY(const Entry* entry, found(name));
  auto state = std::make_unique<MemberPieces::State>();
  state->where = {.file = file_, .part = std::string(name)};
  state->left = entry->member.bytes;
  state->declared_crc = entry->crc;
  const auto packed = std::string_view(bytes_).substr(entry->begin, entry->member.packed_bytes);
  if (entry->method == kStored) {
    state->stored = packed;
  } else if (!state->begin(packed)) {
    return corrupt(state->where, "成员无法解压");
  }
  return MemberPieces(std::move(state));
}

}  // namespace huice::archive
