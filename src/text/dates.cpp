#include "text/dates.h"

#include <string>
#include <utility>

#include "base/utf8.h"
#include "text/numerals.h"

namespace huice::text {
namespace {

std::optional<int> arabic_digit(char32_t c) {
  if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
  if (c >= U'０' && c <= U'９') return static_cast<int>(c - U'０');
  return std::nullopt;
}

bool is_blank(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\u3000' || c == U'\u00A0' || c == U'\r' || c == U'\n';
}

bool is_han_digit(char32_t c) {
  constexpr std::u32string_view kHan = U"〇○◯ＯO零一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾";
  return kHan.find(c) != std::u32string_view::npos;
}

/// Reads a day from the front of its text; every step says whether it was there.
class DayReader {
 public:
  explicit DayReader(std::u32string_view text) : text_(text) {}

  std::size_t position() const { return at_; }

  std::optional<Date> read() {
    const auto year = read_number(4, 4);
    if (!year) return std::nullopt;
    skip_blanks();
    const char32_t mark = peek();
    ++at_;
    const bool chinese = mark == U'年';
    if (!chinese && separators().find(mark) == std::u32string_view::npos) return std::nullopt;
    const auto month = read_part();
    if (!month || !(chinese ? take(U'月') : take_separator(mark))) return std::nullopt;
    const auto day = read_part();
    // 日 may be missing only between separators: 2015年3月8 is cut off.
    if (!day || (chinese && !take(U'日') && !take(U'号'))) return std::nullopt;
    if (!chinese && arabic_digit(peek())) return std::nullopt;
    return Date::make(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
  }

  std::optional<Date> read_compact() {
    const auto digits = read_number(8, 8);
    if (!digits) return std::nullopt;
    return Date::make(*digits / 10'000, static_cast<unsigned>(*digits / 100 % 100),
                      static_cast<unsigned>(*digits % 100));
  }

  /// Blanks, `00:00`, `T00:00:00.000Z`.
  bool only_midnight_follows() const {
    for (const char32_t c : text_.substr(at_)) {
      const bool allowed =
          is_blank(c) || c == U'0' || c == U':' || c == U'.' || c == U'T' || c == U'Z';
      if (!allowed) return false;
    }
    return true;
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_]))
      ++at_;
  }

 private:
  static std::u32string_view separators() { return U"-－‐–—./．／"; }

  char32_t peek() const { return at_ < text_.size() ? text_[at_] : U'\0'; }

  bool take(char32_t wanted) {
    skip_blanks();
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }

  bool take_separator(char32_t same) { return take(same); }

  std::optional<int> read_part() {
    skip_blanks();
    return read_number(1, 2);
  }

  /// Arabic digits, or Han ones (any count up to 4 letters: 二十一, 二〇二二).
  std::optional<int> read_number(std::size_t least, std::size_t most) {
    const std::size_t start = at_;
    int value = 0;
    while (at_ < text_.size() && at_ - start < most) {
      const auto digit = arabic_digit(text_[at_]);
      if (!digit) break;
      value = value * 10 + *digit;
      ++at_;
    }
    if (at_ - start >= least) return value;
    if (at_ != start) return std::nullopt;
    constexpr std::size_t kMostHan = 4;
    while (at_ < text_.size() && at_ - start < kMostHan && is_han_digit(text_[at_]))
      ++at_;
    if (at_ - start < (least > 1 ? least : 1)) return std::nullopt;
    const auto number = parse_chinese_numeral(encode_utf8(text_.substr(start, at_ - start)));
    constexpr int kLastYear = 9999;
    if (!number || *number > kLastYear) return std::nullopt;
    return static_cast<int>(*number);
  }

  std::u32string_view text_;
  std::size_t at_ = 0;
};

/// Longer than any day with blanks and a time.
constexpr std::size_t kMostLetters = 48;

}  // namespace

std::optional<Date> parse_people_date(std::string_view utf8) {
  if (utf8.empty() || utf8.size() > 4 * kMostLetters) return std::nullopt;
  const std::u32string text = decode_utf8(utf8);
  const auto whole = [&](auto read) -> std::optional<Date> {
    DayReader reader(text);
    reader.skip_blanks();
    const auto date = (reader.*read)();
    return date && reader.only_midnight_follows() ? date : std::nullopt;
  };
  const auto date = whole(&DayReader::read);
  return date ? date : whole(&DayReader::read_compact);
}

std::vector<FoundDate> find_dates(std::string_view utf8) {
  std::vector<FoundDate> found;
  const std::u32string text = decode_utf8(utf8);
  std::size_t offset = 0;
  bool inside_number = false;
  for (std::size_t at = 0; at < text.size();) {
    const bool digit = arabic_digit(text[at]) || is_han_digit(text[at]);
    std::size_t step = 1;
    if (digit && !inside_number) {
      DayReader reader(std::u32string_view(text).substr(at, kMostLetters));
      if (const auto date = reader.read()) {
        step = reader.position();
        const auto size = encode_utf8(std::u32string_view(text).substr(at, step)).size();
        found.push_back({*date, offset, size});
      }
    }
    inside_number = digit && step == 1;
    offset += encode_utf8(std::u32string_view(text).substr(at, step)).size();
    at += step;
  }
  return found;
}

}  // namespace huice::text
