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

/// The edges of the columns, from 0 to `width`. When there is room, columns whose width was asked
/// for get it and the others share the rest by their wishes. When there is not, all shrink in
/// proportion, though not below their least; if nobody asked, what goes beyond the least shrinks
/// alike. When even the least is too much, it shrinks too.
std::vector<Length> column_edges(const std::vector<Wish>& wishes, Length width);

}  // namespace huice::layout
