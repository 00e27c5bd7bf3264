#include "feel/zones.h"

#include <algorithm>

namespace huice::feel {
namespace {

constexpr std::size_t kHeaderBytes = 44;
constexpr std::size_t kMaxChanges = 10'000;

std::int64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes)
    value = (value << 8) | static_cast<unsigned char>(c);
  if (bytes.size() == 4) return static_cast<std::int32_t>(static_cast<std::uint32_t>(value));
  return static_cast<std::int64_t>(value);
}

/// The counts in a TZif header, in the order in which they stand there.
struct Header {
  std::size_t utc_flags = 0;
  std::size_t standard_flags = 0;
  std::size_t leaps = 0;
  std::size_t changes = 0;
  std::size_t types = 0;
  std::size_t letters = 0;

  std::size_t body(std::size_t time_size) const {
    return changes * time_size + changes + types * 6 + letters + leaps * (time_size + 4) +
           standard_flags + utc_flags;
  }
};

std::optional<Header> header(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes || !bytes.starts_with("TZif")) return std::nullopt;
  const auto count = [&](std::size_t i) {
    return static_cast<std::size_t>(big_endian(bytes.substr(20 + 4 * i, 4)));
  };
  const Header made{count(0), count(1), count(2), count(3), count(4), count(5)};
  const bool sane = made.changes <= kMaxChanges && made.types >= 1 && made.types <= 256 &&
                    made.letters <= kMaxChanges && made.leaps <= kMaxChanges &&
                    made.standard_flags <= 256 && made.utc_flags <= 256;
  return sane ? std::optional(made) : std::nullopt;
}

bool is_zone_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name.front() == '/' || name.front() == '.') return false;
  if (name.find("..") != std::string_view::npos || name.find("//") != std::string_view::npos) {
    return false;
  }
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
}

}  // namespace

std::optional<ZoneHistory> ZoneHistory::parse_tzif(std::string_view bytes) {
  auto counts = header(bytes);
  if (!counts) return std::nullopt;
  std::size_t time_size = 4;
  std::size_t start = kHeaderBytes;
  if (bytes[4] != '\0') {  // from version 2 on the same follows once more with 64-bit times
    const std::size_t second = kHeaderBytes + counts->body(4);
    counts = header(bytes.substr(std::min(second, bytes.size())));
    if (!counts) return std::nullopt;
    time_size = 8;
    start = second + kHeaderBytes;
  }
  if (bytes.size() < start + counts->body(time_size)) return std::nullopt;
  const std::string_view body = bytes.substr(start);
  const std::size_t indexes = counts->changes * time_size;
  const std::size_t types = indexes + counts->changes;
  const auto offset_of = [&](std::size_t type) {
    return static_cast<int>(big_endian(body.substr(types + 6 * type, 4)));
  };
  ZoneHistory history;
  history.first_ = offset_of(0);
  for (std::size_t i = 0; i < counts->changes; ++i) {
    const auto type = static_cast<unsigned char>(body[indexes + i]);
    if (type >= counts->types) return std::nullopt;
    history.changes_.push_back(
        {big_endian(body.substr(i * time_size, time_size)), offset_of(type)});
  }
  return history;
}

int ZoneHistory::offset_at(std::int64_t utc) const {
  const auto after = std::ranges::upper_bound(changes_, utc, {}, &Change::at);
  return after == changes_.begin() ? first_ : (after - 1)->offset;
}

int ZoneHistory::offset_at_local(std::int64_t local) const {
  constexpr std::int64_t kDay = 86'400;
  const int before = offset_at(local - kDay);
  const int after = offset_at(local + kDay);
  if (before == after || offset_at(local - before) == before) return before;
  return after;
}

bool LoadedZones::knows(std::string_view name) const {
  return offset_at(name, 0).has_value();
}

std::optional<int> LoadedZones::offset_at(std::string_view name, std::int64_t local) const {
  if (!is_zone_name(name)) return std::nullopt;
  return known_.with([&](auto& known) -> std::optional<int> {
    auto found = known.find(name);
    if (found == known.end()) {
      const auto bytes = load_(name);
      auto history = bytes ? ZoneHistory::parse_tzif(bytes.value()) : std::nullopt;
      found = known.emplace(std::string(name), std::move(history)).first;
    }
    if (!found->second) return std::nullopt;
    return found->second->offset_at_local(local);
  });
}

}  // namespace huice::feel
