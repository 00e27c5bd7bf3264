// The planes of all conditions in one tile of rows.
#pragma once

#include <cstddef>
#include <vector>

#include "bulk/kernels.h"
#include "bulk/leaves.h"

namespace huice::bulk {

/// Keeps its room from tile to tile. One for each thread.
class TilePlanes {
 public:
  /// Tiles of 64 × `words` rows. The leaves must be sealed and outlive this.
  TilePlanes(const Leaves& leaves, const Kernels& kernels, std::size_t words);
  TilePlanes(const TilePlanes&) = delete;
  TilePlanes& operator=(const TilePlanes&) = delete;

  /// Works out the planes for the tile that begins at row `first`, a multiple of 64.
  void open(std::size_t first);

  std::size_t first() const { return first_; }
  std::size_t rows() const { return rows_; }
  std::size_t words() const { return words_; }
  LeafPlanes planes() const { return {planes_, leaves_.layout().leaves().data(), words_}; }
  /// Rows that there are and that columns can hold.
  const std::vector<Word>& valid() const { return valid_; }

 private:
  void mark_valid();
  void fill_stored();
  Word* at(std::uint32_t place) { return planes_ + place * words_; }

  const Leaves& leaves_;
  const Kernels& kernels_;
  std::size_t words_;
  std::size_t first_ = 0;
  std::size_t rows_ = 0;
  std::vector<Word> room_;
  Word* planes_ = nullptr;  ///< within `room_`, on a cache line
  std::vector<Word> valid_;
  std::vector<std::uint32_t> ranks_;
};

}  // namespace huice::bulk
