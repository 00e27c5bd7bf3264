// The template language: Jinja syntax for values, loops and conditions.
//
// What is meant is what Jinja2 means with StrictUndefined, trim_blocks, lstrip_blocks and
// keep_trailing_newline, except where an official text wants otherwise:
//   - numbers are exact decimals: `6 / 2` is 3, `1 / 4` is 0.25, `2.5|round` is 3 (四舍五入);
//   - a day prints as 2026年5月7日, true and false as 是 and 否;
//   - null, lists and records do not print: they are errors;
//   - left out: extends, block, call blocks, recursive loops, line statements, joiner, cycler.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"

namespace huice::compose {

namespace syntax {
struct Tree;
}

/// Blocks in blocks, and expressions in expressions.
inline constexpr int kMaxTemplateNesting = 100;
/// Bytes of one template.
inline constexpr std::size_t kMaxTemplateBytes = std::size_t{1} << 20;

/// A parsed template. Cheap to copy; immutable.
class Template {
 public:
  /// Where the first character of the text stands in its file.
  struct Start {
    int line = 1;
    int column = 1;
    int indent = 0;  ///< blanks that the file has before each later line
  };

  /// Parses a whole template text. `file` names it in places.
  ///
  /// Errors: InvalidInput, all of them under `also`: `template.syntax`, `template.unclosed`,
  ///         `template.unknown-filter`, `template.unknown-test`, `template.unsupported`;
  ///         `template.encoding` if it is not UTF-8; TooLarge `template.too-deep`,
  ///         `template.too-large`.
  static Result<Template> parse(std::string_view utf8, std::string_view file,
                                Start start = {1, 1, 0});

  /// The names that the template takes from its data; those it sets itself are not among them.
  std::set<std::string> names_used() const;

  /// The syntax tree, for the passes of this module.
  const std::shared_ptr<const syntax::Tree>& tree() const { return tree_; }

 private:
  explicit Template(std::shared_ptr<const syntax::Tree> tree) : tree_(std::move(tree)) {}
  std::shared_ptr<const syntax::Tree> tree_;
};

}  // namespace huice::compose
