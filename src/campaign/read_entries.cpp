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

Entry read_entry(RecordReader& reader, const Campaign& campaign, const KnownNames& offices,
                 std::set<std::string>& ids) {
  Entry entry;
  entry.where = reader.where();
  entry.id = reader.text("id");
  if (!ids.insert(entry.id).second) {
    reader.add("campaign.duplicate", "编号 " + entry.id + " 重复", reader.where("id"),
               "每条记录一个编号");
  }
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

void read_figures(RecordReader& reader, const KnownNames& offices, Campaign& campaign) {
  Figure figure;
  figure.where = reader.where();
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

/// The item of the scheme that `id` names for this target; reported when there is none.
const Item* find_item(RecordReader& reader, const std::string& id, const Campaign& campaign,
                      const std::string& target) {
  const Office* office = campaign.find_office(target);
  std::vector<std::string> ids;
  for (const Group& group : campaign.scheme.groups) {
    if (office == nullptr || group.targets != office->kind) continue;
    const auto found = std::ranges::find(group.items, id, &Item::id);
    if (found != group.items.end()) return &*found;
    for (const Item& item : group.items)
      ids.push_back(item.id);
  }
  expect_known(reader, id, reader.where("item"), ids, "考核项目");
  return nullptr;
}

Review read_review(RecordReader& reader, const KnownNames& offices, const Campaign& campaign) {
  Review review;
  review.where = reader.where();
  review.target = known_text(reader, "target", offices, "单位或乡镇（园区）");
  review.item = reader.text("item");
  const Item* item = find_item(reader, review.item, campaign, review.target);
  const auto stage = parse_stage(known_text(reader, "stage", {"自评", "复核", "终评"}, "评分阶段"));
  review.stage = stage.value_or(Stage::Self);
  review.score = reader.number("score");
  review.on = reader.day("on");
  review.by = reader.text("by");
  review.reason =
      review.stage == Stage::Self ? reader.optional_text("reason") : reader.text("reason");
  reader.finish();
  if (item != nullptr && (review.score.is_negative() || review.score > item->weight)) {
    reader.add(
        "campaign.range",
        "得分应在 0 到 " + item->weight.to_plain() + " 之间，实为 " + review.score.to_plain(),
        reader.where("score"));
  }
  return review;
}

}  // namespace

std::string_view to_text(Stage stage) {
  constexpr std::string_view kNames[] = {"自评", "复核", "终评"};
  return kNames[static_cast<std::size_t>(stage)];
}

std::optional<Stage> parse_stage(std::string_view text) {
  for (const Stage stage : {Stage::Self, Stage::Review, Stage::Final}) {
    if (to_text(stage) == text) return stage;
  }
  return std::nullopt;
}

Result<Review> make_review(const model::Value& value, const Campaign& campaign) {
  Findings findings;
  RecordReader reader(value, "评分", findings);
  Review review = read_review(reader, office_names(campaign).all, campaign);
  if (!findings.empty()) return as_error(std::move(findings));
  return review;
}

model::Value review_value(const Review& review) {
  model::Value::Record record{{"target", review.target},
                              {"item", review.item},
                              {"stage", std::string(to_text(review.stage))},
                              {"score", review.score},
                              {"on", review.on},
                              {"by", review.by}};
  if (!review.reason.empty()) record.emplace_back("reason", review.reason);
  return record;
}

void read_entries(const model::Value& source, Campaign& campaign, Findings& findings) {
  RecordReader reader(source, "考核依据", findings);
  const KnownNames offices = office_names(campaign).all;
  std::set<std::string> ids;
  for (const model::Value& item : reader.optional_list("entries")) {
    RecordReader each(item, "第" + std::to_string(campaign.entries.size() + 1) + "条记录",
                      findings);
    campaign.entries.push_back(read_entry(each, campaign, offices, ids));
  }
  int number = 0;
  for (const model::Value& item : reader.optional_list("figures")) {
    RecordReader each(item, "figures 第" + std::to_string(++number) + "项", findings);
    read_figures(each, offices, campaign);
  }
  number = 0;
  for (const model::Value& item : reader.optional_list("reviews")) {
    RecordReader each(item, "reviews 第" + std::to_string(++number) + "项", findings);
    campaign.reviews.push_back(read_review(each, offices, campaign));
  }
  check_repeated_figures(reader, campaign);
  reader.finish();
}

}  // namespace huice::campaign
