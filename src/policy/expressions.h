// The expressions of policy files: where they stand, which names they use, what they compare.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feel/expression.h"
#include "feel/names.h"
#include "model/profile.h"
#include "model/value.h"

namespace huice::policy {

/// The names an expression may use and what is known of each.
class Vocabulary {
 public:
  void add(const model::FactDefinition& definition);
  const model::FactDefinition* find(std::string_view name) const;
  const std::vector<std::string>& names() const { return names_; }
  const feel::Names& feel_names() const { return feel_names_; }

 private:
  std::map<std::string, std::shared_ptr<const model::FactDefinition>, std::less<>> definitions_;
  std::vector<std::string> names_;
  feel::Names feel_names_ = feel::Names::open();
};

/// Where the text of a scalar begins in its file, past quotes and the mark of a block.
SourceSpan text_place(const model::Value& scalar, std::string_view file_text);

/// Parses one expression and checks its names and comparisons against `vocabulary`.
/// Numbers and truths written plainly are constants. Findings: `policy.expression`,
/// `policy.unknown-fact`, `policy.type`, `policy.unknown-value`, `policy.ratio`.
std::optional<feel::Expression> read_expression(const model::Value& scalar,
                                                std::string_view file_text,
                                                const Vocabulary& vocabulary, Findings& findings);

/// The findings of an expression already parsed: names, and comparisons of facts with constants.
void check_expression(const feel::Expression& expression, const Vocabulary& vocabulary,
                      Findings& findings);

/// Calls `visit` for a node and everything below it, parents first.
void walk(const feel::Node& node, const std::function<void(const feel::Node&)>& visit);

}  // namespace huice::policy
