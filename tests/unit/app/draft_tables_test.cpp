#include "app/draft_tables.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace huice::app {
namespace {

model::TableBlock table_of(const std::string& text, std::string caption = {}) {
  model::Table table{.columns = {{}}, .header_rows = 0, .rows = {{{.content = text}}}};
  return {.table = std::move(table), .caption = std::move(caption), .where = {}};
}

TEST(DraftTables, EachTableIsAWorksheetNamedByCaptionAnnexOrDocument) {
  model::Document document{.title = "关于问题台账的\n通报"};
  document.blocks = {model::Paragraph{}, table_of("正文里的")};
  document.annexes = {{.label = "附件1",
                       .title = "问题清单",
                       .blocks = {table_of("没有题名的"), table_of("有题名的", "逾期问题")}}};
  const model::Workbook book = tables_of(document);
  std::vector<std::string> names;
  for (const model::Sheet& sheet : book.sheets)
    names.push_back(sheet.name + ":" + model::to_text(sheet.table.rows.front().front()));
  EXPECT_EQ(names,
            (std::vector<std::string>{"关于问题台账的通报:正文里的", "附件1 问题清单:没有题名的",
                                      "附件1 逾期问题:有题名的"}));
}

TEST(DraftTables, ADocumentWithoutTablesHasNoWorksheets) {
  EXPECT_TRUE(tables_of({.title = "通知", .blocks = {model::Paragraph{}}}).sheets.empty());
}

}  // namespace
}  // namespace huice::app
