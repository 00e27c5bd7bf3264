// Files of official documents, whatever wrote them, as lines of text.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace huice::library {

/// One paragraph, heading or table row; never holds a line end.
struct SourceLine {
  std::string text;
  int heading = 0;         ///< 1 to 9 where the file itself marks a heading; 0 elsewhere
  bool after_gap = false;  ///< an empty line stood before it
  bool table_row = false;  ///< cells joined by ` | `
};

/// What a reader found in a file. `title`, `date` and the like are filled by structure.h.
struct SourceText {
  std::vector<SourceLine> lines;
  std::string title;  ///< where the format has a place for it (HTML); may be empty
  /// What stands round the text of a page: cards of 文号, 发布机构 … among it. Never indexed.
  std::vector<SourceLine> surroundings;
  std::string encoding;  ///< of plain text: `UTF-8`, `GB18030` …; empty for other formats
};

/// No circular comes near: the longest statute has 200,000 letters.
inline constexpr std::size_t kMaxSourceBytes = std::size_t{32} << 20;
inline constexpr std::size_t kMaxLines = 200'000;
inline constexpr std::size_t kMaxTextBytes = std::size_t{16} << 20;
inline constexpr int kMaxPages = 3'000;

/// What `library add` takes from a folder.
enum class FileKind { Text, Markdown, Html, Docx, Pdf, Xlsx, Refused, Other };

/// By the end of the name. Refused are text formats that we know and cannot read (.doc, .wps …).
FileKind kind_of(const std::filesystem::path& path);

/// Reads a file by its kind; contents that belie the name are refused with the name they deserve.
/// Errors: those of read_file and of the readers below; Unsupported `library.format`.
Result<SourceText> read_source(const std::filesystem::path& path);

/// As read_source, the bytes being at hand.
Result<SourceText> read_source(std::string bytes, const std::filesystem::path& path);

/// Errors: `text.encoding`, `text.binary`; TooLarge `library.too-large`; InvalidInput
/// `library.empty`.
Result<SourceText> read_plain_text(std::string_view bytes);
/// As read_plain_text; `#` lines are headings, front matter and emphasis marks are dropped.
Result<SourceText> read_markdown(std::string_view bytes);
/// Menus, footers and link lists are cut away. Errors: as read_plain_text; `library.html`; TooLarge
/// `library.html.too-deep`.
Result<SourceText> read_html(std::string_view bytes);
/// The body with numbering and tables; headers and footers are left out.
/// Errors: those of archive (`zip.corrupt`, `xml.syntax` …); `library.empty`.
Result<SourceText> read_docx(std::string bytes, const std::string& file);
/// The rows of the worksheets that are not hidden. Errors: those of sheet::read_xlsx;
/// `library.empty`.
Result<SourceText> read_xlsx(std::string bytes, const std::string& file);
/// Lines are joined to paragraphs, columns read one after the other; lines that repeat at the edges
/// of pages are dropped. Errors: InvalidInput `library.pdf.corrupt`; Unsupported
/// `library.pdf.locked`, `library.pdf.scanned`; TooLarge `library.too-large`.
Result<SourceText> read_pdf(std::string bytes);

/// The last step of every reader: blanks cut, empty lines turned into gaps, limits checked.
/// Errors: TooLarge `library.too-large`; InvalidInput `library.empty`.
Result<SourceText> finished(SourceText source);

}  // namespace huice::library
