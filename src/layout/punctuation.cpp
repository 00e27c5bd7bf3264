#include "layout/punctuation.h"

#include <array>
#include <cstddef>

namespace huice::layout {
namespace {

constexpr bool one_of(std::u32string_view set, char32_t character) {
  return set.find(character) != std::u32string_view::npos;
}

/// Scripts set with proportional letters, by block.
constexpr bool is_word_character(char32_t c) {
  return c < 0xB0 || (c >= 0xC0 && c <= 0x058F && c != 0xD7 && c != 0xF7) ||
         (c >= 0x1E00 && c <= 0x1FFF) || c == 0x2013 || c == 0x2009;
}

struct Members {
  CharClass kind;
  std::u32string_view characters;
};
constexpr Members kMembers[] = {{CharClass::Opening, U"（《〈“‘〔【「『｛［〖"},
                                {CharClass::Closing, U"）》〉”’〕】」』｝］〗"},
                                {CharClass::Pause, U"，、；："},
                                {CharClass::Stop, U"。？！．"},
                                {CharClass::Middle, U"·•・"},
                                {CharClass::Dash, U"—…⋯"},
                                {CharClass::Connector, U"～－‐"},
                                {CharClass::Solidus, U"／"},
                                {CharClass::Space, U" 　\u00A0\t"}};

/// All marks lie below the ideographs or among the full-width forms.
constexpr char32_t kLowEnd = 0x3100;
constexpr char32_t kHighBegin = 0xFF00;
constexpr char32_t kHighEnd = 0x10000;

constexpr std::array<CharClass, kLowEnd + (kHighEnd - kHighBegin)> make_classes() {
  std::array<CharClass, kLowEnd + (kHighEnd - kHighBegin)> classes{};
  for (char32_t c = 0; c < kLowEnd; ++c) {
    if (is_word_character(c)) classes[c] = CharClass::Word;
  }
  for (const Members& members : kMembers) {
    for (const char32_t c : members.characters)
      classes[c < kLowEnd ? c : kLowEnd + (c - kHighBegin)] = members.kind;
  }
  return classes;
}
constexpr auto kClasses = make_classes();

}  // namespace

CharClass class_of(char32_t character) {
  if (character < kLowEnd) return kClasses[character];
  if (character < kHighBegin || character >= kHighEnd) return CharClass::Han;
  return kClasses[kLowEnd + (character - kHighBegin)];
}

bool follows_number(char32_t character) {
  return one_of(
      U"％‰℃°㎡㎥年月日号时分秒万亿千百元个家户人名项条件次倍岁天吨亩公米页期度等级届季周台辆套处所"
      U"间座"
      U"批点字篇部章款节位期",
      character);
}

bool precedes_number(char32_t character) {
  return one_of(U"第￥＄±＋－×≥≤＞＜≈＝", character);
}

bool forbidden_at_start(char32_t character) {
  return one_of(U")]},.;:!?%°", character);
}

bool forbidden_at_end(char32_t character) {
  return one_of(U"([{$#", character);
}

}  // namespace huice::layout
