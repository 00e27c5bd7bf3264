// 表: tables as they come in.
#include <string>

#include "app/sheets.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "notation/json.h"

namespace huice::cli {
namespace {

using model::Value;

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

Value to_value(const app::RefusedCell& refused) {
  return Value::Record{
      {"sheet", text_or_null(refused.sheet)},   {"row", Value(refused.row)},
      {"column", text_or_null(refused.column)}, {"value", text_or_null(refused.value)},
      {"reason", Value(refused.reason)},        {"id", Value(refused.id)}};
}

Value to_value(const app::SheetPreview& preview) {
  Value::List columns;
  for (const auto& column : preview.found.mapping) {
    columns.emplace_back(Value::Record{{"where", Value(column.where.part)},
                                       {"heading", Value(column.heading)},
                                       {"fact", text_or_null(column.fact)},
                                       {"factor", Value(column.factor)}});
  }
  Value::List refused;
  for (const auto& each : preview.refused)
    refused.push_back(to_value(each));
  Value::List notes;
  for (const auto& note : preview.found.notes) {
    notes.emplace_back(Value::Record{{"where", Value(note.where.part)},
                                     {"message", Value(note.message)},
                                     {"id", Value(note.id)}});
  }
  return Value::Record{{"columns", Value(std::move(columns))},
                       {"rows", Value(static_cast<int>(preview.found.profiles.size()))},
                       {"good", Value(static_cast<int>(preview.good))},
                       {"refused", Value(std::move(refused))},
                       {"notes", Value(std::move(notes))}};
}

void print(const Terminal& terminal, const app::SheetPreview& preview, bool with_notes) {
  for (const auto& column : preview.found.mapping) {
    terminal.out << column.where.part << "  " << column.heading << " → "
                 << (column.fact.empty() ? "（不采用）" : column.fact);
    if (column.factor != Decimal(1)) terminal.out << "（乘以 " << column.factor.to_plain() << "）";
    terminal.out << "\n";
  }
  for (const auto& finding : preview.found.refused)
    terminal.err << finding_text(finding, "warning");
  if (with_notes) {
    for (const auto& finding : preview.found.notes)
      terminal.err << finding_text(finding, "note");
  }
  terminal.out << "认出企业 " << preview.found.profiles.size() << " 家，没有问题的 " << preview.good
               << " 家；不采用的有 " << preview.refused.size() << " 处，提示 "
               << preview.found.notes.size() << " 处\n";
}

int run_preview(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return report(terminal.err, on.error()), kUsage;
  app::PreviewRequest request{.file = arguments.files().front(),
                              .policies = {},
                              .on = on.value().value_or(world.today),
                              .good = arguments.value("good").value_or("")};
  if (const auto policies = arguments.value("policies")) request.policies = *policies;
  const auto preview = app::preview_sheet(world, request);
  if (!preview) return report(terminal.err, preview.error());
  if (arguments.has("json")) {
    terminal.out << notation::write_json(to_value(preview.value()), true) << "\n";
  } else {
    print(terminal, preview.value(), arguments.has("notes"));
  }
  return preview.value().refused.empty() ? kDone : kRejected;
}

void print(const Terminal& terminal, const sheet::Change& change) {
  terminal.out << sheet::to_chinese(change.kind) << "  " << change.where.part << "  " << change.key;
  if (!change.column.empty()) {
    terminal.out << "  " << change.column << "：发出“" << change.sent << "”，现有“" << change.have
                 << "”，填写“" << change.wrote << "”";
  }
  terminal.out << "\n";
}

int run_compare(const Arguments& arguments, const app::World&, const Terminal& terminal) {
  const auto sent = arguments.value("sent");
  if (!sent) {
    terminal.err << "huice: error: 要写明 --sent，即发出去的那份表\n";
    return kUsage;
  }
  const auto compared = app::compare_sheets({.sent = *sent,
                                             .have = arguments.value("have").value_or(""),
                                             .wrote = arguments.files().front(),
                                             .key = arguments.value("key").value_or("")});
  if (!compared) return report(terminal.err, compared.error());
  const sheet::Comparison& result = compared.value();
  const std::size_t conflicts = result.count(sheet::ChangeKind::Conflict);
  if (arguments.has("json")) {
    terminal.out << notation::write_json(app::to_value(result), true) << "\n";
  } else {
    for (const auto& change : result.changes)
      print(terminal, change);
    const std::size_t computed = result.count(sheet::ChangeKind::Computed);
    terminal.out << "对照 " << result.rows << " 行：不同之处 " << result.changes.size() - computed
                 << " 处，冲突 " << conflicts << " 处";
    if (computed > 0) terminal.out << "；公式随之重算 " << computed << " 处";
    terminal.out << "\n";
  }
  return conflicts == 0 ? kDone : kRejected;
}

}  // namespace

std::vector<Command> sheet_commands() {
  return {{.name = "sheet preview",
           .usage = "企业表.xlsx|csv",
           .summary = "看企业表的各列认成了哪些事实，哪些格不采用",
           .example = "huice sheet preview samples/enterprises.xlsx",
           .options = {{"good", "文件.xlsx", "把没有问题的行另存一份，供导入"},
                       {"notes", "", "也列出提示"},
                       {"policies", "目录", "政策库（事实目录在其中）", "自带的政策库"},
                       {"on", "日期", "按哪一天的事实目录", "今天"},
                       {"json", "", "输出 JSON（docs/schemas/sheet-preview.schema.json）"}},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_preview},
          {.name = "sheet compare",
           .usage = "交回的表.xlsx --sent 发出的表.xlsx",
           .summary = "交回的表改了哪里：与发出的、现有的三方对照",
           .example = "huice sheet compare 交回.xlsx --sent out/schedule.xlsx --have 现有.xlsx",
           .options = {{"sent", "文件", "发出去的那份（.xlsx 或 .csv）"},
                       {"have", "文件", "现在的一份；不写则以发出的为准"},
                       {"key", "列名", "按哪一列区分各行", "第一个各行文字都不同的列"},
                       {"json", "", "输出 JSON（docs/schemas/sheet-comparison.schema.json）"}},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_compare}};
}

}  // namespace huice::cli
