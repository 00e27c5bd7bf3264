// How Han letters are spoken, for people who type the sounds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace huice::text {

/// The syllable of each Han letter of `utf8`, without tones: 新邵县 → xin shao xian; other letters
/// and digits stand for themselves, marks and blanks are left out. Letters with several readings
/// get the usual one (重庆 → zhong qing). Source: ICU's Han-Latin, which is Unihan's kMandarin.
std::vector<std::string> pinyin_of(std::string_view utf8);

/// The first letters of the syllables: 新邵县 → xsx.
std::string pinyin_initials(std::string_view utf8);

}  // namespace huice::text
