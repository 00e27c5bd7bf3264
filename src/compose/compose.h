// Template and values -> document.
#pragma once

#include "base/result.h"
#include "compose/expand.h"
#include "compose/markdown_memory.h"
#include "compose/partials.h"
#include "compose/template_file.h"
#include "model/document.h"

namespace huice::compose {

/// Checks, expands and reads the template into a document; all findings of all parts at once.
///
/// Annexes that follow an issued text are listed in its 附件说明, others in the document's, with
/// the titles they carry; `附件` in the front matter adds annexes that travel separately.
///
/// Errors: those of check, expand and read_markdown; InvalidInput `document.value` for a wrong kind
///         of value in the front matter, `document.format`, `document.number` (a 发文字号 not of
///         the form 云新工办〔2026〕2号), `document.date`.
///
/// `memory` saves work where many documents are alike; it may be null.
Result<model::Document> compose(const TemplateFile& file, const Content& content,
                                const Partials& partials, MarkdownMemory* memory = nullptr);

}  // namespace huice::compose
