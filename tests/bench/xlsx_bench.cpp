// Workbooks, against a bare loop over libxlsxwriter with the same cells, borders and wrapping.
//
// Three sizes: the schedule of a county (47 rows of 8 columns), a province's list (5,000 rows), and
// 100,000 rows of 12 columns, written a row at a time by both. A row is what a schedule has: a
// number, texts of 6 to 40 characters, a day, an amount; further columns are numbers.
//
// A process by itself: huice_xlsx_bench FILE.xlsx keeps the largest; huice_xlsx_bench read
// FILE.xlsx reads it back, and rows FILE.xlsx row by row.
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/files.h"
#include "render/xlsx/xlsx_writer.h"
#include "required.h"
#include "sheet/xlsx_reader.h"

namespace huice {
namespace {

constexpr int kColumns = 8;
constexpr int kManyRows = 100'000;
constexpr int kManyColumns = 12;

int columns_of(int rows) {
  return rows == kManyRows ? kManyColumns : kColumns;
}

const Date kDay = Date::make(2026, 12, 20).value();

/// What stands in column 1 to 5 of row `row`; every row differs.
std::string text_of(int row, int column) {
  static const char* const kTexts[] = {
      "云岭县样例机械制造有限公司", "县委常委、常务副县长", "县科技和工业信息化局",
      "订单同比减少近两成，过桥贷款到期续贷困难，冲压车间设备老化，亟须技术改造", "云岭经济开发区"};
  return kTexts[column - 1] + std::to_string(row);
}

model::Workbook workbook(int rows) {
  model::Sheet sheet{.name = "安排表", .label = "附件1", .title = "重点帮扶企业安排表"};
  const int columns = columns_of(rows);
  sheet.table.columns.resize(static_cast<std::size_t>(columns));
  sheet.table.header_rows = 1;
  std::vector<model::Cell> header;
  for (const auto* name : {"序号", "企业", "领导", "单位", "困难", "乡镇", "时限", "金额"})
    header.push_back({.content = std::string(name)});
  header.resize(static_cast<std::size_t>(columns));
  sheet.table.rows.push_back(std::move(header));
  for (int row = 1; row <= rows; ++row) {
    std::vector<model::Cell> cells(static_cast<std::size_t>(columns));
    cells[0].content = Decimal(row);
    for (int column = 1; column <= 5; ++column)
      cells[static_cast<std::size_t>(column)].content = text_of(row, column);
    cells[6].content = kDay;
    cells[7].content = Money::from_fen(1'234'500 + row);
    for (int column = kColumns; column < columns; ++column)
      cells[static_cast<std::size_t>(column)].content = Decimal(row * column);
    sheet.table.rows.push_back(std::move(cells));
  }
  // Not an initializer list: it copies, and writing would pay for the memory that the copy leaves.
  model::Workbook book{.title = "安排表"};
  book.sheets.push_back(std::move(sheet));
  return book;
}

void count(benchmark::State& state, std::size_t bytes) {
  state.counters["bytes"] = static_cast<double>(bytes);
  const auto rows = static_cast<int>(state.range(0));
  state.SetItemsProcessed(state.iterations() * rows * columns_of(rows));
}

void BM_Xlsx_Huice(benchmark::State& state) {
  const auto book = workbook(static_cast<int>(state.range(0)));
  std::size_t bytes = 0;
  for (auto _ : state)
    bytes = bench::required(render::xlsx::write(book, {.created = kDay})).size();
  count(state, bytes);
}
BENCHMARK(BM_Xlsx_Huice)->Arg(47)->Arg(5000)->Arg(kManyRows)->Unit(benchmark::kMillisecond);

std::size_t write_bare(const std::string& path, int rows) {
  lxw_workbook_options options{};
  options.constant_memory = rows == kManyRows ? LXW_TRUE : LXW_FALSE;
  lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
  lxw_worksheet* sheet = workbook_add_worksheet(book, "安排表");
  lxw_format* text = workbook_add_format(book);
  format_set_border(text, LXW_BORDER_THIN);
  format_set_text_wrap(text);
  lxw_format* day = workbook_add_format(book);
  format_set_border(day, LXW_BORDER_THIN);
  format_set_num_format(day, "yyyy-mm-dd");
  lxw_format* money = workbook_add_format(book);
  format_set_border(money, LXW_BORDER_THIN);
  format_set_num_format(money, "#,##0.00");
  for (int row = 0; row <= rows; ++row) {
    const auto at = static_cast<lxw_row_t>(row);
    worksheet_write_number(sheet, at, 0, row, text);
    for (int column = 1; column <= 5; ++column) {
      worksheet_write_string(sheet, at, static_cast<lxw_col_t>(column),
                             text_of(row, column).c_str(), text);
    }
    lxw_datetime date{.year = 2026, .month = 12, .day = 20, .hour = 0, .min = 0, .sec = 0};
    worksheet_write_datetime(sheet, at, 6, &date, day);
    worksheet_write_number(sheet, at, 7, 12345 + row / 100.0, money);
    for (int column = kColumns; column < columns_of(rows); ++column)
      worksheet_write_number(sheet, at, static_cast<lxw_col_t>(column), row * column, text);
  }
  if (workbook_close(book) != LXW_NO_ERROR) return 0;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return 0;
  std::fseek(file, 0, SEEK_END);
  const auto size = std::ftell(file);
  std::fclose(file);
  std::remove(path.c_str());
  return static_cast<std::size_t>(size);
}

void BM_Xlsx_Libxlsxwriter(benchmark::State& state) {
  const std::string path = "xlsx_bench_" + std::to_string(getpid()) + ".xlsx";
  std::size_t bytes = 0;
  for (auto _ : state)
    bytes = write_bare(path, static_cast<int>(state.range(0)));
  if (bytes == 0) state.SkipWithError("libxlsxwriter refused");
  count(state, bytes);
}
BENCHMARK(BM_Xlsx_Libxlsxwriter)->Arg(47)->Arg(5000)->Arg(kManyRows)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huice

int main(int count, char** words) {
  using namespace huice;
  const std::string what = count == 3 ? words[1] : "";
  if (what == "read") {
    const auto grids = bench::required(sheet::read_xlsx(std::filesystem::path(words[2])));
    std::cout << grids.front().rows.size() << " rows\n";
    return 0;
  }
  if (what == "rows") {
    std::size_t rows = 0;
    bench::required(sheet::read_xlsx_rows(
        std::filesystem::path(words[2]),
        [&](const sheet::Grid&, const sheet::GridRow& row) { rows += row.cells.empty() ? 0 : 1; }));
    std::cout << rows << " rows\n";
    return 0;
  }
  if (count == 2 && std::string(words[1]).ends_with(".xlsx")) {
    bench::required(write_file(
        words[1], bench::required(render::xlsx::write(workbook(kManyRows), {.created = kDay}))));
    return 0;
  }
  benchmark::Initialize(&count, words);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
