// Use case: proof-read a draft (校对).
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/docx_fix.h"
#include "app/world.h"
#include "base/result.h"
#include "lint/lint.h"

namespace huice::app {

struct LintRequest {
  std::string file;                               ///< a draft, a template, a data file
  std::optional<std::filesystem::path> data;      ///< of a template
  std::optional<std::filesystem::path> campaign;  ///< of a template
  std::optional<std::filesystem::path> library;   ///< whether what is cited still holds
  std::optional<std::filesystem::path> words;     ///< YAML: wrong word to right word
  std::set<std::string> rules;                    ///< ids; empty: all
  bool fix = false;                               ///< make the mechanical edits in the file
};

struct LintReport {
  std::string file;
  lint::Draft draft;
  std::vector<lint::Finding> findings;  ///< after fixing, what is left
  std::size_t fixed = 0;                ///< findings whose edits were made
};

/// What the rules find in a draft (.txt .md .docx .html .pdf), in a document made from a template,
/// or in the texts of a data file (.yaml .json).
///
/// A template needs `data`, or a sample beside it (`x.sample.yaml`). `fix` writes .txt, .md and
/// .docx files only, whole or not at all, with the line ends or the looks they had.
/// Errors: those of reading; NotFound `lint.unknown-rule`; InvalidInput `lint.empty`,
/// `lint.no-data`, `lint.words`; Unsupported `lint.cannot-fix`; TooLarge `lint.too-large`.
Result<LintReport> lint_file(const World& world, const LintRequest& request);

/// The same of a file whose bytes are at hand, `name` saying of which kind it is; no template, no
/// values. Errors: those of reading; InvalidInput `lint.empty`; TooLarge `lint.too-large`.
Result<lint::Draft> read_draft(const std::string& name, const std::string& bytes);

/// The bytes of a .txt, .md or .docx with the mechanical edits made. Errors: those of reading;
/// Unsupported `lint.cannot-fix`.
Result<MendedFile> mend_draft(const std::string& name, std::string bytes,
                              const lint::Choice& choice);

}  // namespace huice::app
