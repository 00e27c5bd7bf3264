#include "layout/sheet_pages.h"

#include <algorithm>
#include <utility>

#include "layout/parts.h"
#include "layout/table_rows.h"

namespace huice::layout {
namespace {

/// Lying A4: the margins of the 版心, with its binding edge on top; the page number has its place
/// below the column, as on an upright page.
Column lying_column() {
  return {.width = kPageHeight - mm(24) * 2,
          .top = kTypeLeft,
          .bottom = kPageWidth - (kPageHeight - kTypeBottom),
          .left = mm(24)};
}

Flow small_lines(const Desk& desk, const std::string& text, Fill fill) {
  const Setting setting{
      .size = kSizeSmall4, .cell = kSizeSmall4, .width = desk.width, .fill = fill};
  return lines_of(desk.setter.set(text, Role::FangSong, setting), kSizeSmall4,
                  share(kSizeSmall4, 1, 2));
}

Flow sheet_lines(const Desk& desk, const model::Sheet& sheet) {
  const SourceSpan where{.part = sheet.name};
  Flow flow =
      lines_of(desk.setter.set(sheet.label, Role::Hei, body_setting(desk.width)), kSize3, {});
  append(flow, title_lines(desk, sheet.title));
  append(flow, small_lines(desk, sheet.subtitle, Fill::Right));
  for (FlowLine& line : flow)
    line.keeps_next = true;
  Flow rows = table_lines(desk, sheet.table, where);
  if (!rows.empty()) {
    rows.front().gap = sheet.subtitle.empty() ? kLineGap : share(kSizeSmall4, 1, 2);
  }
  append(flow, std::move(rows));
  for (const std::string& note : sheet.notes)
    append(flow, small_lines(desk, note, Fill::Justify));
  return flow;
}

Length width_of(const model::Sheet& sheet) {
  return sheet.landscape ? kPageHeight : kPageWidth;
}
Length height_of(const model::Sheet& sheet) {
  return sheet.landscape ? kPageWidth : kPageHeight;
}

}  // namespace

Result<Pages> lay_out(const model::Workbook& workbook, const FontSet& fonts,
                      const LayoutOptions& options) {
  Typesetter setter(fonts);
  PageBuilder builder(kPageWidth, kPageHeight);
  for (const model::Sheet& sheet : workbook.sheets) {
    const Column column = sheet.landscape ? lying_column() : upright_column();
    const Desk desk{setter, column.width, column.bottom - column.top};
    builder.set_sheet(width_of(sheet), height_of(sheet));
    builder.new_page(column);
    builder.put(sheet_lines(desk, sheet));
  }
  const std::size_t count = builder.pages().size();
  return finish(builder, setter,
                options.page_numbers ? numbers_from(options.first_page, count)
                                     : std::vector<std::optional<int>>(count));
}

Result<Pages> lay_out(const model::Sheet& sheet, const FontSet& fonts,
                      const LayoutOptions& options) {
  return lay_out(model::Workbook{.title = {}, .author = {}, .sheets = {sheet}}, fonts, options);
}

}  // namespace huice::layout
