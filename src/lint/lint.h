// Proof-reading of official documents (公文): the conventions of 《党政机关公文处理工作条例》,
// GB/T 9704-2012, GB/T 15834-2011 and GB/T 15835-2011.
//
// What is not in these texts is not reported as a fault; rules of the 1999 edition of GB/T 9704
// (主题词, at most three seals in a row, a contact in the note of a 请示 …) are not rules here.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lint/draft.h"
#include "lint/rules.h"
#include "model/value.h"

namespace huice::lint {

/// What the rules find, in the order of the draft. Equal drafts give equal findings.
std::vector<Finding> lint(const Draft& draft, const Choice& choice = {});

/// Whether every id is one of a rule. Errors: NotFound `lint.unknown-rule`, with the nearest.
Status check_rule_names(const std::set<std::string>& ids);

/// How `fix` reads a text again after each round. No edit reaches a line without a place, and none
/// makes or joins lines.
using ReadLines =
    std::function<Result<std::vector<Line>>(std::string_view utf8, const std::string& file)>;

struct Fixed {
  std::string text;
  std::vector<Finding> mended;  ///< whose edits were made, with their places in the text of then
};

/// `utf8` with every mechanical edit made until none is left, so that fixing twice is fixing once.
/// Errors: those of `read`.
Result<Fixed> fix(std::string_view utf8, const std::string& file, const ReadLines& read,
                  const Choice& choice);

/// The words of the house (`不用的词: 要用的词`). Errors: InvalidInput `lint.words`.
Result<OwnWords> read_own_words(const model::Value& values);

/// `公文`, `法规` or `文稿`.
std::string_view kind_word(Kind kind);

/// `必须` or `建议`.
std::string_view strength_word(Strength strength);

/// The form of docs/schemas/lint.schema.json.
model::Value to_value(const std::string& file, const Draft& draft,
                      const std::vector<Finding>& findings);

}  // namespace huice::lint
