#include "layout/column_widths.h"

#include "layout/geometry.h"

namespace huice::layout {
namespace {

/// The widths of columns when there is room: those asked for are kept and the others share the
/// rest by their wishes; all grow alike when every one was asked for.
std::vector<Length> grown(const std::vector<Wish>& wishes, Length width) {
  Length wish;
  Length asked;
  for (const Wish& one : wishes) {
    wish = wish + one.wish;
    if (one.asked) asked = asked + one.wish;
  }
  const Length kept = asked < wish ? asked : Length();
  std::vector<Length> widths;
  Length passed;
  for (const Wish& one : wishes) {
    if (one.asked && kept > Length()) {
      widths.push_back(one.wish);
      continue;
    }
    const Length next = passed + one.wish;
    widths.push_back(share(width - kept, next.units(), (wish - kept).units()) -
                     share(width - kept, passed.units(), (wish - kept).units()));
    passed = next;
  }
  return widths;
}

/// When there is not, and widths were asked for: all shrink in proportion, but none below its
/// least.
std::vector<Length> shrunk_in_proportion(const std::vector<Wish>& wishes, Length width) {
  std::vector<bool> floored(wishes.size(), false);
  Length room = width;
  Length wish;
  for (const Wish& one : wishes)
    wish = wish + one.wish;
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      if (floored[i] || share(room, wishes[i].wish.units(), wish.units()) >= wishes[i].least) {
        continue;
      }
      floored[i] = again = true;
      room = room - wishes[i].least;
      wish = wish - wishes[i].wish;
      break;
    }
  }
  std::vector<Length> widths;
  Length passed;
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    if (floored[i]) {
      widths.push_back(wishes[i].least);
      continue;
    }
    const Length next = passed + wishes[i].wish;
    widths.push_back(share(room, next.units(), wish.units()) -
                     share(room, passed.units(), wish.units()));
    passed = next;
  }
  return widths;
}

/// When there is not, and nobody asked: what goes beyond the least shrinks alike; the least itself
/// if even that is too much.
std::vector<Length> shrunk(const std::vector<Wish>& wishes, Length width) {
  Length least;
  Length wish;
  for (const Wish& one : wishes) {
    least = least + one.least;
    wish = wish + one.wish;
  }
  const bool fits = least < width && wish > least;
  std::vector<Length> widths;
  Length base;
  Length over;
  Length before;
  for (const Wish& one : wishes) {
    base = base + one.least;
    over = over + (one.wish - one.least);
    const Length edge = fits ? base + share(width - least, over.units(), (wish - least).units())
                             : share(width, base.units(), least.units());
    widths.push_back(edge - before);
    before = edge;
  }
  return widths;
}

/// When there is not, but enough for what was asked: that is kept, and the others shrink.
std::vector<Length> others_shrunk(const std::vector<Wish>& wishes, Length width) {
  std::vector<Wish> others;
  for (const Wish& one : wishes) {
    if (one.asked) {
      width = width - one.wish;
    } else {
      others.push_back(one);
    }
  }
  const std::vector<Length> narrowed = shrunk(others, width);
  auto next = narrowed.begin();
  std::vector<Length> widths;
  for (const Wish& one : wishes)
    widths.push_back(one.asked ? one.wish : *next++);
  return widths;
}

}  // namespace

std::vector<Length> column_edges(const std::vector<Wish>& wishes, Length width) {
  Length least;
  Length wish;
  Length needed;
  bool asked = false;
  for (const Wish& one : wishes) {
    least = least + one.least;
    wish = wish + one.wish;
    needed = needed + (one.asked ? one.wish : one.least);
    asked = asked || one.asked;
  }
  std::vector<Length> widths;
  if (wish <= width) {
    widths = grown(wishes, width);
  } else if (asked && needed < width) {
    widths = others_shrunk(wishes, width);
  } else if (asked && least < width) {
    widths = shrunk_in_proportion(wishes, width);
  } else {
    widths = shrunk(wishes, width);
  }
  std::vector<Length> edges = {Length()};
  for (const Length one : widths)
    edges.push_back(edges.back() + one);
  return edges;
}

}  // namespace huice::layout
