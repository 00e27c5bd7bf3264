#include <algorithm>
#include <iterator>
#include <utility>

#include "campaign/readers.h"
#include "feel/names.h"

namespace huice::campaign {
namespace {

constexpr Decimal kFullMarks = 100;

/// The FEEL text of `key`; what is wrong in it is reported where it stands.
std::optional<feel::Expression> read_formula(RecordReader& reader, std::string_view key,
                                             const feel::Names& names, Findings& findings) {
  const std::string text = reader.text(key);
  if (text.empty()) return std::nullopt;
  auto parsed = feel::Expression::parse(text, names, reader.where(key));
  if (parsed.has_value()) return std::move(parsed).value();
  std::ranges::move(as_findings(std::move(parsed).error()), std::back_inserter(findings));
  return std::nullopt;
}

void read_states(RecordReader& reader, Measure& measure) {
  for (const std::string& name : reader.texts("states")) {
    if (const auto state = parse_state(name)) {
      measure.states.push_back(*state);
      continue;
    }
    std::vector<std::string> names;
    for (int i = 0; i <= static_cast<int>(State::Suspended); ++i) {
      names.emplace_back(to_text(static_cast<State>(i)));
    }
    expect_known(reader, name, reader.where("states"), names, "问题状态");
  }
}

void read_count(RecordReader& reader, Measure& measure, const Campaign& campaign) {
  const std::string what = known_text(reader, "count", {"帮扶企业", "问题", "记录"}, "计数对象");
  if (what == "问题") {
    measure.kind = Measure::Kind::Problems;
    read_states(reader, measure);
    return;
  }
  measure.kind = what == "记录" ? Measure::Kind::Entries : Measure::Kind::Assignments;
  if (what == "记录" || reader.has("entry")) {
    measure.entry = known_text(reader, "entry", campaign.entry_kinds, "记录类别");
  }
  if (what == "帮扶企业" && reader.has("support")) {
    measure.support = known_text(reader, "support", support_names(campaign), "帮扶类型");
  }
}

Measure read_measure(RecordReader& reader, const feel::Names& above, const Campaign& campaign,
                     Findings& findings) {
  Measure measure;
  measure.where = reader.where();
  measure.name = reader.text("name");
  measure.unit = reader.optional_text("unit");
  if (reader.has("count")) {
    read_count(reader, measure, campaign);
  } else if (reader.has("sum")) {
    known_text(reader, "sum", {"解决程度"}, "合计对象");
    measure.kind = Measure::Kind::Degree;
    read_states(reader, measure);
  } else if (reader.has("figure")) {
    measure.kind = Measure::Kind::Figure;
    measure.figure = reader.text("figure");
  } else if (reader.has("formula")) {
    measure.kind = Measure::Kind::Formula;
    measure.formula = read_formula(reader, "formula", above, findings);
  } else {
    reader.add("scheme.rule", "没有说明怎样取得", reader.where(),
               "写 count、sum、figure 或 formula 之一");
  }
  reader.finish();
  return measure;
}

feel::Names read_measures(RecordReader& reader, Group& group, const Campaign& campaign,
                          Findings& findings) {
  feel::Names names;
  for (const model::Value& item : reader.list("measures", kMaxSchemeItems)) {
    RecordReader each(item, group.name + " 第" + std::to_string(group.measures.size() + 1) + "个量",
                      findings);
    Measure measure = read_measure(each, names, campaign, findings);
    if (names.contains(measure.name)) {
      each.add("campaign.duplicate", "名称“" + measure.name + "”重复", each.where("name"));
    } else if (!measure.name.empty()) {
      names.add(measure.name);
    }
    group.measures.push_back(std::move(measure));
  }
  return names;
}

struct RuleForm {
  std::string_view mark;  // the key that tells the kind
  Rule::Kind kind;
  std::string_view formula;  // the key of the FEEL text
  std::string_view points;   // the key of the points; empty: none
};
constexpr RuleForm kRuleForms[] = {
    {"full", Rule::Kind::FullIf, "if", "full"},
    {"each", Rule::Kind::Each, "each", "points"},
    {"deduct", Rule::Kind::Deduct, "deduct", "points"},
    {"rank", Rule::Kind::Ranking, "rank", "first"},
    {"points", Rule::Kind::Points, "points", ""},
};

void check_rule(RecordReader& reader, const Rule& rule, const Decimal& weight) {
  const auto reject = [&](std::string_view key, const std::string& what) {
    reader.add("scheme.rule", std::string(key) + " " + what, reader.where(key));
  };
  if (rule.kind != Rule::Kind::Points && rule.points <= Decimal(0)) {
    reader.add("scheme.rule", "分值应大于 0", reader.where());
  }
  if (rule.step.is_negative()) reject("step", "不应是负数");
  if (rule.cap && *rule.cap <= Decimal(0)) reject("cap", "应大于 0");
  const bool whole = rule.kind == Rule::Kind::FullIf || rule.kind == Rule::Kind::Ranking;
  const Decimal most = rule.cap ? *rule.cap : whole ? rule.points : Decimal(0);
  if (rule.kind != Rule::Kind::Deduct && most > weight) {
    reader.add("scheme.rule",
               "最多可得 " + most.to_plain() + " 分，超过项目权重 " + weight.to_plain() + " 分",
               reader.where(), "改正分值、上限或 weight");
  }
}

std::optional<Rule> read_rule(RecordReader& reader, const feel::Names& names, const Decimal& weight,
                              Findings& findings) {
  const auto form =
      std::ranges::find_if(kRuleForms, [&](const RuleForm& each) { return reader.has(each.mark); });
  if (form == std::end(kRuleForms)) {
    reader.add("scheme.rule", "不认识的计分方式", reader.where(),
               "写 full/if、each/points、deduct/points、points 或 rank/order/first 之一");
    return std::nullopt;
  }
  auto formula = read_formula(reader, form->formula, names, findings);
  Rule rule{.kind = form->kind,
            .formula = formula ? *formula : feel::Expression::literal(feel::Value()),
            .where = reader.where()};
  if (!form->points.empty()) rule.points = reader.number(form->points);
  if (rule.kind == Rule::Kind::Ranking) {
    const std::string order = known_text(reader, "order", {"从低到高", "从高到低"}, "次序");
    rule.order = order == "从低到高" ? Rule::Order::LowFirst : Rule::Order::HighFirst;
    rule.step = reader.optional_number("step").value_or(Decimal(1));
  }
  if (rule.kind != Rule::Kind::FullIf && rule.kind != Rule::Kind::Ranking) {
    rule.cap = reader.optional_number("cap");
  }
  check_rule(reader, rule, weight);
  if (!formula) return std::nullopt;
  return rule;
}

Item read_item(RecordReader& reader, const feel::Names& names, Findings& findings) {
  Item item;
  item.where = reader.where();
  item.id = reader.text("id");
  item.name = reader.text("name");
  item.weight = reader.number("weight");
  item.text = reader.text("text");
  for (const model::Value& value : reader.list("rules", kMaxSchemeItems)) {
    RecordReader each(value, item.id + " 第" + std::to_string(item.rules.size() + 1) + "条规则",
                      findings);
    auto rule = read_rule(each, names, item.weight, findings);
    // A rule of an unknown form has named no keys; they would all be reported again.
    if (rule) each.finish();
    if (rule) item.rules.push_back(std::move(*rule));
  }
  reader.finish();
  return item;
}

void check_items(RecordReader& reader, const Group& group) {
  Decimal sum;
  std::vector<std::string> ids;
  for (const Item& item : group.items) {
    if (std::ranges::find(ids, item.id) != ids.end()) {
      reader.add("campaign.duplicate", "项目 " + item.id + " 重复", item.where);
    }
    ids.push_back(item.id);
    sum = add(sum, item.weight).value_or(sum);
  }
  if (sum != kFullMarks) {
    reader.add("scheme.weights", "各项权重合计 " + sum.to_plain() + "，应为 100",
               reader.where("items"), "调整各项 weight");
  }
  for (const std::string& id : group.ties) {
    expect_known(reader, id, reader.where("ties"), ids, "考核项目");
  }
}

void read_vetoes(RecordReader& reader, Group& group, const feel::Names& names, Findings& findings) {
  for (const model::Value& value : reader.optional_list("vetoes", kMaxSchemeItems)) {
    RecordReader each(value,
                      group.name + " 第" + std::to_string(group.vetoes.size() + 1) + "项一票否决",
                      findings);
    Veto veto{.name = each.text("name"),
              .text = each.text("text"),
              .condition = feel::Expression::literal(feel::Value()),
              .where = each.where()};
    auto condition = read_formula(each, "if", names, findings);
    each.finish();
    if (condition) veto.condition = std::move(*condition);
    group.vetoes.push_back(std::move(veto));
  }
}

void read_group(RecordReader& reader, Campaign& campaign, Findings& findings) {
  Group group;
  group.where = reader.where();
  group.id = reader.text("id");
  group.name = reader.text("name");
  const std::string unit(to_text(OfficeKind::Unit));
  const std::string town(to_text(OfficeKind::Town));
  const std::string targets = known_text(reader, "targets", {unit, town}, "考核对象");
  group.targets = targets == town ? OfficeKind::Town : OfficeKind::Unit;
  for (const Group& other : campaign.scheme.groups) {
    if (other.id == group.id || other.targets == group.targets) {
      reader.add("campaign.duplicate", "与“" + other.name + "”的 id 或考核对象重复",
                 reader.where("id"), "每类对象只设一组");
    }
  }
  const feel::Names names = read_measures(reader, group, campaign, findings);
  for (const model::Value& item : reader.list("items", kMaxSchemeItems)) {
    RecordReader each(item, group.name + " 第" + std::to_string(group.items.size() + 1) + "个项目",
                      findings);
    group.items.push_back(read_item(each, names, findings));
  }
  read_vetoes(reader, group, names, findings);
  group.ties = reader.optional_texts("ties");
  check_items(reader, group);
  reader.finish();
  campaign.scheme.groups.push_back(std::move(group));
}

}  // namespace

void read_scheme(const model::Value& source, Campaign& campaign, Findings& findings) {
  RecordReader reader(source, "考核细则", findings);
  Scheme& scheme = campaign.scheme;
  scheme.title = reader.text("title");
  scheme.objects = reader.text("objects");
  scheme.method = reader.texts("method");
  scheme.notes = reader.optional_texts("notes");
  for (const model::Value& item : reader.list("groups", kMaxSchemeItems)) {
    RecordReader each(item, "第" + std::to_string(scheme.groups.size() + 1) + "组", findings);
    read_group(each, campaign, findings);
  }
  reader.finish();
}

}  // namespace huice::campaign
