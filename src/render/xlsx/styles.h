// The formats of a workbook, each made once.
#pragma once

#include <compare>
#include <map>
#include <string>

#include <xlsxwriter.h>

#include "model/table.h"

namespace huice::render::xlsx {

enum class StyleRole { Label, Title, Subtitle, Heading, Body, Note };

struct Style {
  StyleRole role = StyleRole::Body;
  model::Align align = model::Align::Left;  ///< not Auto
  bool strong = false;
  std::string number_format;  ///< empty: General
  bool linked = false;        ///< blue and underlined

  friend auto operator<=>(const Style&, const Style&) = default;
};

/// What style_of() asks of a cell: cells of one column that are alike in it have one style.
struct CellLook {
  std::size_t kind = std::variant_npos;  ///< index of the content
  int decimals = -1;
  bool percent = false;
  model::Align align = model::Align::Auto;
  bool strong = false;
  bool long_text = false;

  friend bool operator==(const CellLook&, const CellLook&) = default;
};
CellLook look_of(const model::Cell& cell);

class Styles {
 public:
  explicit Styles(lxw_workbook* book) : book_(book) {}

  /// Owned by the workbook.
  lxw_format* get(const Style& style);
  /// What a condition lays over cells.
  lxw_format* get(model::Mark mark);

 private:
  lxw_workbook* book_;
  std::map<Style, lxw_format*> made_;
  std::map<model::Mark, lxw_format*> marks_;
};

/// How a cell of the table looks. `heading` says that it stands in a header row.
Style style_of(const model::Cell& cell, const model::Column& column, bool heading);

}  // namespace huice::render::xlsx
