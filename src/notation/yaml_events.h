// libyaml's events, for the readers of this module.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <yaml.h>

#include "model/value.h"

namespace huice::notation {

/// What a scalar without quotes means; see read_yaml.
model::Value plain_scalar(const std::string& text);

/// A text of libyaml, which stays its owner.
inline std::string_view text_of(const yaml_char_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

/// libyaml's parser and its current event, freed together.
class EventSource {
 public:
  explicit EventSource(std::string_view utf8) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(utf8.data()),
                                 utf8.size());
  }
  EventSource(const EventSource&) = delete;
  EventSource& operator=(const EventSource&) = delete;
  ~EventSource() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }

  /// The next event; nullptr on a syntax error.
  const yaml_event_t* next() {
    yaml_event_delete(&event_);
    return yaml_parser_parse(&parser_, &event_) == 1 ? &event_ : nullptr;
  }

  const yaml_parser_t& parser() const { return parser_; }

 private:
  yaml_parser_t parser_{};
  yaml_event_t event_{};
};

}  // namespace huice::notation
