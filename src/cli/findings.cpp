#include "cli/findings.h"

#include "base/utf8.h"

namespace huice::cli {
namespace {

std::string place_text(const SourceSpan& where) {
  std::string text = where.file;
  if (where.line > 0) {
    text += ":" + std::to_string(where.line);
    if (where.column > 0) text += ":" + std::to_string(where.column);
  }
  if (!where.part.empty()) text += (text.empty() ? "" : ":") + where.part;
  return text.empty() ? "huice" : text;
}

std::string excerpt_text(const Error& finding) {
  const std::string number = std::to_string(finding.where.line);
  const std::string margin(number.size() + 3, ' ');
  std::string text = "   " + number + " | " + finding.excerpt + "\n";
  if (finding.where.column > 0) {
    const std::u32string line = decode_utf8(finding.excerpt);
    const auto before = static_cast<std::size_t>(finding.where.column - 1);
    const auto cells = display_width(encode_utf8(line.substr(0, std::min(before, line.size()))));
    text += margin + " | " + std::string(cells, ' ') + "^\n";
  }
  return text;
}

int status_of(ErrorCode code) {
  return code == ErrorCode::Io || code == ErrorCode::Internal ? kEnvironment : kRejected;
}

}  // namespace

std::string finding_text(const Error& finding, std::string_view severity) {
  std::string text =
      place_text(finding.where) + ": " + std::string(severity) + ": " + finding.message + "\n";
  if (!finding.excerpt.empty()) text += excerpt_text(finding);
  if (!finding.hint.empty()) text += "  怎么办：" + finding.hint + "\n";
  if (!finding.id.empty()) text += "  编号：" + finding.id + "\n";
  return text;
}

int report(std::ostream& out, const Error& error) {
  out << finding_text(error);
  for (const auto& further : error.also)
    out << finding_text(further);
  return status_of(error.code);
}

}  // namespace huice::cli
