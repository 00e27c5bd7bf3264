// The loops over planes of bits. Each is compiled twice, for x86-64-v2 and with AVX2; the better
// one that the processor has is taken at run time.
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

/// The planes of all leaves in one tile: plane of leaf i at i × words.
struct LeafPlanes {
  const Word* sure = nullptr;
  const Word* possible = nullptr;
  const Word* stuck = nullptr;
  std::size_t words = 0;
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

struct Kernels {
  /// `planes` gets `cuts` planes: whether a row has passed the cut. Room for cuts + 1 planes.
  void (*spread)(std::span<const std::uint32_t> ranks, std::size_t cuts, std::size_t words,
                 Word* planes);
  /// The exclusive or of planes of `from`, turned round if `first`.
  void (*step)(const Word* from, std::span<const std::uint32_t> flips, bool first,
               std::size_t words, Word* out);
  /// All of `leaves`; none of them is ever stuck.
  void (*conjunction)(const LeafPlanes& planes, std::span<const std::uint32_t> leaves,
                      const TreePlanes& out);
  /// Any tree. `stuck` tells whether some leaf may be.
  void (*tree)(const LeafPlanes& planes, std::span<const TreeOp> ops, bool stuck,
               const TreePlanes& out);
  /// Any tree of leaves that are never stuck; `missing` of `out` is not looked at.
  void (*open_tree)(const LeafPlanes& planes, std::span<const TreeOp> ops, const TreePlanes& out);
  /// Clears the rows outside `valid` and counts. `missing` is every open row when it is absent.
  TileCounts (*count)(const TreePlanes& tree, const Word* valid, std::size_t words);
};

/// The best for this processor; the plain ones when `plain`.
const Kernels& kernels(bool plain = false);

}  // namespace huice::bulk
