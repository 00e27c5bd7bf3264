// The layout of the records is described in zip_reader.cpp.
#include "archive/zip_writer.h"

#include <memory>
#include <utility>

#include <libdeflate.h>

namespace huice::archive {
namespace {

constexpr int kLevel = 6;
constexpr std::uint64_t kVersion = 20;        // 2.0: deflate and folders
constexpr std::uint64_t kUtf8Names = 0x0800;  // flag bit 11
constexpr std::uint64_t kNoTime = 0;
constexpr std::uint64_t kFirstDay = 0x0021;  // 1980-01-01, the earliest there is

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    out += static_cast<char>(value >> (8 * i) & 0xFF);
  }
}

/// `bytes` as a raw deflate stream; empty when that is no smaller.
std::string deflate(std::string_view bytes) {
  const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(
      libdeflate_alloc_compressor(kLevel), libdeflate_free_compressor);
  std::string out(bytes.size(), '\0');
  const std::size_t size = libdeflate_deflate_compress(compressor.get(), bytes.data(), bytes.size(),
                                                       out.data(), out.size());
  out.resize(size);
  return out;
}

/// What the local header and the directory say alike, from `version needed` to `extra length`.
std::string description(std::string_view name, std::string_view bytes, std::string_view packed,
                        bool deflated) {
  std::string out;
  put(out, kVersion, 2);
  put(out, kUtf8Names, 2);
  put(out, deflated ? 8 : 0, 2);
  put(out, kNoTime, 2);
  put(out, kFirstDay, 2);
  put(out, libdeflate_crc32(0, bytes.data(), bytes.size()), 4);
  put(out, packed.size(), 4);
  put(out, bytes.size(), 4);
  put(out, name.size(), 2);
  put(out, 0, 2);
  return out;
}

}  // namespace

std::string zip_record(ZipEntry& member, std::string_view bytes, ZipPacking packing) {
  const std::string smaller = packing == ZipPacking::Deflated ? deflate(bytes) : std::string();
  const bool deflated = !smaller.empty();
  const std::string_view packed = deflated ? std::string_view(smaller) : bytes;
  member.description = description(member.name, bytes, packed, deflated);
  std::string out = "PK\3\4";
  out.reserve(out.size() + member.description.size() + member.name.size() + packed.size());
  out.append(member.description).append(member.name).append(packed);
  return out;
}

std::string zip_directory(std::span<const ZipEntry> members, std::uint64_t size) {
  std::string out;
  for (const ZipEntry& member : members) {
    out.append("PK\1\2");
    put(out, kVersion, 2);
    out.append(member.description);
    put(out, 0, 2);  // comment length
    put(out, 0, 2);  // disk
    put(out, 0, 2);  // internal attributes
    put(out, 0, 4);  // external attributes
    put(out, member.offset, 4);
    out.append(member.name);
  }
  const std::size_t directory = out.size();
  out.append("PK\5\6");
  put(out, 0, 4);  // disks
  put(out, members.size(), 2);
  put(out, members.size(), 2);
  put(out, directory, 4);
  put(out, size, 4);
  put(out, 0, 2);  // comment length
  return out;
}

void ZipWriter::add(std::string_view name, std::string_view bytes, ZipPacking packing) {
  ZipEntry member{.name = std::string(name), .description = {}, .offset = bytes_.size()};
  bytes_ += zip_record(member, bytes, packing);
  members_.push_back(std::move(member));
}

std::string ZipWriter::finish() {
  std::string out = std::exchange(bytes_, {});
  out += zip_directory(std::exchange(members_, {}), out.size());
  return out;
}

}  // namespace huice::archive
