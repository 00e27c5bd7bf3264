// The mechanical edits of lint, made in a .docx.
#pragma once

#include <cstddef>
#include <filesystem>

#include "base/result.h"
#include "lint/lint.h"

namespace huice::app {

/// The findings whose edits were made. Only the letters concerned change, in the runs they stand
/// in: styles, pictures and every other part of the file stay as they are. Numbers that Word makes
/// itself, rows of tables and text boxes are left alone. The file is replaced whole or not at all.
/// Errors: those of reading it; Unsupported `lint.cannot-fix` for one that is signed.
Result<std::size_t> fix_docx(const std::filesystem::path& file, const lint::Choice& choice);

}  // namespace huice::app
