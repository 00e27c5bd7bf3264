// How Han letters are spoken, for people who type the sounds.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace huice::text {

/// Letters that are spoken in several ways, with all of them: 重 → chong, zhong.
using Readings = std::map<char32_t, std::vector<std::string>>;

/// The syllable of each Han letter of `utf8`, without tones: 新邵县 → xin shao xian; other letters
/// and digits stand for themselves, marks and blanks are left out. Letters with several readings
/// get the usual one (重庆 → zhong qing). Source: ICU's Han-Latin, which is Unihan's kMandarin.
std::vector<std::string> pinyin_of(std::string_view utf8);

/// Ways to speak a name that are told apart; of more, the rest is left out.
inline constexpr std::size_t kMostInitials = 16;

/// The first letters of the syllables in every way they may be spoken, sorted: 重庆 → cq, zq.
/// Letters that `readings` does not name are spoken as pinyin_of has it. Empty for a text without
/// sounds.
std::vector<std::string> pinyin_initials(std::string_view utf8, const Readings& readings = {});

}  // namespace huice::text
