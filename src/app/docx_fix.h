// The mechanical edits of lint, made in a .docx.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "lint/lint.h"

namespace huice::app {

/// A file with the edits made, and the findings that asked for them.
struct MendedFile {
  std::string bytes;
  std::vector<lint::Finding> mended;  ///< line: which paragraph, from 1
};

/// Only the letters concerned change, in the runs they stand in: styles, pictures and every other
/// part of the file stay as they are. Numbers that Word makes itself, rows of tables and text boxes
/// are left alone. Errors: those of reading it; Unsupported `lint.cannot-fix` for one that is
/// signed.
Result<MendedFile> mend_docx(std::string bytes, const std::string& file,
                             const lint::Choice& choice);

}  // namespace huice::app
