// JSON written as it is told, without a tree of values before it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "model/value.h"

namespace huice::notation {

/// Appends compact JSON, as write_json writes it. The caller closes what it opens and names every
/// field of a record.
class JsonText {
 public:
  /// `expected` bytes are set aside.
  explicit JsonText(std::size_t expected = 0) { out_.reserve(expected); }

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

  std::string take() { return std::move(out_); }

 private:
  void open(char bracket);
  void close(char bracket);
  void next();

  std::string out_;
  bool first_ = true;  ///< nothing stands before the next item in its list or record
};

}  // namespace huice::notation
