// By what the parts of an official document are known, line by line.
#pragma once

#include <optional>
#include <string_view>

#include "base/date.h"
#include "lint/draft.h"

namespace huice::lint {

/// A name that ends as names of offices do: 县人民政府, 办公室, 财政局.
bool is_office(std::u32string_view name);
/// 发文字号 alone, or with 签发人 behind it; in any brackets.
bool is_number_line(std::u32string_view line);
bool is_date_line(std::u32string_view line);
/// 成文日期 however it is written; nullopt when there is no such day.
std::optional<Date> day_of(std::u32string_view line);
bool is_copy_number(std::u32string_view line);
bool is_secrecy(std::u32string_view line);
bool is_urgency(std::u32string_view line);
/// Offices and a colon.
bool is_addressee(std::u32string_view line);
bool is_annex_label(std::u32string_view line);
bool is_copies(std::u32string_view line);
bool is_printing(std::u32string_view line);
bool is_note(std::u32string_view line);
/// Ends in a 文种 or in the name of a kind of text (方案, 条例 …).
bool is_whole_title(std::u32string_view title);

/// The 文种 at the end of a title, what stands in brackets behind it left out; empty if none.
std::u32string_view genre_of(std::u32string_view title);
/// The end of a title without （试行） and the like.
std::u32string_view without_bracketed_end(std::u32string_view title);

/// Fills title, genre, issuer, number, date and kind from the paragraphs.
void complete(Draft& draft);

}  // namespace huice::lint
