// Names that worksheets may have.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "model/table.h"

namespace huice::render::xlsx {

/// Excel's limit, in UTF-16 units.
inline constexpr std::size_t kMaxSheetName = 31;

/// A valid name for every sheet, unique whatever the case of Latin letters: characters that are not
/// allowed become `-`, an empty name `表1`, a second `名单` becomes `名单(2)`.
std::vector<std::string> sheet_names(const std::vector<model::Sheet>& sheets);

/// The sheets of a workbook by the names they had before they got valid ones; of several with one
/// name, the first.
class SheetsByName {
 public:
  /// `names` are those that sheet_names gives for `sheets`.
  SheetsByName(const std::vector<model::Sheet>& sheets, const std::vector<std::string>& names);

  /// The valid name of the sheet `name`; empty where there is none.
  std::string find(const std::string& name) const;

  /// `formula` with every reference `'old'!` to a renamed sheet made one to its new name.
  std::string renamed_in(std::string formula) const;

 private:
  std::unordered_map<std::string, std::string> names_;
  std::unordered_map<std::string, std::string> references_;  ///< `'old'!` to `'new'!`
};

}  // namespace huice::render::xlsx
