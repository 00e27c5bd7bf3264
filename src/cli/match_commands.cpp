// 配: which policies can these enterprises have.
#include <algorithm>
#include <array>
#include <span>
#include <thread>

#include "app/bulk_match.h"
#include "app/match.h"
#include "app/screen.h"
#include "base/new_file.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "notation/json.h"
#include "policy/explain.h"
#include "policy/roll.h"

namespace huice::cli {
namespace {

policy::AdviceWanted wanted_advice(const Arguments& arguments) {
  policy::AdviceWanted wanted;
  wanted.questions = arguments.has("ask-next");
  wanted.nearest = arguments.has("nearest");
  wanted.portfolio = arguments.has("portfolio");
  wanted.cliffs = wanted.nearest || wanted.portfolio;
  return wanted;
}

Result<app::MatchRequest> request_from(const Arguments& arguments, const app::World& world) {
  HUICE_TRY(const auto on, arguments.day("on"));
  HUICE_TRY(const auto known_on, arguments.day("known-on"));
  app::MatchRequest request{.enterprises = arguments.files().front(),
                            .policies = {},
                            .ids = arguments.values("policy"),
                            .on = on.value_or(world.today),
                            .known_on = known_on.value_or(world.today),
                            .default_region = arguments.value("region").value_or(""),
                            .advice = wanted_advice(arguments),
                            .fonts = {}};
  if (const auto policies = arguments.value("policies")) request.policies = *policies;
  if (const auto fonts = arguments.value("fonts")) request.fonts = *fonts;
  return request;
}

/// Refused cells one by one; what was merely noted only when asked for, since a clerk's sheet has
/// hundreds of `/` and `—`.
template <class Report>
void print_findings(const Terminal& terminal, const Report& report, bool with_notes) {
  for (const auto& finding : report.refused)
    terminal.err << finding_text(finding, "warning");
  if (with_notes) {
    for (const auto& finding : report.notes)
      terminal.err << finding_text(finding, "note");
  } else if (!report.notes.empty()) {
    terminal.err << "另有 " << report.notes.size() << " 处提示，加 --notes 列出\n";
  }
  if (!report.refused.empty()) {
    terminal.err << "共 " << report.refused.size()
                 << " 处没有采用，相应的事实按“未知”处理（--strict 时不再继续）\n";
  }
}

void print_json(const Terminal& terminal, const app::MatchReport& report) {
  model::Value::List enterprises;
  for (const auto& enterprise : report.enterprises) {
    enterprises.push_back(policy::to_value(enterprise));
  }
  terminal.out << notation::write_json(model::Value(std::move(enterprises)), true) << "\n";
}

void print_text(const Terminal& terminal, const app::MatchReport& report, bool explained) {
  for (const auto& enterprise : report.enterprises) {
    if (!explained) {
      if (report.enterprises.size() > 1) terminal.out << "【" << enterprise.name << "】\n";
      terminal.out << policy::summary_text(enterprise);
      continue;
    }
    terminal.out << "【" << enterprise.name << "】" << enterprise.uscc << "\n";
    for (const auto& match : enterprise.matches)
      terminal.out << policy::explain_text(match);
  }
}

template <class Item>
void print_list(const Terminal& terminal, const std::vector<Item>& items) {
  model::Value::List values;
  for (const Item& item : items)
    values.push_back(policy::to_value(item));
  terminal.out << notation::write_json(model::Value(std::move(values)), true) << "\n";
}

void print_advice(const Terminal& terminal, const std::vector<policy::Advice>& advice, bool json) {
  if (json) return print_list(terminal, advice);
  for (const auto& each : advice) {
    terminal.out << "【" << each.name << "】" << each.uscc << "\n" << policy::advice_text(each);
  }
}

void print_rolls(const Terminal& terminal, const app::MatchReport& report, bool json) {
  const auto rolls = policy::rolls(report.enterprises);
  if (json) return print_list(terminal, rolls);
  for (const auto& roll : rolls)
    terminal.out << policy::roll_text(roll);
}

/// What is different from each of the other bases.
int compare(const Arguments& arguments, const app::World& world, const Terminal& terminal,
            const app::MatchRequest& request, const app::MatchReport& after) {
  constexpr int kMostDays = 3660;
  const auto within = arguments.count("within", kMostDays);
  if (!within) return report(terminal.err, within.error()), kUsage;
  auto other = request;
  for (const auto& basis : arguments.values("compare")) {
    auto changed = app::on_other_basis(std::move(other), basis);
    if (!changed) return report(terminal.err, changed.error()), kUsage;
    other = std::move(changed).value();
  }
  const bool same_library = other.policies == request.policies;
  const auto before = app::match_enterprises(world, other, same_library ? after.library : nullptr);
  if (!before) return report(terminal.err, before.error());
  const auto differences = policy::differences(before.value().enterprises, after.enterprises,
                                               within.value().value_or(policy::kDaysAhead));
  if (arguments.has("json")) return print_list(terminal, differences), kDone;
  for (const auto& enterprise : differences)
    terminal.out << policy::changes_text(enterprise);
  terminal.out << differences.size() << " 家企业有变动\n";
  return kDone;
}

/// The answers themselves, on the terminal.
void print_answers(const Arguments& arguments, const Terminal& terminal,
                   const app::MatchReport& report, bool written) {
  const bool json = arguments.has("json");
  const auto wanted = wanted_advice(arguments);
  const bool many = report.enterprises.size() > 1 && !report.options.policies.empty();
  const bool explained = arguments.has("explain");
  if (wanted.any() && (json || !written)) {
    if (explained && !json) print_text(terminal, report, true);
    return print_advice(terminal, app::advise(report, wanted), json);
  }
  if (arguments.has("by-policy") || (many && !json && !explained && !written)) {
    return print_rolls(terminal, report, json);
  }
  if (json) return print_json(terminal, report);
  if (!written || explained) print_text(terminal, report, explained);
}

/// How many enterprises can have something now, for the line after a file was written.
void print_totals(const Terminal& terminal, std::size_t enterprises, std::size_t eligible,
                  const std::string& out) {
  terminal.out << out << "：" << enterprises << " 家企业，" << eligible << " 家至少有一项可享\n";
}

/// The first option given that does not go with the way of matching asked for; nullopt when all do.
std::optional<std::string> misplaced_option(const Arguments& arguments) {
  static constexpr std::string_view kReasons[] = {"explain",   "ask-next",  "nearest",
                                                  "portfolio", "by-policy", "compare",
                                                  "within",    "notes",     "fonts"};
  const auto first = [&](std::span<const std::string_view> options) {
    const auto found = std::ranges::find_if(
        options, [&](std::string_view option) { return arguments.has(option); });
    return found == options.end() ? std::string_view() : *found;
  };
  const bool bulk = arguments.has("bulk");
  const bool screen = arguments.has("screen");
  if (!bulk && arguments.has("eligible")) return "--eligible 只与 --bulk 同用";
  if (bulk && screen) return "--bulk 不能与 --screen 同用";
  if (!bulk && !screen) return std::nullopt;
  const std::string_view found = first(kReasons);
  if (found.empty()) return std::nullopt;
  return (bulk ? "--bulk 只出家数与合计，不能与 --" : "--screen 只出结论与差在哪里，不能与 --") +
         std::string(found) + " 同用";
}

void print_refusals(const Terminal& terminal, const app::BulkReport& found) {
  for (const auto& finding : found.refusals)
    terminal.err << finding_text(finding, "warning");
  if (found.refused_cells > 0) {
    terminal.err << "共 " << found.refused_cells
                 << " 处没有采用，相应的事实按“未知”处理（--strict 时不再继续）\n";
  }
  if (found.passed_over > 0) {
    terminal.err << found.passed_over << " 行是合计、附注或重复的企业，没有计入\n";
  }
}

/// Counts and sums for every policy, no reasons: meant for a hundred thousand enterprises.
int run_bulk(const Arguments& arguments, const app::MatchRequest& match, const app::World& world,
             const Terminal& terminal) {
  app::BulkRequest request{.match = match,
                           .threads = std::max(1u, std::thread::hardware_concurrency()),
                           .planes = {},
                           .strict = arguments.has("strict")};
  if (const auto planes = arguments.value("eligible")) request.planes = *planes;
  const auto out = arguments.value("out");
  if (out) {
    const auto writable = app::check_totals_format(*out);
    if (!writable) return report(terminal.err, writable.error());
  }
  const auto matched = app::match_in_bulk(world, request);
  if (!matched) return report(terminal.err, matched.error());
  const app::BulkReport& found = matched.value();
  print_refusals(terminal, found);
  if (request.strict && found.refused_cells > 0) return kRejected;
  if (arguments.has("json")) terminal.out << app::totals_json(request, found);
  if (!out && !arguments.has("json")) terminal.out << app::totals_text(found);
  if (!out) return kDone;
  const auto written = app::write_totals(request, found, *out);
  if (!written) return report(terminal.err, written.error());
  if (!arguments.has("json")) {
    terminal.out << *out << "：" << found.totals.rows << " 家企业，" << found.totals.policies.size()
                 << " 项政策\n";
  }
  return kDone;
}

/// A line of JSON for each enterprise, with the conditions that are not met.
int run_screen(const Arguments& arguments, const app::MatchRequest& match, const app::World& world,
               const Terminal& terminal) {
  const auto out = arguments.value("out");
  std::optional<NewFile> file;
  if (out) {
    auto opened = NewFile::open(*out);
    if (!opened) return report(terminal.err, opened.error());
    file.emplace(std::move(opened).value());
  }
  huice::Status written = Unit{};
  std::string lines;
  const auto screened = app::screen_enterprises(world, match, [&](std::string_view line) {
    if (!file) lines += line;
    if (file && written) written = file->append(line);
  });
  if (!screened) return report(terminal.err, screened.error());
  for (const auto& finding : screened.value().refused)
    terminal.err << finding_text(finding, "warning");
  if (arguments.has("strict") && !screened.value().refused.empty()) return kRejected;
  if (!file) return terminal.out << lines, kDone;
  if (written) written = file->finish();
  if (!written) return report(terminal.err, written.error());
  terminal.out << *out << "：" << screened.value().enterprises << " 家企业\n";
  return kDone;
}

/// Whether nothing but the file is asked for.
bool is_only_written(const Arguments& arguments) {
  return std::ranges::none_of(
      std::array{"explain", "ask-next", "nearest", "portfolio", "by-policy", "compare", "json"},
      [&](const char* option) { return arguments.has(option); });
}

/// A large file is matched and written row by row.
int run_rows(const Arguments& arguments, const app::MatchRequest& request, const app::World& world,
             const Terminal& terminal) {
  const std::string out = *arguments.value("out");
  const auto matched = app::match_by_rows(world, request, out, arguments.has("strict"));
  if (!matched) return report(terminal.err, matched.error());
  const app::MatchedRows& rows = matched.value();
  print_findings(terminal, rows, arguments.has("notes"));
  if (arguments.has("strict") && !rows.refused.empty()) return kRejected;
  print_totals(terminal, rows.enterprises, rows.eligible, out);
  return kDone;
}

int run_match(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto request = request_from(arguments, world);
  if (!request) return report(terminal.err, request.error()), kUsage;
  if (const auto misplaced = misplaced_option(arguments)) {
    terminal.err << *misplaced << "\n";
    return kUsage;
  }
  if (arguments.has("bulk")) return run_bulk(arguments, request.value(), world, terminal);
  if (arguments.has("screen")) return run_screen(arguments, request.value(), world, terminal);
  const auto out = arguments.value("out");
  if (out && app::is_written_by_rows(*out) && is_only_written(arguments))
    return run_rows(arguments, request.value(), world, terminal);
  const auto matched = app::match_enterprises(world, request.value());
  if (!matched) return report(terminal.err, matched.error());
  print_findings(terminal, matched.value(), arguments.has("notes"));
  if (arguments.has("strict") && !matched.value().refused.empty()) return kRejected;
  if (out) {
    const auto written = app::write_matches(world, request.value(), matched.value(), *out);
    if (!written) return report(terminal.err, written.error());
    const auto& enterprises = matched.value().enterprises;
    const auto eligible = std::ranges::count_if(enterprises, app::has_eligible);
    print_totals(terminal, enterprises.size(), static_cast<std::size_t>(eligible), *out);
  }
  if (arguments.has("compare")) {
    return compare(arguments, world, terminal, request.value(), matched.value());
  }
  print_answers(arguments, terminal, matched.value(), out.has_value());
  return kDone;
}

}  // namespace

std::vector<Command> match_commands() {
  return {
      {.name = "match",
       .usage = "企业文件",
       .summary = "企业可享哪些政策：金额、理由、缺项、截止日",
       .example = "huice match samples/enterprises.xlsx --on 2026-11-22 --out out/match.xlsx",
       .options =
           {{"policies", "目录", "政策库", "随程序安装的 policies"},
            {"policy", "编号", "只看这项政策，可写多次", {}, true},
            {"on", "日期", "按哪一天的规定", "今天"},
            {"known-on", "日期", "按哪一天已知的规定", "今天"},
            {"region", "代码", "没有填行政区划的企业按哪里算，如 430590"},
            {"out", "文件", "写成 .xlsx、.csv、.jsonl、.pdf 或 .ics（日历）"},
            {"explain", "", "逐条说明理由"},
            {"ask-next", "", "先问什么：还缺的事实，按牵动的金额排序"},
            {"nearest", "", "差在哪里：最省的改法，改不了、等得到、做得到"},
            {"portfolio", "", "怎样组合：互斥、前提、限额之下的最优组合"},
            {"by-policy", "", "按政策列出可享的企业"},
            {"compare", "基准", "与另一日期、known-on=日期、政策库目录或企业文件比较", {}, true},
            {"within", "天数", "比较时列出多少天内开始或截止的", "30"},
            {"screen", "", "政策很多时：每家企业一行 JSON，只有结论、金额和差在哪里"},
            {"bulk", "", "上万家企业：只出每项政策的家数与金额合计，--out 写 .json 或 .csv"},
            {"eligible", "文件", "--bulk 时把各政策可享的企业写成位图，格式见 docs/bulk.md"},
            {"json", "", "以 JSON 输出"},
            {"strict", "", "有一处单元格不能采用就不再继续"},
            {"notes", "", "列出采用了但值得一看的单元格"},
            {"fonts", "文件", "PDF 的字体配置", "templates/fonts.yaml"}},
       .fewest_files = 1,
       .most_files = 1,
       .run = run_match}};
}

}  // namespace huice::cli
