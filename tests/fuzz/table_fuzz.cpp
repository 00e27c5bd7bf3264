// Bytes as a table: rows, columns, spans, widths and texts. Any table: pages whose rules lie within
// the type area and whose text stays within the sheet.
#include <algorithm>
#include <cstdlib>
#include <string>

#include "fuzz_fonts.h"
#include "layout/geometry.h"
#include "layout/sheet_pages.h"

namespace {

using namespace huice;

/// Takes bytes until there are no more, then zeros.
class Bytes {
 public:
  Bytes(const unsigned char* data, std::size_t size) : data_(data), size_(size) {}
  int next() { return at_ < size_ ? data_[at_++] : 0; }
  bool done() const { return at_ >= size_; }

 private:
  const unsigned char* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

constexpr const char* kPieces[] = {"",   "国", "，", "（", "》",    "2026",
                                   "年", "——", "\n", " ",  "Latin", "县科技和工业信息化局"};

model::Cell cell_from(Bytes& bytes) {
  model::Cell cell;
  const int shape = bytes.next();
  cell.column_span = shape % 5;
  cell.row_span = shape / 5 % 60;
  cell.covered = shape > 250;
  cell.strong = shape % 7 == 0;
  std::string text;
  const int length = bytes.next() % 64;
  for (int i = 0; i < length; ++i)
    text += kPieces[static_cast<std::size_t>(bytes.next()) % std::size(kPieces)];
  cell.content = text;
  return cell;
}

model::Sheet sheet_from(Bytes bytes) {
  model::Sheet sheet{.name = "表", .title = "安排表"};
  sheet.landscape = bytes.next() % 2 == 0;
  sheet.table.header_rows = bytes.next() % 4 - 1;
  const int columns = bytes.next() % 12;
  for (int i = bytes.next() % 14; i > 0; --i)
    sheet.table.columns.push_back({.width = bytes.next() / 4.0});
  while (!bytes.done() && sheet.table.rows.size() < 200) {
    auto& row = sheet.table.rows.emplace_back();
    for (int i = 0; i < columns; ++i)
      row.push_back(cell_from(bytes));
    if (columns == 0) bytes.next();
  }
  return sheet;
}

void check(const layout::Page& page) {
  const Length slack = mm(1);
  for (const auto& rule : page.rules) {
    const bool within = rule.x >= mm(23) && rule.x + rule.width <= page.width - mm(23) &&
                        rule.y >= mm(27) && rule.y + rule.height <= page.height - mm(25) + slack;
    if (!within) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  const layout::FontSet* fonts = fuzz::fonts();
  if (size > 4096 || fonts == nullptr) return 0;
  const auto pages = layout::lay_out(sheet_from(Bytes(bytes, size)), *fonts);
  if (!pages) return pages.error().id.empty() ? (std::abort(), 0) : 0;
  std::ranges::for_each(pages.value().pages, check);
  return 0;
}
