#include <algorithm>
#include <utility>

#include "campaign/readers.h"
#include "model/identifiers.h"

namespace huice::campaign {
namespace {

Person read_person(RecordReader& reader, std::string_view key, std::string_view second,
                   Findings& findings) {
  const model::Value* value = reader.field(key);
  if (value == nullptr) return {};
  RecordReader person(*value, reader.what() + " " + std::string(key), findings);
  Person result{.name = person.text("name")};
  (second == "title" ? result.title : result.phone) = person.text(second);
  person.finish();
  return result;
}

void read_kinds(RecordReader& reader, Campaign& campaign, Findings& findings) {
  for (const model::Value& item : reader.list("kinds", kMaxSchemeItems)) {
    RecordReader each(item, "第" + std::to_string(campaign.kinds.size() + 1) + "个帮扶类型",
                      findings);
    SupportKind kind{
        .name = each.text("name"), .title = each.text("title"), .count = each.integer("count")};
    each.finish();
    campaign.kinds.push_back(std::move(kind));
  }
}

void check_assignment(RecordReader& reader, const Assignment& assignment,
                      const Campaign& campaign) {
  const int expected = static_cast<int>(campaign.assignments.size()) + 1;
  if (assignment.number != expected) {
    reader.add("campaign.count", "no 应是 " + std::to_string(expected), reader.where("no"),
               "序号从 1 起连续编排");
  }
  if (!assignment.uscc.empty() && !model::is_uscc(assignment.uscc)) {
    reader.add("campaign.uscc", "统一社会信用代码“" + assignment.uscc + "”校验不通过",
               reader.where("uscc"), "核对营业执照上的18位代码");
  }
  for (const Assignment& other : campaign.assignments) {
    const bool same_code = !other.uscc.empty() && other.uscc == assignment.uscc;
    const bool same_name = !other.enterprise.empty() && other.enterprise == assignment.enterprise;
    if (same_code || same_name) {
      reader.add(
          "campaign.duplicate",
          "“" + assignment.enterprise + "”与序号 " + std::to_string(other.number) + " 是同一家企业",
          reader.where("enterprise"), "一家企业只安排一次");
    }
  }
  if (assignment.deadline < campaign.begins || assignment.deadline > campaign.ends) {
    reader.add("campaign.date", "完成时限 " + assignment.deadline.to_iso() + " 不在专项行动期间内",
               reader.where("deadline"),
               "应在 " + campaign.begins.to_iso() + " 至 " + campaign.ends.to_iso() + " 之间");
  }
}

void check_cooperating(RecordReader& reader, const Assignment& assignment,
                       const KnownNames& units) {
  std::vector<std::string> seen = {assignment.lead};
  for (const std::string& unit : assignment.cooperating) {
    expect_known(reader, unit, reader.where("cooperating"), units, "县直责任部门");
    if (std::ranges::find(seen, unit) != seen.end()) {
      reader.add("campaign.duplicate", "配合单位“" + unit + "”重复或与牵头单位相同",
                 reader.where("cooperating"));
    }
    seen.push_back(unit);
  }
}

Assignment read_assignment(RecordReader& reader, const Campaign& campaign,
                           const OfficeNames& offices, Findings& findings) {
  Assignment result;
  result.where = reader.where();
  result.number = reader.integer("no");
  result.enterprise = reader.text("enterprise");
  result.uscc = reader.text("uscc");
  result.kind = known_text(reader, "kind", support_names(campaign), "帮扶类型");
  result.town = known_text(reader, "town", offices.towns, "乡镇（园区）");
  result.leader = read_person(reader, "leader", "title", findings);
  result.lead = known_text(reader, "lead", offices.units, "县直责任部门");
  result.cooperating = reader.optional_texts("cooperating");
  result.liaison = read_person(reader, "liaison", "phone", findings);
  result.difficulty = reader.text("difficulty");
  result.goal = reader.text("goal");
  result.measures = reader.texts("measures");
  result.deadline = reader.day("deadline");
  reader.finish();
  check_assignment(reader, result, campaign);
  check_cooperating(reader, result, offices.units);
  return result;
}

void check_counts(RecordReader& reader, const Campaign& campaign) {
  for (const SupportKind& kind : campaign.kinds) {
    const auto found = std::ranges::count(campaign.assignments, kind.name, &Assignment::kind);
    if (found != kind.count) {
      reader.add("campaign.count",
                 "帮扶类型“" + kind.name + "”方案定 " + std::to_string(kind.count) +
                     " 家，实际安排 " + std::to_string(found) + " 家",
                 reader.where("kinds"), "补齐企业，或改正 count");
    }
  }
}

}  // namespace

std::vector<std::string> support_names(const Campaign& campaign) {
  std::vector<std::string> names;
  for (const SupportKind& kind : campaign.kinds)
    names.push_back(kind.name);
  return names;
}

std::string helped_uscc(RecordReader& reader, std::string_view key, const Campaign& campaign) {
  const std::string name = reader.text(key);
  for (const Assignment& assignment : campaign.assignments) {
    if (assignment.enterprise == name || assignment.uscc == name) return assignment.uscc;
  }
  std::vector<std::string> names;
  for (const Assignment& assignment : campaign.assignments)
    names.push_back(assignment.enterprise);
  expect_known(reader, name, reader.where(key), names, "帮扶企业");
  return {};
}

void read_assignments(const model::Value& source, Campaign& campaign, Findings& findings) {
  RecordReader reader(source, "包联安排", findings);
  read_kinds(reader, campaign, findings);
  const OfficeNames offices = office_names(campaign);
  for (const model::Value& item : reader.list("assignments", kMaxAssignments)) {
    const std::string what = "第" + std::to_string(campaign.assignments.size() + 1) + "家企业";
    RecordReader each(item, what, findings);
    campaign.assignments.push_back(read_assignment(each, campaign, offices, findings));
  }
  check_counts(reader, campaign);
  reader.finish();
}

}  // namespace huice::campaign
