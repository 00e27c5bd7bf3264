#include "cli/arguments.h"

#include <algorithm>
#include <charconv>

#include <Poco/Exception.h>
#include <Poco/Util/OptionException.h>
#include <Poco/Util/OptionProcessor.h>
#include <Poco/Util/OptionSet.h>

namespace huice::cli {
namespace {

Error usage_error(std::string id, std::string message) {
  return {.code = ErrorCode::InvalidInput,
          .id = std::move(id),
          .message = std::move(message),
          .where = {},
          .hint = "加 --help 看这个命令的用法"};
}

Poco::Util::OptionSet option_set(const std::vector<Option>& options) {
  Poco::Util::OptionSet set;
  for (const auto& option : options) {
    Poco::Util::Option poco(option.name, "", option.meaning);
    poco.repeatable(option.repeatable);
    if (!option.argument.empty()) poco.argument(option.argument);
    set.addOption(poco);
  }
  return set;
}

}  // namespace

bool Arguments::has(std::string_view option) const {
  return value(option).has_value();
}

std::optional<std::string> Arguments::value(std::string_view option) const {
  const auto all = values(option);
  return all.empty() ? std::nullopt : std::optional(all.back());
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  std::vector<std::string> found;
  for (const auto& [name, value] : options_) {
    if (name == option) found.push_back(value);
  }
  return found;
}

Result<std::optional<Date>> Arguments::day(std::string_view option) const {
  const auto text = value(option);
  if (!text) return std::optional<Date>();
  if (const auto day = Date::parse(*text)) return std::optional(*day);
  return usage_error("usage.date",
                     "--" + std::string(option) + " 应形如 2026-11-22，实为“" + *text + "”");
}

Result<std::optional<int>> Arguments::count(std::string_view option, int most) const {
  const auto text = value(option);
  if (!text) return std::optional<int>();
  int number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  const bool whole = error == std::errc() && end == text->data() + text->size();
  if (whole && number >= 1 && number <= most) return std::optional(number);
  return usage_error("usage.number", "--" + std::string(option) + " 应是 1 到 " +
                                         std::to_string(most) + " 的整数，实为“" + *text + "”");
}

Result<Arguments> parse_arguments(const std::vector<Option>& options,
                                  const std::vector<std::string>& words) {
  const auto set = option_set(options);
  Poco::Util::OptionProcessor processor(set);
  processor.setUnixStyle(true);
  Arguments arguments;
  bool options_ended = false;
  try {
    for (const auto& word : words) {
      if (!options_ended && word == "--") {
        options_ended = true;
        continue;
      }
      std::string name;
      std::string value;
      if (options_ended || word == "-" || !processor.process(word, name, value)) {
        arguments.files_.push_back(word);
      } else if (!name.empty()) {
        arguments.options_.emplace_back(name, value);
      }
    }
    processor.checkRequired();
  } catch (const Poco::Util::UnknownOptionException& error) {
    return usage_error("usage.option", "没有这个选项：--" + error.message());
  } catch (const Poco::Util::MissingArgumentException& error) {
    return usage_error("usage.option", "选项后面缺少内容：--" + error.message());
  } catch (const Poco::Util::DuplicateOptionException& error) {
    return usage_error("usage.option", "选项只能写一次：--" + error.message());
  } catch (const Poco::Exception& error) {
    return usage_error("usage.option", "选项写法有误：" + error.displayText());
  }
  return arguments;
}

}  // namespace huice::cli
