#include "campaign/measuring.h"

#include <algorithm>
#include <string_view>

namespace huice::campaign {
namespace {

constexpr int kShownPlaces = 4;
constexpr int kPercentPlaces = 2;

Decimal count_of(const std::vector<std::string>& evidence) {
  return Decimal(static_cast<std::int64_t>(evidence.size()));
}

const Entry* entry_about(const AsOf& now, const std::string& kind, const std::string& uscc) {
  const auto found = now.about.find({kind, uscc});
  return found == now.about.end() ? nullptr : found->second;
}

void count_assignments(const AsOf& now, const AsOf::Share& share, const Measure& measure,
                       Measured& result) {
  for (const Assignment* assignment : share.assignments) {
    if (!measure.support.empty() && assignment->kind != measure.support) continue;
    std::string evidence =
        "安排表第" + std::to_string(assignment->number) + "号 " + assignment->enterprise;
    if (!measure.entry.empty()) {
      const Entry* entry = entry_about(now, measure.entry, assignment->uscc);
      if (entry == nullptr) {
        result.lacking.push_back(assignment->enterprise);
        continue;
      }
      evidence += "（" + entry->id + "，" + entry->on.to_iso() + "）";
    }
    result.evidence.push_back(std::move(evidence));
  }
  result.value = count_of(result.evidence);
}

void count_problems(const AsOf::Share& share, const Measure& measure, Measured& result) {
  Decimal degrees;
  for (const auto& [problem, standing] : share.problems) {
    if (std::ranges::find(measure.states, standing.state) == measure.states.end()) continue;
    std::string evidence = problem->id + " " + std::string(to_text(standing.state));
    if (measure.kind == Measure::Kind::Degree) {
      evidence += "，解决程度" + standing.degree.to_plain();
    } else if (standing.closed) {
      evidence += "（" + standing.closed->to_iso() + "）";
    }
    result.evidence.push_back(std::move(evidence));
    degrees = add(degrees, standing.degree).value_or(degrees);
  }
  result.value = measure.kind == Measure::Kind::Degree ? degrees : count_of(result.evidence);
}

void count_entries(const AsOf::Share& share, const Measure& measure, Measured& result) {
  for (const Entry* entry : share.entries) {
    if (entry->kind != measure.entry) continue;
    result.evidence.push_back(entry->id + "（" + entry->on.to_iso() + "，" + entry->text + "，" +
                              entry->attested_by + "认定）");
  }
  result.value = count_of(result.evidence);
}

void take_figure(const AsOf::Share& share, const Measure& measure, Date on, Measured& result) {
  const Figure* latest = nullptr;
  for (const Figure* figure : share.figures) {
    if (figure->name != measure.figure) continue;
    if (latest == nullptr || latest->on < figure->on) latest = figure;
  }
  if (latest == nullptr) {
    result.missing = "截至 " + on.to_iso() + " 未填报" + measure.figure;
    return;
  }
  result.value = latest->value;
  result.evidence = {latest->attested_by + " " + latest->on.to_iso() + " 填报"};
}

Status calculate(const AsOf& now, const Measure& measure, const std::vector<Measured>& above,
                 Measured& result) {
  feel::Warnings warnings;
  const feel::Value value = evaluate_formula(*measure.formula, above, now.on, warnings);
  if (value.number() != nullptr) {
    result.value = *value.number();
    result.evidence = {measure.formula->text()};
    return Unit{};
  }
  if (!value.is_null()) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "scheme.rule",
                 .message = "“" + measure.name + "”的公式应得数字，实得" +
                            std::string(feel::kind_in_chinese(value.kind())),
                 .where = measure.formula->where()};
  }
  result.missing = measure.name + "算不出";
  if (!warnings.empty()) result.missing += "：" + warnings.front().message;
  return Unit{};
}

}  // namespace

AsOf as_of(const Campaign& campaign, Date on) {
  AsOf now{.campaign = campaign, .on = on, .shares = {}, .about = {}};
  for (const Assignment& assignment : campaign.assignments) {
    now.shares[assignment.lead].assignments.push_back(&assignment);
    now.shares[assignment.town].assignments.push_back(&assignment);
  }
  for (const Problem& problem : campaign.problems) {
    if (auto standing = standing_on(problem, on)) {
      auto& problems = now.shares[standing->unit].problems;
      problems.emplace_back(&problem, std::move(*standing));
    }
  }
  for (const Entry& entry : campaign.entries) {
    if (entry.on > on) continue;
    now.shares[entry.target].entries.push_back(&entry);
    if (!entry.uscc.empty()) now.about.try_emplace({entry.kind, entry.uscc}, &entry);
  }
  for (const Figure& figure : campaign.figures) {
    if (figure.on <= on) now.shares[figure.target].figures.push_back(&figure);
  }
  return now;
}

feel::Value evaluate_formula(const feel::Expression& formula, const std::vector<Measured>& measures,
                             Date on, feel::Warnings& warnings) {
  return feel::evaluate(formula, to_context(measures), {.today = on, .max_steps = kMaxFormulaSteps},
                        &warnings);
}

Result<std::vector<Measured>> measure_target(const AsOf& now, const Group& group,
                                             const Office& target) {
  const auto found = now.shares.find(target.name);
  const AsOf::Share nothing;
  const AsOf::Share& share = found == now.shares.end() ? nothing : found->second;
  std::vector<Measured> results;
  for (const Measure& measure : group.measures) {
    Measured result{.name = measure.name, .unit = measure.unit};
    switch (measure.kind) {
      case Measure::Kind::Assignments:
        count_assignments(now, share, measure, result);
        break;
      case Measure::Kind::Problems:
      case Measure::Kind::Degree:
        count_problems(share, measure, result);
        break;
      case Measure::Kind::Entries:
        count_entries(share, measure, result);
        break;
      case Measure::Kind::Figure:
        take_figure(share, measure, now.on, result);
        break;
      case Measure::Kind::Formula:
        HUICE_TRY([[maybe_unused]] const Unit done, calculate(now, measure, results, result));
        break;
    }
    results.push_back(std::move(result));
  }
  return results;
}

feel::Context to_context(const std::vector<Measured>& measures) {
  feel::Context context;
  for (const Measured& measured : measures) {
    if (measured.value) context.put(measured.name, *measured.value);
  }
  return context;
}

std::string short_number(const Decimal& number) {
  return number.scale() <= kShownPlaces ? number.to_plain()
                                        : number.rounded(kShownPlaces, Rounding::HalfUp).to_plain();
}

std::string value_text(const Measured& measured) {
  if (!measured.value) return "待补";
  if (measured.unit != "%") return short_number(*measured.value) + measured.unit;
  const auto percent = multiply(*measured.value, Decimal(100));
  return percent ? percent->rounded(kPercentPlaces, Rounding::HalfUp).to_plain() + "%" : "待补";
}

}  // namespace huice::campaign
