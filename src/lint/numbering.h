// 层次序数: what numbers the parts of a text, however carelessly it is written.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace huice::lint {

/// 1 to 4: 一、 （一） 1. （1） of GB/T 9704-2012, 7.3.3; 5: 第一章; 6: 第一条.
struct Ordinal {
  int level = 0;
  long number = 0;
  std::size_t size = 0;   ///< letters, with mark and brackets
  std::u32string proper;  ///< as it should be written
};

/// The 序数 that starts `text`, also in wrong forms: `一.`, `（一）、`, `1、`, `(1)`.
std::optional<Ordinal> ordinal_at_start(std::u32string_view text);

/// Its letters; 0 when there is none.
std::size_t ordinal_size(std::u32string_view text);

}  // namespace huice::lint
