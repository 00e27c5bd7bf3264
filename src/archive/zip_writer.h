// ZIP containers written so that equal members give equal bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huice::archive {

enum class ZipPacking { Stored, Deflated };

/// A member that lies in a container: what its directory has to say of it.
struct ZipEntry {
  std::string name;
  std::string description;   ///< what local header and directory say alike
  std::uint64_t offset = 0;  ///< of its local header
};

/// What stands before a member in the container, its name aside.
inline constexpr std::uint64_t kZipHeaderBytes = 30;

/// A member with its header, to be put at `member.offset` of a container; fills `description`.
std::string zip_record(ZipEntry& member, std::string_view bytes, ZipPacking packing);

/// What ends a container whose members take `size` bytes. The limits are those of ZipWriter.
std::string zip_directory(std::span<const ZipEntry> members, std::uint64_t size);

/// The most that a container may hold, its directory aside.
inline constexpr std::uint64_t kMaxZipBytes = 0xFF000000;

/// Gathers members in the order they are added. All carry the same fixed time (1980-01-01), so
/// that the bytes depend on nothing but names and contents.
///
/// The container must stay below 4 GiB and 65535 members, and names must be unique UTF-8: it is
/// for documents this program makes itself.
class ZipWriter {
 public:
  void add(std::string_view name, std::string_view bytes,
           ZipPacking packing = ZipPacking::Deflated);

  /// The whole container. The writer is empty afterwards.
  std::string finish();

 private:
  std::string bytes_;
  std::vector<ZipEntry> members_;
};

}  // namespace huice::archive
