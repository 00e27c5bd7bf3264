#include "base/decimal.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include <gtest/gtest.h>
#include <unistd.h>

namespace huice {
namespace {

Decimal number(std::string_view text) {
  const auto value = Decimal::parse(text);
  EXPECT_TRUE(value.has_value()) << text;
  return value.value_or(Decimal());
}

TEST(Decimal, ReadsPlainAndScientificNotationAndNothingElse) {
  EXPECT_EQ(number("-12.50").to_string(), "-12.50");
  EXPECT_EQ(number(".5").to_string(), "0.5");
  EXPECT_EQ(number("1e3").to_string(), "1000");
  for (const auto* text : {"", "-", ".", "1..2", "1e", "1e+", " 1", "1 ", "0x1", "１", "1,000"}) {
    EXPECT_FALSE(Decimal::parse(text).has_value()) << text;
  }
}

TEST(Decimal, EqualityIsByValueAndTextKeepsTheScale) {
  EXPECT_EQ(number("1.0"), number("1"));
  EXPECT_EQ(number("60000.00").to_string(), "60000.00");
  EXPECT_EQ(number("60000.00").to_plain(), "60000");
  EXPECT_EQ(number("-0"), Decimal(0));
  EXPECT_FALSE(number("-0.0").is_negative());
}

TEST(Decimal, OrderIsThatOfTheDifferenceWhateverTheScales) {
  std::vector<Decimal> numbers;
  for (const auto* text :
       {"0", "1", "1.0", "9", "10", "1e19", "1e20", "1e-19", "18446744073709551615",
        "18446744073709551616", "1844674407370955161.5", "3000000", "2999999.99",
        "9999999999999999999999999999999999", "1e33", "1.000000000000000000001"}) {
    numbers.push_back(*Decimal::parse(text));
    numbers.push_back(-numbers.back());
  }
  for (const Decimal& a : numbers) {
    for (const Decimal& b : numbers) {
      const Decimal apart = subtract(a, b).value();
      const auto expected = apart.is_zero()       ? std::strong_ordering::equal
                            : apart.is_negative() ? std::strong_ordering::less
                                                  : std::strong_ordering::greater;
      EXPECT_EQ(a <=> b, expected) << a.to_string() << " and " << b.to_string();
    }
  }
}

TEST(Decimal, ATenthIsATenth) {
  EXPECT_EQ(*add(number("0.1"), number("0.2")), number("0.3"));
  EXPECT_EQ(divide(Decimal(1), Decimal(3))->to_string(), "0.3333333333333333333333333333333333");
}

TEST(Decimal, DivisionByZeroAndOverflowHaveNoResult) {
  EXPECT_FALSE(divide(Decimal(1), Decimal(0)).has_value());
  EXPECT_FALSE(multiply(number("1e6000"), number("1e6000")).has_value());
  EXPECT_FALSE(power(Decimal(0), -1).has_value());
}

TEST(Decimal, RoundsInEveryMode) {
  const struct {
    Rounding mode;
    const char* up;
    const char* down;
  } kCases[] = {{Rounding::HalfEven, "2", "-2"}, {Rounding::HalfUp, "3", "-3"},
                {Rounding::HalfDown, "2", "-2"}, {Rounding::Up, "3", "-3"},
                {Rounding::Down, "2", "-2"},     {Rounding::Ceiling, "3", "-2"},
                {Rounding::Floor, "2", "-3"}};
  for (const auto& each : kCases) {
    EXPECT_EQ(number("2.5").rounded(0, each.mode).to_string(), each.up);
    EXPECT_EQ(number("-2.5").rounded(0, each.mode).to_string(), each.down);
  }
  EXPECT_EQ(number("1234.5").rounded(-2).to_plain(), "1200");
  EXPECT_EQ(number("1.5").rounded(2).to_string(), "1.50");
}

TEST(Decimal, FloorDivisionFollowsTheSignOfFloor) {
  EXPECT_EQ(*floor_divide(Decimal(-7), Decimal(2)), Decimal(-4));
  EXPECT_EQ(*floor_divide(Decimal(7), Decimal(-2)), Decimal(-4));
  EXPECT_EQ(*floor_divide(Decimal(8), Decimal(2)), Decimal(4));
}

TEST(Decimal, IntegersComeBackExactly) {
  for (const std::int64_t value : {INT64_MIN, INT64_MIN + 1, std::int64_t{0}, INT64_MAX}) {
    EXPECT_EQ(Decimal(value).to_int64(), value);
  }
  EXPECT_FALSE(number("9223372036854775808").to_int64().has_value());
  EXPECT_FALSE(number("1.5").to_int64().has_value());
}

/// A number with up to 34 digits and an exponent of up to ±40.
std::string random_number(std::mt19937& random) {
  std::string digits = random() % 2 == 0 ? "-" : "";
  const auto size = 1 + random() % 34;
  for (unsigned i = 0; i < size; ++i)
    digits += static_cast<char>('0' + random() % 10);
  return digits + "e" + std::to_string(static_cast<int>(random() % 81) - 40);
}

TEST(Decimal, AgreesWithPythonsDecimalOnRandomArithmetic) {
  if (std::system("python3 -c 'import decimal' 2>/dev/null") != 0) {
    GTEST_SKIP() << "python3 is not installed: nothing to compare with";
  }
  const auto folder =
      std::filesystem::temp_directory_path() / ("huice_decimal_test_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  std::mt19937 random(20260507);
  {
    std::ofstream cases(folder / "cases.txt");
    for (int i = 0; i < 20000; ++i) {
      const std::string a = random_number(random);
      const std::string b = random_number(random);
      const auto line = [&](const char* operation, const std::optional<Decimal>& result) {
        cases << operation << ' ' << a << ' ' << b << ' ' << (result ? result->to_string() : "none")
              << '\n';
      };
      line("+", add(number(a), number(b)));
      line("-", subtract(number(a), number(b)));
      line("*", multiply(number(a), number(b)));
      line("/", divide(number(a), number(b)));
      line("<", Decimal(number(a) < number(b) ? 1 : 0));
    }
    std::ofstream(folder / "compare.py") << R"(
import decimal, sys
decimal.setcontext(decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN, Emax=6144, Emin=-6143))
D = decimal.Decimal
bad = 0
for line in open(sys.argv[1]):
    op, a, b, r = line.split()
    a, b = D(a), D(b)
    if op == '+': e = a + b
    elif op == '-': e = a - b
    elif op == '*': e = a * b
    elif op == '/': e = None if b == 0 else a / b
    else: e = D(1 if a < b else 0)
    if (r == 'none') != (e is None) or (e is not None and D(r) != e):
        bad += 1
        if bad < 5: print('ours', line.strip(), 'theirs', e)
sys.exit(1 if bad else 0)
)";
  }
  const std::string command = "python3 '" + (folder / "compare.py").string() + "' '" +
                              (folder / "cases.txt").string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::filesystem::remove_all(folder);
}

TEST(Decimal, AsADoubleIsTheNearestOneWhateverItsSize) {
  for (const char* text :
       {"0.1", "-12345.67", "9007199254740993", "0.000000001", "1234567890.123456789",
        "90071992547409.91", "1e30", "-1e-30", "123456789012345678901234567890"}) {
    const auto number = Decimal::parse(text);
    ASSERT_TRUE(number.has_value()) << text;
    EXPECT_EQ(number->to_double(), std::strtod(text, nullptr)) << text;
  }
  EXPECT_FALSE(std::signbit(Decimal::parse("-0")->to_double()));
}

}  // namespace
}  // namespace huice
