// A set of many short texts.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string_view>
#include <vector>

namespace huice::bulk {

/// Texts stand one behind the other in one block, and are found by a table of their places: a
/// million of them in std::unordered_set are a million nodes, and take three times as long.
class TextSet {
 public:
  /// False when it was there.
  bool insert(std::string_view text) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    const std::uint64_t hash = hash_of(text);
    std::size_t at = hash & (slots_.size() - 1);
    for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
      const bool likely = slots_[at] >> kPlaceBits == hash >> kPlaceBits;
      if (likely && text_at(slots_[at] & kPlaces) == text) return false;
    }
    slots_[at] = hash >> kPlaceBits << kPlaceBits | block_.size();
    ++size_;
    append(text);
    return true;
  }

 private:
  /// A slot: the place of a text, and above it as much of the hash as there is room for. A place is
  /// never zero, which is an empty slot.
  static constexpr int kPlaceBits = 40;
  static constexpr std::uint64_t kPlaces = (std::uint64_t{1} << kPlaceBits) - 1;
  static constexpr std::size_t kFirstSlots = 1024;
  using Size = std::uint32_t;

  static std::uint64_t hash_of(std::string_view text) {
    return std::hash<std::string_view>()(text);
  }

  std::string_view text_at(std::uint64_t place) const {
    Size size = 0;
    std::memcpy(&size, block_.data() + place, sizeof size);
    return {block_.data() + place + sizeof size, size};
  }
  void append(std::string_view text) {
    const auto size = static_cast<Size>(text.size());
    const auto* bytes = reinterpret_cast<const char*>(&size);
    block_.insert(block_.end(), bytes, bytes + sizeof size);
    block_.insert(block_.end(), text.begin(), text.end());
  }
  void grow() {
    slots_.assign(std::max(kFirstSlots, 2 * slots_.size()), 0);
    for (std::uint64_t place = 1; place < block_.size();) {
      const std::string_view text = text_at(place);
      const std::uint64_t hash = hash_of(text);
      std::size_t at = hash & (slots_.size() - 1);
      while (slots_[at] != 0)
        at = (at + 1) & (slots_.size() - 1);
      slots_[at] = hash >> kPlaceBits << kPlaceBits | place;
      place += sizeof(Size) + text.size();
    }
  }

  std::vector<std::uint64_t> slots_;  ///< a power of two, at most half of them taken
  std::vector<char> block_ = std::vector<char>(1);
  std::size_t size_ = 0;
};

}  // namespace huice::bulk
