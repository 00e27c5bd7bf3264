// 收回: schedules and ledgers that were sent out and came back filled in.
#include "app/returned_ledger.h"
#include "app/returned_schedule.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "notation/json.h"

namespace huice::cli {
namespace {

using app::Fate;
using app::Intake;
using model::Value;

/// On one line.
std::string quoted(std::string text) {
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at))
    text.replace(at, 1, " ");
  return "“" + text + "”";
}

void print_cell(const Terminal& terminal, const app::ReturnedCell& cell) {
  const sheet::Change& change = cell.change;
  terminal.out << to_chinese(cell.fate) << "  " << change.where.part << "  " << change.key << "  "
               << change.column << "：";
  if (change.have != change.sent) terminal.out << "发出" << quoted(change.sent) << "，";
  terminal.out << "现有" << quoted(change.have) << "，填写" << quoted(change.wrote) << "\n";
  if (!cell.becomes.empty()) terminal.out << "    记 " << cell.becomes << "\n";
}

Value to_value(const Intake& intake) {
  Value::List cells;
  for (const app::ReturnedCell& cell : intake.cells)
    cells.push_back(app::cell_value(cell));
  Value::List further;
  for (const Error& finding : intake.further)
    further.emplace_back(finding.message);
  return Value::Record{
      {"accepted", intake.accepted}, {"cells", std::move(cells)}, {"further", std::move(further)}};
}

int tell(const Arguments& arguments, const Terminal& terminal, const Result<Intake>& result) {
  if (!result) return report(terminal.err, result.error());
  const Intake& intake = result.value();
  if (arguments.has("json")) {
    terminal.out << notation::write_json(to_value(intake), true) << "\n";
    return intake.is_sound() ? kDone : kRejected;
  }
  for (const app::ReturnedCell& cell : intake.cells)
    if (cell.fate != Fate::Refused) print_cell(terminal, cell);
  for (const Error& finding : findings_of(intake))
    terminal.err << finding_text(finding);
  const std::size_t taken = intake.count(Fate::Taken);
  if (!intake.is_sound()) {
    terminal.out << "有不能收的，一处也没有收\n";
    return kRejected;
  }
  terminal.out << (intake.accepted           ? "已收 "
                   : arguments.has("accept") ? "没有要收的："
                                             : "可以收（加 --accept）：")
               << taken << " 处，不收 " << intake.count(Fate::Kept) << " 处，一致 "
               << intake.count(Fate::Agreed) << " 处\n";
  return kDone;
}

app::CampaignPlace place_of_campaign(const Arguments& arguments) {
  return {.name = arguments.files().front(), .database = arguments.value("database")};
}

Result<app::ReturnedBook> book_of(const Arguments& arguments) {
  for (const char* option : {"returned", "sent"}) {
    if (arguments.has(option)) continue;
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "usage.option",
                 .message = "要写明 --" + std::string(option)};
  }
  HUICE_TRY(auto book, app::read_returned(*arguments.value("sent"), *arguments.value("returned")));
  book.theirs = arguments.values("theirs");
  book.ours = arguments.values("ours");
  return book;
}

int failed_book(const Terminal& terminal, const Error& error) {
  const int status = report(terminal.err, error);
  return error.id == "usage.option" ? kUsage : status;
}

int run_schedule_take(const Arguments& arguments, const app::World& world,
                      const Terminal& terminal) {
  const auto book = book_of(arguments);
  if (!book) return failed_book(terminal, book.error());
  return tell(arguments, terminal,
              app::take_schedule(world, place_of_campaign(arguments), book.value(),
                                 arguments.has("accept")));
}

int run_ledger_take(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return report(terminal.err, on.error()), kUsage;
  const auto by = arguments.value("by");
  if (!by) {
    terminal.err << "huice: error: 要写明 --by\n";
    return kUsage;
  }
  auto book = book_of(arguments);
  if (!book) return failed_book(terminal, book.error());
  const app::ReturnedLedger returned{
      .book = std::move(book).value(),
      .terms = {.on = on.value().value_or(world.today),
                .by = *by,
                .reason = arguments.value("reason").value_or(""),
                .agreed_by = arguments.value("agreed-by").value_or("")},
      .accept = arguments.has("accept"),
      .may = {}};
  return tell(arguments, terminal, app::take_ledger(world, place_of_campaign(arguments), returned));
}

std::vector<Option> taking_options() {
  return {{"returned", "文件.xlsx", "交回的表"},
          {"sent", "文件.xlsx", "发出去的那份"},
          {"accept", "", "收进来；不写只看改了哪里"},
          {"theirs", "格", "这一格有冲突，以交回的为准，可写多次", "", true},
          {"ours", "格", "这一格有冲突，以现有的为准，可写多次", "", true},
          {"database", "地址", "在这个数据库里，专项行动写编号", "用文件，写目录"},
          {"json", "", "输出 JSON（docs/schemas/returned-sheet.schema.json）"}};
}

}  // namespace

std::vector<Command> returned_commands() {
  Command schedule{
      .name = "schedule take",
      .usage = "专项行动 --returned 交回.xlsx --sent 发出.xlsx [--accept]",
      .summary = "交回的安排表改了哪里，收进专项行动",
      .example = "huice schedule take 专项行动 --returned 交回.xlsx --sent 发出.xlsx --accept",
      .options = taking_options(),
      .fewest_files = 1,
      .most_files = 1,
      .run = run_schedule_take};
  Command ledger{
      .name = "ledger take",
      .usage = "专项行动 --returned 交回.xlsx --sent 发出.xlsx --by 谁 [--accept]",
      .summary = "交回的问题台账改了哪里，记成经过",
      .example =
          "huice ledger take 专项行动 --returned 交回.xlsx --sent 发出.xlsx --by 县财政局 --accept",
      .options = taking_options(),
      .fewest_files = 1,
      .most_files = 1,
      .run = run_ledger_take};
  for (Option option : {Option{"by", "谁", "经办的单位或人"},
                        Option{"on", "日期", "哪一天的事，“最近经过”写了日期的除外", "今天"},
                        Option{"reason", "理由", "没有改写“最近经过”的用这个说明"},
                        Option{"agreed-by", "谁", "延期由谁批准，挂账由谁替企业接受"}})
    ledger.options.push_back(std::move(option));
  return {std::move(schedule), std::move(ledger)};
}

}  // namespace huice::cli
