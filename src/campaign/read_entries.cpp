#include <algorithm>
#include <set>
#include <utility>

#include "campaign/readers.h"

namespace huice::campaign {
namespace {

void check_day(RecordReader& reader, Date on, const Campaign& campaign) {
  if (on >= campaign.begins && on <= campaign.ends) return;
  reader.add("campaign.date", "日期 " + on.to_iso() + " 不在专项行动期间内", reader.where("on"),
             "应在 " + campaign.begins.to_iso() + " 至 " + campaign.ends.to_iso() + " 之间");
}

Entry read_entry(RecordReader& reader, const Campaign& campaign) {
  Entry entry;
  entry.where = reader.where();
  entry.id = reader.text("id");
  if (std::ranges::find(campaign.entries, entry.id, &Entry::id) != campaign.entries.end()) {
    reader.add("campaign.duplicate", "编号 " + entry.id + " 重复", reader.where("id"),
               "每条记录一个编号");
  }
  const auto offices = office_names(campaign, std::nullopt);
  entry.target = known_text(reader, "target", offices, "单位或乡镇（园区）");
  entry.kind = known_text(reader, "kind", campaign.entry_kinds, "记录类别");
  entry.on = reader.day("on");
  check_day(reader, entry.on, campaign);
  if (reader.has("enterprise")) entry.uscc = helped_uscc(reader, "enterprise", campaign);
  entry.text = reader.text("text");
  entry.attested_by = reader.text("attested_by");
  reader.finish();
  return entry;
}

/// The figures that the scheme asks of targets of this kind.
std::vector<std::string> figure_names(const Campaign& campaign, const Office* target) {
  std::vector<std::string> names;
  for (const Group& group : campaign.scheme.groups) {
    if (target != nullptr && group.targets != target->kind) continue;
    for (const Measure& measure : group.measures) {
      if (measure.kind == Measure::Kind::Figure) names.push_back(measure.figure);
    }
  }
  return names;
}

void read_figures(RecordReader& reader, Campaign& campaign) {
  Figure figure;
  figure.where = reader.where();
  const auto offices = office_names(campaign, std::nullopt);
  figure.target = known_text(reader, "target", offices, "单位或乡镇（园区）");
  figure.on = reader.day("on");
  check_day(reader, figure.on, campaign);
  figure.attested_by = reader.text("attested_by");
  const model::Value* values = reader.field("values");
  reader.finish();
  if (values == nullptr) return;
  if (values->record() == nullptr) {
    reader.add("campaign.wrong-type", "values 应是记录，实为" + std::string(values->kind()),
               values->where(), "写成 {名称: 数字, …}");
    return;
  }
  const auto names = figure_names(campaign, campaign.find_office(figure.target));
  for (const auto& [name, value] : *values->record()) {
    expect_known(reader, name, value.where(), names, "考核数据");
    if (value.number() == nullptr) {
      reader.add("campaign.wrong-type", name + " 应是数字，实为" + std::string(value.kind()),
                 value.where(), "没有数据的删去此项，不要写 0");
      continue;
    }
    figure.name = name;
    figure.value = *value.number();
    figure.where = value.where();
    campaign.figures.push_back(figure);
  }
}

void check_repeated_figures(RecordReader& reader, const Campaign& campaign) {
  std::set<std::tuple<std::string, std::string, Date>> seen;
  for (const Figure& figure : campaign.figures) {
    if (seen.emplace(figure.target, figure.name, figure.on).second) continue;
    reader.add("campaign.duplicate",
               figure.target + " " + figure.on.to_iso() + " 的“" + figure.name + "”填报了两次",
               figure.where, "只留一处，或改正日期");
  }
}

}  // namespace

void read_entries(const model::Value& source, Campaign& campaign, Findings& findings) {
  RecordReader reader(source, "考核依据", findings);
  for (const model::Value& item : reader.optional_list("entries")) {
    RecordReader each(item, "第" + std::to_string(campaign.entries.size() + 1) + "条记录",
                      findings);
    campaign.entries.push_back(read_entry(each, campaign));
  }
  int number = 0;
  for (const model::Value& item : reader.optional_list("figures")) {
    RecordReader each(item, "figures 第" + std::to_string(++number) + "项", findings);
    read_figures(each, campaign);
  }
  check_repeated_figures(reader, campaign);
  reader.finish();
}

}  // namespace huice::campaign
