#include "store/patterns.h"

namespace huice::store {

std::string beginning_with(std::string_view text) {
  std::string pattern;
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return pattern + '%';
}

std::string containing(std::string_view text) {
  return '%' + beginning_with(text);
}

Error stale() {
  return {.code = ErrorCode::Conflict,
          .id = "store.stale",
          .message = "别人已先改过，您看到的不是最新内容",
          .hint = "重新打开，把要改的再改一遍"};
}

}  // namespace huice::store
