#include "app/application_sheet.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huice::app {
namespace {

using model::Align;
using model::Cell;
using model::Value;

/// The grid that every row of the form divides as it needs.
constexpr std::size_t kGrid = 12;
constexpr double kGridWidth = 3.6;  // Chinese characters: A4 upright between its margins

/// What a row has side by side, and how many columns of the grid each takes.
struct Part {
  std::string text;
  int span = 1;
  bool strong = false;
  Align align = Align::Left;
};

std::vector<Cell> row_of(std::vector<Part> parts) {
  std::vector<Cell> row;
  for (Part& part : parts) {
    row.push_back({.content = std::move(part.text),
                   .column_span = part.span,
                   .strong = part.strong,
                   .align = part.align});
    for (int covered = 1; covered < part.span; ++covered)
      row.push_back({.covered = true});
  }
  return row;
}

/// The text under `key`; `standard` where there is none.
std::string text_at(const Value& record, std::string_view key, std::string standard = {}) {
  const Value* value = record.find(key);
  if (value == nullptr) return standard;
  if (value->day() != nullptr) return value->day()->to_chinese();
  return value->text() != nullptr && !value->text()->empty() ? *value->text() : standard;
}

bool holds(const Value& record, std::string_view key) {
  const Value* value = record.find(key);
  return value != nullptr && value->truth() != nullptr && *value->truth();
}

/// The form's rows, section by section.
class Form {
 public:
  explicit Form(const Value& form) : form_(form) {
    table_.columns.assign(kGrid, {.width = kGridWidth});
  }

  model::Table rows() && {
    pair("申请人", text_at(form_, "企业"), "统一社会信用代码",
         text_at(form_, "统一社会信用代码", "（未填写）"));
    pair("政策文号", text_at(form_, "文号", "—"), "主管部门", text_at(form_, "主管部门", "—"));
    pair("受理窗口", text_at(form_, "窗口"), "申请日期", text_at(form_, "申请日期"));
    facts();
    conditions();
    benefits();
    papers();
    promise();
    return std::move(table_);
  }

 private:
  void add(std::vector<Part> parts) { table_.rows.push_back(row_of(std::move(parts))); }

  void pair(std::string first, std::string one, std::string second, std::string other) {
    add({{std::move(first), 2, true, Align::Centre},
         {std::move(one), 4},
         {std::move(second), 2, true, Align::Centre},
         {std::move(other), 4}});
  }

  void section(std::string title) { add({{std::move(title), kGrid, true}}); }

  void heading(std::vector<Part> parts) {
    for (Part& part : parts) {
      part.strong = true;
      part.align = Align::Centre;
    }
    add(std::move(parts));
  }

  const Value::List& list(std::string_view key) const { return *form_.find(key)->list(); }

  void facts() {
    section("一、企业情况");
    heading({{"项目", 4}, {"内容", 4}, {"来源", 4}});
    for (const Value& each : list("情况")) {
      add({{text_at(each, "名称"), 4},
           {text_at(each, "内容", "（待填）"), 4},
           {text_at(each, "来源", "企业填报"), 4}});
    }
  }

  void conditions() {
    section("二、申请条件");
    heading({{"条件", 4}, {"企业实际", 4}, {"对照结果", 2}, {"依据", 2}});
    for (const Value& each : list("条件")) {
      add({{text_at(each, "要求"), 4},
           {text_at(each, "实际", "—"), 4},
           {text_at(each, "结论"), 2, false, Align::Centre},
           {text_at(each, "依据", "—"), 2, false, Align::Centre}});
    }
  }

  void benefits() {
    if (list("待遇").empty()) return;
    section("三、申请享受（对照结论：" + text_at(form_, "匹配结论") + "，以主管部门审核为准）");
    for (const Value& each : list("待遇"))
      add({{text_at(each, "名称"), 4}, {text_at(each, "内容"), 8}});
  }

  void papers() {
    section(std::string(list("待遇").empty() ? "三" : "四") + "、申请材料");
    heading({{"材料", 5}, {"类别", 2}, {"是否提交", 2}, {"补正期限", 3}});
    for (const Value& each : list("材料")) {
      add({{text_at(each, "名称"), 5},
           {holds(each, "主要") ? "主要材料" : "可以容缺", 2, false, Align::Centre},
           {holds(each, "已有") ? "已提交" : "欠缺", 2, false, Align::Centre},
           {text_at(each, "补正期限", "—"), 3, false, Align::Centre}});
    }
    add({{"受理意见", 2, true, Align::Centre}, {text_at(form_, "受理意见"), 10}});
  }

  /// What is lacking and the promise to bring it, then who signs.
  void promise() {
    std::string lacking;
    for (const Value& each : list("材料")) {
      if (!holds(each, "已有")) lacking += (lacking.empty() ? "" : "、") + text_at(each, "名称");
    }
    if (form_.find("补齐期限") != nullptr) {
      add({{"容缺受理承诺", 2, true, Align::Centre},
           {"本单位尚欠缺" + lacking + "，承诺于" + text_at(form_, "补齐期限") +
                "前补正。逾期未补正或者补正材料不实的，愿意按照" + text_at(form_, "容缺依据") +
                "承担相应责任。",
            10}});
    }
    add({{"申请人（盖章）", 2, true, Align::Centre},
         {"\n\n　　　　年　　月　　日", 4},
         {"窗口受理人（签字）", 2, true, Align::Centre},
         {"\n\n　　　　年　　月　　日", 4}});
  }

  const Value& form_;
  model::Table table_;
};

}  // namespace

model::Workbook application_workbook(const Value& form) {
  model::Sheet sheet{.name = "申请表",
                     .label = {},
                     .title = text_at(form, "政策") + "申请表",
                     .subtitle = {},
                     .table = Form(form).rows(),
                     .notes = {},
                     .landscape = false};
  model::Workbook book{.title = sheet.title, .author = text_at(form, "企业")};
  book.sheets.push_back(std::move(sheet));
  return book;
}

}  // namespace huice::app
