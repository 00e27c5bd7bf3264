// From lines to parts: where the title is, who is addressed, who signs, what is annexed.
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "lint/draft.h"
#include "lint/letters.h"
#include "lint/parts.h"
#include "text/dates.h"
#include "text/numerals.h"

namespace huice::lint {
namespace {

/// How many of the first lines may hold what stands above the title.
constexpr std::size_t kTopLines = 14;
constexpr std::size_t kMostTitleLines = 6;
constexpr std::size_t kMostTitleLetters = 60;  // of one line
constexpr std::size_t kMostOffices = 8;
constexpr std::size_t kMostOfficeLetters = 40;

class Reader {
 public:
  explicit Reader(std::vector<Line> lines) : lines_(std::move(lines)) {}

  Draft read() && {
    for (std::size_t i = 0; i < lines_.size(); ++i)
      draft_.paragraphs.push_back(paragraph_of(i));
    const std::size_t title = take_top();
    std::size_t body = take_title(title);
    body = take_below_title(body);
    take_rest(body);
    complete(draft_);
    return std::move(draft_);
  }

 private:
  Paragraph paragraph_of(std::size_t index) const {
    const Line& line = lines_[index];
    Paragraph made{.line = index, .where = line.where};
    std::size_t begin = std::min(line.skip, line.text.size());
    const std::size_t notation = begin;
    while (begin < line.text.size() && is_blank(line.text[begin]))
      ++begin;
    made.indent = line.text.substr(notation, begin - notation);
    made.text = trimmed(std::u32string_view(line.text).substr(begin));
    made.offset = begin;
    if (made.where.line > 0) made.where.column += static_cast<int>(begin);
    if (line.table_row) {
      made.role = Role::Row;
      made.cells = cells_of(made.text);
    }
    return made;
  }

  static std::vector<std::u32string> cells_of(std::u32string_view row) {
    const char32_t bar = holds(row, U"\t") ? U'\t' : U'|';
    if (bar == U'|' && row.starts_with(bar)) row.remove_prefix(1);
    if (bar == U'|' && row.ends_with(bar)) row.remove_suffix(1);
    std::vector<std::u32string> cells;
    while (true) {
      const auto end = std::min(row.find(bar), row.size());
      cells.emplace_back(trimmed(row.substr(0, end)));
      if (end == row.size()) return cells;
      row.remove_prefix(end + 1);
    }
  }

  std::u32string_view text(std::size_t i) const {
    return i < draft_.paragraphs.size() ? std::u32string_view(draft_.paragraphs[i].text)
                                        : std::u32string_view();
  }
  void mark(std::size_t i, Role role) {
    draft_.paragraphs[i].role = role;
    draft_.paragraphs[i].part = part_;
  }

  /// 云岭县人民政府文件, or an office alone close above the number.
  bool is_letterhead(std::size_t i) const {
    const std::u32string name = without_blanks(text(i));
    if (name.size() > kMostOfficeLetters || holds(name, U"关于")) return false;
    if (name.ends_with(U"文件") && is_office(name.substr(0, name.size() - 2))) return true;
    if (!is_office(name)) return false;
    for (std::size_t next = i + 1; next < i + kMostTitleLines; ++next) {
      if (is_number_line(text(next))) return true;
      if (!is_office(without_blanks(text(next)))) return false;
    }
    return false;
  }

  std::optional<Role> role_above_title(std::size_t i) const {
    const std::u32string_view line = text(i);
    if (draft_.paragraphs[i].role == Role::Row) return std::nullopt;
    if (is_copy_number(line)) return Role::CopyNumber;
    if (is_secrecy(line)) return Role::Secrecy;
    if (is_urgency(line)) return Role::Urgency;
    if (line.starts_with(U"签发人")) return Role::Signer;
    if (is_number_line(line)) return Role::Number;
    if (is_letterhead(i)) return Role::Letterhead;
    return std::nullopt;
  }

  std::size_t take_top() {
    std::size_t i = 0;
    for (; i < std::min(kTopLines, draft_.paragraphs.size()); ++i) {
      const auto role = role_above_title(i);
      if (!role) break;
      mark(i, *role);
    }
    return i;
  }

  bool is_title_line(std::size_t i) const {
    const std::u32string_view line = text(i);
    if (line.empty() || line.size() > kMostTitleLetters) return false;
    if (draft_.paragraphs[i].role == Role::Row || is_addressee(line)) return false;
    const bool stopped = line.back() == U'。' && holds(line, U"关于") && !genre_of(line).empty();
    if (one_of(line.back(), U"。；，、：:,;") && !stopped) return false;
    if (is_number_line(line) || is_date_line(line)) return false;
    return !text::leading_ordinal(encode_utf8(line));
  }

  /// Behind the title that begins at `begin`; `begin` when none does.
  std::size_t title_end(std::size_t begin) const {
    std::u32string joined;
    std::size_t end = begin;
    std::optional<std::size_t> complete;
    while (end < begin + kMostTitleLines && is_title_line(end)) {
      if (end > begin && lines_[end].after_gap) break;
      joined += without_blanks(text(end));
      ++end;
      if (!complete && is_whole_title(joined)) complete = end;
    }
    if (end == begin) return begin;
    const bool proven = end < lines_.size() && (is_number_line(text(end)) ||
                                                is_addressee(text(end)) || lines_[end].after_gap);
    if (proven && (complete || holds(joined, U"关于"))) return end;
    return complete.value_or(begin);
  }

  std::size_t take_title(std::size_t begin) {
    const std::size_t end = title_end(begin);
    for (std::size_t i = begin; i < end; ++i) {
      mark(i, Role::Title);
      draft_.title += without_blanks(text(i));
    }
    return end;
  }

  std::size_t take_below_title(std::size_t i) {
    // （2026年5月7日 …通过） and other history stays body.
    for (; i < draft_.paragraphs.size(); ++i) {
      if (is_number_line(text(i))) {
        mark(i, Role::Number);
      } else if (is_addressee(text(i)) && !draft_.title.empty()) {
        mark(i, Role::Addressee);
        return i + 1;
      } else {
        return i;
      }
    }
    return i;
  }

  void take_rest(std::size_t i) {
    while (i < draft_.paragraphs.size()) {
      if (draft_.paragraphs[i].role == Role::Row) {
        draft_.paragraphs[i].part = part_;
        ++i;
      } else if (is_annex_label(text(i)) && !is_attachment_list(i)) {
        i = take_annex(i);
      } else if (begins_attachments(i)) {
        i = take_attachments(i);
      } else if (const std::size_t date = signature_date(i); date != i) {
        i = take_signature(i, date);
      } else if (is_copies(text(i)) && !first_text_of_part_) {
        mark(i++, Role::Copies);
      } else if (is_printing(text(i))) {
        mark(i++, Role::Printing);
      } else if (signed_ && is_note(text(i)) && part_ == 0) {
        mark(i++, Role::Note);
      } else if (signed_ && part_ == 0 && title_end(i) != i) {
        i = take_issued_title(i);
      } else {
        mark(i++, Role::Body);
        first_text_of_part_ = false;
      }
    }
  }

  /// `附件：` alone, with the list in the lines below it and a signature after that.
  bool is_attachment_list(std::size_t i) const {
    return text(i).size() <= 3 && one_of(text(i).back(), U"：:") &&
           one_of(letter(text(i + 1), 0), U"1１");
  }

  bool begins_attachments(std::size_t i) const {
    const std::u32string_view line = text(i);
    const bool label =
        begins(line, 0, U"附件：") || begins(line, 0, U"附件:") || begins(line, 0, U"附：");
    // The text that a notice issues may have annexes of its own; an annex has none.
    return label && !in_annex_ && !one_of(line.back(), U"。");
  }

  std::size_t take_attachments(std::size_t i) {
    mark(i++, Role::Attachments);
    while (i < draft_.paragraphs.size() && is_digit(letter(text(i), 0)) && !is_date_line(text(i)) &&
           !is_printing(text(i)) && text(i).size() <= kMostTitleLetters) {
      mark(i++, Role::Attachments);
    }
    return i;
  }

  /// One behind the line of the date, if a signature begins at `i`; else `i`.
  std::size_t signature_date(std::size_t i) const {
    if (part_ > 0 && draft_.title.empty()) return i;
    std::size_t at = i;
    while (at < i + kMostOffices && at < draft_.paragraphs.size() && is_signer_line(text(at)))
      ++at;
    if (at >= draft_.paragraphs.size() || !is_date_line(text(at))) return i;
    return at + 1;
  }

  static bool is_signer_line(std::u32string_view line) {
    const std::u32string name = without_blanks(line);
    return name.size() <= kMostOfficeLetters && is_office(name);
  }

  std::size_t take_signature(std::size_t i, std::size_t end) {
    for (; i + 1 < end; ++i)
      mark(i, Role::Office);
    mark(i, Role::Date);
    if (part_ == 0) signed_ = true;
    return end;
  }

  std::size_t take_annex(std::size_t i) {
    ++part_;
    in_annex_ = true;
    first_text_of_part_ = true;
    mark(i, Role::AnnexLabel);
    const std::size_t title = i + 1;
    std::size_t end = title_end(title);
    // What stands alone below the label is the title, whatever it ends in.
    if (end == title && is_title_line(title)) end = title + 1;
    for (std::size_t at = title; at < end; ++at)
      mark(at, Role::AnnexTitle);
    return end;
  }

  std::size_t take_issued_title(std::size_t i) {
    ++part_;
    first_text_of_part_ = true;
    const std::size_t end = title_end(i);
    for (; i < end; ++i)
      mark(i, Role::AnnexTitle);
    return end;
  }

  std::vector<Line> lines_;
  Draft draft_;
  int part_ = 0;
  bool in_annex_ = false;
  bool signed_ = false;
  bool first_text_of_part_ = false;
};

}  // namespace

Draft read_draft(std::vector<Line> lines) {
  return Reader(std::move(lines)).read();
}

}  // namespace huice::lint
