// ZIP containers (ISO/IEC 21320-1, APPNOTE 6.3), read with limits: what XLSX, DOCX and OFD share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace huice::archive {

/// What names of members are to whoever asks: places below a folder, which must be safe and UTF-8,
/// or texts in whatever encoding, which nobody takes for places.
enum class ZipNames { Paths, Labels };

/// What one container may hold. The defaults leave room for a table of a whole province.
struct ZipLimits {
  std::size_t members = 10'000;
  std::uint64_t member_bytes = std::uint64_t{256} << 20;
  std::uint64_t total_bytes = std::uint64_t{512} << 20;
  std::uint64_t ratio = 500;  ///< unpacked : packed, looked at above kRatioFloor only
  ZipNames names = ZipNames::Paths;
};

/// Below this size a high ratio harms nobody: an empty worksheet packs very well.
inline constexpr std::uint64_t kRatioFloor = std::uint64_t{1} << 20;

/// One file of a container, as its central directory declares it.
struct ZipMember {
  std::string name;
  std::uint64_t packed_bytes = 0;
  std::uint64_t bytes = 0;
};

/// A member unpacked piece by piece, so that it is never in memory whole.
class MemberPieces {
 public:
  MemberPieces(MemberPieces&&) noexcept;
  ~MemberPieces();

  /// The next bytes, which live until the next call; none at the end of the member, which then was
  /// as long as declared and of the right sum. Errors: InvalidInput `zip.corrupt`.
  Result<std::string_view> next();

 private:
  friend class ZipReader;
  struct State;
  explicit MemberPieces(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A container held in memory whose directory has been checked once: names are unique and,
/// as Paths, safe and UTF-8, sizes are within the limits, no two members share bytes, none is
/// encrypted.
class ZipReader {
 public:
  /// `file` names the container in errors.
  /// Errors: InvalidInput `zip.corrupt`, `zip.not-zip`, `zip.unsafe-name`, `zip.duplicate-member`;
  ///         TooLarge `zip.bomb`; Unsupported `zip.encrypted`, `zip.method`.
  static Result<ZipReader> open(std::string bytes, std::string file, const ZipLimits& limits = {});
  /// Errors: also those of read_file.
  static Result<ZipReader> open(const std::filesystem::path& path, const ZipLimits& limits = {});

  const std::string& file() const { return file_; }
  /// In the order of the directory; folders are left out.
  std::vector<ZipMember> members() const;
  bool contains(std::string_view name) const;

  /// The unpacked bytes of a member. A name that differs only in ASCII case is taken for the same,
  /// as the Open Packaging Conventions ask.
  /// Errors: NotFound `zip.no-member`; InvalidInput `zip.corrupt` (damaged data, wrong CRC).
  Result<std::string> read(std::string_view name) const;

  /// The same in pieces; this outlives them. Slower than read(), and of any size in 100 KiB.
  Result<MemberPieces> pieces(std::string_view name) const;

 private:
  struct Entry {
    ZipMember member;
    std::uint64_t header = 0;  // offset of the local header
    std::uint64_t begin = 0;   // offset of the packed bytes
    std::uint32_t crc = 0;
    std::uint16_t method = 0;
  };
  friend class ZipDirectory;

  ZipReader() = default;
  const Entry* find(std::string_view name) const;
  Result<const Entry*> found(std::string_view name) const;

  std::string bytes_;
  std::string file_;
  std::vector<Entry> entries_;
  std::map<std::string, std::size_t, std::less<>> by_name_;         // exact
  std::map<std::string, std::size_t, std::less<>> by_folded_name_;  // ASCII lower case
};

}  // namespace huice::archive
