#include "bulk/kernels.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace huice::bulk {
namespace {

#define HUICE_INLINE [[gnu::always_inline]] inline

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

/// Sixteen words that stay in registers while the leaves go by: four vectors of 32 bytes, or two of
/// 64 where the processor has them.
template <class Strip>
struct Strips {
  static constexpr std::size_t kCount = kStripWords * sizeof(Word) / sizeof(Strip);
  Strip part[kCount];
};

template <class Strip>
HUICE_INLINE Strips<Strip> strips_at(const Word* from) {
  Strips<Strip> strips;
  std::memcpy(&strips, from, sizeof strips);
  return strips;
}

/// The three planes of a group while its children are taken in.
template <class Strip>
struct Planes {
  Strips<Strip> sure, possible, missing;
};

template <class Strip>
HUICE_INLINE void fill(Planes<Strip>& planes, bool ones) {
  const Strip start = Strip{} - static_cast<Word>(ones ? 1 : 0);
  for (std::size_t i = 0; i < Strips<Strip>::kCount; ++i) {
    planes.sure.part[i] = start;
    planes.possible.part[i] = start;
    planes.missing.part[i] = Strip{};
  }
}

/// Takes a child in: all must hold, or any.
template <bool kMissing, class Strip>
HUICE_INLINE void take(Planes<Strip>& group, const Planes<Strip>& child, bool all) {
  for (std::size_t i = 0; i < Strips<Strip>::kCount; ++i) {
    Strip& sure = group.sure.part[i];
    Strip& possible = group.possible.part[i];
    sure = all ? sure & child.sure.part[i] : sure | child.sure.part[i];
    possible = all ? possible & child.possible.part[i] : possible | child.possible.part[i];
    if (kMissing) group.missing.part[i] |= child.missing.part[i];
  }
}

/// Facts count as missing only while the group itself is open.
template <bool kMissing, class Strip>
HUICE_INLINE void close(Planes<Strip>& group, bool none) {
  for (std::size_t i = 0; i < Strips<Strip>::kCount; ++i) {
    const Strip sure = group.sure.part[i];
    if (none) {
      group.sure.part[i] = ~group.possible.part[i];
      group.possible.part[i] = ~sure;
    }
    if (kMissing) group.missing.part[i] &= group.possible.part[i] & ~group.sure.part[i];
  }
}

template <bool kMissing, class Strip>
HUICE_INLINE void take_leaf(Planes<Strip>& group, const LeafPlanes& planes, std::uint32_t leaf,
                            std::size_t at, bool all) {
  const LeafPlaces& places = planes.leaves[leaf];
  const Word* steps = planes.at(places.step) + at;
  const Word* sure = planes.at(places.sure) + at;
  const Word* possible = planes.at(places.possible) + at;
  const Word* missing = planes.at(places.missing) + at;
  constexpr std::size_t kWords = sizeof(Strip) / sizeof(Word);
  for (std::size_t i = 0; i < Strips<Strip>::kCount; ++i) {
    Strip step;
    Strip turn_sure;
    Strip turn_possible;
    std::memcpy(&step, steps + kWords * i, sizeof step);
    std::memcpy(&turn_sure, sure + kWords * i, sizeof step);
    std::memcpy(&turn_possible, possible + kWords * i, sizeof step);
    turn_sure ^= step;
    turn_possible ^= step;
    Strip& all_sure = group.sure.part[i];
    Strip& all_possible = group.possible.part[i];
    all_sure = all ? all_sure & turn_sure : all_sure | turn_sure;
    all_possible = all ? all_possible & turn_possible : all_possible | turn_possible;
    if (!kMissing) continue;
    std::memcpy(&step, missing + kWords * i, sizeof step);
    group.missing.part[i] |= step;
  }
}

/// Puts a strip of the result down and counts it.
template <bool kMissing, class Strip>
HUICE_INLINE void put_down(const Planes<Strip>& planes, std::size_t at, const TreePlanes& out,
                           TileCounts& counts) {
  std::memcpy(out.sure + at, &planes.sure, sizeof planes.sure);
  std::memcpy(out.possible + at, &planes.possible, sizeof planes.possible);
  if (kMissing) std::memcpy(out.missing + at, &planes.missing, sizeof planes.missing);
  int sure = 0;
  int possible = 0;
  int missing = 0;
  for (std::size_t w = at; w < at + kStripWords; ++w) {
    sure += std::popcount(out.sure[w]);
    possible += std::popcount(out.possible[w]);
    if (kMissing) missing += std::popcount(out.missing[w]);
  }
  const int open = possible - sure;
  counts.sure += static_cast<std::uint32_t>(sure);
  counts.open += static_cast<std::uint32_t>(open);
  counts.missing += static_cast<std::uint32_t>(kMissing ? missing : open);
}

template <class Strip>
HUICE_INLINE Planes<Strip> opened(const Word* valid) {
  Planes<Strip> planes;
  fill(planes, true);
  planes.sure = strips_at<Strip>(valid);
  planes.possible = planes.sure;
  return planes;
}

template <bool kMissing, class Strip>
HUICE_INLINE TileCounts conjunction_of(const LeafPlanes& planes,
                                       std::span<const std::uint32_t> leaves, const Word* valid,
                                       const TreePlanes& out) {
  TileCounts counts;
  for (std::size_t at = 0; at < planes.words; at += kStripWords) {
    auto all = opened<Strip>(valid + at);
    for (const std::uint32_t leaf : leaves)
      take_leaf<kMissing>(all, planes, leaf, at, true);
    close<kMissing>(all, false);
    put_down<kMissing>(all, at, out, counts);
  }
  return counts;
}

template <bool kMissing, class Strip>
HUICE_INLINE Planes<Strip> tree_strip(const LeafPlanes& planes, std::span<const TreeOp> ops,
                                      std::size_t at, const Word* valid) {
  struct Outer {
    Planes<Strip> planes;
    TreeOp::Kind kind;
  };
  std::array<Outer, kMaxGroups> outer;
  std::size_t depth = 0;
  TreeOp::Kind kind = TreeOp::Kind::BeginAll;
  auto here = opened<Strip>(valid + at);
  // The first and the last step are the root's own.
  for (const TreeOp& op : ops.subspan(1, ops.size() - 2)) {
    if (op.kind == TreeOp::Kind::Leaf) {
      if (kind == TreeOp::Kind::BeginAll) {
        take_leaf<kMissing>(here, planes, op.leaf, at, true);
      } else {
        take_leaf<kMissing>(here, planes, op.leaf, at, false);
      }
    } else if (op.kind != TreeOp::Kind::End) {
      outer[depth++] = {here, kind};
      kind = op.kind;
      fill(here, kind == TreeOp::Kind::BeginAll);
    } else {
      close<kMissing>(here, kind == TreeOp::Kind::BeginNone);
      const Outer& group = outer[--depth];
      kind = group.kind;
      take<kMissing>(here, group.planes, kind == TreeOp::Kind::BeginAll);
    }
  }
  close<kMissing>(here, false);
  return here;
}

template <bool kMissing, class Strip>
HUICE_INLINE TileCounts tree_of(const LeafPlanes& planes, std::span<const TreeOp> ops,
                                const Word* valid, const TreePlanes& out) {
  TileCounts counts;
  for (std::size_t at = 0; at < planes.words; at += kStripWords)
    put_down<kMissing>(tree_strip<kMissing, Strip>(planes, ops, at, valid), at, out, counts);
  return counts;
}

/// Rounded half away from zero. The quotient is guessed by a multiplication of doubles: amounts are
/// below 2^51 分, so that the guess, three roundings away, is wrong by one at most, which the
/// remainder tells. Vectors have no division of integers.
template <std::int64_t kUnit, class Lanes>
HUICE_INLINE void divide(Lanes& product) {
  using Doubles [[gnu::vector_size(sizeof(Lanes))]] = double;
  constexpr double kInverse = 1.0 / static_cast<double>(kUnit);
  const Lanes sign = product >> 63;  // -1 below zero
  const Lanes size = (product ^ sign) - sign + kUnit / 2;
  Lanes quotient =
      __builtin_convertvector(__builtin_convertvector(size, Doubles) * kInverse, Lanes);
  const Lanes rest = size - quotient * kUnit;
  quotient -= rest >= kUnit;  // comparisons are -1 where they hold
  quotient += rest < 0;
  product = (quotient ^ sign) - sign;
}

/// As many amounts as fill `bytes`, which are no more than a vector has.
template <std::int64_t kUnit, class Lanes>
HUICE_INLINE void linear_few(const std::int64_t* numbers, std::int64_t factor, std::size_t bytes,
                             std::int64_t* fen) {
  Lanes values = {};
  std::memcpy(&values, numbers, bytes);
  values = values == kUnknown ? Lanes{} : values;
  values *= factor;
  divide<kUnit>(values);
  std::memcpy(fen, &values, bytes);
}

template <std::int64_t kUnit, class Lanes>
HUICE_INLINE void linear_by(const LinearAmount& amount, std::size_t rows, std::int64_t* fen) {
  constexpr std::size_t kLanes = sizeof(Lanes) / sizeof(std::int64_t);
  std::size_t row = 0;
  for (; row + kLanes <= rows; row += kLanes)
    linear_few<kUnit, Lanes>(amount.numbers + row, amount.factor, sizeof(Lanes), fen + row);
  if (row == rows) return;
  const std::size_t left = (rows - row) * sizeof(std::int64_t);
  linear_few<kUnit, Lanes>(amount.numbers + row, amount.factor, left, fen + row);
}

template <class Lanes>
HUICE_INLINE void linear_body(const LinearAmount& amount, std::size_t rows, std::int64_t* fen) {
  switch (amount.unit) {
    case 10:
      return linear_by<10, Lanes>(amount, rows, fen);
    case 100:
      return linear_by<100, Lanes>(amount, rows, fen);
    case 1'000:
      return linear_by<1'000, Lanes>(amount, rows, fen);
    case 10'000:
      return linear_by<10'000, Lanes>(amount, rows, fen);
    case 100'000:
      return linear_by<100'000, Lanes>(amount, rows, fen);
    case 1'000'000:
      return linear_by<1'000'000, Lanes>(amount, rows, fen);
    default:
      return linear_by<1, Lanes>(amount, rows, fen);
  }
}

/// The sum over the bits of `left`, one after another.
HUICE_INLINE std::int64_t sum_few(Word left, const std::int64_t* fen, std::int64_t cap) {
  std::int64_t sum = 0;
  for (; left != 0; left &= left - 1) {
    const std::int64_t value = fen[std::countr_zero(left)];
    sum += value < cap ? value : cap;
  }
  return sum;
}

/// The same with all 64 rows looked at, some at once.
template <class Lanes>
HUICE_INLINE void sum_many(Word left, const std::int64_t* fen, const Lanes& caps, Lanes& sums) {
  constexpr std::size_t kLanes = sizeof(Lanes) / sizeof(std::int64_t);
  Lanes bits;
  for (std::size_t i = 0; i < kLanes; ++i)
    bits[i] = std::int64_t{1} << i;
  for (std::size_t row = 0; row < 64; row += kLanes, left >>= kLanes) {
    Lanes values;
    std::memcpy(&values, fen + row, sizeof values);
    values = values < caps ? values : caps;
    sums += ((Lanes{} + static_cast<std::int64_t>(left)) & bits) != 0 ? values : Lanes{};
  }
}

template <class Lanes>
HUICE_INLINE AmountSum add_up_of(std::span<const Word> chosen, const AmountRows& amounts,
                                 std::int64_t cap) {
  // Bits of a word from which on all of it is looked at.
  constexpr int kMany = sizeof(Lanes) == 64 ? 4 : 9;
  const Lanes caps = Lanes{} + cap;
  Lanes sums = {};
  int exact = 0;
  int open = 0;
  std::int64_t sum = 0;
  for (std::size_t w = 0; w < chosen.size(); ++w) {
    const Word left = chosen[w] & ~amounts.open[w];
    const int count = std::popcount(left);
    exact += count;
    open += std::popcount(chosen[w] & amounts.open[w]);
    const std::int64_t* fen = amounts.fen + 64 * w;
    if (count < kMany) {
      sum += sum_few(left, fen, cap);
    } else {
      sum_many(left, fen, caps, sums);
    }
  }
  for (std::size_t i = 0; i < sizeof(Lanes) / sizeof(std::int64_t); ++i)
    sum += sums[i];
  return {static_cast<std::uint32_t>(exact), static_cast<std::uint32_t>(open), sum};
}

/// The kernels for processors with `features` and vectors of `bytes` bytes.
#define HUICE_KERNELS(name, features, bytes)                                                       \
  using Strip_##name [[gnu::vector_size(bytes)]] = Word;                                           \
  using Lanes_##name [[gnu::vector_size(bytes)]] = std::int64_t;                                   \
  [[gnu::target(features)]] void spread_##name(std::span<const std::uint32_t> ranks,               \
                                               std::size_t cuts, std::size_t words, Word* out) {   \
    spread_body(ranks, cuts, words, out);                                                          \
  }                                                                                                \
  [[gnu::target(features)]] void sum_##name(const Word* from,                                      \
                                            std::span<const std::uint32_t> flips, bool first,      \
                                            std::size_t words, Word* out) {                        \
    sum_body(from, flips, first, words, out);                                                      \
  }                                                                                                \
  [[gnu::target(features)]] TileCounts conjunction_##name(                                         \
      const LeafPlanes& planes, std::span<const std::uint32_t> leaves, const Word* valid,          \
      const TreePlanes& out) {                                                                     \
    return out.missing == nullptr                                                                  \
               ? conjunction_of<false, Strip_##name>(planes, leaves, valid, out)                   \
               : conjunction_of<true, Strip_##name>(planes, leaves, valid, out);                   \
  }                                                                                                \
  [[gnu::target(features)]] TileCounts tree_##name(const LeafPlanes& planes,                       \
                                                   std::span<const TreeOp> ops, const Word* valid, \
                                                   const TreePlanes& out) {                        \
    return out.missing == nullptr ? tree_of<false, Strip_##name>(planes, ops, valid, out)          \
                                  : tree_of<true, Strip_##name>(planes, ops, valid, out);          \
  }                                                                                                \
  [[gnu::target(features)]] void linear_##name(const LinearAmount& amount, std::size_t rows,       \
                                               std::int64_t* fen) {                                \
    linear_body<Lanes_##name>(amount, rows, fen);                                                  \
  }                                                                                                \
  [[gnu::target(features)]] AmountSum add_up_##name(std::span<const Word> chosen,                  \
                                                    const AmountRows& amounts, std::int64_t cap) { \
    return add_up_of<Lanes_##name>(chosen, amounts, cap);                                          \
  }                                                                                                \
  constexpr Kernels kKernels_##name = {spread_##name, sum_##name,    conjunction_##name,           \
                                       tree_##name,   linear_##name, add_up_##name};

HUICE_KERNELS(v2, "sse4.2,popcnt", 16)
HUICE_KERNELS(v3, "avx2,bmi,bmi2,lzcnt,popcnt", 32)
HUICE_KERNELS(v4, "avx512f,avx512bw,avx512dq,avx512vl,avx2,bmi,bmi2,lzcnt,popcnt", 64)

}  // namespace

const Kernels& kernels(bool plain) {
  if (plain) return kKernels_v2;
  const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (wide) return kKernels_v4;
  return __builtin_cpu_supports("avx2") ? kKernels_v3 : kKernels_v2;
}

}  // namespace huice::bulk
