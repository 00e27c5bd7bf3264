#include <utility>

#include "campaign/schedule.h"
#include "campaign/statistics.h"
#include "campaign/table_cells.h"

namespace huice::campaign {
namespace {

model::Cell day_cell(const std::optional<Date>& day) {
  if (!day) return {};
  return {.content = *day, .align = model::Align::Centre};
}

/// `办理中（逾期12天）`.
std::string state_text(const Standing& standing, Date on) {
  std::string text(to_text(standing.state));
  if (is_overdue(standing, on)) text += "（逾期" + std::to_string(on - *standing.due) + "天）";
  return text;
}

const Event& last_event(const Problem& problem, Date on) {
  const Event* last = &problem.events.front();
  for (const Event& event : problem.events) {
    if (event.on <= on) last = &event;
  }
  return *last;
}

std::string event_text(const Event& event) {
  std::string text = event.on.to_iso() + " " + std::string(to_text(event.kind));
  if (!event.to.empty()) text += "给" + event.to;
  if (!event.note.empty()) text += "：" + event.note;
  return text;
}

Row problem_row(int number, const Campaign& campaign, const Problem& problem,
                const Standing& standing, Date on) {
  const auto centre = model::Align::Centre;
  const Assignment* assignment = campaign.find_assignment(problem.uscc);
  return {{.content = Decimal(number), .align = centre},
          text_cell(problem.id),
          text_cell(assignment != nullptr ? assignment->enterprise : problem.uscc),
          text_cell(problem.category, centre),
          text_cell(problem.level, centre),
          text_cell(problem.matter),
          text_cell(standing.unit),
          day_cell(standing.registered),
          day_cell(standing.due),
          text_cell(state_text(standing, on), centre),
          text_cell(event_text(last_event(problem, on))),
          text_cell(standing.view ? std::string(to_text(*standing.view)) : std::string(), centre)};
}

model::Table problem_table(const Campaign& campaign, Date on) {
  const auto centre = model::Align::Centre;
  model::Table table = make_table({{"序号", 2.5, centre},
                                   {"编号", 6.5},
                                   {"企业名称", 9},
                                   {"类别", 4, centre},
                                   {"层级", 4, centre},
                                   {"问题事项", 13},
                                   {"责任单位", 7},
                                   {"登记日期", 5.5, centre},
                                   {"办结期限", 5.5, centre},
                                   {"状态", 5, centre},
                                   {"最近经过", 13},
                                   {"企业评价", 4, centre}});
  int number = 0;
  for (const Problem& problem : campaign.problems) {
    const auto standing = standing_on(problem, on);
    if (!standing) continue;
    table.rows.push_back(problem_row(++number, campaign, problem, *standing, on));
  }
  return table;
}

model::Table history_table(const Campaign& campaign, Date on) {
  const auto centre = model::Align::Centre;
  model::Table table = make_table({{"编号", 6.5},
                                   {"步", 2, centre},
                                   {"日期", 5.5, centre},
                                   {"经过", 3, centre},
                                   {"经办", 10},
                                   {"交办对象", 8},
                                   {"期限", 5.5, centre},
                                   {"解决程度", 4},
                                   {"说明", 20}});
  for (const Problem& problem : campaign.problems) {
    int step = 0;
    for (const Event& event : problem.events) {
      if (event.on > on) break;
      model::Cell degree = event.degree ? number_cell(*event.degree) : model::Cell{};
      std::string note = event.note;
      if (event.view) note = std::string(to_text(*event.view)) + (note.empty() ? "" : "：") + note;
      table.rows.push_back({text_cell(problem.id), count_cell(++step), day_cell(event.on),
                            text_cell(std::string(to_text(event.kind)), centre),
                            text_cell(event.by), text_cell(event.to), day_cell(event.due),
                            std::move(degree), text_cell(std::move(note))});
    }
  }
  return table;
}

Row tally_row(const std::string& name, const Tally& tally) {
  return {text_cell(name),
          count_cell(tally.found),
          count_cell(tally.solved),
          count_cell(tally.closed),
          count_cell(tally.in_hand),
          count_cell(tally.suspended),
          count_cell(tally.overdue),
          count_cell(tally.late),
          rate_cell(tally.solved_rate()),
          rate_cell(tally.pleased_rate())};
}

/// The total as sums over the rows of a part, so that it can be checked.
Row total_row(const Tally& all, int first_row, int last_row) {
  Row row = tally_row("合计", all);
  for (std::size_t column = 1; column <= 7; ++column) {
    const Decimal cached = std::get<Decimal>(row[column].content);
    row[column] = formula_cell(
        "SUM(" + cell_name(column, first_row) + ":" + cell_name(column, last_row) + ")", cached);
  }
  for (model::Cell& cell : row)
    cell.strong = true;
  return row;
}

model::Sheet statistics_sheet(const Statistics& found, const std::string& title,
                              const std::string& subtitle) {
  model::Sheet sheet{.name = "统计",
                     .title = title + "统计",
                     .subtitle = subtitle,
                     .table = make_table({{"分类", 12},
                                          {"发现", 4},
                                          {"化解", 4},
                                          {"其中销号", 4},
                                          {"在办", 4},
                                          {"挂账", 4},
                                          {"逾期", 4},
                                          {"超期办结", 4},
                                          {"化解率", 5},
                                          {"满意率", 5}})};
  auto& rows = sheet.table.rows;
  for (std::size_t i = 0; i < kDimensions; ++i) {
    const auto dimension = static_cast<Dimension>(i);
    rows.push_back(merged_row("按" + std::string(to_text(dimension)), sheet.table.columns.size()));
    const int first = first_table_row(sheet) + static_cast<int>(rows.size());
    for (const auto& [label, tally] : found.by(dimension))
      rows.push_back(tally_row(label, tally));
    const int last = first_table_row(sheet) + static_cast<int>(rows.size()) - 1;
    if (last >= first) rows.push_back(total_row(found.all, first, last));
  }
  sheet.notes = {
      "注：1. 化解率 =（已办结、已回访、已销号）÷ 发现；满意率 =（满意、基本满意）÷ 已回访。",
      "2. 每一分类的各行相加等于合计；“经过”表列出全部事项，可逐项查对。"};
  return sheet;
}

constexpr int kStateColumn = 9;          // of problem_table
constexpr int kSatisfactionColumn = 11;  // of problem_table

/// What helps whoever fills the ledger in: overdue problems stand out, 企业评价 is picked.
void add_aids(model::Sheet& sheet) {
  const int last = static_cast<int>(sheet.table.rows.size()) - 1;
  const int last_column = static_cast<int>(sheet.table.columns.size()) - 1;
  if (last < 1) return;
  const std::string state = cell_name(kStateColumn, first_table_row(sheet) + 1);
  sheet.conditions.push_back({.area = {1, 0, last, last_column},
                              .formula = "ISNUMBER(SEARCH(\"逾期\",$" + state + "))",
                              .mark = model::Mark::Bad});
  model::Choices choices{.area = {1, kSatisfactionColumn, last, kSatisfactionColumn}, .texts = {}};
  for (const Satisfaction each :
       {Satisfaction::Satisfied, Satisfaction::Mostly, Satisfaction::Dissatisfied})
    choices.texts.emplace_back(to_text(each));
  sheet.choices.push_back(std::move(choices));
  sheet.names.push_back({.name = "问题台账数据", .area = {0, 0, last, last_column}});
}

}  // namespace

model::Workbook ledger_workbook(const Campaign& campaign, Date on) {
  const std::string title = campaign.full_name() + "问题台账";
  const std::string subtitle = campaign.office + "　截至" + on.to_chinese();
  model::Workbook book{.title = title, .author = campaign.office};
  book.sheets.push_back({.name = "问题台账",
                         .title = title,
                         .subtitle = subtitle,
                         .table = problem_table(campaign, on)});
  add_aids(book.sheets.back());
  book.sheets.push_back(statistics_sheet(statistics(campaign, on), title, subtitle));
  book.sheets.push_back({.name = "经过",
                         .title = title + "（经过）",
                         .subtitle = subtitle,
                         .table = history_table(campaign, on)});
  return book;
}

}  // namespace huice::campaign
