// How characters behave in a Chinese line: what may begin or end it, what holds together, and
// where marks keep their blank half. Sources: W3C clreq (level GB), GB/T 15834-2011, 5.1.
#pragma once

#include <string_view>

namespace huice::layout {

enum class CharClass {
  Han,        ///< Chinese characters and every other sign as wide as one
  Opening,    ///< （ 《 “ 〔: ink in the right half, never ends a line
  Closing,    ///< ） 》 ” 〕: ink in the left half, never begins a line
  Pause,      ///< ， 、 ； ：: likewise
  Stop,       ///< 。 ？ ！ ．: likewise
  Middle,     ///< ·: ink in the middle half, never begins a line
  Dash,       ///< —— and …… as one
  Connector,  ///< ～ － between two things, begins no line
  Word,       ///< Latin letters, digits and what is written with them
  Space
};

CharClass class_of(char32_t character);

/// Signs that follow a number as its unit: % ％ 年 月 日 万 亿 元 ㎡ 号 ...
bool follows_number(char32_t character);

bool is_digit(char32_t character);

/// No line begins with a word that starts so: `)`, `,`, `%`.
bool forbidden_at_start(char32_t character);
/// No line ends with a word that ends so: `(`, `[`.
bool forbidden_at_end(char32_t character);

}  // namespace huice::layout
