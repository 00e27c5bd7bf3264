#include "campaign/acceptance.h"

#include <algorithm>
#include <utility>

#include "campaign/record_reader.h"
#include "campaign/table_cells.h"
#include "campaign/workdays.h"

namespace huice::campaign {
namespace {

Paper read_paper(RecordReader& reader, int most_days) {
  Paper paper;
  paper.name = reader.text("name");
  if (reader.has("main")) {
    const bool* truth = reader.field("main")->truth();
    paper.main = truth != nullptr && *truth;
    if (truth == nullptr) {
      reader.add("campaign.wrong-type", "main 应是 true 或 false", reader.where("main"));
    }
  }
  if (!paper.main) {
    paper.days = reader.integer("days");
    if (paper.days < 1 || paper.days > most_days) {
      reader.add("campaign.range", "days 应在 1 到 " + std::to_string(most_days) + " 之间",
                 reader.where("days"), "单位是工作日；不能容缺的写 main: true");
    }
  }
  reader.finish();
  return paper;
}

PaperList read_list(RecordReader& reader, int most_days, Findings& findings) {
  PaperList list;
  list.where = reader.where();
  list.policy = reader.text("policy");
  for (const model::Value& item : reader.list("materials")) {
    RecordReader each(item, list.policy + " 第" + std::to_string(list.papers.size() + 1) + "项材料",
                      findings);
    Paper paper = read_paper(each, most_days);
    if (std::ranges::find(list.papers, paper.name, &Paper::name) != list.papers.end()) {
      each.add("campaign.duplicate", "材料“" + paper.name + "”重复", each.where("name"));
    }
    list.papers.push_back(std::move(paper));
  }
  reader.finish();
  return list;
}

bool names(const PaperList& list, const std::string& paper) {
  return std::ranges::find(list.papers, paper, &Paper::name) != list.papers.end();
}

std::vector<std::string> names_of(const PaperList& list) {
  std::vector<std::string> all;
  for (const Paper& paper : list.papers)
    all.push_back(paper.name);
  return all;
}

}  // namespace

const PaperList* AcceptanceRules::find(std::string_view policy) const {
  const auto found = std::ranges::find(lists, policy, &PaperList::policy);
  return found == lists.end() ? nullptr : &*found;
}

Result<AcceptanceRules> read_acceptance_rules(const model::Value& source) {
  Findings findings;
  RecordReader reader(source, "容缺受理清单", findings);
  AcceptanceRules rules;
  rules.county = reader.text("county");
  rules.source = reader.text("source");
  rules.counter = reader.text("counter");
  rules.most_days = reader.integer("most_days");
  for (const model::Value& item : reader.list("items")) {
    RecordReader each(item, "第" + std::to_string(rules.lists.size() + 1) + "个事项", findings);
    PaperList list = read_list(each, rules.most_days, findings);
    if (rules.find(list.policy) != nullptr) {
      each.add("campaign.duplicate", "事项 " + list.policy + " 重复", each.where("policy"));
    }
    rules.lists.push_back(std::move(list));
  }
  reader.finish();
  if (!findings.empty()) return as_error(std::move(findings));
  return rules;
}

Status check_papers(const PaperList& list, const std::vector<std::string>& materials) {
  std::vector<std::string> lacking;
  for (const std::string& material : materials) {
    if (!names(list, material)) lacking.push_back(material);
  }
  std::vector<std::string> surplus;
  for (const std::string& paper : names_of(list)) {
    if (std::ranges::find(materials, paper) == materials.end()) surplus.push_back(paper);
  }
  if (lacking.empty() && surplus.empty()) return Unit{};
  std::string message = "清单与政策 " + list.policy + " 要求的材料不一致";
  if (!lacking.empty()) message += "，清单缺 " + joined(lacking);
  if (!surplus.empty()) message += "，清单多 " + joined(surplus);
  return finding("acceptance.list", std::move(message), list.where,
                 "按政策文件的 materials 改清单");
}

std::vector<std::string> Acceptance::missing() const {
  std::vector<std::string> all;
  for (const PaperState& state : papers) {
    if (!state.held) all.push_back(state.paper.name);
  }
  return all;
}

std::string_view to_text(Acceptance::Outcome outcome) {
  constexpr std::string_view kNames[] = {"受理", "容缺受理", "不予受理"};
  return kNames[static_cast<std::size_t>(outcome)];
}

Result<Acceptance> accept(const PaperList& list, const std::vector<std::string>& held, Date on) {
  for (const std::string& paper : held) {
    if (names(list, paper)) continue;
    return finding("acceptance.paper", "没有名为“" + paper + "”的材料", {},
                   name_hint(paper, names_of(list)));
  }
  Acceptance result;
  for (const Paper& paper : list.papers) {
    PaperState state{.paper = paper};
    state.held = std::ranges::find(held, paper.name) != held.end();
    if (!state.held && paper.main) result.outcome = Acceptance::Outcome::Refused;
    if (!state.held && !paper.main) {
      state.promised = after_working_days(on, paper.days);
      result.complete_by = std::max(result.complete_by.value_or(on), *state.promised);
      if (result.outcome == Acceptance::Outcome::Accepted) {
        result.outcome = Acceptance::Outcome::Deferred;
      }
    }
    result.papers.push_back(std::move(state));
  }
  if (result.outcome == Acceptance::Outcome::Refused) result.complete_by.reset();
  return result;
}

}  // namespace huice::campaign
