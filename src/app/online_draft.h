// Use case: a document from data that came over the network, so that it may name no files.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "app/bulk_export.h"
#include "app/pictures.h"
#include "app/typesetting.h"
#include "app/world.h"
#include "base/result.h"
#include "layout/fonts.h"
#include "layout/typesetter.h"
#include "lint/lint.h"
#include "model/document.h"
#include "model/table.h"
#include "model/value.h"

namespace huice::app {

struct OnlineDraft {
  std::string template_name;  ///< letters, digits, `-` and `_`: a name in templates/, never a path
  model::Value values;
  std::map<std::string, model::Table, std::less<>> tables = {};  ///< see compose::Content
};

struct Typeset {
  std::string pdf;
  std::string title;
  int pages = 0;
};

/// Errors: NotFound `template.not-found`; those of compose_document; InvalidInput `draft.picture`
/// where the data name a picture that is not among the templates.
Result<model::Document> compose_online(const World& world, const OnlineDraft& draft);

/// Errors: those of compose_online, of layout and of the PDF. `world.today` is the day in the
/// file's properties.
Result<Typeset> typeset_online(const World& world, const layout::FontSet& fonts,
                               const OnlineDraft& draft);

/// `pdf`, which typeset_online made of the draft, held against GB/T 9704-2012: the form of
/// docs/schemas/report.schema.json, in which it is called `file`. Errors: those of compose_online
/// and of layout; InvalidInput `pdf.unreadable`.
Result<model::Value> measure_online(const World& world, const layout::FontSet& fonts,
                                    const OnlineDraft& draft, std::string_view pdf,
                                    const std::string& file);

/// See render::pdf::encrypted.
Result<std::string> locked_pdf(std::string_view pdf, const std::string& password);

/// The tables of the document as XLSX, a worksheet each. Errors: those of compose_online; NotFound
/// `draft.no-table`; those of writing.
Result<std::string> tables_online(const World& world, const OnlineDraft& draft);

/// Sets many documents of one template, which it reads once; what they have in common is not worked
/// out again. Not for two threads at once.
class OnlineSeries {
 public:
  /// Errors: NotFound `template.not-found`; those of PreparedTemplate::load.
  static Result<std::unique_ptr<OnlineSeries>> open(const World& world,
                                                    const layout::FontSet& fonts,
                                                    const std::string& template_name);
  /// The same pages as typeset_online makes of the same content. Errors: as there.
  Result<Typeset> set(const compose::Content& content);
  /// The two steps of set().
  Result<LaidOut> lay_out(const compose::Content& content);
  Result<std::string> pdf_of(const LaidOut& laid_out) const;

 private:
  OnlineSeries(World world, const layout::FontSet& fonts, PreparedTemplate prepared)
      : world_(std::move(world)), fonts_(fonts), prepared_(std::move(prepared)), memory_(fonts_) {}

  World world_;
  layout::FontSet fonts_;
  PreparedTemplate prepared_;
  PictureFiles pictures_;
  layout::TypeMemory memory_;
};

/// What the rules of lint find. Errors: those of compose_online.
Result<std::vector<lint::Finding>> lint_online(const World& world, const OnlineDraft& draft,
                                               const lint::Choice& choice);

/// The templates by name, with what their schemas say they are for; and one template's schema and
/// sample, null where there is none, and whether the sample has tables. Errors: those of reading
/// them; NotFound `template.not-found`.
Result<model::Value> list_templates(const World& world);
Result<model::Value> describe_template(const World& world, const std::string& name);

/// What a template makes: its description without what stands in brackets. Errors: as above.
Result<std::string> template_title(const World& world, const std::string& name);

}  // namespace huice::app
