// What a command takes, and what one call of it was given.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace huice::cli {

/// One option of a command. The table of these makes the parser and the help text.
struct Option {
  std::string name;           ///< without the dashes
  std::string argument;       ///< what it takes, as help shows it; empty for a switch
  std::string meaning;        ///< Chinese, one line
  std::string standard = {};  ///< what holds when the option is absent, as help shows it
  bool repeatable = false;
};

class Arguments {
 public:
  const std::vector<std::string>& files() const { return files_; }
  bool has(std::string_view option) const;
  /// The last value given; nullopt when the option is absent.
  std::optional<std::string> value(std::string_view option) const;
  std::vector<std::string> values(std::string_view option) const;
  /// The option as a day. Errors: InvalidInput `usage.date`.
  Result<std::optional<Date>> day(std::string_view option) const;
  /// The option as a number from 1 to `most`. Errors: InvalidInput `usage.number`.
  Result<std::optional<int>> count(std::string_view option, int most) const;

 private:
  friend Result<Arguments> parse_arguments(const std::vector<Option>&,
                                           const std::vector<std::string>&);
  std::vector<std::string> files_;
  std::vector<std::pair<std::string, std::string>> options_;
};

/// Splits `words` into options and files. `--` ends the options; `-` is a file.
/// Errors: InvalidInput `usage.option` for an unknown, doubled or incomplete option.
Result<Arguments> parse_arguments(const std::vector<Option>& options,
                                  const std::vector<std::string>& words);

}  // namespace huice::cli
