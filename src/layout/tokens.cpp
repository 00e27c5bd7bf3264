#include "layout/tokens.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "layout/line_breaker.h"
#include "text/word_ends.h"

namespace huice::layout {
namespace {

/// Breaking 2026年｜6月, 财政部｜〔2026〕, GB/T｜9704: allowed, but a good line avoids it.
constexpr std::int64_t kDatePenalty = 60;
constexpr std::int64_t kReferencePenalty = 300;
constexpr std::int64_t kDashPenalty = 200;
/// Within a name of two or three characters, or a title of a few in 《》.
constexpr std::int64_t kNamePenalty = 400;
constexpr std::int64_t kShortTitlePenalty = 600;
constexpr std::size_t kShortTitle = 4;
constexpr std::int64_t kTitlePenalty = 120;
constexpr std::size_t kLongTitle = 8;
/// 第｜三条: not wrong, but not good.
constexpr std::int64_t kOrdinalPenalty = 80;
constexpr std::size_t kLongestUnit = 4;

/// Surnames common enough that two or three characters between marks are taken for a name.
constexpr std::u32string_view kSurnames =
    U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    U"苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    U"龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞"
    U"左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕"
    U"屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧"
    U"闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝";

constexpr bool one_of(std::u32string_view set, char32_t character) {
  return set.find(character) != std::u32string_view::npos;
}

/// — and ’ belong to a word when they stand between letters: GB/T 9704—2012.
bool joins_word(std::span<const Letter> letters, std::size_t index) {
  const char32_t c = letters[index].character;
  return (c == U'—' || c == U'’') && index > 0 && index + 1 < letters.size() &&
         is_latin_or_digit(letters[index - 1].character) &&
         is_latin_or_digit(letters[index + 1].character);
}

bool is_word_at(std::span<const Letter> letters, std::size_t index) {
  const CharClass kind = class_of(letters[index].character);
  if (kind == CharClass::Word) return true;
  // Signs that the face draws as narrow as letters, such as half-width arrows.
  if (kind == CharClass::Han) return letters[index].narrow;
  return (kind == CharClass::Dash || kind == CharClass::Closing) && joins_word(letters, index);
}

Token token_at(std::span<const Letter> letters, std::size_t first) {
  Token token{first, first + 1, class_of(letters[first].character)};
  if (is_word_at(letters, first)) {
    token.kind = CharClass::Word;
    while (token.last < letters.size() && is_word_at(letters, token.last))
      ++token.last;
  } else if (token.kind == CharClass::Dash) {
    const char32_t dash = letters[first].character;
    if (token.last < letters.size() && letters[token.last].character == dash) {
      ++token.last;
    } else if (dash == U'—') {
      token.kind = CharClass::Connector;  // 一字线: 北京—上海
    }
  }
  return token;
}

/// Prices the joints of one line of the author's.
class Pricer {
 public:
  Pricer(std::span<const Letter> letters, std::span<const Token> tokens,
         std::vector<std::int64_t>& penalties)
      : letters_(letters), tokens_(tokens), penalties_(penalties) {}

  void run() {
    penalties_.assign(tokens_.size(), 0);
    for (std::size_t i = 0; i + 1 < tokens_.size(); ++i)
      penalties_[i] = rule(i);
    keep_short_titles();
    keep_names();
  }

 private:
  char32_t first_of(std::size_t token) const { return letters_[tokens_[token].first].character; }
  char32_t last_of(std::size_t token) const { return letters_[tokens_[token].last - 1].character; }
  bool is_han(std::size_t token) const { return tokens_[token].kind == CharClass::Han; }

  bool begins_no_line(std::size_t index) const {
    const Token& token = tokens_[index];
    switch (token.kind) {
      case CharClass::Closing:
      case CharClass::Pause:
      case CharClass::Stop:
      case CharClass::Middle:
      case CharClass::Connector:
      case CharClass::Solidus:
        return true;
      case CharClass::Word:
        return tokens_[index - 1].spaces == 0 && forbidden_at_start(first_of(index));
      case CharClass::Han:
        return one_of(U"％℃‰", first_of(index));
      default:
        return false;
    }
  }

  bool ends_no_line(std::size_t index) const {
    const CharClass kind = tokens_[index].kind;
    return kind == CharClass::Opening || kind == CharClass::Solidus ||
           (kind == CharClass::Word && forbidden_at_end(last_of(index)));
  }

  /// Of the joint between tokens `index` and `index` + 1.
  std::int64_t rule(std::size_t index) const {
    const Token& left = tokens_[index];
    const Token& right = tokens_[index + 1];
    if (ends_no_line(index) || begins_no_line(index + 1)) return kForbidden;
    const char32_t after = first_of(index + 1);
    if (right.kind == CharClass::Dash) {
      // A run of more than one pair may part between pairs.
      const bool run = left.kind == CharClass::Dash;
      return after == U'—' || run ? kDashPenalty : kForbidden;
    }
    if (left.kind == CharClass::Connector) return is_digit(after) ? kForbidden : 0;
    if (after == U'〔') return kReferencePenalty;
    return number_rule(index, last_of(index), after);
  }

  /// A number stays with what it counts: 第3条, 300万元, 2026年, 〔2026〕12号.
  std::int64_t number_rule(std::size_t index, char32_t before, char32_t after) const {
    const Token& left = tokens_[index];
    const Token& right = tokens_[index + 1];
    if (is_digit(before) && right.kind == CharClass::Han && follows_number(after)) {
      return kForbidden;
    }
    if (is_digit(after) && (before == U'〕' || precedes_number(before))) return kForbidden;
    if (before == U'第' && one_of(U"一二三四五六七八九十百", after)) return kOrdinalPenalty;
    const bool counted = index > 0 && is_digit(last_of(index - 1));
    if (counted && left.kind == CharClass::Han && follows_number(before)) {
      if (is_digit(after)) return kDatePenalty;
      if (one_of(U"万亿", before)) return follows_number(after) ? kForbidden : 0;
    }
    if (left.kind != CharClass::Word || right.kind != CharClass::Word) return 0;
    return word_rule(index, before, after);
  }

  /// Between two words that a blank parts: GB/T 9704, 100 kW.
  std::int64_t word_rule(std::size_t index, char32_t before, char32_t after) const {
    if (!is_digit(before) && is_digit(after)) return kReferencePenalty;
    const Token& right = tokens_[index + 1];
    const bool unit = is_digit(before) && right.last - right.first <= kLongestUnit;
    return unit && !is_digit(after) ? kReferencePenalty : 0;
  }

  void raise(std::size_t first, std::size_t last, std::int64_t penalty) {
    for (std::size_t i = first; i < last; ++i)
      penalties_[i] = std::max(penalties_[i], penalty);
  }

  /// 《公司法》 rather stays whole.
  void keep_short_titles() {
    std::size_t opened = tokens_.size();
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const char32_t c = first_of(i);
      if (c == U'《') opened = i;
      if (c != U'》' || opened == tokens_.size()) continue;
      const std::size_t size = i - opened - 1;
      if (size <= kLongTitle) {
        raise(opened, i, size <= kShortTitle ? kShortTitlePenalty : kTitlePenalty);
      }
      opened = tokens_.size();
    }
  }

  /// 张三 between marks or before 同志 rather stays whole.
  void keep_names() {
    for (std::size_t i = 0; i < tokens_.size();) {
      std::size_t end = i;
      while (end < tokens_.size() && is_han(end) && (end == i || tokens_[end - 1].spaces == 0))
        ++end;
      const std::size_t count = std::min(end, comrade(i, end)) - i;
      if ((count == 2 || count == 3) && one_of(kSurnames, first_of(i))) {
        raise(i, i + count - 1, kNamePenalty);
      }
      i = std::max(end, i + 1);
    }
  }

  /// Where 同志 begins between `first` and `end`; `end` if it does not.
  std::size_t comrade(std::size_t first, std::size_t end) const {
    for (std::size_t i = first; i + 1 < end; ++i) {
      if (first_of(i) == U'同' && first_of(i + 1) == U'志') return i;
    }
    return end;
  }

  std::span<const Letter> letters_;
  std::span<const Token> tokens_;
  std::vector<std::int64_t>& penalties_;
};

}  // namespace

void tokenise(std::span<const Letter> letters, std::vector<Token>& tokens) {
  tokens.clear();
  for (std::size_t i = 0; i < letters.size();) {
    if (class_of(letters[i].character) == CharClass::Space) {
      if (!tokens.empty()) ++tokens.back().spaces;
      ++i;
      continue;
    }
    tokens.push_back(token_at(letters, i));
    i = tokens.back().last;
  }
}

void price_breaks(std::span<const Letter> letters, std::span<const Token> tokens,
                  std::vector<std::int64_t>& penalties) {
  Pricer(letters, tokens, penalties).run();
}

void price_words(std::span<const Letter> letters, std::span<const Token> tokens,
                 std::vector<std::int64_t>& penalties) {
  std::u32string text;
  for (const Letter& letter : letters)
    text += letter.character;
  const std::vector<std::size_t> ends = text::word_ends(text);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const std::size_t next = tokens[i + 1].first;
    if (ends[next - 1] == ends[next]) penalties[i] = std::max(penalties[i], kWordPenalty);
  }
}

}  // namespace huice::layout
