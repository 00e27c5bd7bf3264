#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include "base/utf8.h"
#include "library/readers.h"
#include "text/normalize.h"
#include "text/numerals.h"

namespace huice::library {
namespace {

/// Where a line stands on a page that is set in two columns.
enum class Column { Whole, Left, Right };

/// One line of type. Positions are points on the page; they only decide how lines join.
struct TypeLine {
  std::string text;
  double left = 0;
  double right = 0;
  double top = 0;
  double height = 0;
  Column column = Column::Whole;
};
using TypePage = std::vector<TypeLine>;

std::string utf8_of(const poppler::ustring& text) {
  const auto bytes = text.to_utf8();
  return {bytes.begin(), bytes.end()};
}

bool is_latin_end(std::string_view text) {
  return !text.empty() && static_cast<unsigned char>(text.back()) < 0x80;
}
bool is_latin_start(std::string_view text) {
  return !text.empty() && static_cast<unsigned char>(text.front()) < 0x80;
}

/// Joined as one reads on: a blank only between Latin words.
void join(std::string& text, std::string_view more) {
  if (is_latin_end(text) && is_latin_start(more)) text += ' ';
  text += more;
}

/// The words of a page as poppler finds them, each a line of its own.
TypePage words_of(const poppler::page& page) {
  TypePage words;
  for (const poppler::text_box& box : page.text_list()) {
    const poppler::rectf place = box.bbox();
    std::string text(text::trimmed(utf8_of(box.text())));
    if (text.empty() || box.rotation() != 0) continue;
    words.push_back({std::move(text), place.left(), place.right(), place.y(), place.height()});
  }
  return words;
}

/// Whether lines on both sides of `gutter` fill their half, as columns of text do and cells of
/// tables do not, and hardly any crosses it.
bool parts_columns(const TypePage& words, double gutter, double left, double right) {
  constexpr std::size_t kLeastLines = 6;
  constexpr double kFull = 0.8;
  std::size_t crossing = 0;
  std::map<long, std::pair<double, double>> rows[2];  // by height on the page: from, to
  for (const TypeLine& word : words) {
    if (word.left < gutter && word.right > gutter) {
      ++crossing;
      continue;
    }
    const auto row = static_cast<long>(word.top / 3);
    auto& span =
        rows[word.left < gutter ? 0 : 1].try_emplace(row, word.left, word.right).first->second;
    span = {std::min(span.first, word.left), std::max(span.second, word.right)};
  }
  for (int side = 0; side < 2; ++side) {
    const double width = side == 0 ? gutter - left : right - gutter;
    const auto full = std::ranges::count_if(rows[side], [&](const auto& row) {
      return row.second.second - row.second.first >= kFull * width;
    });
    if (static_cast<std::size_t>(full) < kLeastLines) return false;
    if (static_cast<std::size_t>(full) * 2 < rows[side].size()) return false;
  }
  return crossing * 3 <= std::min(rows[0].size(), rows[1].size());
}

/// The place between two columns; nullopt on a page that is set in one.
std::optional<double> gutter_of(const TypePage& words) {
  if (words.empty()) return std::nullopt;
  double left = words.front().left;
  double right = words.front().right;
  for (const TypeLine& word : words) {
    left = std::min(left, word.left);
    right = std::max(right, word.right);
  }
  // The middle first: columns are mostly alike.
  constexpr int kSteps = 8;
  for (int step = 0; step <= kSteps; ++step) {
    for (const int side : {-1, 1}) {
      const double gutter = (left + right) / 2 + side * step * (right - left) / 100;
      if (parts_columns(words, gutter, left, right)) return gutter;
    }
  }
  return std::nullopt;
}

/// Words of one baseline become a line, left to right, over gaps of up to `widest` letters.
TypePage joined_lines(TypePage words, double widest) {
  TypePage lines;
  for (TypeLine& word : words) {
    TypeLine* last = lines.empty() ? nullptr : &lines.back();
    const bool same_line =
        last != nullptr && last->column == word.column && word.top < last->top + last->height / 2 &&
        last->top < word.top + word.height / 2 && word.left >= last->right - last->height &&
        word.left <= last->right + widest * last->height;
    if (same_line) {
      join(last->text, word.text);
      last->right = std::max(last->right, word.right);
      last->height = std::max(last->height, word.height);
    } else {
      lines.push_back(std::move(word));
    }
  }
  return lines;
}

/// Lines in the order of reading: between lines that cross the gutter, the left column, then the
/// right one.
TypePage in_columns(TypePage lines) {
  std::ranges::stable_sort(lines, {}, &TypeLine::top);
  TypePage ordered;
  TypePage right;
  const auto flush = [&] {
    std::ranges::move(right, std::back_inserter(ordered));
    right.clear();
  };
  for (TypeLine& line : lines) {
    if (line.column == Column::Whole) flush();
    (line.column == Column::Right ? right : ordered).push_back(std::move(line));
  }
  flush();
  return ordered;
}

TypePage lines_of(const poppler::page& page) {
  TypePage words = words_of(page);
  const auto gutter = gutter_of(words);
  constexpr double kAnyGap = 1e6;
  if (!gutter) return joined_lines(std::move(words), kAnyGap);
  // `— 1 —` and what else stands close together belongs to no column where it crosses the gutter.
  words = joined_lines(std::move(words), 1);
  for (TypeLine& word : words) {
    if (word.left < *gutter && word.right > *gutter) continue;
    word.column = word.left < *gutter ? Column::Left : Column::Right;
  }
  return in_columns(joined_lines(std::move(words), kAnyGap));
}

/// `— 3 —` and `第3页` are the same furniture on every page.
std::string without_digits(std::string_view text) {
  std::string rest;
  for (const char32_t c : decode_utf8(text::fold(text))) {
    if ((c < U'0' || c > U'9') && c != U' ') append_utf8(rest, c);
  }
  return rest;
}

bool is_page_number(std::string_view text) {
  const std::string rest = without_digits(text);
  constexpr std::size_t kLongest = 24;
  return text.size() <= kLongest && decode_utf8(rest).size() <= 4 &&
         decode_utf8(rest).find_first_not_of(U"-—–－―·第页共/") == std::u32string::npos;
}

/// How many lines at either edge of a page may be furniture.
constexpr std::size_t kEdge = 2;

bool at_edge(const TypePage& page, std::size_t i) {
  return i < kEdge || i + kEdge >= page.size();
}

/// Drops page numbers, and lines at the edges that at least half of three or more pages repeat.
void drop_furniture(std::vector<TypePage>& pages) {
  std::map<std::string, std::size_t> repeats;
  for (const TypePage& page : pages) {
    for (std::size_t i = 0; i < page.size(); ++i) {
      if (at_edge(page, i)) ++repeats[without_digits(page[i].text)];
    }
  }
  constexpr std::size_t kLeastRepeats = 3;
  for (TypePage& page : pages) {
    TypePage kept;
    for (std::size_t i = 0; i < page.size(); ++i) {
      const std::size_t times = repeats[without_digits(page[i].text)];
      const bool repeated = times >= kLeastRepeats && times * 2 >= pages.size();
      if (at_edge(page, i) && (repeated || is_page_number(page[i].text))) continue;
      kept.push_back(std::move(page[i]));
    }
    page = std::move(kept);
  }
}

/// The left and right edge of the text. One line in twenty may hang out on either side.
struct Measure {
  double left = 0;
  double right = 0;
};

Measure measure_of(const std::vector<TypePage>& pages, Column column) {
  std::vector<double> lefts;
  std::vector<double> rights;
  for (const TypePage& page : pages) {
    for (const TypeLine& line : page) {
      if (line.column != column) continue;
      lefts.push_back(line.left);
      rights.push_back(line.right);
    }
  }
  if (lefts.empty()) return {};
  std::ranges::sort(lefts);
  std::ranges::sort(rights);
  const std::size_t hanging = lefts.size() / 20;
  return {lefts[hanging], rights[rights.size() - 1 - hanging]};
}

/// 一、 (一) 第一条 and 抄送 never stand inside a paragraph at the start of a line.
bool starts_part(std::string_view text) {
  if (text.starts_with("抄送")) return true;
  const auto ordinal = text::leading_ordinal(text);
  return ordinal && ordinal->kind != text::OrdinalKind::Digit &&
         ordinal->kind != text::OrdinalKind::DigitBracket;
}

/// An indent of a letter, or a line before that ends early, starts a paragraph.
std::vector<SourceLine> paragraphs_of(const std::vector<TypePage>& pages) {
  std::map<Column, Measure> measures;
  for (const Column column : {Column::Whole, Column::Left, Column::Right})
    measures[column] = measure_of(pages, column);
  std::vector<SourceLine> paragraphs;
  const TypeLine* before = nullptr;
  for (const TypePage& page : pages) {
    bool first_of_page = true;
    for (const TypeLine& line : page) {
      const double letter = line.height;
      const bool indented = line.left > measures[line.column].left + letter * 0.8;
      const bool short_before =
          before == nullptr ||
          before->right < measures[before->column].right - 2.5 * before->height;
      const bool gap = before != nullptr && !first_of_page && line.top - before->top > 3.2 * letter;
      const bool other_size =
          before != nullptr && (before->height > letter * 1.2 || letter > before->height * 1.2);
      const bool fresh = indented || short_before || gap || other_size || starts_part(line.text);
      if (fresh || paragraphs.empty()) {
        paragraphs.push_back({.text = line.text, .after_gap = gap});
      } else {
        join(paragraphs.back().text, line.text);
      }
      before = &line;
      first_of_page = false;
    }
  }
  return paragraphs;
}

Error scanned() {
  return {.code = ErrorCode::Unsupported,
          .id = "library.pdf.scanned",
          .message = "PDF 里几乎没有文字，像是扫描件",
          .hint = "请先做文字识别（OCR），把结果存为 .txt、.docx 或带文字层的 PDF 再试"};
}

Error corrupt(std::string message) {
  return {.code = ErrorCode::InvalidInput,
          .id = "library.pdf.corrupt",
          .message = std::move(message),
          .hint = "请重新下载或重新导出"};
}

/// What poppler complains of while this lives: it passes over damage and gives what is left.
class Complaints {
 public:
  Complaints() {
    const auto hear = [](const std::string&, void* any) { *static_cast<bool*>(any) = true; };
    poppler::set_debug_error_function(hear, &any_);
  }
  ~Complaints() {
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  }
  Complaints(const Complaints&) = delete;
  Complaints& operator=(const Complaints&) = delete;

  bool any() const { return any_; }

 private:
  bool any_ = false;
};

}  // namespace

Result<SourceText> read_pdf(std::string bytes) {
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (document == nullptr) return corrupt("PDF 文件损坏，打不开");
  if (document->is_locked()) {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "library.pdf.locked",
                 .message = "PDF 设有打开口令",
                 .hint = "请去掉口令后另存再试"};
  }
  if (document->pages() > kMaxPages) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "library.too-large",
                 .message = "PDF 超过 " + std::to_string(kMaxPages) + " 页",
                 .hint = "请拆成几份再试"};
  }
  const Complaints complaints;  // of the pages: a torn table of contents poppler makes anew
  std::vector<TypePage> pages;
  std::size_t letters = 0;
  for (int i = 0; i < document->pages(); ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    if (page == nullptr) continue;
    pages.push_back(lines_of(*page));
    for (const TypeLine& line : pages.back())
      letters += code_point_count(line.text);
  }
  constexpr std::size_t kLeastLetters = 10;  // a page; a stamp or a page number has fewer
  if (letters < kLeastLetters * std::max<std::size_t>(1, pages.size()))
    return complaints.any() ? corrupt("PDF 文件损坏，读不出文字") : scanned();
  drop_furniture(pages);
  return finished({.lines = paragraphs_of(pages)});
}

}  // namespace huice::library
