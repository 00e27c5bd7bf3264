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

template <class Enum>
std::vector<std::string> names_up_to(Enum last) {
  std::vector<std::string> names;
  for (int each = 0; each <= static_cast<int>(last); ++each)
    names.emplace_back(to_text(static_cast<Enum>(each)));
  return names;
}

/// nullopt when the kind of event cannot be told: the rest of the history then means nothing.
std::optional<Event> read_event(RecordReader& reader, const KnownNames& offices) {
  Event event;
  event.where = reader.where();
  const std::string name = known_text(reader, "event", names_up_to(EventKind::Approve), "经过");
  const auto kind = parse_event_kind(name);
  event.on = reader.day("on");
  event.by = reader.optional_text("by");
  event.note = reader.optional_text("note");
  event.to = reader.optional_text("to");
  expect_known(reader, event.to, reader.where("to"), offices, "单位或乡镇（园区）");
  event.due = reader.optional_day("due");
  event.degree = reader.optional_number("degree");
  if (reader.has("view")) {
    event.view = parse_satisfaction(
        known_text(reader, "view", names_up_to(Satisfaction::Dissatisfied), "评价"));
  }
  if (reader.has("tier")) {
    event.tier = parse_tier(known_text(reader, "tier", names_up_to(Tier::Superior), "协调层级"));
  }
  event.agreed_by = reader.optional_text("agreed_by");
  event.evidence = reader.optional_texts("evidence");
  reader.finish();
  if (!kind) return std::nullopt;
  event.kind = *kind;
  return event;
}

bool read_events(RecordReader& reader, Problem& problem, const KnownNames& offices,
                 Findings& findings) {
  const std::size_t before = findings.size();
  for (const model::Value& item : reader.list("events")) {
    RecordReader each(
        item, "问题 " + problem.id + " 第" + std::to_string(problem.events.size() + 1) + "步",
        findings);
    auto event = read_event(each, offices);
    if (event) problem.events.push_back(std::move(*event));
  }
  return findings.size() == before;
}

/// All of a problem but its history.
Problem read_particulars(RecordReader& reader, const Campaign& campaign) {
  Problem problem;
  problem.where = reader.where();
  problem.id = reader.optional_text("id");
  problem.uscc = helped_uscc(reader, "enterprise", campaign);
  problem.category = known_text(reader, "category", listed(kCategories), "问题类别");
  problem.level = known_text(reader, "level", listed(kLevels), "办理层级");
  problem.scope =
      reader.has("scope") ? known_text(reader, "scope", listed(kScopes), "问题性质") : "个性";
  if (reader.has("source")) {
    problem.source = known_text(reader, "source", listed(kSources), "问题来源");
  }
  problem.matter = reader.text("matter");
  return problem;
}

void read_problem(RecordReader& reader, const KnownNames& offices, std::set<std::string>& ids,
                  Campaign& campaign, Findings& findings) {
  Problem problem = read_particulars(reader, campaign);
  reader.field("id");  // only what is registered by a command is numbered by the program
  if (!problem.id.empty() && !ids.insert(problem.id).second) {
    reader.add("campaign.duplicate", "编号 " + problem.id + " 重复", reader.where("id"),
               "每个问题一个编号");
  }
  const bool readable = read_events(reader, problem, offices, findings);
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

Result<Event> make_event(const model::Value& value, const Campaign& campaign) {
  Findings findings;
  RecordReader reader(value, "台账事项", findings);
  auto event = read_event(reader, office_names(campaign).all);
  if (!findings.empty() || !event) return as_error(std::move(findings));
  return std::move(*event);
}

Result<Problem> make_problem(const model::Value& value, const Campaign& campaign) {
  Findings findings;
  RecordReader reader(value, "新登记的问题", findings);
  Problem problem = read_particulars(reader, campaign);
  reader.finish();
  if (!findings.empty()) return as_error(std::move(findings));
  return problem;
}

void read_ledger(const model::Value& source, Campaign& campaign, Findings& findings) {
  RecordReader reader(source, "问题台账", findings);
  const KnownNames offices = office_names(campaign).all;
  std::set<std::string> ids;
  for (const model::Value& item : reader.optional_list("problems")) {
    RecordReader each(item, "第" + std::to_string(campaign.problems.size() + 1) + "个问题",
                      findings);
    read_problem(each, offices, ids, campaign, findings);
  }
  reader.finish();
}

}  // namespace huice::campaign
