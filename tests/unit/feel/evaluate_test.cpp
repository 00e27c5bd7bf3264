#include "feel/evaluate.h"

#include <gtest/gtest.h>

#include "feel/names.h"

namespace huice::feel {
namespace {

Environment today() {
  return {.today = *Date::make(2026, 11, 22)};
}

/// The value of `text` as FEEL writes it, with `facts` known; the error's message if it has one.
std::string value_of(std::string_view text, const Context& facts = {}) {
  Names names;
  for (const auto& [name, value] : facts.entries())
    names.add(name);
  const auto parsed = Expression::parse(text, names);
  if (!parsed) return parsed.error().message;
  return to_text(evaluate(parsed.value(), facts, today()));
}

TEST(Evaluate, ChineseNamesCompareAndJoin) {
  const Context facts{{"应纳税所得额", 2500000}, {"从业人数", 280}};
  EXPECT_EQ(value_of("应纳税所得额 <= 3000000 and 从业人数 <= 300", facts), "true");
  EXPECT_EQ(value_of("应纳税所得额 * 0.25 * 0.2", facts), "125000");
}

TEST(Evaluate, MissingFactIsNeitherZeroNorFalse) {
  const Context facts{{"从业人数", Value()}};
  EXPECT_EQ(value_of("从业人数 <= 300", facts), "null");
  EXPECT_EQ(value_of("从业人数 + 1", facts), "null");
  EXPECT_EQ(value_of("从业人数 = null", facts), "true");
  EXPECT_EQ(value_of("从业人数 != null", facts), "false");
}

TEST(Evaluate, TernaryLogicFollowsKleene) {
  EXPECT_EQ(value_of("false and null"), "false");
  EXPECT_EQ(value_of("null and false"), "false");
  EXPECT_EQ(value_of("true and null"), "null");
  EXPECT_EQ(value_of("true or null"), "true");
  EXPECT_EQ(value_of("false or null"), "null");
  EXPECT_EQ(value_of("not(null)"), "null");
}

TEST(Evaluate, DivisionByZeroIsNullAndSaysSo) {
  const auto parsed = Expression::parse("1 / 0", Names());
  ASSERT_TRUE(parsed.has_value());
  Warnings warnings;
  EXPECT_TRUE(evaluate(parsed.value(), {}, today(), &warnings).is_null());
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].id, "feel.division-by-zero");
}

TEST(Evaluate, FilterSeesFieldsOfTheElement) {
  const auto hire = [](bool graduate, int months) {
    return Value(Context{{"毕业年度", graduate}, {"参保月数", months}});
  };
  const Context facts{{"新招用人员", Value::List{hire(true, 3), hire(true, 2), hire(false, 9)}}};
  EXPECT_EQ(value_of("count(新招用人员[毕业年度 and 参保月数 >= 3]) * 1500", facts), "1500");
}

TEST(Evaluate, DecimalsAreExact) {
  EXPECT_EQ(value_of("0.1 + 0.2"), "0.3");
  EXPECT_EQ(value_of("1 / 3"), "0.3333333333333333333333333333333333");
}

TEST(Evaluate, SignBindsTighterThanPower) {
  EXPECT_EQ(value_of("-3 ** 2"), "9");
  EXPECT_EQ(value_of("2 ** 0.5 * 2 ** 0.5 > 1.9999999999999999"), "true");
}

TEST(Evaluate, LoopsAndQuantifiers) {
  EXPECT_EQ(value_of("for i in 1..3 return i * i"), "[1, 4, 9]");
  EXPECT_EQ(value_of("for i in 1..4 return if i <= 2 then 1 else partial[-1] + partial[-2]"),
            "[1, 1, 2, 3]");
  EXPECT_EQ(value_of("some x in [1, 2] satisfies x > 1"), "true");
  EXPECT_EQ(value_of("every x in [1, null] satisfies x > 0"), "null");
}

TEST(Evaluate, NamesWithBlanksAndOperatorsAreKnownLongestFirst) {
  const Context facts{{"profit", 5}, {"profit and loss", 7}, {"a-b", 1}};
  EXPECT_EQ(value_of("profit  and loss + 1", facts), "8");
  EXPECT_EQ(value_of("a-b + 1", facts), "2");
}

TEST(Evaluate, RangesTestsAndBetween) {
  EXPECT_EQ(value_of("5 in [1..10)"), "true");
  EXPECT_EQ(value_of("10 in [1..10)"), "false");
  EXPECT_EQ(value_of("7 in (1, 5, > 6)"), "true");
  EXPECT_EQ(value_of("3 between 1 and 5 and true"), "true");
  EXPECT_EQ(value_of("[1..3] = [1..3]"), "true");
  EXPECT_EQ(value_of("[1..10[.end included"), "false");
}

TEST(Evaluate, DatesAndDurations) {
  EXPECT_EQ(value_of("date(\"2026-01-31\") + duration(\"P1M\")"), "@\"2026-02-28\"");
  EXPECT_EQ(value_of("@\"2026-03-01\" - @\"2026-02-01\""), "@\"P28D\"");
  EXPECT_EQ(value_of("today()"), "@\"2026-11-22\"");
  EXPECT_EQ(value_of("day of week(today())"), "\"Sunday\"");
  EXPECT_EQ(value_of("years and months duration(@\"2024-05-20\", today()).years"), "2");
}

TEST(Evaluate, FunctionsCloseOverTheirNamesAndRecur) {
  EXPECT_EQ(value_of("{n: 2, f: function(x) x * n, r: f(4)}.r"), "8");
  EXPECT_EQ(value_of("{f: function(n) if n <= 1 then 1 else n * f(n - 1), r: f(20)}.r"),
            "2432902008176640000");
}

TEST(Evaluate, EndlessRecursionEndsInNull) {
  EXPECT_EQ(value_of("{f: function(n) f(n + 1), r: f(1)}.r"), "null");
}

TEST(Evaluate, EndlessLoopsRunOutOfSteps) {
  const auto loop = Expression::parse("for a in 1..1000, b in 1..1000 return 1", Names());
  ASSERT_TRUE(loop.has_value());
  Environment short_of_steps = today();
  short_of_steps.max_steps = 5000;
  Warnings warnings;
  EXPECT_TRUE(evaluate(loop.value(), {}, short_of_steps, &warnings).is_null());
  ASSERT_FALSE(warnings.empty());
  EXPECT_EQ(warnings.front().id, "feel.limit");
  EXPECT_EQ(value_of("for a in 1..99999999999 return a"), "null");
}

TEST(Evaluate, PatternsThatBacktrackTakeStepsForIt) {
  const std::string text = "\"" + std::string(30, 'a') + "!\"";
  const auto of_all = [&](const std::string& pattern) {
    return value_of("count(for i in 1..500 return matches(" + text + ", \"" + pattern + "\"))");
  };
  EXPECT_EQ(of_all("a+!$"), "500");
  EXPECT_EQ(of_all("(a+)+$"), "null");
  EXPECT_EQ(value_of("matches(" + text + ", \"(a?){12}a{12}\")"), "true");
}

TEST(Evaluate, FunctionsTakeStepsForAllTheyWalkThrough) {
  const std::string text = R"({s: string join(for b in 1..1000 return "abcdefghij", ""), r: )";
  EXPECT_EQ(value_of(text + "string length(upper case(s))}.r"), "10000");
  for (const std::string costly :
       {"upper case(s)", "contains(s, \"x\")", "s + s + s + s + s + s + s + s", "matches(s, \"x\")",
        "replace(s, \"[a-z]\", \"x\")", "split(s, \"a\")"}) {
    EXPECT_EQ(value_of(text + "count(for a in 1..20000 return " + costly + ")}.r"), "null")
        << costly;
  }
  const std::string list = "{l: for b in 1..1000 return b, r: count(for a in 1..20000 return ";
  EXPECT_EQ(value_of(list + "median(l))}.r"), "null");
  EXPECT_EQ(value_of(list + "exp(1))}.r"), "null");
  EXPECT_EQ(value_of(list + "2 ** a)}.r"), "null");
}

TEST(Evaluate, InBindsTighterThanAnd) {
  EXPECT_EQ(value_of("1 in [1, 2] and 3 in > 5"), "false");
}

TEST(Evaluate, DurationsAreWrittenInTheirLargestUnits) {
  EXPECT_EQ(value_of("string(@\"PT25H61M1.5S\")"), "\"P1DT2H1M1.5S\"");
  EXPECT_EQ(value_of("@\"10:30:00+05:00\".time offset"), "@\"PT5H\"");
  EXPECT_EQ(value_of("string(@\"P0D\")"), "\"PT0S\"");
}

TEST(Evaluate, PatternsFollowXPath) {
  EXPECT_EQ(value_of("matches(\"2026\", \"^[0-9]{4}$\")"), "true");
  EXPECT_EQ(value_of("matches(\"惠企\", \"^\\p{IsCJKUnifiedIdeographs}+$\")"), "true");
  EXPECT_EQ(value_of("matches(\"o\", \"[a-z-[aeiou]]\")"), "false");
  EXPECT_EQ(value_of("replace(\"0123456\", \"(\\d{3})(\\d{4})\", \"$1-$2\")"), "\"012-3456\"");
  EXPECT_EQ(value_of("matches(\"h\", \"(.)\\2\")"), "null");
  EXPECT_EQ(value_of("matches(\"a\", \"a*+\")"), "null");
}

TEST(Evaluate, CatastrophicPatternEndsInNull) {
  EXPECT_EQ(value_of("matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a|a)*$\")"), "null");
}

TEST(Evaluate, OwnTextReadsBackAsTheSameValue) {
  for (const char* text : {"@\"2026-11-22\"", "[1, \"a\\\"b\", null]", "{a: 1, \"b c\": [1..2)}",
                           "(>= 5)", "@\"P1Y2M\"", "-0.000123"}) {
    EXPECT_EQ(value_of(text), text);
  }
}

TEST(Evaluate, ValuesReadAsChinese) {
  const auto chinese = [](const char* text) {
    return to_chinese(evaluate(Expression::parse(text, Names()).value(), {}, today()));
  };
  EXPECT_EQ(chinese("true"), "是");
  EXPECT_EQ(chinese("@\"2026-05-07\""), "2026年5月7日");
  EXPECT_EQ(chinese("[1..3)"), "不低于1且低于3");
  EXPECT_EQ(chinese("@\"P14M\""), "1年2个月");
  EXPECT_EQ(chinese("[\"甲\", \"乙\"]"), "甲、乙");
}

TEST(Evaluate, NamedArgumentsMayComeInAnyOrder) {
  EXPECT_EQ(value_of("substring(start position: 2, string: \"惠企政策\")"), "\"企政策\"");
  EXPECT_EQ(value_of("substring(text: \"a\", start position: 1)"), "null");
}

}  // namespace
}  // namespace huice::feel
