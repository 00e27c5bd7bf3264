// What pages and archives write round a text: facts above it, notices of the site below.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "library/readers.h"

namespace huice::library {

/// What stands round a text is short; a longer line is text.
inline constexpr std::size_t kFurnitureBytes = 400;

/// 几 个 问 题 的 通 知: blanks between single letters were there for looks. Those between names
/// (财政部 税务总局) stay, one each.
std::string without_inner_blanks(std::string_view text);

/// Facts that the head of a page gives: `number`, `issuer`, `date`, `published`, `title`.
using HeadFacts = std::map<std::string, std::string, std::less<>>;

/// `发布时间：2021-09-13` or a table row `发文字号： | 湘政发〔2022〕1号`. True when it was one.
bool take_head_line(std::string_view text, HeadFacts& head);

/// Takes the lines of the page's head out of `lines`, and those that tell its place in the site.
HeadFacts take_head(std::vector<SourceLine>& lines);

/// Newspapers and sites write their own below the text: drops it.
void drop_tail(std::vector<SourceLine>& lines);

}  // namespace huice::library
