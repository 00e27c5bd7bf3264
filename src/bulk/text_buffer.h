// Long texts put together from pieces that are ready.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace huice::bulk {

/// A piece of a buffer.
struct Piece {
  std::size_t begin = 0;
  std::size_t size = 0;

  /// Without its first character.
  Piece rest() const { return {begin + 1, size - 1}; }
};

/// A text that grows at its end. Pieces of another buffer are copied in blocks of a fixed size,
/// beyond their end and into room that is always there: for pieces of a hundred bytes that takes
/// half the time of copying just as many bytes as there are.
class TextBuffer {
 public:
  TextBuffer() : bytes_(kBlock) {}

  void clear() { size_ = 0; }
  std::size_t size() const { return size_; }
  /// Until the next change.
  std::string_view text() const { return {bytes_.data(), size_}; }
  /// From `begin` to the end as a piece.
  Piece since(std::size_t begin) const { return {begin, size_ - begin}; }

  void append(std::string_view text) {
    std::memcpy(room(text.size()), text.data(), text.size());
    size_ += text.size();
  }
  /// `from` is another buffer.
  void append(const TextBuffer& from, Piece piece) {
    char* to = room(piece.size);
    const char* source = from.bytes_.data() + piece.begin;
    for (std::size_t done = 0; done < piece.size; done += kBlock)
      std::memcpy(to + done, source + done, kBlock);
    size_ += piece.size;
  }
  /// An amount in 元 with both digits after the point: `12.50`.
  void append_fen(std::int64_t fen) {
    constexpr std::size_t kDigits = 24;
    char* const begin = room(kDigits);
    char* at = begin;
    if (fen < 0) *at++ = '-';
    const auto size =
        fen < 0 ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
    at = std::to_chars(at, begin + kDigits, size / 100).ptr;
    *at++ = '.';
    *at++ = static_cast<char>('0' + size % 100 / 10);
    *at++ = static_cast<char>('0' + size % 10);
    size_ += static_cast<std::size_t>(at - begin);
  }

 private:
  static constexpr std::size_t kBlock = 32;

  /// Where the next `size` bytes go; a block more may be written.
  char* room(std::size_t size) {
    const std::size_t wanted = size_ + size + kBlock;
    if (bytes_.size() < wanted) bytes_.resize(std::max(wanted, 2 * bytes_.size()));
    return bytes_.data() + size_;
  }

  std::vector<char> bytes_;  ///< at least a block more than `size_`
  std::size_t size_ = 0;
};

}  // namespace huice::bulk
