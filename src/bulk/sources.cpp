#include "bulk/sources.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "bulk/int128.h"

namespace huice::bulk {
namespace {

/// A quotient of doubles and the quotient it stands for differ by less than this part.
constexpr double kQuotientError = 1e-12;

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

template <class Number>
RankFinder<Number>::RankFinder(std::vector<Number> marks) : marks_(std::move(marks)) {
  lowest_ = marks_.empty() ? 0 : slot_of(marks_.front());
  last_ = marks_.empty() ? 0 : slot_of(marks_.back()) - lowest_ + 2;
  // Below the first mark, the slots from the first mark's to the last mark's, above the last mark.
  guesses_.assign(last_ + 1, static_cast<std::uint32_t>(marks_.size()));
  std::uint64_t place = 0;
  std::uint32_t here = 0;
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    const std::uint64_t own = slot_of(marks_[i]) - lowest_ + 1;
    here = own == place - 1 ? here + 1 : 1;
    steps_ = std::max(steps_, here);
    for (; place <= own; ++place)
      guesses_[place] = static_cast<std::uint32_t>(i);
  }
  marks_.insert(marks_.end(), steps_ + 1, std::numeric_limits<Number>::max());
}

template class RankFinder<std::int64_t>;
template class RankFinder<double>;

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
  std::vector<std::int64_t> marks;
  for (const Cut& cut : cuts)
    marks.push_back(cut.position);
  known_cuts = !marks.empty() && marks.front() == kKnown ? 1 : 0;
  marks.erase(marks.begin(), marks.begin() + known_cuts);
  numbers = RankFinder<std::int64_t>(std::move(marks));
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
  std::vector<double> marks;
  for (const Cut& cut : cuts) {
    if (cut.position <= kRatioValues) continue;
    const auto whole = scaled_exactly(cut.value, scale, kMaxNumber).value_or(0);
    ratio_numbers.push_back(whole);
    const double mark = static_cast<double>(whole) * static_cast<double>(divisor_factor) /
                        static_cast<double>(numerator_factor);
    marks.push_back(mark - std::abs(mark) * kQuotientError);
    sure_marks.push_back(mark + std::abs(mark) * kQuotientError);
  }
  ratios = RankFinder<double>(std::move(marks));
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

std::uint32_t Source::ratio_rank(std::int64_t above, std::int64_t below) const {
  const std::int64_t position = ratio_position(above, below);
  const std::uint32_t before = special_ranks[static_cast<std::size_t>(position)];
  if (position < kRatioValues) return before;
  const double quotient = static_cast<double>(above) / static_cast<double>(below);
  std::size_t rank = ratios.rank(quotient);
  if (rank > 0 && quotient <= sure_marks[rank - 1]) rank = exact_ratio_rank(rank, above, below);
  return static_cast<std::uint32_t>(cuts.size() - ratio_numbers.size() + rank);
}

std::size_t Source::exact_ratio_rank(std::size_t guess, std::int64_t above,
                                     std::int64_t below) const {
  const std::size_t places = cuts.size() - ratio_numbers.size();
  const Int128 left = Int128{above} * numerator_factor * (below < 0 ? -1 : 1);
  const auto passed = [&](std::size_t i) {
    const Int128 right =
        Int128{ratio_numbers[i]} * (Int128{below} * divisor_factor) * (below < 0 ? -1 : 1);
    return cuts[places + i].above ? left > right : left >= right;
  };
  while (guess > 0 && !passed(guess - 1))
    --guess;
  return guess;
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
      ranks[i] = values[i] == kUnknown ? 0 : known_cuts + numbers.rank(values[i]);
    return;
  }
  const std::int64_t* divisors = divisor->numbers.data() + first;
  for (std::size_t i = 0; i < count; ++i)
    ranks[i] = ratio_rank(values[i], divisors[i]);
}

}  // namespace huice::bulk
