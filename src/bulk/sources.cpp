#include "bulk/sources.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

#include "bulk/int128.h"

namespace huice::bulk {
namespace {

/// Numbers are first placed by sign, power of two and five more bits.
constexpr int kFineBits = 5;
constexpr std::size_t kHalf = 64u << kFineBits;

/// Grows with `number`; numbers of one slot share their leading six bits.
std::size_t slot_of(std::int64_t number) {
  const auto size =
      number < 0 ? ~static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
  const auto width = static_cast<int>(std::bit_width(size));
  const std::uint64_t fine = width > kFineBits + 1
                                 ? (size >> (width - kFineBits - 1)) & ((1u << kFineBits) - 1)
                                 : size & ((1u << kFineBits) - 1);
  const auto slot = width > kFineBits + 1 ? (static_cast<std::size_t>(width) << kFineBits) + fine
                                          : static_cast<std::size_t>(size);
  return number < 0 ? kHalf - 1 - slot : kHalf + slot;
}

int sign_place(std::int64_t number) {
  return number == kUnknown ? 0 : number < 0 ? 1 : number == 0 ? 2 : 3;
}

}  // namespace

std::strong_ordering operator<=>(const Cut& a, const Cut& b) {
  if (const auto order = a.position <=> b.position; order != 0) return order;
  if (const auto order = a.value <=> b.value; order != 0) return order;
  return a.above <=> b.above;
}

std::int64_t ratio_position(std::int64_t numerator, std::int64_t divisor) {
  const bool has_value = numerator != kUnknown && divisor != kUnknown && divisor != 0;
  return has_value ? kRatioValues : 4 * sign_place(numerator) + sign_place(divisor);
}

void Source::seal() {
  std::ranges::sort(cuts);
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  if (kind == Kind::Number) return seal_number();
  if (kind == Kind::Ratio) return seal_ratio();
  std::vector<std::uint32_t> by_position;
  for (const std::uint32_t position : positions)
    by_position.resize(std::max<std::size_t>(by_position.size(), position + 1));
  std::uint32_t rank = 0;
  for (std::size_t position = 0; position < by_position.size(); ++position) {
    while (rank < cuts.size() && cuts[rank].position <= static_cast<std::int64_t>(position))
      ++rank;
    by_position[position] = rank;
  }
  for (const std::uint32_t position : positions)
    code_ranks.push_back(by_position[position]);
}

void Source::seal_number() {
  for (const Cut& cut : cuts)
    marks.push_back(cut.position);
  first_guess.assign(2 * kHalf, 0);
  // A slot begins with the cuts that every number of the slots below has passed.
  std::size_t slot = 0;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const std::size_t own = slot_of(marks[i]);
    for (; slot <= own; ++slot)
      first_guess[slot] = static_cast<std::uint32_t>(i);
  }
  for (; slot < first_guess.size(); ++slot)
    first_guess[slot] = static_cast<std::uint32_t>(marks.size());
}

/// a / 10^s >= c × (b / 10^t)  becomes  a × numerator_factor >= C × b × divisor_factor with all
/// cuts C brought to one scale.
void Source::seal_ratio() {
  int scale = 0;
  for (const Cut& cut : cuts) {
    if (cut.position == kRatioValues + 1) scale = std::max(scale, cut.value.normalized().scale());
  }
  const int difference = divisor->scale + scale - number->scale;
  numerator_factor = power_of_ten(std::max(difference, 0));
  divisor_factor = power_of_ten(std::max(-difference, 0));
  for (const Cut& cut : cuts) {
    if (cut.position <= kRatioValues) continue;
    const auto whole = scaled_exactly(cut.value, scale, kMaxNumber).value_or(0);
    ratio_numbers.push_back(whole);
    ratio_marks.push_back(static_cast<double>(whole) * static_cast<double>(divisor_factor) /
                          static_cast<double>(numerator_factor));
  }
  const std::size_t places = cuts.size() - ratio_numbers.size();
  for (std::int64_t position = 0; position <= kRatioValues; ++position) {
    const auto passed = std::ranges::count_if(
        std::span(cuts).first(places), [&](const Cut& cut) { return cut.position <= position; });
    special_ranks.push_back(static_cast<std::uint32_t>(passed));
  }
}

std::uint32_t Source::index_of(const Cut& cut) const {
  const auto found = std::ranges::lower_bound(cuts, cut);
  return static_cast<std::uint32_t>(found - cuts.begin());
}

std::uint32_t Source::number_rank(std::int64_t value) const {
  std::uint32_t rank = first_guess[slot_of(value)];
  while (rank < marks.size() && marks[rank] <= value)
    ++rank;
  return rank;
}

std::uint32_t Source::ratio_rank(std::int64_t above, std::int64_t below) const {
  const std::int64_t position = ratio_position(above, below);
  const std::uint32_t before = special_ranks[static_cast<std::size_t>(position)];
  if (position < kRatioValues) return before;
  const std::size_t places = cuts.size() - ratio_numbers.size();
  const double guess = static_cast<double>(above) / static_cast<double>(below);
  const auto near = std::upper_bound(ratio_marks.begin(), ratio_marks.end(), guess);
  auto rank = static_cast<std::size_t>(near - ratio_marks.begin());
  const Int128 left = Int128{above} * numerator_factor * (below < 0 ? -1 : 1);
  const auto passed = [&](std::size_t i) {
    const Int128 right =
        Int128{ratio_numbers[i]} * (Int128{below} * divisor_factor) * (below < 0 ? -1 : 1);
    return cuts[places + i].above ? left > right : left >= right;
  };
  while (rank < ratio_numbers.size() && passed(rank))
    ++rank;
  while (rank > 0 && !passed(rank - 1))
    --rank;
  return static_cast<std::uint32_t>(places + rank);
}

void Source::ranks(std::size_t first, std::span<std::uint32_t> ranks) const {
  const std::size_t count = ranks.size();
  if (kind == Kind::Code) {
    const std::uint32_t* code = codes->data() + first;
    for (std::size_t i = 0; i < count; ++i)
      ranks[i] = code_ranks[code[i]];
    return;
  }
  const std::int64_t* values = number->numbers.data() + first;
  if (kind == Kind::Number) {
    for (std::size_t i = 0; i < count; ++i)
      ranks[i] = values[i] == kUnknown ? 0 : number_rank(values[i]);
    return;
  }
  const std::int64_t* divisors = divisor->numbers.data() + first;
  for (std::size_t i = 0; i < count; ++i)
    ranks[i] = ratio_rank(values[i], divisors[i]);
}

}  // namespace huice::bulk
