// 企业手机报: for each enterprise what is new, what closes soon, what changed.
#include "app/digest.h"
#include "cli/command.h"
#include "cli/findings.h"

namespace huice::cli {
namespace {

constexpr int kMostDays = 366;

Result<app::DigestRequest> request_of(const Arguments& arguments, const app::World& world) {
  HUICE_TRY(const auto since, arguments.day("since"));
  HUICE_TRY(const auto on, arguments.day("on"));
  HUICE_TRY(const auto within, arguments.count("within", kMostDays));
  app::DigestRequest request{.enterprises = arguments.files().front(),
                             .policies = {},
                             .default_region = arguments.value("region").value_or(""),
                             .since = since.value_or(world.today),
                             .on = on.value_or(world.today),
                             .days_ahead = within.value_or(policy::kDaysAhead),
                             .sender = arguments.value("sender").value_or("惠企政策服务"),
                             .fonts = {},
                             .outbox = arguments.value("out").value_or("")};
  if (const auto policies = arguments.value("policies")) request.policies = *policies;
  if (const auto fonts = arguments.value("fonts")) request.fonts = *fonts;
  return request;
}

int run_digest(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  if (!arguments.has("since") || !arguments.has("out")) {
    terminal.err << "huice: error: 要写明 --since 和 --out\n";
    return kUsage;
  }
  const auto request = request_of(arguments, world);
  if (!request) return report(terminal.err, request.error()), kUsage;
  const auto done = app::write_digests(world, request.value());
  if (!done) return report(terminal.err, done.error());
  terminal.out << "企业" << done.value().enterprises << "家，有新情况的" << done.value().written
               << "家，已放入 " << (request.value().outbox / request.value().on.to_iso()).string()
               << "，尚未发送\n";
  return kDone;
}

}  // namespace

std::vector<Command> digest_commands() {
  Command command{.name = "digest",
                  .usage = "企业文件 --since 日期 --out 发件目录",
                  .summary = "企业手机报：每家企业新增、将截止、有变动的政策，放入发件目录，不发送",
                  .example =
                      "huice digest samples/enterprises.csv --since 2026-10-22 --on "
                      "2026-11-22 --region 430590 --out out/outbox",
                  .options = {{"since", "日期", "上一次的日期"},
                              {"on", "日期", "这一次的日期", "今天"},
                              {"out", "目录", "发件目录，样子见 docs/outbox.md"},
                              {"within", "天数", "几天内截止的要提醒", "30"},
                              {"sender", "名称", "落款和短信的签名", "惠企政策服务"},
                              {"region", "代码", "没写行政区划的企业按这里算"},
                              {"policies", "目录", "政策库", "policies"},
                              {"fonts", "文件", "字体配置", "templates/fonts.yaml"}},
                  .fewest_files = 1,
                  .most_files = 1,
                  .run = run_digest};
  return {std::move(command)};
}

}  // namespace huice::cli
