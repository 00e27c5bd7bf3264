// JSON written as it is told, without a tree of values before it.
#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "model/value.h"

namespace huice::notation {

/// Bytes to which small pieces are added. What stands ready is filled before it is counted, which a
/// std::string would do for each piece.
class Pieces {
 public:
  explicit Pieces(std::size_t expected = 0) : bytes_(expected, '\0') {}

  void add(std::string_view piece) { std::memcpy(next(piece.size()), piece.data(), piece.size()); }
  void add(char byte) { *next(1) = byte; }
  /// Where the next `size` bytes go, which the caller writes.
  char* next(std::size_t size) {
    if (bytes_.size() - used_ < size) bytes_.resize(2 * bytes_.size() + size);
    return bytes_.data() + std::exchange(used_, used_ + size);
  }
  std::string take() {
    bytes_.resize(used_);
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
  std::size_t used_ = 0;
};

/// Appends compact JSON, as write_json writes it. The caller closes what it opens and names every
/// field of a record.
class JsonText {
 public:
  /// `expected` bytes are set aside.
  explicit JsonText(std::size_t expected = 0) : out_(expected) {}

  void open_record() { open('{'); }
  void close_record() { close('}'); }
  void open_list() { open('['); }
  void close_list() { close(']'); }
  /// `name` needs no escapes.
  void key(std::string_view name);
  void text(std::string_view text);
  void truth(bool truth);
  /// Anything else: null, numbers, days, and what is a tree already.
  void value(const model::Value& value);

  std::string take() { return out_.take(); }

 private:
  void open(char bracket);
  void close(char bracket);
  void next();

  Pieces out_;
  bool first_ = true;  ///< nothing stands before the next item in its list or record
};

}  // namespace huice::notation
