// Draws documents of tests/suite/formats, and templates with their samples, in this process.
#pragma once

#include <string>

#include "layout/fonts.h"
#include "layout/pages.h"
#include "model/document.h"

namespace huice::formats {

struct Drawn {
  model::Document document;
  layout::Pages pages;
  std::string pdf;
};

/// The document `name` (`01-down`), composed, set with the faces of templates/fonts.yaml and
/// written. Fails the test and returns nothing useful where any step fails.
Drawn draw(const std::string& name);

/// A template of templates/ with its sample, or `notice` with those of samples/.
Drawn draw_template(const std::string& name);

/// The faces that the documents are set in; opened once.
const layout::FontSet& faces();

}  // namespace huice::formats
