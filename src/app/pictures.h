// The pictures of seals that documents name.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "layout/official.h"
#include "model/document.h"

namespace huice::app {

/// Reads pictures, each file once however many documents show it.
class PictureFiles {
 public:
  /// What layout needs to place the seals of `document`: their bytes by the names that the document
  /// gives them. Nothing is read for a document that shows no seals.
  /// Errors: those of read_file, all at once, each at the place that names the file.
  Result<decltype(layout::LayoutOptions::images)> of(const model::Document& document);

 private:
  std::map<std::string, std::shared_ptr<const std::string>> known_;
};

}  // namespace huice::app
