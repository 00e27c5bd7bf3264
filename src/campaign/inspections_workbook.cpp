#include <algorithm>
#include <utility>

#include "campaign/inspections.h"
#include "campaign/table_cells.h"

namespace huice::campaign {
namespace {

constexpr auto kCentre = model::Align::Centre;

model::Cell day_cell(Date day) {
  return {.content = day, .align = kCentre};
}

/// `县应急管理局（危化股）：安全生产`.
std::string who_text(const Inspection& each) {
  return each.unit + (each.division.empty() ? "" : "（" + each.division + "）");
}

std::string matters_text(const Visit& visit) {
  std::string text;
  for (const Inspection* each : visit.inspections)
    text += (text.empty() ? "" : "\n") + who_text(*each) + "：" + each->matter;
  for (const Inspection* each : visit.joined)
    text +=
        "\n" + who_text(*each) + "：" + each->matter + "（并入，原定" + each->on.to_iso() + "）";
  return text;
}

std::string planned_text(const Visit& visit) {
  std::vector<std::string> days;
  for (const Inspection* each : visit.inspections) {
    const std::string day = each->on.to_iso();
    if (std::ranges::find(days, day) == days.end()) days.push_back(day);
  }
  return joined(days, "\n");
}

Row visit_row(int number, const Visit& visit) {
  const Inspection& first = *visit.inspections.front();
  std::string kind = visit.is_joint() ? "联合检查" : "单独检查";
  if (visit.moved) kind += "\n避开宁静日";
  return {{.content = Decimal(number), .align = kCentre},
          day_cell(visit.on),
          text_cell(first.enterprise),
          text_cell(kind, kCentre),
          text_cell(visit.is_joint() ? visit.lead : first.unit),
          text_cell(matters_text(visit)),
          text_cell(planned_text(visit), kCentre),
          text_cell(visit.why)};
}

Row repeat_row(int number, const Repeat& repeat) {
  const Inspection& dropped = *repeat.dropped;
  const bool same_unit = dropped.unit == repeat.kept->unit;
  return {{.content = Decimal(number), .align = kCentre},
          text_cell(dropped.enterprise),
          text_cell(dropped.matter),
          text_cell(who_text(dropped)),
          day_cell(dropped.on),
          text_cell(who_text(*repeat.kept)),
          day_cell(repeat.kept->on),
          text_cell(same_unit ? "取消：本单位已安排一次" : "取消单独检查，参加前一次联合检查")};
}

Row exempt_row(int number, const Inspection& each) {
  return {{.content = Decimal(number), .align = kCentre},
          day_cell(each.on),
          text_cell(each.enterprise),
          text_cell(who_text(each)),
          text_cell(each.matter),
          text_cell(each.exception, kCentre),
          text_cell(each.ground)};
}

model::Table visits_table(const InspectionCalendar& calendar) {
  model::Table table = make_table({{"序号", 2.5, kCentre},
                                   {"入企日期", 5.5, kCentre},
                                   {"企业名称", 10},
                                   {"方式", 6, kCentre},
                                   {"牵头或检查单位", 8},
                                   {"参加单位和事项", 16},
                                   {"原计划日期", 6, kCentre},
                                   {"牵头建议的理由", 10}});
  for (const Visit& visit : calendar.visits)
    table.rows.push_back(visit_row(static_cast<int>(table.rows.size()), visit));
  return table;
}

model::Table repeats_table(const InspectionCalendar& calendar) {
  model::Table table = make_table({{"序号", 2.5, kCentre},
                                   {"企业名称", 10},
                                   {"检查事项", 9},
                                   {"单位", 9},
                                   {"原计划日期", 5.5, kCentre},
                                   {"保留的单位", 9},
                                   {"保留的日期", 5.5, kCentre},
                                   {"处理", 11}});
  for (const Repeat& repeat : calendar.repeats)
    table.rows.push_back(repeat_row(static_cast<int>(table.rows.size()), repeat));
  return table;
}

model::Table exempt_table(const InspectionCalendar& calendar) {
  model::Table table = make_table({{"序号", 2.5, kCentre},
                                   {"日期", 5.5, kCentre},
                                   {"企业名称", 10},
                                   {"单位", 9},
                                   {"检查事项", 9},
                                   {"例外情形", 7, kCentre},
                                   {"法律依据", 16}});
  for (const Inspection* each : calendar.exempt)
    table.rows.push_back(exempt_row(static_cast<int>(table.rows.size()), *each));
  return table;
}

}  // namespace

model::Workbook inspections_workbook(const InspectionRules& rules,
                                     const InspectionCalendar& calendar, Date on) {
  const std::string title = rules.county + std::to_string(rules.year) + "年涉企行政检查";
  const std::string subtitle = "编制日期　" + on.to_chinese();
  const auto number = [](std::size_t count) { return std::to_string(count); };
  model::Workbook book{.title = title + "安排", .author = rules.coordinator};
  book.sheets.push_back(
      {.name = "入企检查安排",
       .title = title + "安排",
       .subtitle = subtitle,
       .table = visits_table(calendar),
       .notes = {
           "注：1. 各单位共报" + number(calendar.planned) + "项，重复" +
               number(calendar.repeats.size()) + "项，例外" + number(calendar.exempt.size()) +
               "项，其余合并为" + number(calendar.visits.size()) + "次入企，其中联合检查" +
               number(calendar.joint()) + "次，避开宁静日" + number(calendar.moved()) + "次。",
           "2. 每月" + std::to_string(rules.quiet_from) + "日至" + std::to_string(rules.quiet_to) +
               "日为企业宁静日；同一事项每年至多" + std::to_string(rules.times_a_year) + "次（" +
               rules.source + "）。",
           "3. 牵头单位为建议，由" + rules.coordinator + "协调确定；节假日由牵头单位另行避开。"}});
  book.sheets.push_back({.name = "重复事项",
                         .title = title + "重复事项",
                         .subtitle = subtitle,
                         .table = repeats_table(calendar),
                         .notes = {}});
  book.sheets.push_back({.name = "例外",
                         .title = title + "例外",
                         .subtitle = subtitle,
                         .table = exempt_table(calendar),
                         .notes = {"注：例外按原计划进行，不计入同一事项的次数。"}});
  return book;
}

}  // namespace huice::campaign
