// ZIP containers written so that equal members give equal bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace huice::archive {

enum class ZipPacking { Stored, Deflated };

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
  std::string members_;
  std::string directory_;
  std::uint64_t count_ = 0;
};

}  // namespace huice::archive
