// Where the planes of a tile lie, and which of them make up each condition.
//
// A condition's two planes, surely true and possible, part only for rows of which too little is
// known; elsewhere both change at the same cuts. So a condition is the plane of these cuts, which
// all conditions on the fact share, turned round by one of a few planes of known and unknown rows:
// the planes of most conditions need never be written down.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "bulk/kernels.h"

namespace huice::bulk {

class Leaves;
struct Leaf;

/// The planes of a tile, by place. Those of a source come first: one for each of its cuts.
class PlaneLayout {
 public:
  /// All rows are out of the first plane and in the second.
  static constexpr std::uint32_t kNone = 0;
  static constexpr std::uint32_t kAll = 1;

  /// A plane made of those of a source: where they differ in an odd number of `flips`.
  struct Sum {
    std::uint32_t place = 0;
    std::uint32_t source = 0;
    bool first = false;
    std::vector<std::uint32_t> flips;
  };
  /// A plane worked out beforehand: 0 surely true, 1 open, 2 open for missing facts.
  struct Stored {
    std::uint32_t place = 0;
    std::uint32_t leaf = 0;
    int which = 0;
  };

  PlaneLayout() = default;
  /// Of sealed leaves.
  explicit PlaneLayout(const Leaves& leaves);

  std::size_t planes() const { return planes_; }
  /// By leaf.
  const std::vector<LeafPlaces>& leaves() const { return leaves_; }
  /// The first plane of a source; its rows of rank 0, then a plane for each cut.
  std::uint32_t begin_of(std::size_t source) const { return begins_[source]; }
  const std::vector<Sum>& sums() const { return sums_; }
  const std::vector<Stored>& stored() const { return stored_; }

 private:
  LeafPlaces place(std::uint32_t number, const Leaf& leaf);
  std::uint32_t sum(std::uint32_t source, bool first, std::vector<std::uint32_t> flips);
  std::uint32_t store(std::uint32_t leaf, int which);

  std::uint32_t planes_ = 2;
  std::vector<std::uint32_t> begins_;
  std::vector<LeafPlaces> leaves_;
  std::vector<Sum> sums_;
  std::vector<Stored> stored_;
  std::map<std::pair<std::uint32_t, std::vector<std::uint32_t>>, std::uint32_t> known_;
};

}  // namespace huice::bulk
