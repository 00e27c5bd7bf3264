#include "layout/punctuation.h"

#include <algorithm>

namespace huice::layout {
namespace {

bool one_of(std::u32string_view set, char32_t character) {
  return set.find(character) != std::u32string_view::npos;
}

/// Scripts set with proportional letters, by block.
bool is_word_character(char32_t c) {
  return c < 0xB0 || (c >= 0xC0 && c <= 0x058F && c != 0xD7 && c != 0xF7) ||
         (c >= 0x1E00 && c <= 0x1FFF) || c == 0x2013 || c == 0x2009;
}

}  // namespace

CharClass class_of(char32_t character) {
  if (one_of(U"（《〈“‘〔【「『｛［〖", character)) return CharClass::Opening;
  if (one_of(U"）》〉”’〕】」』｝］〗", character)) return CharClass::Closing;
  if (one_of(U"，、；：", character)) return CharClass::Pause;
  if (one_of(U"。？！．", character)) return CharClass::Stop;
  if (one_of(U"·•・", character)) return CharClass::Middle;
  if (one_of(U"—…", character)) return CharClass::Dash;
  if (one_of(U"～－‐／", character)) return CharClass::Connector;
  if (character == U' ' || character == U'　' || character == 0xA0 || character == U'\t') {
    return CharClass::Space;
  }
  return is_word_character(character) ? CharClass::Word : CharClass::Han;
}

bool follows_number(char32_t character) {
  return one_of(U"％‰℃°㎡㎥年月日号时分秒万亿千百元个家户人名项条件次倍岁天吨亩公米页期度等级届",
                character);
}

bool is_digit(char32_t character) {
  return character >= U'0' && character <= U'9';
}

bool forbidden_at_start(char32_t character) {
  return one_of(U")]},.;:!?%°", character);
}

bool forbidden_at_end(char32_t character) {
  return one_of(U"([{$#", character);
}

}  // namespace huice::layout
