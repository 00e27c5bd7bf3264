// 查: what a library learns from those who use it, and its copies.
#include <charconv>

#include "cli/command.h"
#include "cli/findings.h"
#include "cli/library_output.h"
#include "notation/json.h"

namespace huice::cli {
namespace {

constexpr int kMostHits = 1'000;
constexpr int kMostAnswers = 100'000'000;

int run_like(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto limit = arguments.count("limit", kMostHits);
  if (!limit) return report(terminal.err, limit.error()), kUsage;
  const auto library = open_library(arguments, world, library::Mode::Read);
  if (!library) return report(terminal.err, library.error());
  constexpr int kUsual = 10;
  const auto hits = library.value().like(arguments.files().front(),
                                         static_cast<std::size_t>(limit.value().value_or(kUsual)));
  if (!hits) return report(terminal.err, hits.error());
  if (arguments.has("json")) {
    terminal.out << notation::write_json(library::to_value(hits.value()), true) << "\n";
  } else {
    print_hits(terminal, hits.value());
  }
  return kDone;
}

int run_backup(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto library = open_library(arguments, world, library::Mode::Read);
  if (!library) return report(terminal.err, library.error());
  const auto& target = arguments.files().front();
  const auto done = library.value().backup(target);
  if (!done) return report(terminal.err, done.error());
  terminal.out << "已备份到 " << target << "\n";
  return kDone;
}

int run_remove(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  auto library = open_library(arguments, world, library::Mode::Write);
  if (!library) return report(terminal.err, library.error());
  const auto removed = library.value().remove(arguments.files().front());
  if (!removed) return report(terminal.err, removed.error());
  terminal.out << "已移出 " << removed.value().id << "《" << removed.value().circular.title << "》"
               << removed.value().circular.number << "\n";
  return kDone;
}

/// `12#3`: document and passage.
Result<library::Marking> marking_from(const Arguments& arguments, const app::World& world) {
  const std::string answer = arguments.value("answer").value_or("");
  const auto mark = answer.rfind('#');
  const std::string_view digits =
      mark == std::string::npos ? std::string_view() : std::string_view(answer).substr(mark + 1);
  std::size_t passage = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), passage);
  if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "usage.answer",
                 .message = "--answer 应形如 12#3，实为“" + answer + "”",
                 .hint = "写检索结果里的编号，如 12#3 是编号 12 的第 3 段"};
  }
  return library::Marking{.question = arguments.files().front(),
                          .document = answer.substr(0, mark),
                          .passage = passage,
                          .by = arguments.value("by").value_or(""),
                          .on = world.today};
}

int run_mark(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto marking = marking_from(arguments, world);
  if (!marking) return report(terminal.err, marking.error()), kUsage;
  auto library = open_library(arguments, world, library::Mode::Write);
  if (!library) return report(terminal.err, library.error());
  const auto numbers = library.value().mark({&marking.value(), 1});
  if (!numbers) return report(terminal.err, numbers.error());
  terminal.out << "已记下，第 " << numbers.value().front() << " 条\n";
  return kDone;
}

int run_unmark(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto number = arguments.count("number", kMostAnswers);
  if (!number) return report(terminal.err, number.error()), kUsage;
  auto library = open_library(arguments, world, library::Mode::Write);
  if (!library) return report(terminal.err, library.error());
  const auto wanted = static_cast<std::size_t>(number.value().value_or(0));
  const auto done = library.value().unmark(wanted, arguments.value("by").value_or(""), world.today);
  if (!done) return report(terminal.err, done.error());
  terminal.out << "已撤销第 " << wanted << " 条\n";
  return kDone;
}

std::string signed_by(const std::string& by, const Date& on) {
  return (by.empty() ? "" : by + "，") + on.to_iso();
}

int run_answers(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto library = open_library(arguments, world, library::Mode::Read);
  if (!library) return report(terminal.err, library.error());
  const auto answers = library.value().answers();
  if (!answers) return report(terminal.err, answers.error());
  if (arguments.has("json")) {
    terminal.out << notation::write_json(library::to_value(answers.value()), true) << "\n";
    return kDone;
  }
  for (const library::Answer& answer : answers.value()) {
    terminal.out << answer.number << ". " << answer.question << " → " << answer.document << "#"
                 << answer.passage << "《" << answer.title << "》（"
                 << signed_by(answer.by, answer.on) << "）";
    if (answer.removed_on) {
      terminal.out << "　已撤销（" << signed_by(answer.removed_by, *answer.removed_on) << "）";
    }
    terminal.out << "\n";
  }
  return kDone;
}

const Option kLibrary = {"library", "目录", "文件库所在的目录", "library"};
const Option kJson = {"json", "", "以 JSON 输出"};
const Option kBy = {"by", "姓名", "谁标记的，留作记录"};

}  // namespace

std::vector<Command> library_upkeep_commands() {
  return {{.name = "library like",
           .usage = "编号|发文字号|标题 --library 目录",
           .summary = "找内容相近的文件",
           .example = "huice library like '云政发〔2026〕3号' --library out/library",
           .options = {kLibrary, {"limit", "条数", "最多列出多少条", "10"}, kJson},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_like},
          {.name = "library mark",
           .usage = "问题 --answer 编号#段 --library 目录",
           .summary = "记下哪一段答了这个问题，以后检索时靠前",
           .example =
               "huice library mark 首次入规奖励多少钱 --answer 2#3 --by 张三 --library out/library",
           .options = {kLibrary, {"answer", "编号#段", "检索结果里的编号"}, kBy},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_mark},
          {.name = "library unmark",
           .usage = "--number 序号 --library 目录",
           .summary = "撤销一条标记，记录仍保留",
           .example = "huice library unmark --number 1 --by 张三 --library out/library",
           .options = {kLibrary, {"number", "序号", "第几条标记"}, kBy},
           .run = run_unmark},
          {.name = "library answers",
           .usage = "--library 目录",
           .summary = "列出所有标记，包括已撤销的",
           .example = "huice library answers --library out/library",
           .options = {kLibrary, kJson},
           .run = run_answers},
          {.name = "library remove",
           .usage = "编号|发文字号|标题 --library 目录",
           .summary = "把一份文件移出文件库；原文件不动",
           .example = "huice library remove '云政发〔2026〕3号' --library out/library",
           .options = {kLibrary},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_remove},
          {.name = "library backup",
           .usage = "新目录 --library 目录",
           .summary = "备份文件库，别人正在收录时也可以",
           .example = "huice library backup out/library-2026-11-22 --library out/library",
           .options = {kLibrary},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_backup}};
}

}  // namespace huice::cli
