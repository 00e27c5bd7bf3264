#include "text/document_number.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "text/normalize.h"
#include "text/numerals.h"

namespace huice::text {
namespace {

/// Longest agency part: 财政部税务总局科技部工业和信息化部公告 has 19 letters.
constexpr std::size_t kMostAgency = 40;
constexpr std::size_t kMostBracketedAgency = 16;
constexpr std::size_t kMostBlanks = 4;

// Folding (NFKC) has already turned full-width brackets into ASCII ones.
constexpr std::u32string_view kOpen = U"〔[({【﹝［⟦〖「";
constexpr std::u32string_view kClose = U"〕])}】﹞］⟧〗」";

bool is_blank(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\u3000' || c == U'\u00A0';
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool is_numeral(char32_t c) {
  constexpr std::u32string_view kHan = U"〇○零一二三四五六七八九十百千";
  return is_digit(c) || kHan.find(c) != std::u32string_view::npos;
}

bool is_agency_letter(char32_t c) {
  return is_han(c) && c != U'〇';
}

/// Words after which an agency code may begin. None of them is a part of a code in use:
/// 经 (湘经信), 自 (自然资), 日 (日照's) and their like are therefore not here.
constexpr std::array<std::u32string_view, 30> kLeads = {
    U"根据", U"按照", U"依照", U"依据", U"参照", U"贯彻", U"落实", U"执行", U"转发", U"印发",
    U"关于", U"以及", U"文件", U"废止", U"替代", U"代替", U"通知", U"意见", U"办法", U"原",
    U"和",   U"与",   U"及",   U"或",   U"见",   U"的",   U"按",   U"是",   U"由",   U"号"};

/// Names of agencies and places that hold one of those words.
constexpr std::array<std::u32string_view, 9> kNames = {
    U"共和国",     U"发展和改革", U"资源和社会保障", U"工业和信息化", U"住房和城乡",
    U"文化和旅游", U"呼和浩特",   U"和平",           U"规划和自然"};

bool inside_name(std::u32string_view agency, std::size_t at) {
  return std::ranges::any_of(kNames, [&](std::u32string_view name) {
    const std::size_t from = at < name.size() ? 0 : at - name.size() + 1;
    const auto found = agency.find(name, from);
    return found != std::u32string_view::npos && found <= at;
  });
}

/// Drops what leads up to the code, as long as two letters of it remain.
std::u32string_view without_lead(std::u32string_view agency, bool after_digit) {
  constexpr std::size_t kLeastCode = 2;
  if (after_digit && agency.size() > kLeastCode &&
      std::u32string_view(U"日号年月条").find(agency.front()) != std::u32string_view::npos) {
    agency.remove_prefix(1);
  }
  std::size_t cut = 0;
  for (const auto lead : kLeads) {
    const auto at = agency.rfind(lead);
    if (at == std::u32string_view::npos || inside_name(agency, at)) continue;
    const std::size_t end = at + lead.size();
    if (agency.size() >= end + kLeastCode) cut = std::max(cut, end);
  }
  return agency.substr(cut);
}

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class Finder {
 public:
  explicit Finder(std::u32string_view text) : text_(text) {}

  std::size_t agency_begin() const { return agency_.begin; }
  std::size_t end() const { return at_; }

  /// A bracket at `open`: agency before it, year in it, serial after it.
  std::optional<DocumentNumber> bracketed(std::size_t open, bool ending_required) {
    at_ = open + 1;
    skip_blanks();
    const auto year = read_numeral(4);
    if (!year || *year < 1900 || *year > 2199) return std::nullopt;
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == U'年') ++at_;
    if (at_ >= text_.size() || kClose.find(text_[at_]) == std::u32string_view::npos) {
      return std::nullopt;
    }
    ++at_;
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == U'字') ++at_;
    if (!read_serial(ending_required)) return std::nullopt;
    agency_ = agency_before(open, kMostBracketedAgency, false);
    return number(*year, DocumentNumber::Form::Bracketed);
  }

  /// 公告 or 令 that ends at `end`.
  std::optional<DocumentNumber> named(std::size_t end, DocumentNumber::Form form,
                                      bool ending_required) {
    at_ = end;
    skip_blanks();
    int year = 0;
    if (form == DocumentNumber::Form::Announcement) {
      const auto read = read_numeral(4);
      if (!read || *read < 1900 || at_ >= text_.size() || text_[at_] != U'年') return std::nullopt;
      ++at_;
      skip_blanks();
      year = *read;
    }
    const bool numbered = at_ < text_.size() && text_[at_] == U'第';
    if (!numbered || !read_serial(ending_required)) return std::nullopt;
    agency_ = agency_before(end, kMostAgency, true);
    return number(year, form);
  }

 private:
  void skip_blanks() {
    for (std::size_t n = 0; n < kMostBlanks && at_ < text_.size() && is_blank(text_[at_]); ++n)
      ++at_;
  }

  std::optional<int> read_numeral(std::size_t most) {
    const std::size_t start = at_;
    while (at_ < text_.size() && at_ - start < most && is_numeral(text_[at_]))
      ++at_;
    const auto value = parse_chinese_numeral(encode_utf8(text_.substr(start, at_ - start)));
    constexpr int kMost = 999'999;
    if (!value || *value > kMost) return std::nullopt;
    return static_cast<int>(*value);
  }

  bool read_serial(bool ending_required) {
    constexpr std::size_t kMostDigits = 6;
    if (at_ < text_.size() && text_[at_] == U'第') ++at_;
    skip_blanks();
    const auto serial = read_numeral(kMostDigits);
    if (!serial || *serial == 0) return false;
    serial_ = *serial;
    const std::size_t before_blanks = at_;
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == U'号') {
      ++at_;
      return true;
    }
    at_ = before_blanks;
    return !ending_required;
  }

  /// The letters before `end`. Announcements name their agencies in full, with blanks between.
  Span agency_before(std::size_t end, std::size_t most, bool blanks_inside) const {
    while (end > 0 && is_blank(text_[end - 1]))
      --end;
    std::size_t begin = end;
    while (begin > 0 && end - begin < most) {
      const char32_t c = text_[begin - 1];
      const bool inner_blank =
          blanks_inside && is_blank(c) && begin > 1 && is_agency_letter(text_[begin - 2]);
      if (!is_agency_letter(c) && !inner_blank) break;
      --begin;
    }
    const auto agency = text_.substr(begin, end - begin);
    const bool after_digit = begin > 0 && is_digit(text_[begin - 1]);
    return {end - without_lead(agency, after_digit).size(), end};
  }

  std::optional<DocumentNumber> number(int year, DocumentNumber::Form form) const {
    std::u32string agency;
    for (const char32_t c : text_.substr(agency_.begin, agency_.end - agency_.begin)) {
      if (!is_blank(c)) agency += c;
    }
    constexpr std::size_t kLeastNamed = 3;  // 主席令; a bare 公告 or 令 says nothing
    const bool bracketed = form == DocumentNumber::Form::Bracketed;
    if (agency.size() < (bracketed ? 1 : kLeastNamed) || agency == U"编号") return std::nullopt;
    return DocumentNumber{encode_utf8(agency), year, serial_, form};
  }

  std::u32string_view text_;
  std::size_t at_ = 0;
  int serial_ = 0;
  Span agency_;
};

struct Hit {
  DocumentNumber number;
  Span span;
};

/// The number whose year bracket, 公告 or 令 is at `at`.
std::optional<Hit> hit_at(std::u32string_view text, std::size_t at, bool ending_required) {
  Finder finder(text);
  std::optional<DocumentNumber> number;
  const char32_t c = text[at];
  if (kOpen.find(c) != std::u32string_view::npos) {
    number = finder.bracketed(at, ending_required);
  } else if (c == U'告' && at > 0 && (text[at - 1] == U'公' || text[at - 1] == U'通')) {
    using enum DocumentNumber::Form;
    number = finder.named(at + 1, Announcement, ending_required);
    if (!number) number = finder.named(at + 1, Order, ending_required);
  } else if (c == U'令') {
    number = finder.named(at + 1, DocumentNumber::Form::Order, ending_required);
  }
  if (!number) return std::nullopt;
  return Hit{std::move(*number), {finder.agency_begin(), finder.end()}};
}

}  // namespace

std::string DocumentNumber::text() const {
  const std::string last = std::to_string(serial) + "号";
  switch (form) {
    case Form::Bracketed:
      return agency + "〔" + std::to_string(year) + "〕" + last;
    case Form::Announcement:
      return agency + std::to_string(year) + "年第" + last;
    case Form::Order:
      return agency + "第" + last;
  }
  return {};
}

std::vector<FoundDocumentNumber> find_document_numbers(std::string_view utf8) {
  const Folded folded = fold_with_origin(utf8);
  std::vector<FoundDocumentNumber> found;
  for (std::size_t at = 0; at < folded.text.size(); ++at) {
    auto hit = hit_at(folded.text, at, true);
    if (!hit) continue;
    const std::size_t begin = folded.origin[hit->span.begin];
    found.push_back({std::move(hit->number), begin, folded.origin[hit->span.end] - begin});
    at = hit->span.end - 1;
  }
  return found;
}

std::optional<DocumentNumber> parse_document_number(std::string_view utf8) {
  constexpr std::size_t kMostBytes = 256;
  const std::string_view whole = trimmed(utf8);
  if (whole.empty() || whole.size() > kMostBytes) return std::nullopt;
  const std::u32string text = fold_with_origin(whole).text;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto hit = hit_at(text, at, false);
    if (hit && hit->span.begin == 0 && hit->span.end == text.size()) return hit->number;
  }
  return std::nullopt;
}

}  // namespace huice::text
