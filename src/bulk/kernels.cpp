#include "bulk/kernels.h"

#include <array>
#include <bit>
#include <cstring>

namespace huice::bulk {
namespace {

#define HUICE_INLINE [[gnu::always_inline]] inline

/// Four words at once, whatever the processor makes of it.
using Strip [[gnu::vector_size(32)]] = Word;

HUICE_INLINE void spread_body(std::span<const std::uint32_t> ranks, std::size_t cuts,
                              std::size_t words, Word* planes) {
  // Plane r holds the rows of rank r first, then, summed from the top, those of rank r and above.
  std::memset(planes, 0, (cuts + 1) * words * sizeof(Word));
  for (std::size_t i = 0; i < ranks.size(); ++i)
    planes[ranks[i] * words + i / 64] |= Word{1} << (i % 64);
  for (std::size_t cut = cuts; cut-- > 1;) {
    Word* plane = planes + cut * words;
    for (std::size_t w = 0; w < words; ++w)
      plane[w] |= plane[words + w];
  }
}

HUICE_INLINE void step_body(const Word* from, std::span<const std::uint32_t> flips, bool first,
                            std::size_t words, Word* out) {
  const Word start = first ? ~Word{0} : Word{0};
  if (flips.size() == 1) {
    const Word* plane = from + (flips[0] + 1) * words;
    for (std::size_t w = 0; w < words; ++w)
      out[w] = plane[w] ^ start;
    return;
  }
  for (std::size_t w = 0; w < words; ++w)
    out[w] = start;
  for (const std::uint32_t flip : flips) {
    const Word* plane = from + (flip + 1) * words;
    for (std::size_t w = 0; w < words; ++w)
      out[w] ^= plane[w];
  }
}

/// Planes begin anywhere, so that strips are copied, never pointed at.
HUICE_INLINE void load(const Word* from, Strip& strip) {
  std::memcpy(&strip, from, sizeof strip);
}

/// Sixteen words stay in registers while the leaves go by.
HUICE_INLINE void and_all(const Word* planes, std::span<const std::uint32_t> leaves,
                          std::size_t words, Word* out) {
  for (std::size_t at = 0; at < words; at += kStripWords) {
    Strip all[4];
    for (std::size_t i = 0; i < 4; ++i)
      load(planes + leaves[0] * words + at + 4 * i, all[i]);
    for (const std::uint32_t leaf : leaves.subspan(1)) {
      const Word* plane = planes + leaf * words + at;
      Strip a;
      Strip b;
      Strip c;
      Strip d;
      load(plane, a);
      load(plane + 4, b);
      load(plane + 8, c);
      load(plane + 12, d);
      all[0] &= a;
      all[1] &= b;
      all[2] &= c;
      all[3] &= d;
    }
    std::memcpy(out + at, all, sizeof all);
  }
}

HUICE_INLINE void conjunction_body(const LeafPlanes& planes, std::span<const std::uint32_t> leaves,
                                   const TreePlanes& out) {
  and_all(planes.sure, leaves, planes.words, out.sure);
  and_all(planes.possible, leaves, planes.words, out.possible);
}

/// Sixteen words of the two planes of a group; they stay in registers while its children go by.
struct Planes {
  Strip sure[4];
  Strip possible[4];
};

HUICE_INLINE void fill(Planes& planes, bool ones) {
  for (std::size_t i = 0; i < 4; ++i) {
    planes.sure[i] = Strip{} - (ones ? 1 : 0);
    planes.possible[i] = planes.sure[i];
  }
}

HUICE_INLINE void join(Planes& into, const Planes& part, bool all) {
  for (std::size_t i = 0; i < 4; ++i) {
    into.sure[i] = all ? into.sure[i] & part.sure[i] : into.sure[i] | part.sure[i];
    into.possible[i] =
        all ? into.possible[i] & part.possible[i] : into.possible[i] | part.possible[i];
  }
}

HUICE_INLINE void turn_round(Planes& planes) {
  for (std::size_t i = 0; i < 4; ++i) {
    const Strip sure = planes.sure[i];
    planes.sure[i] = ~planes.possible[i];
    planes.possible[i] = ~sure;
  }
}

/// The tree over one strip. No leaf is ever stuck, so that what is open is open for missing facts.
HUICE_INLINE void open_tree_strip(const LeafPlanes& planes, std::span<const TreeOp> ops,
                                  std::size_t at, const TreePlanes& out) {
  struct Outer {
    Planes planes;
    TreeOp::Kind kind;
  };
  std::array<Outer, kMaxGroups> outer;
  std::size_t depth = 0;
  TreeOp::Kind kind = TreeOp::Kind::BeginAll;
  Planes here;
  fill(here, true);
  // The first and the last step are the root's own.
  for (const TreeOp& op : ops.subspan(1, ops.size() - 2)) {
    if (op.kind == TreeOp::Kind::Leaf) {
      const std::size_t plane = op.leaf * planes.words + at;
      Planes leaf;
      std::memcpy(leaf.sure, planes.sure + plane, sizeof leaf.sure);
      std::memcpy(leaf.possible, planes.possible + plane, sizeof leaf.possible);
      if (kind == TreeOp::Kind::BeginAll) {
        join(here, leaf, true);
      } else {
        join(here, leaf, false);
      }
    } else if (op.kind != TreeOp::Kind::End) {
      outer[depth++] = {here, kind};
      kind = op.kind;
      fill(here, kind == TreeOp::Kind::BeginAll);
    } else {
      if (kind == TreeOp::Kind::BeginNone) turn_round(here);
      const Outer& group = outer[--depth];
      kind = group.kind;
      join(here, group.planes, kind == TreeOp::Kind::BeginAll);
    }
  }
  std::memcpy(out.sure + at, here.sure, sizeof here.sure);
  std::memcpy(out.possible + at, here.possible, sizeof here.possible);
}

HUICE_INLINE void open_tree_body(const LeafPlanes& planes, std::span<const TreeOp> ops,
                                 const TreePlanes& out) {
  for (std::size_t at = 0; at < planes.words; at += kStripWords)
    open_tree_strip(planes, ops, at, out);
}

/// One strip of a group while its children are taken in.
struct Group {
  std::array<Word, kStripWords> sure, possible, missing;
  TreeOp::Kind kind;
};

HUICE_INLINE void begin(Group& group, TreeOp::Kind kind) {
  const Word start = kind == TreeOp::Kind::BeginAll ? ~Word{0} : Word{0};
  group.kind = kind;
  group.sure.fill(start);
  group.possible.fill(start);
  group.missing.fill(0);
}

HUICE_INLINE void take(Group& group, const Word* sure, const Word* possible, const Word* missing) {
  const bool all = group.kind == TreeOp::Kind::BeginAll;
  for (std::size_t w = 0; w < kStripWords; ++w) {
    group.sure[w] = all ? group.sure[w] & sure[w] : group.sure[w] | sure[w];
    group.possible[w] = all ? group.possible[w] & possible[w] : group.possible[w] | possible[w];
    group.missing[w] |= missing[w];
  }
}

/// Facts count as missing only while the group itself is open.
HUICE_INLINE void end(Group& group) {
  const bool none = group.kind == TreeOp::Kind::BeginNone;
  for (std::size_t w = 0; w < kStripWords; ++w) {
    const Word sure = none ? ~group.possible[w] : group.sure[w];
    const Word possible = none ? ~group.sure[w] : group.possible[w];
    group.sure[w] = sure;
    group.possible[w] = possible;
    group.missing[w] &= possible & ~sure;
  }
}

HUICE_INLINE void tree_body(const LeafPlanes& planes, std::span<const TreeOp> ops, bool stuck,
                            const TreePlanes& out) {
  std::array<Group, kMaxGroups> groups;
  std::array<Word, kStripWords> missing;
  for (std::size_t at = 0; at < planes.words; at += kStripWords) {
    int depth = -1;
    for (const TreeOp& op : ops) {
      if (op.kind == TreeOp::Kind::Leaf) {
        const std::size_t plane = op.leaf * planes.words + at;
        const Word* sure = planes.sure + plane;
        const Word* possible = planes.possible + plane;
        for (std::size_t w = 0; w < kStripWords; ++w)
          missing[w] = possible[w] & ~sure[w] & (stuck ? ~planes.stuck[plane + w] : ~Word{0});
        take(groups[static_cast<std::size_t>(depth)], sure, possible, missing.data());
      } else if (op.kind != TreeOp::Kind::End) {
        begin(groups[static_cast<std::size_t>(++depth)], op.kind);
      } else {
        Group& group = groups[static_cast<std::size_t>(depth--)];
        end(group);
        if (depth >= 0) {
          take(groups[static_cast<std::size_t>(depth)], group.sure.data(), group.possible.data(),
               group.missing.data());
        }
      }
    }
    std::memcpy(out.sure + at, groups[0].sure.data(), sizeof groups[0].sure);
    std::memcpy(out.possible + at, groups[0].possible.data(), sizeof groups[0].possible);
    if (out.missing != nullptr) {
      std::memcpy(out.missing + at, groups[0].missing.data(), sizeof groups[0].missing);
    }
  }
}

HUICE_INLINE TileCounts count_body(const TreePlanes& tree, const Word* valid, std::size_t words) {
  int sure = 0;
  int possible = 0;
  int missing = 0;
  for (std::size_t w = 0; w < words; ++w) {
    tree.sure[w] &= valid[w];
    tree.possible[w] &= valid[w];
    sure += std::popcount(tree.sure[w]);
    possible += std::popcount(tree.possible[w]);
    if (tree.missing != nullptr) {
      tree.missing[w] &= valid[w];
      missing += std::popcount(tree.missing[w]);
    }
  }
  if (tree.missing == nullptr) missing = possible - sure;
  return {static_cast<std::uint32_t>(sure), static_cast<std::uint32_t>(possible - sure),
          static_cast<std::uint32_t>(missing)};
}

#define HUICE_KERNELS(name, features)                                                             \
  [[gnu::target(features)]] void spread_##name(std::span<const std::uint32_t> ranks,              \
                                               std::size_t cuts, std::size_t words, Word* out) {  \
    spread_body(ranks, cuts, words, out);                                                         \
  }                                                                                               \
  [[gnu::target(features)]] void step_##name(const Word* from,                                    \
                                             std::span<const std::uint32_t> flips, bool first,    \
                                             std::size_t words, Word* out) {                      \
    step_body(from, flips, first, words, out);                                                    \
  }                                                                                               \
  [[gnu::target(features)]] void conjunction_##name(                                              \
      const LeafPlanes& planes, std::span<const std::uint32_t> leaves, const TreePlanes& out) {   \
    conjunction_body(planes, leaves, out);                                                        \
  }                                                                                               \
  [[gnu::target(features)]] void tree_##name(                                                     \
      const LeafPlanes& planes, std::span<const TreeOp> ops, bool stuck, const TreePlanes& out) { \
    tree_body(planes, ops, stuck, out);                                                           \
  }                                                                                               \
  [[gnu::target(features)]] void open_tree_##name(                                                \
      const LeafPlanes& planes, std::span<const TreeOp> ops, const TreePlanes& out) {             \
    open_tree_body(planes, ops, out);                                                             \
  }                                                                                               \
  [[gnu::target(features)]] TileCounts count_##name(const TreePlanes& tree, const Word* valid,    \
                                                    std::size_t words) {                          \
    return count_body(tree, valid, words);                                                        \
  }                                                                                               \
  constexpr Kernels kKernels_##name = {spread_##name, step_##name,      conjunction_##name,       \
                                       tree_##name,   open_tree_##name, count_##name};

HUICE_KERNELS(v2, "sse4.2,popcnt")
HUICE_KERNELS(v3, "avx2,bmi,bmi2,lzcnt,popcnt")

}  // namespace

const Kernels& kernels(bool plain) {
  return !plain && __builtin_cpu_supports("avx2") ? kKernels_v3 : kKernels_v2;
}

}  // namespace huice::bulk
