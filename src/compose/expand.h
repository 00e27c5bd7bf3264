// Template and values -> text.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "compose/partials.h"
#include "compose/template.h"
#include "model/table.h"
#include "model/value.h"

namespace huice::compose {

/// What a template is filled with.
struct Content {
  model::Value data;  ///< a record; its fields are the template's names
  /// Tables that `{{ table("安排表") }}` sets into the text.
  std::map<std::string, model::Table, std::less<>> tables;
};

/// How values enter the text. Markdown: their punctuation is escaped, so that data never turns into
/// headings or table borders; `|safe` lets a text through as Markdown.
enum class Escaping { None, Markdown };

inline constexpr std::size_t kMaxExpandedBytes = std::size_t{8} << 20;
inline constexpr int kMaxIterations = 500'000;  ///< of all loops of one expansion together
inline constexpr int kMaxIncludeDepth = 16;
inline constexpr int kMaxMacroDepth = 32;
inline constexpr std::size_t kMaxFindings = 100;  ///< later ones are not reported

/// The expanded text, and where each of its lines comes from.
struct Expansion {
  /// A value of the data, as it stands in `text` with its marks escaped.
  struct Inserted {
    std::size_t begin = 0;
    std::size_t size = 0;
  };
  std::string text;
  /// One for each line of `text`: where its first character was written, in a template or in the
  /// data.
  std::vector<SourceSpan> lines;
  std::vector<Inserted> values = {};  ///< in their order; those of macros are not among them
};

/// What can be known to fail before expanding: names and fields that the data does not have, in
/// every branch, also those not taken with this data. A name that the template itself asks about
/// (`is defined`, `|default`) is optional. Findings are ordered by place.
Findings check(const Template& source, const Content& content, const Partials& partials);

/// Errors: InvalidInput, all under `also`, each with its place in the template and, in the message,
///         the data path: `template.unknown-name`, `template.unknown-field`, `template.null`,
///         `template.type`, `template.arguments`, `template.arithmetic`, `template.include`,
///         `template.unknown-table`; TooLarge `template.limit`.
Result<Expansion> expand(const Template& source, const Content& content, const Partials& partials,
                         Escaping escaping);

/// The value of a template that is one `{{ expression }}` and nothing else, as it is; of any other,
/// its expanded text.
/// Errors: those of expand.
Result<model::Value> evaluate(const Template& source, const Content& content,
                              const Partials& partials);

}  // namespace huice::compose
