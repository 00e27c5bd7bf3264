#include "cli/command.h"

#include <algorithm>
#include <iterator>

#include "base/utf8.h"
#include "cli/findings.h"

namespace huice::cli {
namespace {

std::string padded(std::string text, std::size_t cells) {
  const std::size_t width = display_width(text);
  return text + std::string(width < cells ? cells - width : 1, ' ');
}

std::string_view first_word(std::string_view name) {
  return name.substr(0, name.find(' '));
}

/// The commands that begin with the word `group`; all where it is empty.
std::string overall_help(const std::vector<Job>& jobs, std::string_view group = {}) {
  std::string text = "用法：huice <命令> [选项] [文件…]\n\n";
  for (const auto& job : jobs) {
    bool first = true;
    for (const auto& command : job.commands) {
      if (!group.empty() && first_word(command.name) != group) continue;
      text +=
          padded(first ? job.heading : "", 6) + padded(command.name, 20) + command.summary + "\n";
      first = false;
    }
  }
  return text +
         "\n加 --help 看某个命令的选项和例子，如 huice match --help；--version 看版本\n"
         "退出码：0 成功  1 输入有问题，已逐条列出  2 用法有误  3 环境有问题\n";
}

std::string command_help(const Command& command) {
  std::string text =
      "用法：huice " + command.name + " " + command.usage + "\n" + command.summary + "\n";
  if (!command.options.empty()) text += "\n选项\n";
  for (const auto& option : command.options) {
    const std::string name =
        "  --" + option.name + (option.argument.empty() ? "" : " " + option.argument);
    text += padded(name, 26) + option.meaning +
            (option.standard.empty() ? "" : " [" + option.standard + "]") + "\n";
  }
  return text + "\n例：" + command.example + "\n";
}

/// True where commands of two words begin with this one.
bool is_group(std::string_view word, const std::vector<Job>& jobs) {
  return std::ranges::any_of(jobs, [&](const Job& job) {
    return std::ranges::any_of(
        job.commands, [&](const Command& command) { return first_word(command.name) == word; });
  });
}

/// The command whose name `words` begin with; the longest wins.
const Command* find_command(const std::vector<std::string>& words, const std::vector<Job>& jobs) {
  const Command* found = nullptr;
  for (const auto& job : jobs) {
    for (const auto& command : job.commands) {
      const bool two = command.name.find(' ') != std::string::npos;
      if (words.size() < (two ? 2U : 1U)) continue;
      const std::string said = two ? words[0] + " " + words[1] : words[0];
      if (said == command.name) found = &command;
    }
  }
  return found;
}

int usage_failure(const Terminal& terminal, const std::string& message) {
  terminal.err << "huice: error: " << message << "\n  怎么办：huice --help 列出全部命令\n";
  return kUsage;
}

}  // namespace

bool is_among(const std::vector<std::string>& words, const std::vector<Job>& jobs) {
  return find_command(words, jobs) != nullptr;
}

int run_command_line(const std::vector<std::string>& words, const std::vector<Job>& jobs,
                     const app::World& world, const Terminal& terminal) {
  if (words.empty()) {
    terminal.err << overall_help(jobs);
    return kUsage;
  }
  if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    terminal.out << overall_help(jobs);
    return kDone;
  }
  if (words[0] == "--version") {
    terminal.out << "huice " HUICE_VERSION "\n";
    return kDone;
  }
  const Command* command = find_command(words, jobs);
  if (command == nullptr) {
    if (!is_group(words[0], jobs)) return usage_failure(terminal, "没有这个命令：" + words[0]);
    const bool asked = words.size() == 2 && words[1] == "--help";
    (asked ? terminal.out : terminal.err) << overall_help(jobs, words[0]);
    return asked ? kDone : kUsage;
  }
  const bool two = command->name.find(' ') != std::string::npos;
  const std::vector<std::string> rest(words.begin() + (two ? 2 : 1), words.end());
  if (std::ranges::find(rest, "--help") != rest.end()) {
    terminal.out << command_help(*command);
    return kDone;
  }
  const auto arguments = parse_arguments(command->options, rest);
  if (!arguments) {
    report(terminal.err, arguments.error());
    return kUsage;
  }
  const std::size_t files = arguments.value().files().size();
  if (files < command->fewest_files || files > command->most_files) {
    terminal.err << "huice: error: 文件或参数的个数不对\n" << command_help(*command);
    return kUsage;
  }
  return command->run(arguments.value(), world, terminal);
}

}  // namespace huice::cli
