#include "sheet/comparison.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "base/decimal.h"
#include "sheet/heading.h"

namespace huice::sheet {
namespace {

std::string trimmed(std::string text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// What a cell says; numbers in one form.
std::string said(const GridRow* row, int column) {
  const GridCell* cell = row == nullptr ? nullptr : row->at(column);
  if (cell == nullptr) return {};
  const std::string text = trimmed(to_text(*cell));
  const auto number = Decimal::parse(text);
  return number ? number->normalized().to_plain() : text;
}

bool is_computed(const GridRow* row, int column) {
  const GridCell* cell = row == nullptr ? nullptr : row->at(column);
  return cell != nullptr && cell->computed;
}

Error finding(const Grid& grid, std::string id, std::string message, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = std::move(id),
          .message = std::move(message),
          .where = {.file = grid.file, .part = grid.name},
          .hint = std::move(hint)};
}

int cells_with_content(const GridRow& row) {
  return static_cast<int>(
      std::ranges::count_if(row.cells, [](const GridCell& cell) { return !cell.is_blank(); }));
}

/// A worksheet as rows under headings.
struct Body {
  const Grid* grid = nullptr;
  std::map<int, std::string> headings;  ///< by column, levels joined by `/`
  std::vector<const GridRow*> rows;

  std::optional<int> column(const std::string& heading) const {
    const std::string wanted = heading_key(heading);
    for (const auto& [column, text] : headings) {
      if (heading_key(text) == wanted) return column;
    }
    return std::nullopt;
  }
};

/// The last row of the heading that begins in `row`: cells merged downwards reach there.
int heading_end(const Grid& grid, int row) {
  int last = row;
  for (const CellRange& range : grid.merged) {
    if (range.first.row == row) last = std::max(last, range.last.row);
  }
  return last;
}

/// The text above a cell of the heading, also where it stands in the first of merged cells.
std::string heading_text(const Grid& grid, const GridRow& row, int column) {
  const std::string own = said(&row, column);
  if (!own.empty()) return own;
  for (const CellRange& range : grid.merged) {
    const bool covers =
        range.first.row == row.number && range.first.column < column && column <= range.last.column;
    if (covers) return said(&row, range.first.column);
  }
  return {};
}

/// Of columns with one heading the second is called `备注（2）`.
void tell_apart(std::map<int, std::string>& headings) {
  std::map<std::string, int> seen;
  for (auto& [column, heading] : headings) {
    const int count = ++seen[heading_key(heading)];
    if (count > 1) heading += "（" + std::to_string(count) + "）";
  }
}

std::optional<Body> body_of(const Grid& grid) {
  const auto first = std::ranges::find_if(
      grid.rows, [](const GridRow& row) { return cells_with_content(row) > 1; });
  if (first == grid.rows.end()) return std::nullopt;
  Body body{.grid = &grid, .headings = {}, .rows = {}};
  const int last_row = heading_end(grid, first->number);
  int last_column = 0;
  for (auto row = first; row != grid.rows.end() && row->number <= last_row; ++row) {
    if (!row->cells.empty()) last_column = std::max(last_column, row->cells.back().column);
  }
  for (auto row = first; row != grid.rows.end(); ++row) {
    if (row->number > last_row) {
      if (cells_with_content(*row) > 1) body.rows.push_back(&*row);
      continue;
    }
    for (int column = 1; column <= last_column; ++column) {
      const std::string text = heading_text(grid, *row, column);
      if (text.empty()) continue;
      std::string& heading = body.headings[column];
      heading += (heading.empty() ? "" : "/") + text;
    }
  }
  tell_apart(body.headings);
  return body;
}

/// Whether every row has a text of its own there, and not just a number.
bool names_rows(const Body& body, int column) {
  std::set<std::string> seen;
  for (const GridRow* row : body.rows) {
    const std::string name = said(row, column);
    if (name.empty() || Decimal::parse(name) || !seen.insert(name).second) return false;
  }
  return !body.rows.empty();
}

/// The three states of one sheet.
class SheetComparison {
 public:
  SheetComparison(const Grid& sent, const Grid* have, const Grid* wrote, const Meaning& meaning,
                  Comparison& result, Findings& findings)
      : sent_grid_(sent),
        have_grid_(have),
        wrote_grid_(wrote),
        meaning_(meaning),
        result_(result),
        findings_(findings) {}

  void run(const std::string& key) {
    if (!find_bodies()) return;
    choose_key(key);
    result_.keys.push_back(key_);
    const auto sent = named_rows(sent_);
    const auto have = named_rows(have_);
    const auto wrote = named_rows(wrote_);
    if (!findings_.empty()) return;
    for (const auto& [name, row] : wrote.in_order) {
      if (const GridRow* was = sent.find(name); was != nullptr) {
        compare_row(name, was, have.find(name), row);
      } else {
        note(ChangeKind::Added, name, wrote_grid_->where(*row, key_column(wrote_)));
      }
    }
    for (const auto& [name, row] : sent.in_order) {
      if (wrote.find(name) == nullptr) {
        note(ChangeKind::Removed, name, sent_grid_.where(*row, key_column(sent_)));
      }
    }
  }

 private:
  bool find_bodies() {
    const auto sent = body_of(sent_grid_);
    if (!sent) return false;  // a sheet of text alone
    const auto have = have_grid_ == nullptr ? sent : body_of(*have_grid_);
    const auto wrote = wrote_grid_ == nullptr ? std::nullopt : body_of(*wrote_grid_);
    if (!have || !wrote) {
      findings_.push_back(finding(sent_grid_, "sheet.compare-heading",
                                  "工作表“" + sent_grid_.name + "”没有交回，或认不出表头",
                                  "工作表的名称和表头不要改动"));
      return false;
    }
    sent_ = *sent;
    have_ = *have;
    wrote_ = *wrote;
    return true;
  }

  /// Leaves `key_` empty where no column names the rows.
  void choose_key(const std::string& key) {
    const auto is_everywhere = [&](const std::string& heading) {
      return wrote_.column(heading) && have_.column(heading);
    };
    std::optional<int> column;
    if (!key.empty()) column = sent_.column(key);
    for (auto each = sent_.headings.begin(); !column && each != sent_.headings.end(); ++each) {
      if (names_rows(sent_, each->first) && is_everywhere(each->second)) column = each->first;
    }
    if (column && is_everywhere(sent_.headings[*column])) key_ = sent_.headings[*column];
  }

  /// Of a row that nothing names, its place among the rows.
  struct Named {
    std::string name;
    const GridRow* row;
  };

  struct NamedRows {
    std::vector<Named> in_order;
    std::map<std::string, const GridRow*, std::less<>> by_name;

    const GridRow* find(const std::string& name) const {
      const auto found = by_name.find(name);
      return found == by_name.end() ? nullptr : found->second;
    }
  };

  NamedRows named_rows(const Body& body) {
    NamedRows rows;
    for (const GridRow* row : body.rows) {
      std::string name = key_.empty() ? "第" + std::to_string(rows.in_order.size() + 1) + "行"
                                      : said(row, *body.column(key_));
      if (!rows.by_name.emplace(name, row).second) {
        findings_.push_back(finding(*body.grid, "sheet.compare-key",
                                    "“" + key_ + "”为“" + name + "”的有两行",
                                    "用 --key 指定另一列，或改正交回的表"));
        findings_.back().where = body.grid->where(*row, *body.column(key_));
      }
      rows.in_order.push_back({std::move(name), row});
    }
    return rows;
  }

  int key_column(const Body& body) const { return key_.empty() ? 1 : *body.column(key_); }

  void compare_row(const std::string& name, const GridRow* sent, const GridRow* have,
                   const GridRow* wrote) {
    ++result_.rows;
    for (const auto& [column, heading] : wrote_.headings) {
      const auto in_sent = sent_.column(heading);
      const auto in_have = have_.column(heading);
      Change change{.key = name,
                    .column = heading,
                    .sent = in_sent ? said(sent, *in_sent) : std::string(),
                    .have = in_have ? said(have, *in_have) : std::string(),
                    .wrote = said(wrote, column),
                    .where = wrote_grid_->where(*wrote, column)};
      if (change.wrote == change.sent) continue;
      const bool is_formula = is_computed(wrote, column) && in_sent && is_computed(sent, *in_sent);
      change.kind = is_formula ? ChangeKind::Computed : kind_of(change);
      result_.changes.push_back(std::move(change));
    }
  }

  ChangeKind kind_of(const Change& change) const {
    const auto means = [&](const std::string& text) {
      return meaning_ ? meaning_(change.column, text) : text;
    };
    const std::string sent = means(change.sent);
    const std::string have = means(change.have);
    const std::string wrote = means(change.wrote);
    if (wrote == sent || wrote == have) return ChangeKind::Agreed;
    return have == sent ? ChangeKind::Changed : ChangeKind::Conflict;
  }

  void note(ChangeKind kind, const std::string& name, SourceSpan where) {
    result_.changes.push_back({.kind = kind, .key = name, .where = std::move(where)});
  }

  const Grid& sent_grid_;
  const Grid* have_grid_;
  const Grid* wrote_grid_;
  const Meaning& meaning_;
  Body sent_;
  Body have_;
  Body wrote_;
  std::string key_;
  Comparison& result_;
  Findings& findings_;
};

const Grid* named(std::span<const Grid> grids, const std::string& name) {
  const auto found = std::ranges::find(grids, name, &Grid::name);
  return found == grids.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_chinese(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::Changed:
      return "改动";
    case ChangeKind::Agreed:
      return "一致";
    case ChangeKind::Conflict:
      return "冲突";
    case ChangeKind::Computed:
      return "重算";
    case ChangeKind::Added:
      return "新增";
    case ChangeKind::Removed:
      break;
  }
  return "删去";
}

std::size_t Comparison::count(ChangeKind kind) const {
  return static_cast<std::size_t>(std::ranges::count(changes, kind, &Change::kind));
}

Result<Comparison> compare(std::span<const Grid> sent, std::span<const Grid> have,
                           std::span<const Grid> wrote, const std::string& key,
                           const Meaning& meaning) {
  Comparison result;
  Findings findings;
  for (const Grid& grid : sent) {
    if (grid.hidden) continue;
    SheetComparison(grid, named(have, grid.name), named(wrote, grid.name), meaning, result,
                    findings)
        .run(key);
  }
  const std::string wanted = heading_key(key);
  const bool is_used = key.empty() || std::ranges::any_of(result.keys, [&](const auto& used) {
                         return heading_key(used) == wanted;
                       });
  if (findings.empty() && !is_used) {
    findings.push_back(finding(sent.front(), "sheet.compare-key",
                               "各工作表都没有“" + key + "”这一列，或交回的表里没有",
                               "按表头的写法写 --key"));
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return result;
}

}  // namespace huice::sheet
