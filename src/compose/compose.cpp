#include "compose/compose.h"

#include <algorithm>

#include "compose/front.h"
#include "compose/markdown.h"

namespace huice::compose {
namespace {

void append(Findings& findings, Error error) {
  for (Error& each : as_findings(std::move(error))) {
    const bool known = std::ranges::any_of(findings, [&](const Error& other) {
      return other.id == each.id && other.where.file == each.where.file &&
             other.where.line == each.where.line && other.where.column == each.where.column;
    });
    if (!known) findings.push_back(std::move(each));
  }
}

/// Annexes after an issued text are its own; those before any belong to the notice.
void list_annexes(model::Document& document) {
  std::vector<std::string>* list = &document.attachments;
  for (model::Annex& annex : document.annexes) {
    if (annex.label.empty()) {
      list = &annex.attachments;
    } else {
      std::string name = annex.title;
      std::erase(name, '\n');
      list->push_back(std::move(name));
    }
  }
}

void check_front(const FrontValue& front, const Content& content, const Partials& partials,
                 Findings& findings) {
  for (const Template& each : front.text) {
    for (Error& error : check(each, content, partials))
      append(findings, std::move(error));
  }
  for (const FrontValue& item : front.items)
    check_front(item, content, partials, findings);
}

}  // namespace

Result<model::Document> compose(const TemplateFile& file, const Content& content,
                                const Partials& partials, MarkdownMemory* memory) {
  Findings findings;
  check_front(file.front, content, partials, findings);
  for (Error& each : check(file.body, content, partials))
    append(findings, std::move(each));
  model::Document document;
  for (Error& each : read_front(file, content, partials, document))
    append(findings, std::move(each));
  auto expansion = expand(file.body, content, partials, Escaping::Markdown);
  if (!expansion) append(findings, std::move(expansion).error());
  if (!findings.empty()) return as_error(std::move(findings));
  HUICE_TRY(Sections sections, read_markdown(expansion.value(), content.tables, memory));
  document.blocks = std::move(sections.body);
  document.annexes = std::move(sections.annexes);
  list_annexes(document);
  return document;
}

}  // namespace huice::compose
