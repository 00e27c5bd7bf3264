// The parts of an XLSX package around its worksheets.
// Source: ECMA-376 Part 1, 12 (SpreadsheetML package), 18.2 (workbook), 18.4, 18.8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "archive/zip_reader.h"
#include "base/result.h"
#include "sheet/number_format.h"

namespace huice::sheet {

/// Shared strings and cell formats of one workbook.
inline constexpr std::size_t kMaxSharedStrings = 5'000'000;
inline constexpr std::size_t kMaxCellFormats = 100'000;
inline constexpr std::size_t kMaxWorksheets = 1'000;

struct WorksheetPart {
  std::string name;
  std::string member;  ///< of the package
  bool hidden = false;
};

/// Texts one behind the other: a workbook may have millions of short ones.
class TextList {
 public:
  void add(std::string_view text) {
    bytes_ += text;
    ends_.push_back(bytes_.size());
  }
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(bytes_).substr(begin, ends_[index] - begin);
  }

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

struct WorkbookParts {
  std::vector<WorksheetPart> sheets;  ///< chart and macro sheets are left out
  bool from_1904 = false;             ///< days are counted from 1904-01-01
  TextList strings;
  std::vector<NumberKind> formats;  ///< by the `s` of a cell
};

/// Errors: InvalidInput `xlsx.no-workbook`, `xlsx.corrupt`; TooLarge `xlsx.too-large`; those of
///         the package and of XML.
Result<WorkbookParts> read_workbook_parts(const archive::ZipReader& zip);

/// `_x000D_` and the like, as SpreadsheetML writes characters that XML cannot hold.
/// Source: ECMA-376 Part 1, 22.9.2.19 (ST_Xstring).
std::string unescaped(std::string_view text);

/// A refusal of the workbook that names the member.
Error xlsx_error(ErrorCode code, std::string id, std::string message, SourceSpan where);

}  // namespace huice::sheet
