// How wide the columns of a table are.
#pragma once

#include <vector>

#include "base/length.h"

namespace huice::layout {

/// What a column wants: no narrower than `least`, best `wish`, which the table's author `asked`
/// for.
struct Wish {
  Length least;
  Length wish;
  bool asked = false;
};

/// The edges of the columns, from 0 to `width`. Columns whose width was asked for get it while the
/// others keep their least; these share the rest by their wishes, or give up alike what they wish
/// beyond the least. When what was asked is too much, all shrink in proportion, though not below
/// their least. When even the least is too much, it shrinks too.
std::vector<Length> column_edges(const std::vector<Wish>& wishes, Length width);

}  // namespace huice::layout
