// Lengths on paper.
//
// One unit is 1/914400 inch: the largest step in which a millimetre (36000) and a
// point (12700) are both whole numbers, so no layout result depends on rounding.
#pragma once

#include <compare>
#include <cstdint>

namespace huice {

class Length {
 public:
  constexpr Length() = default;
  static constexpr Length from_units(std::int64_t units) { return Length(units); }
  constexpr std::int64_t units() const { return units_; }
  constexpr double to_pt() const { return static_cast<double>(units_) / 12700.0; }

  friend constexpr auto operator<=>(Length, Length) = default;
  friend constexpr Length operator+(Length a, Length b) { return Length(a.units_ + b.units_); }
  friend constexpr Length operator-(Length a, Length b) { return Length(a.units_ - b.units_); }
  friend constexpr Length operator*(Length a, std::int64_t n) { return Length(a.units_ * n); }

 private:
  explicit constexpr Length(std::int64_t units) : units_(units) {}
  std::int64_t units_ = 0;
};

constexpr Length mm(std::int64_t n) {
  return Length::from_units(n * 36000);
}
constexpr Length pt(std::int64_t n) {
  return Length::from_units(n * 12700);
}
constexpr Length half_pt(std::int64_t n) {
  return Length::from_units(n * 6350);
}

static_assert(mm(254) == pt(720));

}  // namespace huice
