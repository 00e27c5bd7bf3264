#include "campaign/schedule.h"

#include <utility>

#include "campaign/table_cells.h"
#include "text/numerals.h"

namespace huice::campaign {
namespace {

Row assignment_row(const Assignment& each) {
  const auto centre = model::Align::Centre;
  return {count_cell(each.number),
          text_cell(each.enterprise),
          text_cell(each.kind, centre),
          text_cell(each.leader.name + "（" + each.leader.title + "）"),
          text_cell(each.lead),
          text_cell(joined(each.cooperating)),
          text_cell(each.liaison.name + "\n" + each.liaison.phone),
          text_cell(each.difficulty),
          text_cell(each.goal),
          {.content = each.deadline, .align = centre}};
}

/// `一、亏损企业扭亏增盈、稳产增效（25家）`.
std::string kind_title(std::size_t index, const SupportKind& kind) {
  return text::to_ordinal(text::OrdinalKind::Han, static_cast<std::int64_t>(index + 1)) +
         kind.title + "（" + std::to_string(kind.count) + "家）";
}

}  // namespace

model::Table schedule_table(const Campaign& campaign) {
  const auto centre = model::Align::Centre;
  model::Table table = make_table({{"序号", 2.5, centre},
                                   {"企业名称", 8},
                                   {"帮扶类型", 4.5, centre},
                                   {"县级领导", 6.5},
                                   {"牵头责任单位", 6.5},
                                   {"配合单位", 7.5},
                                   {"联络员及电话", 7},
                                   {"主要困难", 12.5},
                                   {"帮扶目标", 9.5},
                                   {"完成时限", 5.5, centre}});
  for (std::size_t i = 0; i < campaign.kinds.size(); ++i) {
    table.rows.push_back(merged_row(kind_title(i, campaign.kinds[i]), table.columns.size()));
    for (const Assignment& assignment : campaign.assignments) {
      if (assignment.kind == campaign.kinds[i].name) {
        table.rows.push_back(assignment_row(assignment));
      }
    }
  }
  for (auto& row : table.rows)
    row.front().align = row.front().strong ? row.front().align : centre;
  return table;
}

model::Workbook schedule(const Campaign& campaign) {
  model::Sheet sheet{.name = "安排表",
                     .label = "附件1",
                     .title = campaign.full_name() + "安排表",
                     .table = schedule_table(campaign)};
  sheet.notes.push_back("注：1. 按照“" + campaign.mechanism + "”的机制开展帮扶。");
  sheet.notes.push_back("2. 联络员有变动的，由牵头责任单位及时报" + campaign.office + "。");
  return {.title = sheet.title, .author = campaign.office, .sheets = {std::move(sheet)}};
}

}  // namespace huice::campaign
