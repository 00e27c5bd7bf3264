#include "app/lint.h"

#include <utility>

#include "app/docx_fix.h"
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

enum class DraftKind { Lines, Template, Values, Office };

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
  if (ending == ".txt") return DraftKind::Lines;
  if (ending != ".md") return DraftKind::Office;
  if (request.data) return DraftKind::Template;
  HUICE_TRY(const std::string bytes, read_file(file));
  return is_template(bytes) ? DraftKind::Template : DraftKind::Lines;
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
Result<lint::Draft> office_draft(const fs::path& file) {
  HUICE_TRY(const auto source, library::read_source(file));
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

lint::ReadLines reader_of(const fs::path& file) {
  return file.extension() == ".md" ? lint::lines_of_markdown : lint::lines_of_text;
}

/// Plain text as UTF-8. Errors: those of read_file and decode_text, with the file.
Result<text::Decoded> decoded_text(const fs::path& file, std::string_view bytes) {
  auto decoded = text::decode_text(bytes);
  if (decoded) return decoded;
  Error error = std::move(decoded).error();
  error.where.file = file.string();
  return error;
}

Result<lint::Draft> read_draft(const fs::path& file, DraftKind kind, const LintRequest& request) {
  switch (kind) {
    case DraftKind::Template:
      return template_draft(file, request);
    case DraftKind::Office:
      return office_draft(file);
    case DraftKind::Values: {
      HUICE_TRY(const auto values, read_values(file));
      return lint::draft_of(values);
    }
    case DraftKind::Lines:
      break;
  }
  HUICE_TRY(const std::string bytes, read_file(file));
  HUICE_TRY(const auto decoded, decoded_text(file, bytes));
  HUICE_TRY(auto lines, reader_of(file)(decoded.text, file.string()));
  return lint::read_draft(std::move(lines));
}

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

/// The findings whose edits were made. The file keeps its byte order mark and line ends.
Result<std::size_t> fix_file(const fs::path& file, DraftKind kind, const lint::Choice& choice) {
  if (file.extension() == ".docx") return fix_docx(file, choice);
  if (kind != DraftKind::Lines) {
    return cannot_fix(file, "--fix 只改 .txt、.md 和 .docx 文稿",
                      kind == DraftKind::Office ? "按提示在原来的软件里改，版式不会受影响"
                                                : "按提示改模板或数据");
  }
  HUICE_TRY(const std::string bytes, read_file(file));
  HUICE_TRY(const auto decoded, decoded_text(file, bytes));
  if (decoded.encoding != "UTF-8") {
    return cannot_fix(file, "文件是 " + decoded.encoding + " 编码，--fix 只改 UTF-8 的文件",
                      "先另存为 UTF-8，再加 --fix");
  }
  HUICE_TRY(auto fixed, lint::fix(decoded.text, file.string(), reader_of(file), choice));
  if (fixed.edits == 0) return std::size_t{0};
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  const bool crlf = bytes.find("\r\n") != std::string::npos;
  const std::string body = crlf ? with_crlf(fixed.text) : std::move(fixed.text);
  const std::string mark(bytes.starts_with(kMark) ? kMark : std::string_view());
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(file, mark + body));
  return fixed.edits;
}

Result<std::map<std::u32string, std::u32string>> read_words(const fs::path& file) {
  HUICE_TRY(const auto values, read_values(file));
  std::map<std::u32string, std::u32string> words;
  const auto* record = values.record();
  const Error wrong{.code = ErrorCode::InvalidInput,
                    .id = "lint.words",
                    .message = "用词表的每一行应是 不用的词: 要用的词",
                    .where = {.file = file.string()}};
  if (record == nullptr) return wrong;
  for (const auto& [word, right] : *record) {
    if (right.text() == nullptr || word.empty() || right.text()->find(word) != std::string::npos) {
      Error at = wrong;
      at.where = right.where();
      at.hint = "要用的词里不能含有不用的词";
      return at;
    }
    words.emplace(decode_utf8(word), decode_utf8(*right.text()));
  }
  return words;
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
    HUICE_TRY(choice.own_words, read_words(*request.words));
  }
  if (request.library) {
    HUICE_TRY(choice.basis_of, basis_from_library(world, *request.library));
  }
  HUICE_TRY(const DraftKind kind, kind_of(file, request));
  LintReport report{.file = file.string(), .draft = {}, .findings = {}, .fixed = 0};
  if (request.fix) {
    HUICE_TRY(report.fixed, fix_file(file, kind, choice));
  }
  HUICE_TRY(report.draft, read_draft(file, kind, request));
  if (report.draft.paragraphs.empty()) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "lint.empty",
                 .message = "文稿里没有文字",
                 .where = {.file = file.string()},
                 .hint = "检查是否拿错了文件"};
  }
  report.findings = lint::lint(report.draft, choice);
  return report;
}

}  // namespace huice::app
