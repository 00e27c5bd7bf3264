// How characters behave in a Chinese line: what may begin or end it, what holds together, and
// where marks keep their blank half. Sources: W3C clreq (level GB), GB/T 15834-2011, 5.1.
#pragma once

#include <cstdint>
#include <string_view>

namespace huice::layout {

enum class CharClass : std::uint8_t {
  Han,        ///< Chinese characters and every other sign as wide as one
  Opening,    ///< （ 《 “ 〔: ink in the right half, never ends a line
  Closing,    ///< ） 》 ” 〕: ink in the left half, never begins a line
  Pause,      ///< ， 、 ； ：: likewise
  Stop,       ///< 。 ？ ！ ．: likewise
  Middle,     ///< ·: half a width and no more, never begins a line
  Dash,       ///< —— and …… as one
  Connector,  ///< ～ － and a single —, between two things: begins no line
  Solidus,    ///< ／: neither begins nor ends a line
  Word,       ///< Latin letters, digits and what is written with them
  Space
};

CharClass class_of(char32_t character);

/// Signs that follow a number as its unit: % ％ 年 月 日 万 亿 元 ㎡ 号 ...
bool follows_number(char32_t character);
/// Signs that a number is written with: 第 ￥ ± ≥ ...
bool precedes_number(char32_t character);

constexpr bool is_digit(char32_t character) {
  return character >= U'0' && character <= U'9';
}

constexpr bool is_latin_or_digit(char32_t character) {
  return is_digit(character) || (character >= U'A' && character <= U'Z') ||
         (character >= U'a' && character <= U'z');
}

/// No line begins with a word that starts so: `)`, `,`, `%`.
bool forbidden_at_start(char32_t character);
/// No line ends with a word that ends so: `(`, `[`.
bool forbidden_at_end(char32_t character);

}  // namespace huice::layout
