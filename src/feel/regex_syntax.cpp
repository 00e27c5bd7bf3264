// XPath's regular expressions rewritten for PCRE2: what the two do not share is class subtraction,
// blocks of Unicode, name classes, the meaning of `.`, and what counts as an error.
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "feel/regex.h"

namespace huice::feel {
namespace {

struct Block {
  std::string_view name;
  std::string_view range;
};
constexpr std::array<Block, 14> kBlocks = {{
    {"BasicLatin", "\\x{0}-\\x{7F}"},
    {"Latin-1Supplement", "\\x{80}-\\x{FF}"},
    {"LatinExtended-A", "\\x{100}-\\x{17F}"},
    {"LatinExtended-B", "\\x{180}-\\x{24F}"},
    {"Greek", "\\x{370}-\\x{3FF}"},
    {"GreekandCoptic", "\\x{370}-\\x{3FF}"},
    {"Cyrillic", "\\x{400}-\\x{4FF}"},
    {"GeneralPunctuation", "\\x{2000}-\\x{206F}"},
    {"CJKSymbolsandPunctuation", "\\x{3000}-\\x{303F}"},
    {"Hiragana", "\\x{3040}-\\x{309F}"},
    {"Katakana", "\\x{30A0}-\\x{30FF}"},
    {"CJKUnifiedIdeographsExtensionA", "\\x{3400}-\\x{4DBF}"},
    {"CJKUnifiedIdeographs", "\\x{4E00}-\\x{9FFF}"},
    {"HalfwidthandFullwidthForms", "\\x{FF00}-\\x{FFEF}"},
}};

constexpr std::string_view kNameStart = "\\p{L}_:";
constexpr std::string_view kNamePart = "\\p{L}\\p{M}\\p{Nd}_:.\\-\\x{B7}";

std::string without_blanks(std::string_view pattern) {
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (c == '\\' && i + 1 < pattern.size()) {
      // A blank after the backslash goes too: what counts is the next mark.
      std::size_t next = i + 1;
      while (depth == 0 && next + 1 < pattern.size() && pattern[next] == ' ')
        ++next;
      out += c;
      out += pattern[next];
      i = next;
      continue;
    }
    if (c == '[') ++depth;
    if (c == ']' && depth > 0) --depth;
    if (!blank || depth > 0) out += c;
  }
  return out;
}

class Translator {
 public:
  Translator(std::string_view pattern, bool dot_all) : rest_(pattern), dot_all_(dot_all) {}

  std::optional<std::string> run() {
    while (!rest_.empty()) {
      if (!piece()) return std::nullopt;
    }
    return open_.empty() ? std::optional(std::move(out_)) : std::nullopt;
  }

 private:
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  bool piece() {
    const char c = take();
    switch (c) {
      case '\\':
        return escape(out_, false);
      case '[': {
        const auto made = char_class();
        if (made) out_ += *made;
        return made.has_value();
      }
      case '.':
        out_ += dot_all_ ? "(?s:.)" : "[^\\n\\r]";
        return true;
      case '(':
        return open_group();
      case ')':
        if (open_.empty()) return false;
        if (open_.back() > 0) closed_ += 1;
        open_.pop_back();
        out_ += c;
        return true;
      case '*':
      case '+':
      case '?':
        return quantifier(c);
      case '{':
        return repetition();
      case ']':
      case '}':
        return false;
      default:
        out_ += c;
        return true;
    }
  }

  bool open_group() {
    const bool plain = !rest_.starts_with('?');
    if (!plain && !rest_.starts_with("?:")) return false;
    open_.push_back(plain ? ++groups_ : 0);
    out_ += plain ? "(" : "(?:";
    if (!plain) rest_.remove_prefix(2);
    return true;
  }

  /// After `{`: `3}`, `3,}` or `3,5}`.
  bool repetition() {
    const auto end = rest_.find('}');
    const std::string_view bounds = rest_.substr(0, std::min(end, rest_.size()));
    const bool sound = end != std::string_view::npos && !bounds.empty() && bounds.size() <= 11 &&
                       bounds.find_first_not_of("0123456789,") == std::string_view::npos &&
                       bounds.front() != ',' && bounds.find(',') == bounds.rfind(',');
    if (!sound) return false;
    out_ += "{" + std::string(bounds);
    rest_.remove_prefix(end + 1);
    return quantifier('}');
  }

  /// Possessive quantifiers are none of XPath's.
  bool quantifier(char c) {
    out_ += c;
    if (rest_.starts_with('?')) out_ += take();
    return !rest_.starts_with('+') && !rest_.starts_with('*') && !rest_.starts_with('?');
  }

  bool escape(std::string& out, bool in_class) {
    if (rest_.empty()) return false;
    const char c = take();
    if (c >= '0' && c <= '9') return !in_class && back_reference(c, out);
    if (c == 'p' || c == 'P') return category(c == 'P', out, in_class);
    const auto set = [&](std::string_view members, bool negated) {
      if (in_class && negated) return false;  // has no form inside brackets of PCRE
      out += in_class ? std::string(members) : (negated ? "[^" : "[") + std::string(members) + "]";
      return true;
    };
    if (c == 'i' || c == 'I') return set(kNameStart, c == 'I');
    if (c == 'c' || c == 'C') return set(kNamePart, c == 'C');
    if (std::string_view("nrt\\|.?*+(){}-[]^$sSdDwW").find(c) == std::string_view::npos) {
      return false;
    }
    out += '\\';
    out += c;
    return true;
  }

  /// The longest number that is a group already closed.
  bool back_reference(char first, std::string& out) {
    int number = first - '0';
    if (number == 0 || number > closed_) return false;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9' &&
           number * 10 + (rest_.front() - '0') <= closed_) {
      number = number * 10 + (take() - '0');
    }
    out += "(?:\\" + std::to_string(number) + ")";
    return true;
  }

  bool category(bool negated, std::string& out, bool in_class) {
    const auto end = rest_.find('}');
    if (!rest_.starts_with('{') || end == std::string_view::npos) return false;
    const std::string_view name = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    if (!name.starts_with("Is")) {
      out += (negated ? "\\P{" : "\\p{") + std::string(name) + "}";
      return !name.empty() && name.size() <= 2;
    }
    for (const Block& block : kBlocks) {
      if (block.name != name.substr(2)) continue;
      if (in_class && negated) return false;
      out += in_class ? std::string(block.range)
                      : (negated ? "[^" : "[") + std::string(block.range) + "]";
      return true;
    }
    return false;
  }

  /// After `[`. A subtraction `[a-z-[aeiou]]` becomes a look-ahead that forbids the rest.
  std::optional<std::string> char_class() {
    if (++depth_ > 20) return std::nullopt;
    std::string members;
    std::string subtracted;
    const bool negated = rest_.starts_with('^');
    if (negated) take();
    while (true) {
      if (rest_.empty()) return std::nullopt;
      if (rest_.starts_with("-[")) {
        rest_.remove_prefix(2);
        const auto inner = char_class();
        if (!inner || !rest_.starts_with(']')) return std::nullopt;
        subtracted = *inner;
      }
      const char c = take();
      if (c == ']') break;
      if (c == '[') return std::nullopt;
      if (c == '\\') {
        if (!escape(members, true)) return std::nullopt;
      } else if (c == '-' && is_plain_hyphen(members)) {
        members += "\\-";
      } else {
        members += c;
      }
    }
    --depth_;
    if (members.empty()) return std::nullopt;
    const std::string plain = (negated ? "[^" : "[") + members + "]";
    return subtracted.empty() ? plain : "(?:(?!" + subtracted + ")" + plain + ")";
  }

  /// Whether a hyphen stands for itself: first, last, or right after a range.
  bool is_plain_hyphen(const std::string& members) const {
    if (members.empty() || rest_.starts_with(']')) return true;
    const auto size = members.size();
    return size >= 3 && members[size - 2] == '-' && members[size - 3] != '\\';
  }

  std::string_view rest_;
  bool dot_all_;
  std::string out_;
  std::vector<int> open_;  ///< numbers of the groups not yet closed; 0 for one without number
  int groups_ = 0;
  int closed_ = 0;
  int depth_ = 0;
};

}  // namespace

std::optional<std::string> to_pcre(std::string_view pattern, bool dot_all, bool free_spacing) {
  const std::string packed = free_spacing ? without_blanks(pattern) : std::string(pattern);
  return Translator(packed, dot_all).run();
}

}  // namespace huice::feel
