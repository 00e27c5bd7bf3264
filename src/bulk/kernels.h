// The loops over planes of bits. Each is compiled for x86-64-v2, with AVX2 and with AVX-512; the
// best one that the processor has is taken at run time.
#pragma once

#include <cstdint>
#include <span>

#include "bulk/sources.h"

namespace huice::bulk {

/// Rows of a tile are a multiple of this many words.
inline constexpr std::size_t kStripWords = 16;
/// Groups nest no deeper than policies may (policy::kMaxConditionDepth) plus the root.
inline constexpr int kMaxGroups = 18;

/// One step of a policy's tree of conditions, in the order of evaluation.
struct TreeOp {
  enum class Kind : std::uint8_t { Leaf, BeginAll, BeginAny, BeginNone, End };
  Kind kind = Kind::Leaf;
  std::uint32_t leaf = 0;
};

/// Which planes make up a condition: it is surely true where `step` and `sure` differ, possible
/// where `step` and `possible` do, and open for facts that are missing in `missing`.
struct LeafPlaces {
  std::uint32_t step = 0;
  std::uint32_t sure = 0;
  std::uint32_t possible = 0;
  std::uint32_t missing = 0;
};

/// The planes of one tile, and the leaves that are made of them.
struct LeafPlanes {
  const Word* planes = nullptr;
  const LeafPlaces* leaves = nullptr;
  std::size_t words = 0;

  const Word* at(std::uint32_t place) const { return planes + place * words; }
  Word sure(std::uint32_t leaf, std::size_t w) const {
    return at(leaves[leaf].step)[w] ^ at(leaves[leaf].sure)[w];
  }
  Word possible(std::uint32_t leaf, std::size_t w) const {
    return at(leaves[leaf].step)[w] ^ at(leaves[leaf].possible)[w];
  }
};

/// What a tree says of the rows of a tile.
struct TreePlanes {
  Word* sure = nullptr;
  Word* possible = nullptr;
  Word* missing = nullptr;  ///< open for missing facts
};

struct TileCounts {
  std::uint32_t sure = 0;
  std::uint32_t open = 0;
  std::uint32_t missing = 0;  ///< of those open
};

/// An amount of every row of a tile; `open` are the rows of which it is not known.
struct AmountRows {
  const std::int64_t* fen = nullptr;
  const Word* open = nullptr;
};

struct AmountSum {
  std::uint32_t exact = 0;  ///< rows
  std::uint32_t open = 0;
  std::int64_t fen = 0;  ///< of the exact ones
};

/// Amounts that are one column times a constant, rounded half up; none is larger than 2^51 分.
struct LinearAmount {
  const std::int64_t* numbers = nullptr;
  std::int64_t factor = 1;
  std::int64_t unit = 1;  ///< a power of ten from 1 to 10^6
};

struct Kernels {
  /// `planes` gets `cuts` planes: whether a row has passed the cut. Room for cuts + 1 planes.
  void (*spread)(std::span<const std::uint32_t> ranks, std::size_t cuts, std::size_t words,
                 Word* planes);
  /// The exclusive or of planes of `from`, turned round if `first`.
  void (*sum)(const Word* from, std::span<const std::uint32_t> flips, bool first, std::size_t words,
              Word* out);
  /// All of `leaves` for the rows of `valid`. Without `missing` in `out` whatever is open counts as
  /// missing.
  TileCounts (*conjunction)(const LeafPlanes& planes, std::span<const std::uint32_t> leaves,
                            const Word* valid, const TreePlanes& out);
  /// Any tree; `missing` as for conjunctions.
  TileCounts (*tree)(const LeafPlanes& planes, std::span<const TreeOp> ops, const Word* valid,
                     const TreePlanes& out);
  /// Works out `rows` amounts; of unknown numbers nothing.
  void (*linear)(const LinearAmount& amount, std::size_t rows, std::int64_t* fen);
  /// The amounts of the rows of `chosen`, none counting for more than `cap`.
  AmountSum (*add_up)(std::span<const Word> chosen, const AmountRows& amounts, std::int64_t cap);
};

/// The best for this processor; the plain ones when `plain`.
const Kernels& kernels(bool plain = false);

}  // namespace huice::bulk
