// 表格: totals that are the sum of what stands above them.
#include <algorithm>

#include "base/decimal.h"
#include "base/utf8.h"
#include "lint/letters.h"
#include "lint/rules.h"

namespace huice::lint {
namespace {

constexpr Rule kTotal{"table-total", Strength::Must, "算术", "合计等于各行之和", false};
constexpr Rule kShares{"table-shares", Strength::Should, "算术",
                       "各项占比合计为100%（四舍五入的尾差除外）", false};
constexpr const Rule* kRules[] = {&kTotal, &kShares};

struct Amount {
  Decimal value;
  bool share = false;
};

/// `1,200`, `12.5%`, `300万元`; nullopt for text and for what is only partly a number.
std::optional<Amount> amount_of(std::u32string_view cell) {
  std::string digits;
  bool share = false;
  for (const char32_t c : trimmed(cell)) {
    if (is_digit(c) || c == U'.' || (c == U'-' && digits.empty())) {
      digits += static_cast<char>(c);
    } else if (one_of(c, U"%％")) {
      share = true;
    } else if (!one_of(c, U",， 家个户人元万亿")) {
      return std::nullopt;
    }
  }
  const auto value = Decimal::parse(digits);
  if (!value) return std::nullopt;
  return Amount{*value, share};
}

bool names(const Paragraph& row, std::initializer_list<std::u32string_view> words) {
  constexpr std::size_t kFirstCells = 2;
  for (std::size_t i = 0; i < std::min(kFirstCells, row.cells.size()); ++i) {
    const std::u32string cell = without_blanks(row.cells[i]);
    if (std::ranges::find(words, std::u32string_view(cell)) != words.end()) return true;
  }
  return false;
}

bool is_total(const Paragraph& row) {
  return names(row, {U"合计", U"总计", U"共计"});
}
bool is_subtotal(const Paragraph& row) {
  return names(row, {U"小计"});
}

using Rows = std::span<const Paragraph>;

struct Column {
  Decimal sum;
  std::size_t numbers = 0;
  bool whole = true;  ///< every row has a number there, all of one kind
  bool share = false;
  int scale = 0;
};

Column column_of(Rows rows, std::size_t index) {
  Column column;
  for (const Paragraph& row : rows) {
    if (is_subtotal(row) || is_total(row)) continue;
    const std::u32string cell = index < row.cells.size() ? row.cells[index] : std::u32string();
    const auto amount = amount_of(cell);
    if (!amount) {
      // An empty cell counts nothing; words make the column no column of numbers.
      if (!trimmed(cell).empty() && trimmed(cell) != U"—" && trimmed(cell) != U"-") {
        column.whole = false;
      }
      continue;
    }
    if (column.numbers > 0 && amount->share != column.share) column.whole = false;
    column.share = amount->share;
    column.scale = std::max(column.scale, amount->value.scale());
    const auto sum = add(column.sum, amount->value);
    if (!sum) return {};
    column.sum = *sum;
    ++column.numbers;
  }
  return column;
}

void check_column(Rows rows, const Paragraph& total, std::size_t index, Report& report) {
  constexpr std::size_t kFewest = 2;
  const auto written = amount_of(total.cells[index]);
  const Column column = column_of(rows, index);
  if (!written || !column.whole || column.numbers < kFewest || written->share != column.share) {
    return;
  }
  const auto difference = subtract(written->value, column.sum);
  if (!difference || difference->is_zero()) return;
  // Shares are rounded one by one: half a last digit each is no mistake.
  const auto slack =
      multiply(Decimal::scaled(5, -column.scale - 1), Decimal(static_cast<int>(column.numbers)));
  if (column.share && slack && difference->abs() <= *slack) return;
  // A share of the whole row (完成率) is no sum of shares.
  if (column.share && written->value != Decimal(100)) return;
  const std::string sum = column.sum.to_plain() + (column.share ? "%" : "");
  report.add(column.share ? kShares : kTotal, total,
             {.message = "第 " + std::to_string(index + 1) + " 列合计写的是" +
                         in_quotes(total.cells[index]) + "，各行相加是 " + sum,
              .proposal = sum});
}

/// The rows of one table above its total; the first that has words only is the heading.
void check_table(Rows table, Report& report) {
  for (std::size_t i = 1; i < table.size(); ++i) {
    if (!is_total(table[i])) continue;
    std::size_t first = 0;
    const auto has_number = [](const Paragraph& row) {
      return std::ranges::any_of(row.cells,
                                 [](const auto& cell) { return amount_of(cell).has_value(); });
    };
    while (first < i && !has_number(table[first]))
      ++first;
    const Rows above = table.subspan(first, i - first);
    for (std::size_t column = 0; column < table[i].cells.size(); ++column)
      check_column(above, table[i], column, report);
    return;
  }
}

void check_tables(const Draft& draft, Report& report) {
  const auto& all = draft.paragraphs;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t end = i;
    while (end < all.size() && all[end].role == Role::Row && all[end].part == all[i].part)
      ++end;
    if (end == i) continue;
    check_table(Rows(all).subspan(i, end - i), report);
    i = end;
  }
}

}  // namespace

Family table_family() {
  return {"表格", kRules, check_tables};
}

}  // namespace huice::lint
