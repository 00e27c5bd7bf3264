#include "library/readers.h"

#include <algorithm>
#include <array>

#include "base/files.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

std::string lower_extension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return extension;
}

struct Refusal {
  std::string_view extension;
  std::string_view name;
  std::string_view hint;
};
constexpr std::array<Refusal, 11> kRefusals = {{
    {".doc", "旧版 Word 文件", "请用 Word 或 WPS 打开后另存为 .docx 再试"},
    {".wps", "WPS 私有格式文件", "请用 WPS 打开后另存为 .docx 再试"},
    {".rtf", "RTF 文件", "请用 Word 或 WPS 打开后另存为 .docx 再试"},
    {".odt", "ODT 文件", "请另存为 .docx 再试"},
    {".xls", "旧版 Excel 文件", "请用 Excel 或 WPS 打开后另存为 .xlsx 再试"},
    {".et", "WPS 表格私有格式文件", "请用 WPS 打开后另存为 .xlsx 再试"},
    {".ofd", "OFD 版式文件", "请用版式阅读软件导出为 PDF 或文本再试"},
    {".ceb", "CEB 版式文件", "请用阅读软件导出为 PDF 或文本再试"},
    {".jpg", "图片", "请先做文字识别（OCR），把结果存为 .txt 或 .docx 再试"},
    {".png", "图片", "请先做文字识别（OCR），把结果存为 .txt 或 .docx 再试"},
    {".tif", "图片", "请先做文字识别（OCR），把结果存为 .txt 或 .docx 再试"},
}};

Error unsupported(std::string_view name, std::string_view hint) {
  return {.code = ErrorCode::Unsupported,
          .id = "library.format",
          .message = "文件库读不了这种文件：" + std::string(name),
          .hint = std::string(hint)};
}

Error unknown_format(const std::filesystem::path& path) {
  const std::string extension = lower_extension(path);
  const auto known = std::ranges::find(kRefusals, extension, &Refusal::extension);
  if (known != kRefusals.end()) return unsupported(known->name, known->hint);
  return unsupported(extension.empty() ? "没有扩展名的文件" : extension + " 文件",
                     "可以添加的格式：.txt .md .html .docx .pdf .xlsx");
}

Result<SourceText> read_by_kind(FileKind kind, std::string bytes,
                                const std::filesystem::path& path) {
  // Word's old container hides behind any of the newer names.
  if (bytes.starts_with("\xD0\xCF\x11\xE0") && kind != FileKind::Xlsx) {
    return unsupported(kRefusals[0].name, kRefusals[0].hint);
  }
  if (bytes.starts_with("%PDF-")) return read_pdf(std::move(bytes));
  switch (kind) {
    case FileKind::Text:
      return read_plain_text(bytes);
    case FileKind::Markdown:
      return read_markdown(bytes);
    case FileKind::Html:
      return read_html(bytes);
    case FileKind::Docx:
      return read_docx(std::move(bytes), path.string());
    case FileKind::Pdf:
      return read_pdf(std::move(bytes));
    case FileKind::Xlsx:
      return read_xlsx(std::move(bytes), path.string());
    case FileKind::Refused:
    case FileKind::Other:
      break;
  }
  return unknown_format(path);
}

}  // namespace

FileKind kind_of(const std::filesystem::path& path) {
  const std::string extension = lower_extension(path);
  if (extension == ".txt") return FileKind::Text;
  if (extension == ".md" || extension == ".markdown") return FileKind::Markdown;
  if (extension == ".html" || extension == ".htm" || extension == ".shtml") return FileKind::Html;
  if (extension == ".docx") return FileKind::Docx;
  if (extension == ".pdf") return FileKind::Pdf;
  if (extension == ".xlsx") return FileKind::Xlsx;
  return std::ranges::find(kRefusals, extension, &Refusal::extension) != kRefusals.end()
             ? FileKind::Refused
             : FileKind::Other;
}

Result<SourceText> read_source(const std::filesystem::path& path) {
  const FileKind kind = kind_of(path);
  if (kind == FileKind::Refused || kind == FileKind::Other) {
    Error error = unknown_format(path);
    error.where.file = path.string();
    return error;
  }
  HUICE_TRY(std::string bytes, read_file(path, kMaxSourceBytes));
  return read_source(std::move(bytes), path);
}

Result<SourceText> read_source(std::string bytes, const std::filesystem::path& path) {
  auto source = read_by_kind(kind_of(path), std::move(bytes), path);
  if (source) return source;
  Error error = std::move(source).error();
  if (error.where.file.empty()) error.where.file = path.string();
  return error;
}

Result<SourceText> finished(SourceText source) {
  SourceText clean{.title = text::single_spaced(source.title),
                   .surroundings = std::move(source.surroundings),
                   .encoding = std::move(source.encoding)};
  std::size_t bytes = 0;
  bool gap = false;
  for (SourceLine& line : source.lines) {
    const std::string_view text = text::trimmed(line.text);
    if (text.empty()) {
      gap = true;
      continue;
    }
    bytes += text.size();
    if (bytes > kMaxTextBytes || clean.lines.size() >= kMaxLines) {
      return Error{.code = ErrorCode::TooLarge,
                   .id = "library.too-large",
                   .message = "文件的文字超过 16 MiB 或 200000 行，不像一份公文",
                   .hint = "请拆成几份再试"};
    }
    clean.lines.push_back({.text = std::string(text),
                           .heading = line.heading,
                           .after_gap = gap || line.after_gap,
                           .table_row = line.table_row});
    gap = false;
  }
  if (clean.lines.empty()) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "library.empty",
                 .message = "文件里没有文字",
                 .hint = "请检查是否保存完整，或原文是否为图片"};
  }
  return clean;
}

}  // namespace huice::library
