// Named time zones out of the files of the IANA database.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/guarded.h"
#include "base/result.h"
#include "feel/temporal.h"

namespace huice::feel {

/// The offsets of one zone through the years.
///
/// Source: RFC 8536 (TZif). The rule for years after the last listed change is not read: the
/// offset of that last change goes on.
class ZoneHistory {
 public:
  /// nullopt for anything that is not a TZif file of version 1 to 4.
  static std::optional<ZoneHistory> parse_tzif(std::string_view bytes);

  /// Seconds east of UTC at a moment, in seconds since 1970 UTC.
  int offset_at(std::int64_t utc) const;
  /// Likewise by the local clock. Where a time occurs twice or not at all, the earlier offset.
  int offset_at_local(std::int64_t local) const;

 private:
  struct Change {
    std::int64_t at = 0;
    int offset = 0;
  };
  int first_ = 0;
  std::vector<Change> changes_;
};

/// Zones read on demand through a function, which knows where the files are.
class LoadedZones : public Zones {
 public:
  /// `load` gives the bytes of the file of a zone name. Names are checked before it is asked.
  using Load = std::function<Result<std::string>(std::string_view name)>;
  explicit LoadedZones(Load load) : load_(std::move(load)) {}

  bool knows(std::string_view name) const override;
  std::optional<int> offset_at(std::string_view name, std::int64_t local) const override;

 private:
  Load load_;
  mutable Guarded<std::map<std::string, std::optional<ZoneHistory>, std::less<>>> known_;
};

}  // namespace huice::feel
