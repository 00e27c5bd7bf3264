// A campaign as small as its rules allow, as text, for tests that spoil one line of it.
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "campaign/campaign.h"
#include "notation/yaml.h"

namespace huice::campaign {

inline Date day(std::string_view iso) {
  return Date::parse(iso).value();
}

/// A decimal from its text.
inline Decimal dec(std::string_view text) {
  return Decimal::parse(text).value();
}

/// `text` with `from`, which must be there, replaced by `to` once.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) {
    ADD_FAILURE() << "not there: " << from;
    return text;
  }
  return text.replace(at, from.size(), to);
}

struct SmallCampaign {
  std::string plan = R"(id: small
name: 帮扶行动
year: 2026
region: "430590"
county: 云岭县
city: 云州市
office: 帮扶办
begins: 2026-03-01
ends: 2026-12-31
mechanism: 一企一策
principles: [精准]
goals: [{name: 目标, text: 扭亏}]
calendar: [{name: 月调度, text: 每月调度}]
entry_kinds: [达标, 表扬]
units: [甲局, 乙局]
towns: [东镇, 西镇, 南镇]
)";
  std::string assignments = R"(kinds:
  - {name: 扭亏, title: 扭亏企业, count: 2}
assignments:
  - no: 1
    enterprise: 一号厂
    uscc: "91430590MA4LR4XJ7T"
    kind: 扭亏
    town: 东镇
    leader: {name: 张三, title: 县长}
    lead: 甲局
    cooperating: [乙局]
    liaison: {name: 李四, phone: 0700-5550001}
    difficulty: 缺订单
    goal: 扭亏
    measures: [找订单]
    deadline: 2026-12-01
  - no: 2
    enterprise: 二号厂
    uscc: "91430590MA4LKJBK8F"
    kind: 扭亏
    town: 西镇
    leader: {name: 张三, title: 县长}
    lead: 乙局
    liaison: {name: 王五, phone: 0700-5550002}
    difficulty: 缺资金
    goal: 扭亏
    measures: [续贷]
    deadline: 2026-12-01
)";
  std::string ledger = R"(problems:
  - id: P1
    enterprise: 一号厂
    category: 市场
    level: 县级
    matter: 缺订单
    events:
      - {on: 2026-03-02, event: 登记, by: 李四}
      - {on: 2026-03-03, event: 交办, by: 帮扶办, to: 甲局, due: 2026-04-01}
      - {on: 2026-03-10, event: 办理, by: 甲局, note: 对接, degree: 0.4}
      - {on: 2026-03-20, event: 办结, by: 甲局, note: 签约}
      - {on: 2026-03-22, event: 回访, by: 帮扶办, view: 满意}
      - {on: 2026-03-23, event: 销号, by: 帮扶办}
)";
  std::string scheme = R"(title: 细则
objects: 单位和乡镇
method: [计分]
groups:
  - id: units
    name: 县直责任部门
    targets: 县直责任部门
    measures:
      - {name: 牵头数, count: 帮扶企业, unit: 家}
      - {name: 达标数, count: 帮扶企业, entry: 达标, unit: 家}
      - {name: 销号数, count: 问题, states: [已销号], unit: 个}
      - {name: 程度, sum: 解决程度, states: [已交办, 办理中, 已办结]}
      - {name: 表扬数, count: 记录, entry: 表扬, unit: 次}
    items:
      - id: A1
        name: 目标
        weight: 60
        text: 全部达标的计60分。
        rules: [{full: 60, if: 达标数 >= 牵头数}]
      - id: A2
        name: 问题
        weight: 30
        text: 每销号一个计20分。
        rules:
          - {each: 销号数, points: 20, cap: 30}
          - {points: 10 * 程度, cap: 15}
      - id: A3
        name: 表扬
        weight: 10
        text: 每次计4分。
        rules: [{each: 表扬数, points: 4, cap: 10}]
    ties: [A1, A2]
  - id: towns
    name: 乡镇
    targets: 乡镇（园区）
    measures:
      - {name: 企业数, figure: 企业数, unit: 家}
      - {name: 亏损数, figure: 亏损数, unit: 家}
      - {name: 亏损面, formula: 亏损数 / 企业数, unit: "%"}
    items:
      - id: B1
        name: 亏损面
        weight: 100
        text: 由低到高排名。
        rules: [{rank: 亏损面, order: 从低到高, first: 100, step: 10}]
)";
  std::string entries = R"(entries:
  - {id: E1, target: 甲局, kind: 达标, on: 2026-06-01, enterprise: 一号厂, text: 转盈, attested_by: 统计局}
  - {id: E2, target: 甲局, kind: 表扬, on: 2026-06-02, text: 通报, attested_by: 政府办}
figures:
  - {target: 东镇, on: 2026-06-30, attested_by: 统计局, values: {企业数: 3, 亏损数: 1}}
  - {target: 西镇, on: 2026-06-30, attested_by: 统计局, values: {企业数: 6, 亏损数: 2}}
  - {target: 南镇, on: 2026-06-30, attested_by: 统计局, values: {企业数: 4, 亏损数: 2}}
)";

  Result<Campaign> make() const {
    CampaignSource source;
    HUICE_TRY(source.campaign, notation::read_yaml(plan, "campaign.yaml"));
    HUICE_TRY(source.assignments, notation::read_yaml(assignments, "assignments.yaml"));
    HUICE_TRY(source.ledger, notation::read_yaml(ledger, "ledger.yaml"));
    HUICE_TRY(source.scheme, notation::read_yaml(scheme, "scheme.yaml"));
    HUICE_TRY(source.entries, notation::read_yaml(entries, "entries.yaml"));
    return make_campaign(source);
  }

  /// Fails the test when there are findings.
  Campaign made() const {
    auto campaign = make();
    if (campaign.has_value()) return std::move(campaign).value();
    ADD_FAILURE() << campaign.error().where.file << ":" << campaign.error().where.line << " "
                  << campaign.error().message;
    return {};
  }

  /// Each finding as `file:line:column: id: message（hint）`.
  std::vector<std::string> findings() const {
    std::vector<std::string> lines;
    auto campaign = make();
    if (campaign.has_value()) return lines;
    for (const Error& error : as_findings(std::move(campaign).error())) {
      lines.push_back(error.where.file + ":" + std::to_string(error.where.line) + ":" +
                      std::to_string(error.where.column) + ": " + error.id + ": " + error.message +
                      (error.hint.empty() ? "" : "（" + error.hint + "）"));
    }
    return lines;
  }
};

}  // namespace huice::campaign
