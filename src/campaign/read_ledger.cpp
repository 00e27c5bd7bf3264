#include <algorithm>
#include <iterator>
#include <utility>

#include "campaign/readers.h"

namespace huice::campaign {
namespace {

template <std::size_t size>
std::vector<std::string> listed(const std::string_view (&names)[size]) {
  return {std::begin(names), std::end(names)};
}

std::vector<std::string> event_names() {
  std::vector<std::string> names;
  for (int kind = 0; kind <= static_cast<int>(EventKind::Suspend); ++kind) {
    names.emplace_back(to_text(static_cast<EventKind>(kind)));
  }
  return names;
}

/// nullopt when the kind of event cannot be told: the rest of the history then means nothing.
std::optional<Event> read_event(RecordReader& reader, const Campaign& campaign) {
  Event event;
  event.where = reader.where();
  const std::string name = known_text(reader, "event", event_names(), "经过");
  const auto kind = parse_event_kind(name);
  event.on = reader.day("on");
  event.by = reader.optional_text("by");
  event.note = reader.optional_text("note");
  event.to = reader.optional_text("to");
  expect_known(reader, event.to, reader.where("to"), office_names(campaign, std::nullopt),
               "单位或乡镇（园区）");
  event.due = reader.optional_day("due");
  event.degree = reader.optional_number("degree");
  if (reader.has("view")) {
    const std::string view = known_text(reader, "view", {"满意", "基本满意", "不满意"}, "评价");
    event.view = parse_satisfaction(view);
  }
  reader.finish();
  if (!kind) return std::nullopt;
  event.kind = *kind;
  return event;
}

bool read_events(RecordReader& reader, Problem& problem, const Campaign& campaign,
                 Findings& findings) {
  const std::size_t before = findings.size();
  for (const model::Value& item : reader.list("events")) {
    RecordReader each(
        item, "问题 " + problem.id + " 第" + std::to_string(problem.events.size() + 1) + "步",
        findings);
    auto event = read_event(each, campaign);
    if (event) problem.events.push_back(std::move(*event));
  }
  return findings.size() == before;
}

void read_problem(RecordReader& reader, Campaign& campaign, Findings& findings) {
  Problem problem;
  problem.where = reader.where();
  problem.id = reader.text("id");
  if (!problem.id.empty() && campaign.find_problem(problem.id) != nullptr) {
    reader.add("campaign.duplicate", "编号 " + problem.id + " 重复", reader.where("id"),
               "每个问题一个编号");
  }
  problem.uscc = helped_uscc(reader, "enterprise", campaign);
  problem.category = known_text(reader, "category", listed(kCategories), "问题类别");
  problem.level = known_text(reader, "level", listed(kLevels), "协调层级");
  problem.matter = reader.text("matter");
  const bool readable = read_events(reader, problem, campaign, findings);
  reader.finish();
  if (readable) {
    std::ranges::move(check_history(problem), std::back_inserter(findings));
    if (!problem.events.empty() && problem.events.front().on < campaign.begins) {
      reader.add("campaign.date",
                 "登记日期 " + problem.events.front().on.to_iso() + " 早于专项行动开始的 " +
                     campaign.begins.to_iso(),
                 problem.events.front().where);
    }
  }
  campaign.problems.push_back(std::move(problem));
}

}  // namespace

void read_ledger(const model::Value& source, Campaign& campaign, Findings& findings) {
  RecordReader reader(source, "问题台账", findings);
  for (const model::Value& item : reader.optional_list("problems")) {
    RecordReader each(item, "第" + std::to_string(campaign.problems.size() + 1) + "个问题",
                      findings);
    read_problem(each, campaign, findings);
  }
  reader.finish();
}

}  // namespace huice::campaign
