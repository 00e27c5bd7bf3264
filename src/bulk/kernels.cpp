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

HUICE_INLINE void sum_body(const Word* from, std::span<const std::uint32_t> flips, bool first,
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

/// Sixteen words that stay in registers while the leaves go by.
struct Strips {
  Strip a, b, c, d;
};

HUICE_INLINE Strips strips_at(const Word* from) {
  Strips s;
  std::memcpy(&s, from, sizeof s);
  return s;
}

HUICE_INLINE Strips all_of(const Strips& x, const Strips& y) {
  return {x.a & y.a, x.b & y.b, x.c & y.c, x.d & y.d};
}

HUICE_INLINE Strips any_of(const Strips& x, const Strips& y) {
  return {x.a | y.a, x.b | y.b, x.c | y.c, x.d | y.d};
}

HUICE_INLINE Strips difference(const Strips& x, const Strips& y) {
  return {x.a ^ y.a, x.b ^ y.b, x.c ^ y.c, x.d ^ y.d};
}

HUICE_INLINE Strips none_of(const Strips& x) {
  return {~x.a, ~x.b, ~x.c, ~x.d};
}

/// The two planes of a leaf or a group.
struct Planes {
  Strips sure;
  Strips possible;
};

HUICE_INLINE Planes leaf_at(const LeafPlanes& planes, std::uint32_t leaf, std::size_t at) {
  const LeafPlaces& places = planes.leaves[leaf];
  const Strips step = strips_at(planes.at(places.step) + at);
  return {difference(step, strips_at(planes.at(places.sure) + at)),
          difference(step, strips_at(planes.at(places.possible) + at))};
}

HUICE_INLINE Planes join(const Planes& x, const Planes& y, bool all) {
  if (all) return {all_of(x.sure, y.sure), all_of(x.possible, y.possible)};
  return {any_of(x.sure, y.sure), any_of(x.possible, y.possible)};
}

/// Puts a strip of the result down and counts it.
HUICE_INLINE void put_down(const Planes& planes, std::size_t at, const TreePlanes& out,
                           TileCounts& counts) {
  std::memcpy(out.sure + at, &planes.sure, sizeof planes.sure);
  std::memcpy(out.possible + at, &planes.possible, sizeof planes.possible);
  int sure = 0;
  int possible = 0;
  for (std::size_t w = at; w < at + kStripWords; ++w) {
    sure += std::popcount(out.sure[w]);
    possible += std::popcount(out.possible[w]);
  }
  counts.sure += static_cast<std::uint32_t>(sure);
  counts.open += static_cast<std::uint32_t>(possible - sure);
  counts.missing = counts.open;
}

HUICE_INLINE TileCounts conjunction_body(const LeafPlanes& planes,
                                         std::span<const std::uint32_t> leaves, const Word* valid,
                                         const TreePlanes& out) {
  TileCounts counts;
  for (std::size_t at = 0; at < planes.words; at += kStripWords) {
    Planes all = {strips_at(valid + at), strips_at(valid + at)};
    for (const std::uint32_t leaf : leaves)
      all = join(all, leaf_at(planes, leaf, at), true);
    put_down(all, at, out, counts);
  }
  return counts;
}

/// The tree over one strip. No leaf is ever stuck, so that what is open is open for missing facts.
HUICE_INLINE Planes open_tree_strip(const LeafPlanes& planes, std::span<const TreeOp> ops,
                                    std::size_t at, const Word* valid) {
  struct Outer {
    Planes planes;
    TreeOp::Kind kind;
  };
  std::array<Outer, kMaxGroups> outer;
  std::size_t depth = 0;
  TreeOp::Kind kind = TreeOp::Kind::BeginAll;
  Planes here = {strips_at(valid + at), strips_at(valid + at)};
  // The first and the last step are the root's own.
  for (const TreeOp& op : ops.subspan(1, ops.size() - 2)) {
    if (op.kind == TreeOp::Kind::Leaf) {
      const Planes leaf = leaf_at(planes, op.leaf, at);
      if (kind == TreeOp::Kind::BeginAll) {
        here = join(here, leaf, true);
      } else {
        here = join(here, leaf, false);
      }
    } else if (op.kind != TreeOp::Kind::End) {
      outer[depth++] = {here, kind};
      kind = op.kind;
      const Strip ones = Strip{} - (kind == TreeOp::Kind::BeginAll ? 1 : 0);
      const Strips start = {ones, ones, ones, ones};
      here = {start, start};
    } else {
      if (kind == TreeOp::Kind::BeginNone) here = {none_of(here.possible), none_of(here.sure)};
      const Outer& group = outer[--depth];
      kind = group.kind;
      here = join(here, group.planes, kind == TreeOp::Kind::BeginAll);
    }
  }
  return here;
}

HUICE_INLINE TileCounts open_tree_body(const LeafPlanes& planes, std::span<const TreeOp> ops,
                                       const Word* valid, const TreePlanes& out) {
  TileCounts counts;
  for (std::size_t at = 0; at < planes.words; at += kStripWords)
    put_down(open_tree_strip(planes, ops, at, valid), at, out, counts);
  return counts;
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

/// Clears the rows outside `valid` and counts. `missing` is every open row when it is absent.
HUICE_INLINE TileCounts count(const TreePlanes& tree, const Word* valid, std::size_t words) {
  int sure = 0;
  int possible = 0;
  int missing = 0;
  for (std::size_t w = 0; w < words; ++w) {
    tree.sure[w] &= valid[w];
    tree.possible[w] &= valid[w];
    tree.missing[w] &= valid[w];
    sure += std::popcount(tree.sure[w]);
    possible += std::popcount(tree.possible[w]);
    missing += std::popcount(tree.missing[w]);
  }
  return {static_cast<std::uint32_t>(sure), static_cast<std::uint32_t>(possible - sure),
          static_cast<std::uint32_t>(missing)};
}

HUICE_INLINE TileCounts tree_body(const LeafPlanes& planes, std::span<const TreeOp> ops, bool stuck,
                                  const Word* valid, const TreePlanes& out) {
  std::array<Group, kMaxGroups> groups;
  std::array<Word, kStripWords> sure;
  std::array<Word, kStripWords> possible;
  std::array<Word, kStripWords> missing;
  for (std::size_t at = 0; at < planes.words; at += kStripWords) {
    int depth = -1;
    for (const TreeOp& op : ops) {
      if (op.kind == TreeOp::Kind::Leaf) {
        const Word* open_anyway = planes.at(planes.leaves[op.leaf].stuck) + at;
        for (std::size_t w = 0; w < kStripWords; ++w) {
          sure[w] = planes.sure(op.leaf, at + w);
          possible[w] = planes.possible(op.leaf, at + w);
          missing[w] = possible[w] & ~sure[w] & (stuck ? ~open_anyway[w] : ~Word{0});
        }
        take(groups[static_cast<std::size_t>(depth)], sure.data(), possible.data(), missing.data());
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
    std::memcpy(out.missing + at, groups[0].missing.data(), sizeof groups[0].missing);
  }
  return count(out, valid, planes.words);
}

HUICE_INLINE std::int64_t sum_capped_body(std::span<const Word> chosen, const std::int64_t* values,
                                          std::int64_t cap) {
  std::int64_t sum = 0;
  for (std::size_t w = 0; w < chosen.size(); ++w) {
    const std::int64_t* here = values + 64 * w;
    for (Word left = chosen[w]; left != 0; left &= left - 1) {
      const std::int64_t value = here[std::countr_zero(left)];
      sum += value < cap ? value : cap;
    }
  }
  return sum;
}

#define HUICE_KERNELS(name, features)                                                            \
  [[gnu::target(features)]] void spread_##name(std::span<const std::uint32_t> ranks,             \
                                               std::size_t cuts, std::size_t words, Word* out) { \
    spread_body(ranks, cuts, words, out);                                                        \
  }                                                                                              \
  [[gnu::target(features)]] void sum_##name(const Word* from,                                    \
                                            std::span<const std::uint32_t> flips, bool first,    \
                                            std::size_t words, Word* out) {                      \
    sum_body(from, flips, first, words, out);                                                    \
  }                                                                                              \
  [[gnu::target(features)]] TileCounts conjunction_##name(                                       \
      const LeafPlanes& planes, std::span<const std::uint32_t> leaves, const Word* valid,        \
      const TreePlanes& out) {                                                                   \
    return conjunction_body(planes, leaves, valid, out);                                         \
  }                                                                                              \
  [[gnu::target(features)]] TileCounts tree_##name(const LeafPlanes& planes,                     \
                                                   std::span<const TreeOp> ops, bool stuck,      \
                                                   const Word* valid, const TreePlanes& out) {   \
    return tree_body(planes, ops, stuck, valid, out);                                            \
  }                                                                                              \
  [[gnu::target(features)]] TileCounts open_tree_##name(                                         \
      const LeafPlanes& planes, std::span<const TreeOp> ops, const Word* valid,                  \
      const TreePlanes& out) {                                                                   \
    return open_tree_body(planes, ops, valid, out);                                              \
  }                                                                                              \
  [[gnu::target(features)]] std::int64_t sum_capped_##name(                                      \
      std::span<const Word> chosen, const std::int64_t* values, std::int64_t cap) {              \
    return sum_capped_body(chosen, values, cap);                                                 \
  }                                                                                              \
  constexpr Kernels kKernels_##name = {spread_##name, sum_##name,       conjunction_##name,      \
                                       tree_##name,   open_tree_##name, sum_capped_##name};

HUICE_KERNELS(v2, "sse4.2,popcnt")
HUICE_KERNELS(v3, "avx2,bmi,bmi2,lzcnt,popcnt")

}  // namespace

const Kernels& kernels(bool plain) {
  return !plain && __builtin_cpu_supports("avx2") ? kKernels_v3 : kKernels_v2;
}

}  // namespace huice::bulk
