// What a single line of an official document gives itself away as.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "library/readers.h"

namespace huice::library {

/// Whether `part` stands anywhere in `text`.
bool holds(std::string_view text, std::string_view part);

/// Whether `text` begins with one of `starts`.
bool starts_with_one_of(std::string_view text, std::span<const std::string_view> starts);

/// 云岭县财政局: the name of one agency and nothing else.
bool is_agency(std::string_view name);

/// One or several agencies, parted by blanks or 、: 财政部 税务总局.
bool names_agencies(std::string_view line);

/// Such names with 、 between them: `财政部、税务总局`.
std::string joined_agencies(std::string_view line);

/// 各乡镇人民政府，县直各单位：.
bool is_addressee(const SourceLine& line);

/// A day alone in its line, brackets apart.
std::optional<Date> date_of_line(std::string_view line);

/// The 发文字号 of a line that holds hardly anything else: 签发人, a date.
std::optional<std::string> number_of_line(std::string_view line);

/// 份号: six digits (GB/T 9704-2012, 7.2.1).
bool is_copy_number(std::string_view line);

/// 份号, 密级, 紧急程度, 签发人 (GB/T 9704-2012, 7.2.1 to 7.2.6), 第3期, stars and rules.
bool is_mark_above(std::string_view line);

/// A line of agencies and behind them a day: `云岭县财政局　2026年5月7日`.
struct SignedLine {
  std::string agencies;  ///< joined by 、
  Date date;
};
std::optional<SignedLine> signed_line(std::string_view raw);

/// Who put a page out, and when: 某县工信局 2025年7月14日 08:30.
bool is_byline(std::string_view line);

/// May be a title or a line of one: short, no sentence, no item, no day.
bool is_title_like(const SourceLine& line);

/// 关于…, 印发…, 转发…: how the subject of a title begins.
bool begins_subject(std::string_view line);

/// The 文种 at the end of a title, brackets such as （试行） apart; empty when there is none.
std::string genre_of(std::string_view title, const std::vector<std::string>& genres);

}  // namespace huice::library
