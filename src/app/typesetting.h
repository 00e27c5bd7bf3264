// From a template and its data to a PDF: the one road every printed thing takes.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/pictures.h"
#include "app/world.h"
#include "base/result.h"
#include "compose/expand.h"
#include "compose/markdown_memory.h"
#include "compose/partials.h"
#include "compose/schema.h"
#include "compose/template_file.h"
#include "layout/fonts.h"
#include "layout/pages.h"
#include "model/document.h"

namespace huice::app {

/// The faces that templates/fonts.yaml names, or `config` where a site has its own.
/// Errors: those of reading it and of FontSet::open.
Result<layout::FontSet> open_fonts(const World& world,
                                   const std::optional<std::filesystem::path>& config);

/// `name` as a path if such a file exists; else templates/<name>.md of the home.
/// Errors: NotFound `template.not-found` with the nearest name and the list of names.
Result<std::filesystem::path> find_template(const World& world, const std::string& name);

/// A template with its schema and the parts it brings in, read once for many documents. Any number
/// of threads may compose from one.
class PreparedTemplate {
 public:
  /// Errors: those of load_template_file and load_schema.
  static Result<PreparedTemplate> load(const std::filesystem::path& template_file);
  /// As compose_document. `memory`, of one thread, saves work where documents are alike.
  Result<model::Document> compose(const compose::Content& content,
                                  compose::MarkdownMemory* memory = nullptr) const;

 private:
  PreparedTemplate(compose::TemplateFile file, std::filesystem::path folder)
      : file_(std::move(file)), partials_(std::move(folder)) {}

  compose::TemplateFile file_;
  std::optional<compose::Schema> schema_;
  compose::FolderPartials partials_;
};

/// Checks `content` against the schema beside the template (where there is one), expands and reads
/// the template. Errors: those of compose, all of them at once.
Result<model::Document> compose_document(const std::filesystem::path& template_file,
                                         const compose::Content& content);

/// A YAML or JSON file, by its ending. Errors: those of notation.
Result<model::Value> read_values(const std::filesystem::path& file);

/// Appends `part` to `all`, which share their fonts: a bookmark `title` with those of the part
/// below it.
void append_pages(layout::Pages& all, layout::Pages part, const std::string& title);

/// Several documents one after the other, numbered through, with a bookmark for each.
class PageStack {
 public:
  explicit PageStack(const layout::FontSet& fonts) : fonts_(fonts) {}

  /// Lays out `document` from a new page. Errors: those of its pictures and of layout.
  Status add(const model::Document& document);
  const layout::Pages& pages() const { return pages_; }

 private:
  layout::FontSet fonts_;
  PictureFiles pictures_;
  layout::Pages pages_;
};

}  // namespace huice::app
