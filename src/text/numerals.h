// Chinese numerals, 序号 and 大写金额.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/money.h"

namespace huice::text {

/// `三百`, `一千零五`, `十二`, `负三`; zero is `零`. Sections of 万 and 亿.
std::string to_chinese_numeral(std::int64_t number);

/// Digit by digit, as years are written: `二〇二二`. A minus sign becomes `负`.
std::string to_chinese_digits(std::int64_t number);

/// Reads `三百`, `一千零五`, `十二`, `二〇二二`, `廿三`, `两万`, `壹佰`, `１２`, `300`; the whole
/// text. nullopt for anything else, also for the colloquial `三百五`, and beyond 64 bits.
std::optional<std::int64_t> parse_chinese_numeral(std::string_view utf8);

/// The amount in capitals without the word 人民币: `壹佰元整`, `叁佰贰拾伍元零肆分`, `伍角整`.
/// 元 and 角 end in 整, 分 does not; a lone 零 stands for any run of zeros between digits.
/// Source: 《支付结算办法》附件一《正确填写票据和结算凭证的基本规定》.
std::string to_capital_money(Money amount);

/// The levels by which official texts number their parts, outermost first.
enum class OrdinalKind {
  Part,         ///< 第一编, 第一部分
  Chapter,      ///< 第一章
  Section,      ///< 第一节
  Article,      ///< 第一条
  Han,          ///< 一、
  HanBracket,   ///< （一）
  Digit,        ///< 1. or 1．or 1、
  DigitBracket  ///< （1）
};

/// A 序号 at the start of a line.
struct Ordinal {
  OrdinalKind kind = OrdinalKind::Han;
  std::int64_t number = 0;
  std::size_t size = 0;  ///< bytes, with its mark and brackets, without blanks after it

  friend bool operator==(const Ordinal&, const Ordinal&) = default;
};

/// The 序号 that starts `line` (leading blanks must be gone). Half and full width marks are alike.
/// `1.5倍` and `2022年` are none.
std::optional<Ordinal> leading_ordinal(std::string_view line);

/// `一、`, `（一）`, `1.`, `（1）`, `第一章` … . Source: GB/T 9704-2012, 7.3.3.
std::string to_ordinal(OrdinalKind kind, std::int64_t number);

}  // namespace huice::text
