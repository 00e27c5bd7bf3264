// What several handlers write as JSON, written alike.
#pragma once

#include "model/value.h"
#include "service/call.h"
#include "store/accounts.h"
#include "store/jobs.h"
#include "store/records.h"

namespace huice::service {

model::Value user_value(const store::Account& account, std::int64_t now);
model::Value enterprise_summary(const store::Record& record);
model::Value draft_summary(const store::Record& record);
model::Value job_value(const store::Job& job, const std::vector<store::JobItem>& failures = {});

/// `{total, items}`; `to_value` makes one item.
template <class Page, class ToValue>
model::Value page_value(const Page& page, const ToValue& to_value) {
  model::Value::List items;
  for (const auto& item : page.items)
    items.push_back(to_value(item));
  return model::Value::Record{{"total", number_value(page.total)},
                              {"items", model::Value(std::move(items))}};
}

/// A query for records of the caller's county, as the parameters q, limit and offset ask.
store::RecordQuery record_query(const Call& call, std::string kind);

inline constexpr const char* kEnterpriseKind = "企业";
inline constexpr const char* kDraftKind = "文稿";
inline constexpr const char* kSettingsKind = "设置";
inline constexpr const char* kRulesKind = "规则";
inline constexpr const char* kPlanKind = "检查计划";

}  // namespace huice::service
