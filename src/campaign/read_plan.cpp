#include <algorithm>
#include <iterator>
#include <utility>

#include "campaign/readers.h"

namespace huice::campaign {
namespace {

constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2100;
constexpr std::size_t kRegionDigits = 6;

std::vector<NamedText> read_named_texts(RecordReader& reader, std::string_view key,
                                        Findings& findings) {
  std::vector<NamedText> texts;
  for (const model::Value& item : reader.list(key)) {
    RecordReader each(item, std::string(key) + " 第" + std::to_string(texts.size() + 1) + "项",
                      findings);
    NamedText text{.name = each.text("name"), .text = each.text("text")};
    each.finish();
    texts.push_back(std::move(text));
  }
  return texts;
}

void read_offices(RecordReader& reader, std::string_view key, OfficeKind kind, Campaign& campaign) {
  std::set<std::string, std::less<>> seen;
  for (const Office& office : campaign.offices)
    seen.insert(office.name);
  for (const model::Value& item : reader.list(key, kMaxOffices)) {
    const std::string* name = item.text();
    if (name == nullptr || name->empty()) {
      reader.add("campaign.wrong-type",
                 std::string(key) + " 的每一项应是文本，实为" + std::string(item.kind()),
                 item.where());
    } else if (!seen.insert(*name).second) {
      reader.add("campaign.duplicate", "“" + *name + "”重复", item.where(), "只留一处");
    } else {
      campaign.offices.push_back({.name = *name, .kind = kind, .where = item.where()});
    }
  }
}

TaskForce read_task_force(RecordReader& reader, const Campaign& campaign, const KnownNames& units) {
  const std::vector<std::string> categories(std::begin(kCategories), std::end(kCategories));
  TaskForce force;
  force.name = reader.text("name");
  force.lead = known_text(reader, "lead", units, "县直责任部门");
  force.members = reader.optional_texts("members");
  for (const std::string& member : force.members)
    expect_known(reader, member, reader.where("members"), units, "县直责任部门");
  force.categories = reader.texts("categories");
  for (const std::string& category : force.categories) {
    expect_known(reader, category, reader.where("categories"), categories, "问题类别");
    for (const TaskForce& other : campaign.task_forces) {
      if (std::ranges::find(other.categories, category) == other.categories.end()) continue;
      reader.add("campaign.duplicate", "“" + category + "”已由" + other.name + "负责",
                 reader.where("categories"), "一类问题只归一个专班");
    }
  }
  reader.finish();
  return force;
}

void read_task_forces(RecordReader& reader, Campaign& campaign, Findings& findings) {
  const KnownNames units = office_names(campaign).units;
  for (const model::Value& item : reader.optional_list("task_forces")) {
    RecordReader each(item, "第" + std::to_string(campaign.task_forces.size() + 1) + "个专班",
                      findings);
    campaign.task_forces.push_back(read_task_force(each, campaign, units));
  }
}

void check_plan(RecordReader& reader, const Campaign& campaign) {
  if (campaign.year < kFirstYear || campaign.year > kLastYear) {
    reader.add("campaign.range", "year 应是四位公元年", reader.where("year"));
  }
  const bool digits =
      std::ranges::all_of(campaign.region, [](char c) { return c >= '0' && c <= '9'; });
  if (!campaign.region.empty() && (!digits || campaign.region.size() != kRegionDigits)) {
    reader.add("campaign.range", "region 应是六位行政区划代码，实为“" + campaign.region + "”",
               reader.where("region"), "按 GB/T 2260 写，加英文双引号");
  }
  if (campaign.ends < campaign.begins) {
    reader.add("campaign.date",
               "ends " + campaign.ends.to_iso() + " 早于 begins " + campaign.begins.to_iso(),
               reader.where("ends"));
  }
}

}  // namespace

std::string_view to_text(OfficeKind kind) {
  return kind == OfficeKind::Unit ? "县直责任部门" : "乡镇（园区）";
}

void expect_known(RecordReader& reader, const std::string& name, const SourceSpan& where,
                  const std::vector<std::string>& names, std::string_view what) {
  if (name.empty() || std::ranges::find(names, name) != names.end()) return;
  reader.add("campaign.unknown-name", "没有名为“" + name + "”的" + std::string(what), where,
             name_hint(name, names));
}

std::string known_text(RecordReader& reader, std::string_view key,
                       const std::vector<std::string>& names, std::string_view what) {
  std::string name = reader.text(key);
  expect_known(reader, name, reader.where(key), names, what);
  return name;
}

void expect_known(RecordReader& reader, const std::string& name, const SourceSpan& where,
                  const KnownNames& names, std::string_view what) {
  if (!names.contains(name)) expect_known(reader, name, where, names.list(), what);
}

std::string known_text(RecordReader& reader, std::string_view key, const KnownNames& names,
                       std::string_view what) {
  std::string name = reader.text(key);
  expect_known(reader, name, reader.where(key), names, what);
  return name;
}

OfficeNames office_names(const Campaign& campaign) {
  std::vector<std::string> units;
  std::vector<std::string> towns;
  std::vector<std::string> all;
  for (const Office& office : campaign.offices) {
    (office.kind == OfficeKind::Unit ? units : towns).push_back(office.name);
    all.push_back(office.name);
  }
  return {KnownNames(std::move(units)), KnownNames(std::move(towns)), KnownNames(std::move(all))};
}

void read_plan(const model::Value& source, Campaign& campaign, Findings& findings) {
  RecordReader reader(source, "专项行动", findings);
  campaign.id = reader.text("id");
  campaign.name = reader.text("name");
  campaign.year = reader.integer("year");
  campaign.region = reader.text("region");
  campaign.county = reader.text("county");
  campaign.city = reader.text("city");
  campaign.office = reader.text("office");
  campaign.begins = reader.day("begins");
  campaign.ends = reader.day("ends");
  campaign.mechanism = reader.text("mechanism");
  campaign.principles = reader.texts("principles");
  campaign.goals = read_named_texts(reader, "goals", findings);
  campaign.calendar = read_named_texts(reader, "calendar", findings);
  campaign.entry_kinds = reader.texts("entry_kinds");
  read_offices(reader, "units", OfficeKind::Unit, campaign);
  read_offices(reader, "towns", OfficeKind::Town, campaign);
  read_task_forces(reader, campaign, findings);
  if (reader.has("days_of_tier")) {
    campaign.days_of_tier = reader.integer("days_of_tier");
    if (campaign.days_of_tier < 1) {
      reader.add("campaign.range", "days_of_tier 应至少是 1", reader.where("days_of_tier"));
    }
  }
  check_plan(reader, campaign);
  reader.finish();
}

}  // namespace huice::campaign
