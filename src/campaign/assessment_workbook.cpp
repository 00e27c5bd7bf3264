#include <algorithm>
#include <utility>

#include "campaign/assessment.h"
#include "campaign/table_cells.h"

namespace huice::campaign {
namespace {

constexpr std::size_t kFirstItemColumn = 2;  // of a ranking sheet: after 名次 and 考核对象
constexpr std::size_t kScoreColumn = 3;      // of a target's sheet

std::string date_line(const Assessment& assessment) {
  return assessment.office + "　截至" + assessment.on.to_chinese();
}

/// The heading lines come first: the rows that formulas name depend on them.
model::Sheet target_frame(const Assessment& assessment, const TargetScore& target) {
  return {.name = target.target,
          .title = target.target + "考核计分表",
          .subtitle = assessment.title + "　截至" + assessment.on.to_chinese(),
          .table = make_table({{"序号", 2.5, model::Align::Centre},
                               {"考核项目", 8},
                               {"权重", 3},
                               {"得分", 3},
                               {"计分说明", 22},
                               {"依据", 26}})};
}

/// The row of the item's score on its target's sheet.
int item_row(const model::Sheet& frame, std::size_t item) {
  return first_table_row(frame) + 1 + static_cast<int>(item);
}

/// `甲数、乙数：统计局 2026-10-31 填报；…`: measures that rest on the same share one mention.
std::string evidence_text(const ItemScore& item) {
  std::vector<std::pair<std::string, std::string>> parts;  // evidence, names of measures
  for (const Measured& measured : item.measures) {
    if (measured.evidence.empty()) continue;
    std::string evidence = joined(measured.evidence, "，");
    const auto same = std::ranges::find(parts, evidence, &decltype(parts)::value_type::first);
    if (same != parts.end()) {
      same->second += "、" + measured.name;
    } else {
      parts.emplace_back(std::move(evidence), measured.name);
    }
  }
  std::string text;
  for (const auto& [evidence, names] : parts) {
    text.append(text.empty() ? "" : "；").append(names).append("：").append(evidence);
  }
  return text;
}

std::string sum_of_column(std::size_t column, int first_row, int last_row) {
  return "SUM(" + cell_name(column, first_row) + ":" + cell_name(column, last_row) + ")";
}

/// The total of a target; a veto makes nothing of the sum.
model::Cell total_cell(const std::string& sum, const TargetScore& target) {
  return formula_cell(target.vetoes.empty() ? sum : "0*" + sum, target.total);
}

/// Full marks stand out, and scores that are not known yet.
void mark_scores(model::Sheet& sheet, int first_row, int items) {
  const int column = static_cast<int>(kScoreColumn);
  const model::CellArea area{1, column, items, column};
  const std::string score = cell_name(kScoreColumn, first_row);
  const std::string weight = cell_name(kScoreColumn - 1, first_row);
  if (items < 1) return;
  sheet.conditions.push_back({area, "ISBLANK(" + score + ")", model::Mark::Doubtful});
  sheet.conditions.push_back(
      {area, "AND(ISNUMBER(" + score + ")," + score + ">=" + weight + ")", model::Mark::Good});
}

model::Sheet target_sheet(const Assessment& assessment, const GroupScore& group,
                          const TargetScore& target) {
  model::Sheet sheet = target_frame(assessment, target);
  Decimal weights;
  for (std::size_t i = 0; i < target.items.size(); ++i) {
    const ItemScore& item = target.items[i];
    weights = add(weights, item.weight).value_or(weights);
    sheet.table.rows.push_back({text_cell(std::to_string(i + 1), model::Align::Centre),
                                text_cell(item.name), number_cell(item.weight),
                                item.score ? number_cell(*item.score) : model::Cell{},
                                text_cell(item.reason), text_cell(evidence_text(item))});
  }
  const int first = item_row(sheet, 0);
  const int last = item_row(sheet, target.items.size()) - 1;
  Row total = {{},
               text_cell("合计", model::Align::Centre),
               formula_cell(sum_of_column(kScoreColumn - 1, first, last), weights),
               total_cell(sum_of_column(kScoreColumn, first, last), target),
               text_cell("在" + group.name + "中排第" + std::to_string(target.rank) + "名" +
                         (target.complete ? "" : "（有待补数据，名次暂定）")),
               {}};
  for (model::Cell& cell : total)
    cell.strong = true;
  sheet.table.rows.push_back(std::move(total));
  mark_scores(sheet, first, static_cast<int>(target.items.size()));
  return sheet;
}

/// `$H$6:$H$17`.
std::string fixed_range(std::size_t column, int first_row, int last_row) {
  const auto fixed = [column](int row) {
    std::string name = cell_name(column, row);
    const std::size_t digits = name.find_first_of("0123456789");
    return "$" + name.substr(0, digits) + "$" + name.substr(digits);
  };
  return fixed(first_row) + ":" + fixed(last_row);
}

/// 1 + how many come before: a higher total, or the same total and a higher score in the items that
/// decide, in their order. `columns` are the total's and then theirs.
std::string rank_formula(const std::vector<std::size_t>& columns, int row, int first, int last) {
  std::string condition;
  for (auto column = columns.rbegin(); column != columns.rend(); ++column) {
    const std::string range = fixed_range(*column, first, last);
    const std::string own = cell_name(*column, row);
    const std::string better = "(" + range + ">" + own + ")";
    condition = condition.empty()
                    ? better
                    : "(" + better + "+(" + range + "=" + own + ")*" + condition + ")";
  }
  return "1+SUMPRODUCT(1*" + condition + ")";
}

std::vector<std::size_t> deciding_columns(const GroupScore& group) {
  std::vector<std::size_t> columns = {kFirstItemColumn + group.items.size()};
  for (const std::string& id : group.ties) {
    const auto item = std::ranges::find(group.items, id, &Item::id);
    if (item == group.items.end()) continue;
    columns.push_back(kFirstItemColumn + static_cast<std::size_t>(item - group.items.begin()));
  }
  return columns;
}

std::string remark_text(const TargetScore& target) {
  std::vector<std::string> names;
  for (const ItemScore& item : target.items) {
    if (!item.score) names.push_back(item.name);
  }
  std::string text = names.empty() ? std::string() : joined(names) + "待补";
  if (!target.vetoes.empty()) text += (text.empty() ? "一票否决：" : "；一票否决：");
  return text + joined(target.vetoes, "；");
}

/// A target's row; if `linked`, its item scores are taken from its own sheet.
Row ranking_row(const Assessment& assessment, const TargetScore& target, int row, bool linked) {
  Row cells = {{}, text_cell(target.target)};
  const model::Sheet frame = target_frame(assessment, target);
  for (std::size_t i = 0; i < target.items.size(); ++i) {
    const ItemScore& item = target.items[i];
    if (!item.score) {
      cells.emplace_back();
      continue;
    }
    const std::string source =
        "'" + target.target + "'!" + cell_name(kScoreColumn, item_row(frame, i));
    cells.push_back(linked ? formula_cell(source, *item.score) : number_cell(*item.score));
  }
  const std::string first = cell_name(kFirstItemColumn, row);
  const std::string last = cell_name(kFirstItemColumn + target.items.size() - 1, row);
  cells.push_back(total_cell("SUM(" + first + ":" + last + ")", target));
  cells.back().strong = true;
  cells.push_back(text_cell(remark_text(target)));
  return cells;
}

model::Sheet ranking_sheet(const Assessment& assessment, const GroupScore& group, bool linked) {
  std::vector<Heading> headings = {{"名次", 3, model::Align::Centre}, {"考核对象", 12}};
  for (const Item& item : group.items) {
    headings.push_back({item.name + "（" + item.weight.to_plain() + "分）", 7});
  }
  headings.push_back({"总分", 4});
  headings.push_back({"备注", 8});
  model::Sheet sheet{.name = group.name + "排名",
                     .title = assessment.title + "排名表（" + group.name + "）",
                     .subtitle = date_line(assessment),
                     .table = make_table(headings)};
  const int first = first_table_row(sheet) + 1;
  const int last = first + static_cast<int>(group.targets.size()) - 1;
  const auto columns = deciding_columns(group);
  for (std::size_t i = 0; i < group.targets.size(); ++i) {
    const int row = first + static_cast<int>(i);
    Row cells = ranking_row(assessment, group.targets[i], row, linked);
    cells.front() =
        formula_cell(rank_formula(columns, row, first, last), Decimal(group.targets[i].rank));
    cells.front().align = model::Align::Centre;
    sheet.table.rows.push_back(std::move(cells));
  }
  sheet.notes.push_back("注：" + group.tie_rule);
  return sheet;
}

/// A line for each sheet; a click leads there.
model::Sheet index_sheet(const Assessment& assessment) {
  model::Sheet sheet{.name = "目录",
                     .title = assessment.title,
                     .subtitle = date_line(assessment),
                     .table = make_table({{"序号", 3, model::Align::Centre},
                                          {"表", 16},
                                          {"组别", 10},
                                          {"名次", 4, model::Align::Centre},
                                          {"总分", 5}}),
                     .landscape = false};
  const auto add = [&](const std::string& name, const std::string& group, model::Cell rank,
                       model::Cell total) {
    const auto row = static_cast<int>(sheet.table.rows.size());
    sheet.links.push_back({row, 1, "#" + name});
    sheet.table.rows.push_back({number_cell(Decimal(row)), text_cell(name), text_cell(group),
                                std::move(rank), std::move(total)});
  };
  for (const GroupScore& group : assessment.groups)
    add(group.name + "排名", group.name, {}, {});
  for (const GroupScore& group : assessment.groups) {
    for (const TargetScore& target : group.targets)
      add(target.target, group.name, number_cell(Decimal(target.rank)), number_cell(target.total));
  }
  return sheet;
}

}  // namespace

model::Workbook assessment_workbook(const Assessment& assessment) {
  model::Workbook book{.title = assessment.title, .author = assessment.office, .sheets = {}};
  book.sheets.push_back(index_sheet(assessment));
  for (const GroupScore& group : assessment.groups)
    book.sheets.push_back(ranking_sheet(assessment, group, true));
  for (const GroupScore& group : assessment.groups) {
    for (const TargetScore& target : group.targets)
      book.sheets.push_back(target_sheet(assessment, group, target));
  }
  return book;
}

model::Workbook ranking_workbook(const Assessment& assessment) {
  model::Workbook book{
      .title = assessment.title + "排名", .author = assessment.office, .sheets = {}};
  for (const GroupScore& group : assessment.groups)
    book.sheets.push_back(ranking_sheet(assessment, group, false));
  return book;
}

model::Workbook target_workbook(const Assessment& assessment, const GroupScore& group,
                                const TargetScore& target) {
  return {.title = target.target + "考核计分表",
          .author = assessment.office,
          .sheets = {target_sheet(assessment, group, target)}};
}

}  // namespace huice::campaign
