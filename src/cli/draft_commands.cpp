// 拟稿: draw up documents.
#include "app/draft.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/findings.h"

namespace huice::cli {
namespace {

void print_substitutions(const Terminal& terminal,
                         const std::vector<layout::Substitution>& substitutions) {
  for (const auto& each : substitutions) {
    std::string character;
    append_utf8(character, each.character);
    terminal.err << "提示：" << each.role << "没有“" << character << "”字，" << each.count
                 << " 处改用 " << each.font << "\n";
  }
}

int run_draft(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return report(terminal.err, on.error()), kUsage;
  const auto data = arguments.value("data");
  const auto out = arguments.value("out");
  if (!data || (!out && !arguments.has("check"))) {
    terminal.err << "huice: error: 要写明 --data 和 --out（只检查不排印时用 --check）\n";
    return kUsage;
  }
  app::DraftRequest request{.template_name = arguments.files().front(),
                            .data = *data,
                            .campaign = {},
                            .fonts = {},
                            .out = arguments.has("check") ? "" : *out,
                            .on = on.value().value_or(world.today)};
  if (const auto campaign = arguments.value("campaign")) request.campaign = *campaign;
  if (const auto fonts = arguments.value("fonts")) request.fonts = *fonts;
  if (const auto password = arguments.value("password")) request.password = *password;
  const std::string colour = arguments.value("colour").value_or("cmyk");
  if (colour != "cmyk" && colour != "rgb") {
    terminal.err << "huice: error: --colour 应为 cmyk 或 rgb，实为“" << colour << "”\n";
    return kUsage;
  }
  if (colour == "rgb") request.colour = render::pdf::Colour::Rgb;
  const auto drafted = app::draft(world, request);
  if (!drafted) return report(terminal.err, drafted.error());
  if (request.out.empty()) {
    terminal.out << "模板与数据检查通过\n";
    return kDone;
  }
  print_substitutions(terminal, drafted.value().substitutions);
  terminal.out << request.out.string() << "：" << drafted.value().pages << " 页\n";
  return kDone;
}

}  // namespace

std::vector<Command> draft_commands() {
  return {{.name = "draft",
           .usage = "模板 --data 数据.yaml --out 文件.pdf",
           .summary = "按模板和数据排印公文",
           .example = "huice draft notice --data samples/notice/notice.yaml "
                      "--campaign samples/campaign --out out/notice.pdf",
           .options = {{"data", "文件", "YAML 或 JSON 数据"},
                       {"out", "文件", "写到哪里（.pdf）"},
                       {"campaign", "目录", "专项行动的目录，供附件取安排表和考核细则"},
                       {"fonts", "文件", "字体配置", "templates/fonts.yaml"},
                       {"on", "日期", "文件属性里的日期", "今天"},
                       {"colour", "cmyk|rgb", "红色按印刷四色（Y80 M80）还是屏幕三色", "cmyk"},
                       {"password", "密码", "给 PDF 加打开密码（AES-256），这样的文件不再是 PDF/A"},
                       {"check", "", "只检查模板与数据，不排印"}},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_draft}};
}

}  // namespace huice::cli
