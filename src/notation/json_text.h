// JSON written as it is told, without a tree of values before it.
#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "base/date.h"
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
    if (bytes_.size() - used_ < size) [[unlikely]]
      grow(size);
    return bytes_.data() + std::exchange(used_, used_ + size);
  }
  std::string take() {
    bytes_.resize(used_);
    return std::move(bytes_);
  }

 private:
  void grow(std::size_t size);

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
  void key(std::string_view name) {
    next();
    char* at = out_.next(name.size() + 3);
    *at = '"';
    std::memcpy(at + 1, name.data(), name.size());
    std::memcpy(at + 1 + name.size(), "\":", 2);
    first_ = true;  // no comma before its value
  }
  void text(std::string_view text);
  void truth(bool truth) { word(truth ? "true" : "false"); }
  void null() { word("null"); }
  void day(Date day) { text(day.to_iso()); }
  /// Anything else: numbers and what is a tree already.
  void value(const model::Value& value);

  std::string take() { return out_.take(); }

 private:
  void open(char bracket) {
    next();
    out_.add(bracket);
    first_ = true;
  }
  void close(char bracket) {
    out_.add(bracket);
    first_ = false;
  }
  void next() {
    if (!first_) out_.add(',');
    first_ = false;
  }
  void word(std::string_view word) {
    next();
    out_.add(word);
  }

  Pieces out_;
  bool first_ = true;  ///< nothing stands before the next item in its list or record
};

}  // namespace huice::notation
