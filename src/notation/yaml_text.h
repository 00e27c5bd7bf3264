// YAML files that people keep, changed in single values.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/value.h"

namespace huice::notation {

/// The text of a YAML file in which values are replaced and added where they stand: comments,
/// order, indents and quotes of all else stay as they were written.
///
/// The result is meant to be read again before it is relied on.
class YamlText {
 public:
  /// `file` names the text in places. Errors: those of read_yaml.
  static Result<YamlText> read(std::string utf8, std::string_view file);

  const model::Value& root() const { return root_; }

  /// Writes `by` in the place of `at`, a value of root() that was not replaced before.
  void replace(const model::Value& at, const model::Value& by);
  /// Adds an item at the end of a list of root(), on a line of its own where the others have one.
  void append(const model::Value& list, const model::Value& item);
  /// Adds a field at the end of a record of root(); a list of records with a line each.
  void add(const model::Value& record, std::string_view name, const model::Value& value);

  /// The text with the changes.
  std::string edited() const;

 private:
  /// How a value is written, and where: bytes of the text.
  struct Extent {
    enum class Form { Plain, Quoted, Flow, Block };
    Form form = Form::Plain;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t inner_end = 0;  ///< of a collection: behind its last item, or its opening bracket
  };
  struct Edit {
    std::size_t begin;
    std::size_t end;
    std::string text;
  };

  YamlText(std::string text, model::Value root);
  void measure();
  const Extent& extent(const model::Value& value) const;
  void add_line(const Extent& after, const std::string& line);
  void replace_list(const Extent& extent, const model::Value& at, const model::Value::List& by);

  std::string text_;
  model::Value root_;
  std::map<std::pair<int, int>, Extent> extents_;  ///< by line and column
  std::vector<Edit> edits_;
};

/// The value on one line, as YAML writes it within brackets: `[甲局, "1.0"]`. Texts are quoted only
/// where they must be.
std::string write_flow_yaml(const model::Value& value);

}  // namespace huice::notation
