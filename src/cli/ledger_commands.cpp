// 台账: problems recorded event by event, looked up, reminded of, sent up.
#include "app/bulletin.h"
#include "app/campaign_import.h"
#include "app/ledger.h"
#include "app/typesetting.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "notation/json.h"

namespace huice::cli {
namespace {

using model::Value;

constexpr int kMostDays = 366;
constexpr int kUsualDays = 7;

app::CampaignPlace place_of(const Arguments& arguments) {
  return {.name = arguments.files().front(), .database = arguments.value("database")};
}

int failed(const Terminal& terminal, const Error& error) {
  const int status = report(terminal.err, error);
  const bool usage =
      error.id == "usage.date" || error.id == "usage.number" || error.id == "usage.option";
  return usage ? kUsage : status;
}

/// The cell of a list on the terminal; an empty one as `—`.
std::string cell_text(const Value* value) {
  if (value == nullptr || value->is_null()) return "—";
  if (const auto* day = value->day()) return day->to_iso();
  if (const auto* number = value->number()) return number->to_plain();
  if (const auto* truth = value->truth()) return *truth ? "是" : "否";
  const auto* text = value->text();
  return text == nullptr || text->empty() ? "—" : *text;
}

void print_lines(const Terminal& terminal, const Value& list,
                 const std::vector<std::string_view>& columns) {
  for (const Value& line : *list.list()) {
    std::string text;
    for (const auto column : columns)
      text += (text.empty() ? "" : "　") + cell_text(line.find(column));
    terminal.out << text << "\n";
  }
  terminal.out << "共" << list.list()->size() << "件\n";
}

int print_json(const Terminal& terminal, const Value& value) {
  terminal.out << notation::write_json(value, true) << "\n";
  return kDone;
}

void tell(const Terminal& terminal, const app::Recorded& recorded) {
  terminal.out << recorded.problem << " 第" << recorded.step << "步 "
               << (recorded.again ? "先前已记" : "已记") << "，现在"
               << to_text(recorded.standing.state) << "\n";
  terminal.out.flush();  // whoever reads this may rely on it
}

/// The options that become fields of an event, and what kind of value each is.
enum class FieldKind { Text, Texts, Day, Number };
struct FieldOption {
  const char* option;
  const char* field;
  FieldKind kind;
};
constexpr FieldOption kEventOptions[] = {
    {"by", "by", FieldKind::Text},           {"note", "note", FieldKind::Text},
    {"to", "to", FieldKind::Text},           {"due", "due", FieldKind::Day},
    {"degree", "degree", FieldKind::Number}, {"view", "view", FieldKind::Text},
    {"tier", "tier", FieldKind::Text},       {"agreed-by", "agreed_by", FieldKind::Text},
    {"receipt", "receipt", FieldKind::Text}, {"evidence", "evidence", FieldKind::Texts},
    {"after", "after", FieldKind::Number}};
constexpr FieldOption kProblemOptions[] = {{"id", "id", FieldKind::Text},
                                           {"enterprise", "enterprise", FieldKind::Text},
                                           {"category", "category", FieldKind::Text},
                                           {"level", "level", FieldKind::Text},
                                           {"scope", "scope", FieldKind::Text},
                                           {"source", "source", FieldKind::Text},
                                           {"matter", "matter", FieldKind::Text}};

template <std::size_t size>
Result<Value::Record> fields_of(const Arguments& arguments, const FieldOption (&options)[size]) {
  Value::Record record;
  for (const FieldOption& each : options) {
    const auto text = arguments.value(each.option);
    if (!text) continue;
    Value value(*text);
    if (each.kind == FieldKind::Day) {
      HUICE_TRY(const auto day, arguments.day(each.option));
      value = Value(day.value_or(Date()));
    } else if (each.kind == FieldKind::Texts) {
      const auto texts = arguments.values(each.option);
      value = Value(Value::List(texts.begin(), texts.end()));
    } else if (each.kind == FieldKind::Number) {
      const auto number = Decimal::parse(*text);
      if (number) value = Value(*number);  // else the reader of events says what is wrong
    }
    record.emplace_back(each.field, std::move(value));
  }
  return record;
}

Result<Value> entry_of(const Arguments& arguments, const app::World& world, Value problem,
                       const std::string& kind) {
  HUICE_TRY(const auto on, arguments.day("on"));
  HUICE_TRY(auto record, fields_of(arguments, kEventOptions));
  record.emplace_back("problem", std::move(problem));
  record.emplace_back("on", on.value_or(world.today));
  record.emplace_back("event", kind);
  return Value(std::move(record));
}

int record_and_tell(const Arguments& arguments, const app::World& world, const Terminal& terminal,
                    const Result<Value>& entries) {
  if (!entries) return failed(terminal, entries.error());
  const auto done =
      app::record_entries(world, place_of(arguments), entries.value(),
                          [&](const app::Recorded& recorded) { tell(terminal, recorded); });
  return done ? kDone : failed(terminal, done.error());
}

int run_register(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  auto particulars = fields_of(arguments, kProblemOptions);
  if (!particulars) return failed(terminal, particulars.error());
  return record_and_tell(arguments, world, terminal,
                         entry_of(arguments, world, Value(std::move(particulars).value()), "登记"));
}

int run_record(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto& files = arguments.files();
  if (const auto from = arguments.value("from")) {
    return record_and_tell(arguments, world, terminal, app::read_values(*from));
  }
  if (files.size() != 3) {
    terminal.err << "huice: error: 要写明问题编号和经过，或用 --from 给出文件\n";
    return kUsage;
  }
  return record_and_tell(arguments, world, terminal,
                         entry_of(arguments, world, Value(files[1]), files[2]));
}

int run_history(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return failed(terminal, on.error());
  const auto history = app::problem_history(place_of(arguments), arguments.files()[1],
                                            on.value().value_or(world.today));
  if (!history) return failed(terminal, history.error());
  const Value& problem = history.value();
  if (arguments.has("json")) return print_json(terminal, problem);
  terminal.out << cell_text(problem.find("id")) << "　" << cell_text(problem.find("category"))
               << "　" << cell_text(problem.find("matter")) << "\n";
  int step = 0;
  for (const Value& event : *problem.find("events")->list()) {
    std::string text = "  " + std::to_string(++step) + "　" + cell_text(event.find("on")) + "　" +
                       cell_text(event.find("event"));
    for (const auto* key : {"by", "to", "due", "view", "tier", "agreed_by", "note"}) {
      if (event.find(key) != nullptr) text += "　" + cell_text(event.find(key));
    }
    terminal.out << text << "\n";
  }
  if (const Value* now = problem.find("standing"); !now->is_null()) {
    terminal.out << "现在：" << cell_text(now->find("state")) << "　"
                 << cell_text(now->find("unit")) << "　期限 " << cell_text(now->find("due")) << "　"
                 << cell_text(now->find("tier")) << "\n";
  }
  return kDone;
}

/// `--by 类别=融资`, `--count 逾期`. Errors: InvalidInput `usage.option`.
Result<campaign::Selection> selection_of(const Arguments& arguments) {
  campaign::Selection selection;
  const auto wrong = [](const std::string& message, const std::string& hint) {
    return Error{
        .code = ErrorCode::InvalidInput, .id = "usage.option", .message = message, .hint = hint};
  };
  if (const auto count = arguments.value("count")) {
    const auto parsed = campaign::parse_count(*count);
    if (!parsed) {
      return wrong("--count 不认识“" + *count + "”",
                   "可写：发现、化解、销号、在办、挂账、逾期、超期办结、回访、满意");
    }
    selection.count = *parsed;
  }
  if (const auto part = arguments.value("part")) {
    const std::size_t mark = part->find('=');
    selection.dimension = campaign::parse_dimension(part->substr(0, mark));
    if (!selection.dimension || mark == std::string::npos) {
      return wrong(
          "--part 应形如 类别=融资，实为“" + *part + "”",
          "等号前可写：类别、办理层级、性质、协调层级、责任单位、帮扶类型、包联领导、登记月份");
    }
    selection.part = part->substr(mark + 1);
  }
  return selection;
}

int run_list(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return failed(terminal, on.error());
  const auto selection = selection_of(arguments);
  if (!selection) return failed(terminal, selection.error());
  const auto lines =
      app::list_problems(place_of(arguments), on.value().value_or(world.today), selection.value());
  if (!lines) return failed(terminal, lines.error());
  if (arguments.has("json")) return print_json(terminal, lines.value());
  print_lines(terminal, lines.value(), {"编号", "状态", "类别", "单位", "期限", "企业", "事项"});
  return kDone;
}

int run_due(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return failed(terminal, on.error());
  const auto within = arguments.count("within", kMostDays);
  if (!within) return failed(terminal, within.error());
  const Date day = on.value().value_or(world.today);
  const int days = within.value().value_or(kUsualDays);
  if (const auto out = arguments.value("out")) {
    app::WorkbookFile file{.out = *out, .fonts = {}, .on = day};
    if (const auto fonts = arguments.value("fonts")) file.fonts = *fonts;
    const auto written = app::write_due_list(world, place_of(arguments), days, file);
    if (!written) return failed(terminal, written.error());
    terminal.out << *out << "\n";
    return kDone;
  }
  auto lines = app::due_list(place_of(arguments), day, days);
  if (!lines) return failed(terminal, lines.error());
  if (arguments.has("json")) return print_json(terminal, lines.value());
  for (Value& line : std::get<Value::List>(lines.value().content())) {
    for (auto& [name, value] : std::get<Value::Record>(line.content())) {
      if (name == "距期限") value = app::urgency_text(*value.number()->to_int64());
    }
  }
  print_lines(terminal, lines.value(),
              {"编号", "距期限", "期限", "单位", "协调层级", "升级到", "企业", "事项"});
  return kDone;
}

int run_escalate(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return failed(terminal, on.error());
  const auto done =
      app::escalate_overdue(world, place_of(arguments), on.value().value_or(world.today),
                            arguments.value("by").value_or("领导小组办公室"));
  if (!done) return failed(terminal, done.error());
  for (const app::Recorded& recorded : done.value())
    terminal.out << recorded.problem << " 升级到" << to_text(recorded.standing.tier) << "\n";
  terminal.out << "共" << done.value().size() << "件\n";
  return kDone;
}

/// Rates as bulletins tell them: `97.4%`.
std::string figure_text(std::string_view name, const Value& value) {
  const bool is_rate = name.ends_with("率") && value.number() != nullptr;
  const auto percent = is_rate ? multiply(*value.number(), Decimal(100)) : std::nullopt;
  return percent ? percent->rounded(1, Rounding::HalfUp).to_string() + "%" : cell_text(&value);
}

void print_parts(const Terminal& terminal, const std::string& title, const Value& parts) {
  terminal.out << title << "\n";
  for (const Value& part : *parts.list()) {
    terminal.out << "  " << cell_text(part.find("名称"));
    for (const auto* count : {"发现", "化解", "在办", "挂账", "逾期"})
      terminal.out << "　" << count << cell_text(part.find(count));
    terminal.out << "\n";
  }
}

int run_statistics(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return failed(terminal, on.error());
  const auto found = app::ledger_statistics(place_of(arguments), on.value().value_or(world.today));
  if (!found) return failed(terminal, found.error());
  if (arguments.has("json")) return print_json(terminal, found.value());
  for (const auto& [name, value] : *found.value().record()) {
    if (value.list() != nullptr) print_parts(terminal, name, value);
    if (value.record() == nullptr) continue;
    terminal.out << name;
    for (const auto& [count, number] : *value.record())
      terminal.out << "　" << count << figure_text(count, number);
    terminal.out << "\n";
  }
  return kDone;
}

int run_bulletin(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return failed(terminal, on.error());
  const auto period = arguments.value("period");
  const auto out = arguments.value("out");
  if (!period || !out) {
    terminal.err << "huice: error: 要写明 --period 和 --out\n";
    return kUsage;
  }
  app::BulletinRequest request{.place = place_of(arguments),
                               .bulletin = {.period = *period,
                                            .number = arguments.value("number").value_or(""),
                                            .dated = on.value().value_or(world.today)},
                               .fonts = {},
                               .out = *out};
  if (const auto fonts = arguments.value("fonts")) request.fonts = *fonts;
  const auto written = app::write_bulletin(world, request);
  if (!written) return failed(terminal, written.error());
  terminal.out << *out << "\n";
  return kDone;
}

int run_import(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto done = app::import_folder(world, arguments.files().front(),
                                       arguments.value("database").value_or("data/huice.db"));
  if (!done) return failed(terminal, done.error());
  terminal.out << done.value().id << (done.value().fresh ? "：已导入" : "：已更新") << "，新增问题"
               << done.value().problems() << "件、经过" << done.value().events() << "步\n";
  return kDone;
}

Option database_option() {
  return {"database", "地址", "在这个数据库里，专项行动写编号", "用文件，写目录"};
}
Option on_option() {
  return {"on", "日期", "截至哪一天", "今天"};
}

std::vector<Option> event_options(const std::string& day) {
  return {database_option(),
          {"on", "日期", day, "今天"},
          {"by", "谁", "经办的单位或人"},
          {"note", "文字", "说明、理由"},
          {"receipt", "凭据", "同一凭据只记一次，重做不重复"},
          {"evidence", "材料", "佐证材料的名称或编号，可写多次", "", true}};
}

Command ledger_command(std::string name, std::string usage, std::string summary,
                       std::string example) {
  Command command;
  command.name = "ledger " + std::move(name);
  command.usage = std::move(usage);
  command.summary = std::move(summary);
  command.example = std::move(example);
  command.fewest_files = 1;
  command.most_files = 1;
  return command;
}

Command register_command() {
  Command command = ledger_command(
      "register", "专项行动", "登记一个问题",
      "huice ledger register yunling-2026-relief --database data/huice.db --enterprise "
      "云岭县盛翔箱包有限公司 --category 融资 --level 县级 --matter 续贷资金有缺口 --by 县财政局");
  command.options = event_options("登记的日期");
  for (const Option& each : std::vector<Option>{{"id", "编号", "问题编号", "由程序编"},
                                                {"enterprise", "企业", "帮扶企业的名称或代码"},
                                                {"category", "类别", "融资、用工、用地……"},
                                                {"level", "层级", "乡镇级、县级、市级及以上"},
                                                {"scope", "性质", "共性、个性", "个性"},
                                                {"source", "来源", "走访、企业反映……"},
                                                {"matter", "文字", "问题事项"}}) {
    command.options.push_back(each);
  }
  command.run = run_register;
  return command;
}

Command record_command() {
  Command command = ledger_command(
      "record", "专项行动 [问题编号 经过]", "给问题记一步经过：交办、办理、办结、回访、销号……",
      "huice ledger record yunling-2026-relief WT-2026-061 交办 --database data/huice.db --by "
      "领导小组办公室 --to 县财政局 --due 2026-12-20");
  command.options = event_options("发生的日期");
  for (const Option& each :
       std::vector<Option>{{"to", "单位", "交办给谁"},
                           {"due", "日期", "办结期限"},
                           {"degree", "数", "解决程度，0 到 1"},
                           {"view", "评价", "满意、基本满意、不满意"},
                           {"tier", "层级", "升级到或审批的层级：县级包联领导、总调度会、上级"},
                           {"agreed-by", "谁", "延期由谁批准，挂账由谁认可"},
                           {"after", "步数", "只在问题恰有这么多步时才记"},
                           {"from", "文件", "从 YAML 或 JSON 文件逐条记"}}) {
    command.options.push_back(each);
  }
  command.most_files = 3;
  command.run = run_record;
  return command;
}

Command looking(Command command, std::vector<Option> more,
                int (*run)(const Arguments&, const app::World&, const Terminal&)) {
  command.options = {database_option(), on_option(), {"json", "", "以 JSON 输出"}};
  command.options.insert(command.options.end(), more.begin(), more.end());
  command.run = run;
  return command;
}

}  // namespace

std::vector<Command> ledger_commands() {
  Command history = looking(ledger_command("history", "专项行动 问题编号", "一个问题的全部经过",
                                           "huice ledger history samples/campaign WT-2026-003"),
                            {}, run_history);
  history.fewest_files = history.most_files = 2;
  Command import =
      ledger_command("import", "目录", "把专项行动的文件导入数据库，再次导入只增不改",
                     "huice campaign import samples/campaign --database data/huice.db");
  import.name = "campaign import";
  import.options = {{ "database", "地址", "数据库文件，或 postgresql://…", "data/huice.db" }};
  import.run = run_import;
  Command escalate =
      ledger_command("escalate", "专项行动", "把逾期已久的问题升级到上一层",
                     "huice ledger escalate yunling-2026-relief --database data/huice.db");
  escalate.options = {database_option(), on_option(), {"by", "谁", "由谁提请", "领导小组办公室"}};
  escalate.run = run_escalate;
  Command bulletin = ledger_command(
      "bulletin", "专项行动 --period 期间 --out 文件.pdf",
      "月通报、季通报、年度考核通报，数字都从台账和考核算出",
      "huice bulletin samples/campaign --period 2026-05 --on 2026-06-03 --out out/5月通报.pdf");
  bulletin.name = "bulletin";
  bulletin.options = {database_option(),
                      {"period", "期间", "2026-05 或 2026Q2；2026 是年度考核通报"},
                      {"out", "文件.pdf|json", "写到哪里；.json 只写数据，改后用 huice draft 排印"},
                      {"number", "文号", "发文字号"},
                      {"on", "日期", "成文日期", "今天"},
                      {"fonts", "文件", "字体配置", "templates/fonts.yaml"}};
  bulletin.run = run_bulletin;
  return {
      std::move(import),
      register_command(),
      record_command(),
      std::move(history),
      looking(ledger_command(
                  "list", "专项行动", "问题清单；统计里每个数背后是哪些问题",
                  "huice ledger list samples/campaign --count 逾期 --part 责任单位=县财政局"),
              {{"count", "数", "发现、化解、销号、在办、挂账、逾期……", "发现"},
               {"part", "分类=名称", "如 类别=融资、登记月份=2026年5月", "全部"}},
              run_list),
      looking(ledger_command("due", "专项行动", "快到期和逾期的问题，该升级到哪一层",
                             "huice ledger due samples/campaign --within 7"),
              {{"within", "天数", "几天内到期", "7"},
               {"out", "文件.xlsx|pdf", "写成调度用的表"},
               {"fonts", "文件", "字体配置", "templates/fonts.yaml"}},
              run_due),
      std::move(escalate),
      std::move(bulletin),
      looking(ledger_command("statistics", "专项行动", "分类统计：发现、化解、在办、化解率、满意率",
                             "huice ledger statistics samples/campaign --json"),
              {}, run_statistics)};
}

}  // namespace huice::cli
