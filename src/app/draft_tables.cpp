#include "app/draft_tables.h"

#include <string>
#include <variant>
#include <vector>

#include "app/draft.h"
#include "render/xlsx/xlsx_writer.h"

namespace huice::app {
namespace {

/// On one line: authors break long titles.
std::string joined_lines(std::string title) {
  std::erase(title, '\n');
  return title;
}

void add_tables(model::Workbook& book, const std::vector<model::Block>& blocks,
                const std::string& label, const std::string& title) {
  for (const model::Block& block : blocks) {
    const auto* found = std::get_if<model::TableBlock>(&block);
    if (found == nullptr) continue;
    const std::string named = joined_lines(found->caption.empty() ? title : found->caption);
    book.sheets.push_back({.name = label.empty() ? named : label + " " + named,
                           .label = label,
                           .title = named,
                           .subtitle = {},
                           .table = found->table,
                           .notes = {}});
  }
}

}  // namespace

model::Workbook tables_of(const model::Document& document) {
  model::Workbook book{
      .title = joined_lines(document.title), .author = author_of(document), .sheets = {}};
  add_tables(book, document.blocks, {}, document.title);
  for (const model::Annex& annex : document.annexes)
    add_tables(book, annex.blocks, annex.label, annex.title);
  return book;
}

Error no_table() {
  return {.code = ErrorCode::NotFound,
          .id = kNoTable,
          .message = "这份文稿里没有表格",
          .where = {},
          .hint = "要全文的用 PDF"};
}

Result<std::string> tables_xlsx(const model::Document& document, Date on) {
  const model::Workbook book = tables_of(document);
  if (book.sheets.empty()) return no_table();
  return render::xlsx::write(book, {.created = on});
}

}  // namespace huice::app
