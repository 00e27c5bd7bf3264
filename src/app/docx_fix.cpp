#include "app/docx_fix.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/docx_text.h"
#include "archive/zip_reader.h"
#include "archive/zip_writer.h"
#include "base/utf8.h"
#include "library/readers.h"
#include "text/normalize.h"

namespace huice::app {
namespace {

constexpr std::string_view kBody = "word/document.xml";
constexpr std::string_view kSignatures = "_xmlsignatures/";

std::string trimmed_text(const DocxParagraph& paragraph) {
  return std::string(text::trimmed(encode_utf8(text_of(paragraph))));
}

/// For each line the paragraph that it is the text of, both in order.
using Places = std::vector<std::optional<std::size_t>>;

Places places_of(const std::vector<library::SourceLine>& lines,
                 const std::vector<DocxParagraph>& paragraphs) {
  std::vector<std::string> texts;
  for (const DocxParagraph& each : paragraphs)
    texts.push_back(trimmed_text(each));
  Places places;
  auto next = texts.begin();
  for (const library::SourceLine& line : lines) {
    places.emplace_back();
    if (line.table_row) continue;
    const auto found = std::find(next, texts.end(), line.text);
    if (found == texts.end()) continue;
    places.back() = static_cast<std::size_t>(found - texts.begin());
    next = found + 1;
  }
  return places;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    if (end == text.size()) return lines;
    text.remove_prefix(end + 1);
  }
}

/// Reads the text line by line as `lines` were; a line without a paragraph has no place, so that
/// nothing is changed in it.
lint::ReadLines reader_for(const std::vector<library::SourceLine>& lines, const Places& places) {
  return [&lines, &places](std::string_view utf8,
                           const std::string& file) -> Result<std::vector<lint::Line>> {
    std::vector<lint::Line> read;
    for (const std::string& text : split_lines(utf8)) {
      const std::size_t i = read.size();
      read.push_back(
          {.text = decode_utf8(text),
           .where = {.file = file, .line = places[i] ? static_cast<int>(i) + 1 : 0, .column = 1},
           .after_gap = lines[i].after_gap,
           .table_row = lines[i].table_row});
    }
    return read;
  };
}

/// `line` in place of what the paragraph says between the blanks at its ends.
DocxParagraph changed(const DocxParagraph& paragraph, const std::string& line) {
  const std::string whole = encode_utf8(text_of(paragraph));
  const std::string_view inner = text::trimmed(whole);
  const auto before = static_cast<std::size_t>(inner.data() - whole.data());
  return with_text(
      paragraph, decode_utf8(whole.substr(0, before) + line + whole.substr(before + inner.size())));
}

Result<std::string> with_body(const archive::ZipReader& zip, const std::string& body) {
  archive::ZipWriter writer;
  for (const archive::ZipMember& member : zip.members()) {
    HUICE_TRY(const std::string bytes, zip.read(member.name));
    writer.add(member.name, member.name == kBody ? body : bytes);
  }
  return writer.finish();
}

bool is_signed(const archive::ZipReader& zip) {
  const auto members = zip.members();
  return std::ranges::any_of(members, [](const archive::ZipMember& member) {
    return member.name.starts_with(kSignatures);
  });
}

}  // namespace

Result<MendedFile> mend_docx(std::string bytes, const std::string& file,
                             const lint::Choice& choice) {
  HUICE_TRY(const auto source, library::read_docx(bytes, file));
  HUICE_TRY(const auto zip, archive::ZipReader::open(bytes, file));
  if (is_signed(zip)) {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "lint.cannot-fix",
                 .message = "文件有数字签名，改动一个字签名就失效",
                 .where = {.file = file},
                 .hint = "改没有签名的原稿，再重新签名"};
  }
  HUICE_TRY(const std::string xml, zip.read(kBody));
  const auto paragraphs = docx_paragraphs(xml);
  const Places places = places_of(source.lines, paragraphs);
  std::string text;
  for (const library::SourceLine& line : source.lines)
    text += (&line == &source.lines.front() ? "" : "\n") + line.text;
  HUICE_TRY(auto fixed, lint::fix(text, file, reader_for(source.lines, places), choice));
  if (fixed.mended.empty()) return MendedFile{std::move(bytes), {}};
  std::vector<DocxParagraph> edited;
  const auto lines = split_lines(fixed.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (places[i] && lines[i] != source.lines[i].text) {
      edited.push_back(changed(paragraphs[*places[i]], lines[i]));
    }
  }
  HUICE_TRY(std::string made, with_body(zip, with_paragraphs(xml, edited)));
  return MendedFile{std::move(made), std::move(fixed.mended)};
}

}  // namespace huice::app
