// Front matter -> the parts of a document that stand round its text.
#pragma once

#include "base/result.h"
#include "compose/expand.h"
#include "compose/partials.h"
#include "compose/template_file.h"
#include "model/document.h"

namespace huice::compose {

/// Evaluates the front matter and puts what it says into `document`: format, 版头, 标题, 主送,
/// 附件, 署名, 印章, 附注, 版记. The keys are listed at parse_template_file. Findings: those of
/// evaluate; `document.value`, `document.format`, `document.number`, `document.date`,
/// `document.seal`.
Findings read_front(const TemplateFile& file, const Content& content, const Partials& partials,
                    model::Document& document);

}  // namespace huice::compose
