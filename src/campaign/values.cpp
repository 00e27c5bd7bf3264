// What templates are told of a campaign and its assessment.
#include <utility>

#include "campaign/assessment.h"
#include "campaign/measuring.h"
#include "campaign/schedule.h"

namespace huice::campaign {
namespace {

using model::Value;

Value texts_value(const std::vector<std::string>& texts) {
  Value::List list;
  for (const std::string& text : texts)
    list.emplace_back(text);
  return list;
}

Value named_texts_value(const std::vector<NamedText>& texts) {
  Value::List list;
  for (const NamedText& text : texts) {
    list.emplace_back(Value::Record{{"名称", text.name}, {"内容", text.text}});
  }
  return list;
}

Value assignment_value(const Assignment& each) {
  return Value::Record{{"序号", each.number},
                       {"企业名称", each.enterprise},
                       {"统一社会信用代码", each.uscc},
                       {"帮扶类型", each.kind},
                       {"所在乡镇", each.town},
                       {"领导", each.leader.name},
                       {"领导职务", each.leader.title},
                       {"牵头单位", each.lead},
                       {"配合单位", texts_value(each.cooperating)},
                       {"联络员", each.liaison.name},
                       {"联系电话", each.liaison.phone},
                       {"主要困难", each.difficulty},
                       {"帮扶目标", each.goal},
                       {"帮扶措施", texts_value(each.measures)},
                       {"完成时限", each.deadline}};
}

Value kinds_value(const Campaign& campaign) {
  Value::List list;
  for (const SupportKind& kind : campaign.kinds) {
    Value::List enterprises;
    for (const Assignment& assignment : campaign.assignments) {
      if (assignment.kind == kind.name) enterprises.push_back(assignment_value(assignment));
    }
    list.emplace_back(Value::Record{{"名称", kind.name},
                                    {"标题", kind.title},
                                    {"家数", kind.count},
                                    {"企业", std::move(enterprises)}});
  }
  return list;
}

Value::Record item_record(int number, const std::string& name, const Decimal& weight) {
  return {{"序号", number}, {"名称", name}, {"权重", weight}};
}

Value scheme_value(const Scheme& scheme) {
  Value::List groups;
  for (const Group& group : scheme.groups) {
    Value::List items;
    for (const Item& item : group.items) {
      auto record = item_record(static_cast<int>(items.size()) + 1, item.name, item.weight);
      record.emplace_back("内容", item.text);
      items.emplace_back(std::move(record));
    }
    groups.emplace_back(Value::Record{{"名称", group.name}, {"项目", std::move(items)}});
  }
  return Value::Record{{"标题", scheme.title},
                       {"对象", scheme.objects},
                       {"办法", texts_value(scheme.method)},
                       {"口径", texts_value(scheme.notes)},
                       {"组", std::move(groups)}};
}

Value offices_value(const Campaign& campaign, OfficeKind kind) {
  Value::List list;
  for (const Office& office : campaign.offices) {
    if (office.kind == kind) list.emplace_back(office.name);
  }
  return list;
}

Value score_value(const std::optional<Decimal>& score) {
  return score ? Value(*score) : Value();
}

Value measures_value(const ItemScore& item) {
  Value::List list;
  for (const Measured& measured : item.measures) {
    list.emplace_back(Value::Record{{"名称", measured.name},
                                    {"数值", value_text(measured)},
                                    {"佐证", texts_value(measured.evidence)}});
  }
  return list;
}

Value reviews_value(const ItemScore& item) {
  Value::List list;
  for (const Review& review : item.reviews) {
    list.emplace_back(Value::Record{{"阶段", std::string(to_text(review.stage))},
                                    {"分", review.score},
                                    {"由", review.by},
                                    {"日期", review.on},
                                    {"理由", review.reason}});
  }
  return list;
}

Value items_value(const TargetScore& target) {
  Value::List list;
  for (const ItemScore& item : target.items) {
    auto record = item_record(static_cast<int>(list.size()) + 1, item.name, item.weight);
    record.emplace_back("得分", score_value(item.score));
    record.emplace_back("说明", item.reason);
    if (!item.reviews.empty()) record.emplace_back("评分", reviews_value(item));
    record.emplace_back("依据", measures_value(item));
    list.emplace_back(std::move(record));
  }
  return list;
}

/// What both the sheet of a target and the ranking say at their top.
Value::Record heading(const Assessment& assessment) {
  return {{"标题", assessment.title}, {"县", assessment.county},
          {"年度", assessment.year},  {"办公室", assessment.office},
          {"考核日", assessment.on},  {"口径", texts_value(assessment.notes)}};
}

Value ranking_row_value(const TargetScore& target) {
  Value::List scores;
  for (const ItemScore& item : target.items)
    scores.push_back(score_value(item.score));
  Value::Record record = {{"名次", target.rank},
                          {"对象", target.target},
                          {"得分", std::move(scores)},
                          {"总分", target.total},
                          {"完整", target.complete}};
  if (!target.vetoes.empty()) record.emplace_back("一票否决", texts_value(target.vetoes));
  return record;
}

Value group_value(const GroupScore& group) {
  Value::List items;
  for (const Item& item : group.items) {
    items.emplace_back(item_record(static_cast<int>(items.size()) + 1, item.name, item.weight));
  }
  Value::List rows;
  for (const TargetScore& target : group.targets)
    rows.push_back(ranking_row_value(target));
  return Value::Record{{"名称", group.name},
                       {"项目", std::move(items)},
                       {"对象", std::move(rows)},
                       {"并列规则", group.tie_rule}};
}

}  // namespace

Value campaign_value(const Campaign& campaign) {
  return Value::Record{{"名称", campaign.name},
                       {"全称", campaign.full_name()},
                       {"年度", campaign.year},
                       {"县", campaign.county},
                       {"市", campaign.city},
                       {"办公室", campaign.office},
                       {"开始", campaign.begins},
                       {"结束", campaign.ends},
                       {"机制", campaign.mechanism},
                       {"原则", texts_value(campaign.principles)},
                       {"目标", named_texts_value(campaign.goals)},
                       {"日程", named_texts_value(campaign.calendar)},
                       {"企业数", static_cast<int>(campaign.assignments.size())},
                       {"类型", kinds_value(campaign)},
                       {"单位", offices_value(campaign, OfficeKind::Unit)},
                       {"乡镇", offices_value(campaign, OfficeKind::Town)},
                       {"考核细则", scheme_value(campaign.scheme)}};
}

Value assessment_value(const Assessment& assessment, const GroupScore& group,
                       const TargetScore& target) {
  Value::Record record = heading(assessment);
  record.emplace_back("组别", group.name);
  record.emplace_back("对象", target.target);
  record.emplace_back("对象数", static_cast<int>(group.targets.size()));
  record.emplace_back("名次", target.rank);
  record.emplace_back("总分", target.total);
  record.emplace_back("完整", target.complete);
  record.emplace_back("项目", items_value(target));
  if (!target.vetoes.empty()) record.emplace_back("一票否决", texts_value(target.vetoes));
  record.emplace_back("并列规则", group.tie_rule);
  return record;
}

Value ranking_value(const Assessment& assessment) {
  Value::List groups;
  for (const GroupScore& group : assessment.groups)
    groups.push_back(group_value(group));
  Value::Record record = heading(assessment);
  record.emplace_back("组", std::move(groups));
  return record;
}

}  // namespace huice::campaign
