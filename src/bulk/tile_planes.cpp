#include "bulk/tile_planes.h"

#include <algorithm>

namespace huice::bulk {
namespace {

/// Words of a cache line.
constexpr std::size_t kLineWords = 8;

/// The first place in `room` that begins a cache line.
Word* aligned(std::vector<Word>& room) {
  const auto address = reinterpret_cast<std::uintptr_t>(room.data()) / sizeof(Word);
  return room.data() + (kLineWords - address % kLineWords) % kLineWords;
}

}  // namespace

TilePlanes::TilePlanes(const Leaves& leaves, const Kernels& kernels, std::size_t words)
    : leaves_(leaves),
      kernels_(kernels),
      words_(words),
      room_(leaves.layout().planes() * words + kLineWords),
      planes_(aligned(room_)),
      valid_(words),
      ranks_(words * 64) {
  std::fill_n(at(PlaneLayout::kAll), words_, ~Word{0});
}

void TilePlanes::open(std::size_t first) {
  first_ = first;
  rows_ = std::min(words_ * 64, leaves_.columns().rows() - first);
  mark_valid();
  const PlaneLayout& layout = leaves_.layout();
  for (std::size_t i = 0; i < leaves_.sources().size(); ++i) {
    const Source& source = leaves_.sources()[i];
    source.ranks(first_, std::span(ranks_).first(rows_));
    kernels_.spread(std::span(ranks_).first(rows_), source.cuts.size(), words_,
                    at(layout.begin_of(i)));
  }
  for (const PlaneLayout::Sum& sum : layout.sums())
    kernels_.sum(at(layout.begin_of(sum.source)), sum.flips, sum.first, words_, at(sum.place));
  fill_stored();
}

void TilePlanes::mark_valid() {
  std::ranges::fill(valid_, Word{0});
  for (std::size_t i = 0; i < rows_; i += 64)
    valid_[i / 64] = rows_ - i >= 64 ? ~Word{0} : (Word{1} << (rows_ - i)) - 1;
  const auto& odd = leaves_.columns().odd();
  for (auto row = odd.lower_bound(first_); row != odd.end() && row->first < first_ + rows_; ++row) {
    const std::size_t place = row->first - first_;
    valid_[place / 64] &= ~(Word{1} << (place % 64));
  }
}

void TilePlanes::fill_stored() {
  for (const PlaneLayout::Stored& stored : leaves_.layout().stored()) {
    const auto& planes = leaves_.leaves()[stored.leaf].stored;
    const auto word = [&](int plane, std::size_t w) {
      const std::size_t place = first_ / 64 + w;
      return place < planes[plane].size() ? planes[plane][place] : Word{0};
    };
    const auto open = [&](std::size_t w) { return word(0, w) ^ word(1, w); };
    Word* to = at(stored.place);
    for (std::size_t w = 0; w < words_; ++w)
      to[w] = stored.which == 0 ? word(0, w) : stored.which == 1 ? open(w) : open(w) ^ word(2, w);
  }
}

}  // namespace huice::bulk
