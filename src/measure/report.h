// Whether a finished official document keeps the measures of GB/T 9704-2012, clause by clause, by
// what its PDF shows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "layout/pages.h"
#include "model/document.h"
#include "model/value.h"
#include "render/pdf/page_reader.h"

namespace huice::measure {

/// 符合; 不符合, only of what the standard demands (规定、应当); 提示, of what it recommends
/// (一般、推荐、可以) and the document does otherwise.
enum class Verdict { Conforms, Violates, Advice };
std::string_view to_chinese(Verdict verdict);

/// One measure of one clause.
struct Check {
  std::string clause;  ///< `7.2.4`
  std::string what;    ///< what was measured, in Chinese
  int page = 0;        ///< counts from 1
  std::string value;   ///< what was found, with its unit
  std::string limit;   ///< what the clause asks, with its unit
  Verdict verdict = Verdict::Conforms;
  std::optional<Decimal> millimetres;  ///< `value`, where it is a length
};

struct Report {
  int pages = 0;
  std::vector<Check> checks;             ///< in the order of the standard
  std::vector<layout::SealPlace> seals;  ///< where stamps go, drawn or not
  std::vector<layout::Substitution> substitutions;

  int count(Verdict verdict) const;
};

/// Measures `seen`, the pages read back from the PDF of `document`: positions of em boxes, of ink
/// where the standard means ink, of rules. `seals` are where layout put them, since a stamp that is
/// pressed later leaves nothing on the page. What the document does not have is not measured.
Report measure(const model::Document& document, const std::vector<render::pdf::SeenPage>& seen,
               std::vector<layout::SealPlace> seals);

/// The form of docs/schemas/report.schema.json; `file` is the PDF.
model::Value to_value(const Report& report, const std::string& file);

/// A length in millimetres with two decimals, rounded half away from zero.
Decimal in_millimetres(Length length);

}  // namespace huice::measure
