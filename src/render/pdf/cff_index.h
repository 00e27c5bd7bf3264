// An INDEX of a Compact Font Format table: objects one after the other, read in place.
// Source: Adobe Technical Note #5176, The Compact Font Format Specification, clause 5.
#pragma once

#include <cstddef>
#include <string_view>

#include "render/pdf/big_endian.h"

namespace huice::render::pdf {

class CffIndex {
 public:
  CffIndex() = default;

  /// The INDEX that begins at `at`. One that is damaged has no objects.
  CffIndex(std::string_view cff, std::size_t at) : cff_(cff), end_(at + 2) {
    const std::size_t count = read_u16(cff, at);
    offset_size_ = read_number(cff, at + 2, 1);
    if (count == 0 || offset_size_ < 1 || offset_size_ > 4) return;
    offsets_ = at + 3;
    base_ = offsets_ + (count + 1) * offset_size_ - 1;
    if (base_ > cff.size()) return;
    count_ = count;
    end_ = base_ + offset(count);
  }

  std::size_t size() const { return count_; }
  /// Where in the table what follows begins.
  std::size_t end() const { return end_; }

  /// The object; empty when there is none or it does not lie in the table.
  std::string_view operator[](std::size_t index) const {
    if (index >= count_) return {};
    const std::size_t begin = offset(index);
    const std::size_t end = offset(index + 1);
    if (begin < 1 || begin > end || base_ + end > cff_.size()) return {};
    return cff_.substr(base_ + begin, end - begin);
  }

 private:
  std::size_t offset(std::size_t index) const {
    return read_number(cff_, offsets_ + index * offset_size_, offset_size_);
  }

  std::string_view cff_;
  std::size_t count_ = 0;
  std::size_t offset_size_ = 1;
  std::size_t offsets_ = 0;
  std::size_t base_ = 0;  ///< offsets count from here; the first is 1
  std::size_t end_ = 0;
};

}  // namespace huice::render::pdf
