#include "app/lint.h"

#include <utility>

#include "app/draft.h"
#include "app/lint_basis.h"
#include "app/typesetting.h"
#include "base/files.h"
#include "base/utf8.h"
#include "library/readers.h"
#include "text/encoding.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

enum class DraftKind { Written, Template, Values };

/// Markdown with template tags, or with front matter that says what document it makes.
bool is_template(std::string_view text) {
  if (text.find("{{") != std::string_view::npos || text.find("{%") != std::string_view::npos) {
    return true;
  }
  return text.starts_with("---\n") && text.find("\n格式:") != std::string_view::npos;
}

Result<DraftKind> kind_of(const fs::path& file, const LintRequest& request) {
  const std::string ending = file.extension().string();
  if (ending == ".yaml" || ending == ".yml" || ending == ".json") return DraftKind::Values;
  if (ending != ".md") return DraftKind::Written;
  if (request.data) return DraftKind::Template;
  HUICE_TRY(const std::string bytes, read_file(file));
  return is_template(bytes) ? DraftKind::Template : DraftKind::Written;
}

Result<fs::path> data_for(const fs::path& file, const LintRequest& request) {
  if (request.data) return *request.data;
  const fs::path sample = file.parent_path() / (file.stem().string() + ".sample.yaml");
  std::error_code error;
  if (fs::is_regular_file(sample, error)) return sample;
  return Error{.code = ErrorCode::InvalidInput,
               .id = "lint.no-data",
               .message = "这是模板，没有数据成不了文，也没有同名的 .sample.yaml 样例",
               .where = {.file = file.string()},
               .hint = "加 --data 数据.yaml（附件要专项行动的数据时再加 --campaign 目录）"};
}

Result<lint::Draft> template_draft(const fs::path& file, const LintRequest& request) {
  HUICE_TRY(const auto data, data_for(file, request));
  HUICE_TRY(const auto content, read_content(data, request.campaign));
  HUICE_TRY(const auto document, compose_document(file, content));
  return lint::draft_of(document, file.string());
}

/// The paragraphs of a file that has no lines: `第12段`, and letters counted from 1.
Result<lint::Draft> office_draft(const fs::path& file, const std::string& bytes) {
  HUICE_TRY(const auto source, library::read_source(bytes, file));
  std::vector<lint::Line> lines;
  for (const library::SourceLine& each : source.lines) {
    const std::string place = "第" + std::to_string(lines.size() + 1) + "段";
    lines.push_back({.text = decode_utf8(each.text),
                     .where = {.file = file.string(), .column = 1, .part = place},
                     .after_gap = each.after_gap,
                     .table_row = each.table_row});
  }
  return lint::read_draft(std::move(lines));
}

bool has_lines(const fs::path& file) {
  const auto kind = library::kind_of(file);
  return kind == library::FileKind::Text || kind == library::FileKind::Markdown;
}

lint::ReadLines reader_of(const fs::path& file) {
  return library::kind_of(file) == library::FileKind::Markdown ? lint::lines_of_markdown
                                                               : lint::lines_of_text;
}

/// Plain text as UTF-8. Errors: those of read_file and decode_text, with the file.
Result<text::Decoded> decoded_text(const fs::path& file, std::string_view bytes) {
  auto decoded = text::decode_text(bytes);
  if (decoded) return decoded;
  Error error = std::move(decoded).error();
  error.where.file = file.string();
  return error;
}

Error empty_draft(const std::string& file) {
  return {.code = ErrorCode::InvalidInput,
          .id = "lint.empty",
          .message = "文稿里没有文字",
          .where = {.file = file},
          .hint = "检查是否拿错了文件"};
}

Result<lint::Draft> draft_of_file(const fs::path& file, DraftKind kind,
                                  const LintRequest& request) {
  if (kind == DraftKind::Template) return template_draft(file, request);
  if (kind == DraftKind::Values) {
    HUICE_TRY(const auto values, read_values(file));
    auto draft = lint::draft_of(values);
    if (draft.paragraphs.empty()) return empty_draft(file.string());
    return draft;
  }
  HUICE_TRY(const std::string bytes, read_file(file));
  return read_draft(file.string(), bytes);
}

constexpr const char* kNotMended = "只有 .txt、.md 和 .docx 的文稿能直接改";

Error cannot_fix(const fs::path& file, std::string why, std::string hint) {
  return Error{.code = ErrorCode::Unsupported,
               .id = "lint.cannot-fix",
               .message = std::move(why),
               .where = {.file = file.string()},
               .hint = std::move(hint)};
}

std::string with_crlf(const std::string& text) {
  std::string made;
  for (const char c : text)
    made += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return made;
}

/// The findings whose edits were made.
Result<std::size_t> fix_file(const fs::path& file, DraftKind kind, const lint::Choice& choice) {
  if (kind == DraftKind::Template || kind == DraftKind::Values)
    return cannot_fix(file, kNotMended, "按提示改模板或数据");
  HUICE_TRY(std::string bytes, read_file(file));
  HUICE_TRY(const auto made, mend_draft(file.string(), std::move(bytes), choice));
  if (made.mended.empty()) return std::size_t{0};
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(file, made.bytes));
  return made.mended.size();
}

}  // namespace

Result<LintReport> lint_file(const World& world, const LintRequest& request) {
  HUICE_TRY([[maybe_unused]] const Unit known, lint::check_rule_names(request.rules));
  std::error_code error;
  fs::path file = request.file;
  if (!fs::exists(file, error) && !file.has_extension()) {
    HUICE_TRY(file, find_template(world, request.file));
  }
  lint::Choice choice{.rules = request.rules, .own_words = {}, .basis_of = {}};
  if (request.words) {
    HUICE_TRY(const auto values, read_values(*request.words));
    HUICE_TRY(choice.own_words, lint::read_own_words(values));
  }
  if (request.library) {
    HUICE_TRY(choice.basis_of, basis_from_library(world, *request.library));
  }
  HUICE_TRY(const DraftKind kind, kind_of(file, request));
  LintReport report{.file = file.string(), .draft = {}, .findings = {}, .fixed = 0};
  if (request.fix) {
    HUICE_TRY(report.fixed, fix_file(file, kind, choice));
  }
  HUICE_TRY(report.draft, draft_of_file(file, kind, request));
  report.findings = lint::lint(report.draft, choice);
  return report;
}

Result<lint::Draft> read_draft(const std::string& name, const std::string& bytes) {
  lint::Draft draft;
  if (has_lines(name)) {
    HUICE_TRY(const auto decoded, decoded_text(name, bytes));
    HUICE_TRY(auto lines, reader_of(name)(decoded.text, name));
    draft = lint::read_draft(std::move(lines));
  } else {
    HUICE_TRY(draft, office_draft(name, bytes));
  }
  if (draft.paragraphs.empty()) return empty_draft(name);
  return draft;
}

/// The file keeps its byte order mark and line ends.
Result<MendedFile> mend_draft(const std::string& name, std::string bytes,
                              const lint::Choice& choice) {
  if (library::kind_of(name) == library::FileKind::Docx)
    return mend_docx(std::move(bytes), name, choice);
  if (!has_lines(name))
    return cannot_fix(name, kNotMended, "按提示在原来的软件里改，版式不会受影响");
  HUICE_TRY(const auto decoded, decoded_text(name, bytes));
  if (decoded.encoding != "UTF-8") {
    return cannot_fix(name, "文件是 " + decoded.encoding + " 编码，只有 UTF-8 的能直接改",
                      "先另存为 UTF-8 再改");
  }
  HUICE_TRY(auto fixed, lint::fix(decoded.text, name, reader_of(name), choice));
  if (fixed.mended.empty()) return MendedFile{std::move(bytes), {}};
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  const bool crlf = bytes.find("\r\n") != std::string::npos;
  const std::string body = crlf ? with_crlf(fixed.text) : std::move(fixed.text);
  const std::string mark(bytes.starts_with(kMark) ? kMark : std::string_view());
  return MendedFile{mark + body, std::move(fixed.mended)};
}

}  // namespace huice::app
