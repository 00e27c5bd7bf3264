// The report of measures: no document of the suite breaks a demand of GB/T 9704-2012, what it says
// agrees with what poppler and mupdf see, and a fault planted in the pages is found at its clause
// and at no other.
#include "measure/report.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "draw.h"
#include "layout/geometry.h"
#include "layout/official.h"
#include "programs.h"
#include "render/pdf/page_reader.h"
#include "render/pdf/pdf_writer.h"

namespace huice::formats {
namespace {

using measure::Check;
using measure::Report;
using measure::Verdict;

const char* const kDocuments[] = {"01-down",
                                  "02-unsealed",
                                  "03-up",
                                  "04-joint-up",
                                  "05-joint-sealed",
                                  "06-joint-two",
                                  "07-letter",
                                  "08-order",
                                  "09-minutes",
                                  "10-name-seals",
                                  "11-annexes",
                                  "12-squeezed",
                                  "13-many-addressees",
                                  "14-preprinted"};

Report report_of(const model::Document& document, const layout::Pages& pages,
                 const std::string& pdf) {
  const auto seen = render::pdf::read_pages(pdf);
  EXPECT_TRUE(seen) << (seen ? "" : seen.error().message);
  return measure::measure(document, seen ? seen.value() : std::vector<render::pdf::SeenPage>(),
                          pages.seals);
}

std::string told(const Check& check) {
  return check.clause + " " + check.what + ", page " + std::to_string(check.page) + ": " +
         check.value + ", not " + check.limit + "\n";
}

class Reported : public testing::TestWithParam<const char*> {};

TEST_P(Reported, KeepsAllThatTheStandardDemands) {
  const Drawn drawn = draw(GetParam());
  const Report report = report_of(drawn.document, drawn.pages, drawn.pdf);
  EXPECT_EQ(report.pages, static_cast<int>(drawn.pages.pages.size()));
  EXPECT_GT(report.checks.size(), 10U);
  for (const Check& check : report.checks)
    EXPECT_NE(check.verdict, Verdict::Violates) << told(check);
}

INSTANTIATE_TEST_SUITE_P(Documents, Reported, testing::ValuesIn(kDocuments));

/// The millimetres of the first check that begins so on the page; NaN where there is none.
double value(const Report& report, const std::string& what, int page = 1) {
  const auto check = std::ranges::find_if(report.checks, [&](const Check& each) {
    return each.page == page && each.what.starts_with(what) && each.millimetres;
  });
  return check == report.checks.end() ? std::nan("") : check->millimetres->to_double();
}

class Agreement : public Reported {
 protected:
  void SetUp() override {
    for (const char* program : {"pdftotext", "pdftoppm", "mutool"}) {
      if (!is_installed(program)) GTEST_SKIP() << program << " is not installed";
    }
  }
};

TEST_P(Agreement, OtherProgramsSeeTheSame) {
  const Drawn drawn = draw(GetParam());
  const Report report = report_of(drawn.document, drawn.pages, drawn.pdf);
  const Printed printed(drawn.pdf);
  EXPECT_NEAR(value(report, "纸宽"), printed.width(), 0.02);
  EXPECT_NEAR(value(report, "纸高"), printed.height(), 0.02);
  const double mark = value(report, "发文机关标志上边缘");
  if (!std::isnan(mark)) {
    const bool letter = drawn.document.format == model::Format::Letter;
    const Box ink = printed.red_ink(1);
    EXPECT_NEAR(mark + (letter ? 0 : 37), ink.top, 0.15);
    const double gap =
        value(report, drawn.document.format == model::Format::Order ? "令号与发文机关标志"
                                                                    : "发文字号与发文机关标志");
    const auto& head = drawn.document.head;
    // The place of a seal is red, too.
    const bool seal = std::ranges::count(drawn.pages.seals, 0, &layout::SealPlace::page) > 0;
    if (!std::isnan(gap) && head.signers.size() < 3 && !seal) {
      EXPECT_NEAR(gap, printed.text(1, head.number).top - ink.bottom, 0.15);
    }
  }
  for (int page = 1; page <= printed.pages(); ++page) {
    const double left = value(report, "双页码左空一字", page);
    if (!std::isnan(left)) EXPECT_NEAR(left + 28, printed.text(page, "—").left, 0.1);
  }
  const auto red = printed.rules(1, true);
  const double length = value(report, "红色分隔线长");
  EXPECT_EQ(std::isnan(length), red.size() != 1);
  if (red.size() == 1) EXPECT_NEAR(length, red[0].right - red[0].left, 0.02);
}

INSTANTIATE_TEST_SUITE_P(Documents, Agreement, testing::ValuesIn(kDocuments));

/// Clauses with a verdict after `fault` was planted in the pages of `document`.
std::set<std::string> clauses(const model::Document& document, Verdict verdict,
                              const std::function<void(layout::Pages&)>& fault) {
  auto pages = layout::lay_out(document, faces());
  EXPECT_TRUE(pages);
  if (!pages) return {};
  fault(pages.value());
  const auto pdf = render::pdf::write(pages.value(), {document.title, "", Date()});
  EXPECT_TRUE(pdf);
  std::set<std::string> found;
  for (const Check& check : report_of(document, pages.value(), pdf.value()).checks) {
    if (check.verdict == verdict) found.insert(check.clause);
  }
  return found;
}

/// The first document of the suite, its text long enough for a page with nothing else.
model::Document long_document() {
  model::Document document = draw("01-down").document;
  const auto blocks = document.blocks;
  for (int i = 0; i < 3; ++i)
    document.blocks.insert(document.blocks.end(), blocks.begin(), blocks.end());
  return document;
}

void for_runs(layout::Page& page, Length size, const std::function<void(layout::GlyphRun&)>& edit) {
  for (layout::GlyphRun& run : page.runs) {
    if (run.size == size) edit(run);
  }
}

using Clauses = std::set<std::string>;

TEST(PlantedFault, NoneIsFoundWhereNoneIs) {
  EXPECT_EQ(clauses(long_document(), Verdict::Violates, [](layout::Pages&) {}), Clauses{});
  EXPECT_EQ(clauses(long_document(), Verdict::Advice, [](layout::Pages&) {}), Clauses{});
}

TEST(PlantedFault, AShiftedMarginIsTheTypeArea) {
  EXPECT_EQ(clauses(long_document(), Verdict::Violates,
                    [](layout::Pages& pages) {
                      for_runs(pages.pages[1], layout::kSize3,
                               [](layout::GlyphRun& run) { run.glyphs.move(mm(3)); });
                    }),
            Clauses{"5.2.1"});
}

TEST(PlantedFault, AWrongPitchIsAdviceAboutTheGrid) {
  const auto squeeze = [](layout::Pages& pages) {
    for_runs(pages.pages[1], layout::kSize3, [](layout::GlyphRun& run) {
      const Length first = layout::kTypeTop + layout::ascent(layout::kSize3);
      run.baseline = first + layout::share(run.baseline - first, 28, 29);
    });
  };
  EXPECT_EQ(clauses(long_document(), Verdict::Violates, squeeze), Clauses{});
  EXPECT_EQ(clauses(long_document(), Verdict::Advice, squeeze), Clauses{"5.2.3"});
}

TEST(PlantedFault, APageWithoutNumberIsFound) {
  EXPECT_EQ(clauses(long_document(), Verdict::Violates,
                    [](layout::Pages& pages) {
                      std::erase_if(pages.pages[1].runs, [](const layout::GlyphRun& run) {
                        return run.baseline > layout::kTypeBottom;
                      });
                    }),
            Clauses{"7.5"});
}

TEST(PlantedFault, APageNumberAtTheWrongHeightOrEdgeIsFound) {
  const auto moved = [](Length x, Length y) {
    return [=](layout::Pages& pages) {
      for (auto& run : pages.pages[1].runs) {
        if (run.baseline < layout::kTypeBottom) continue;
        run.baseline = run.baseline + y;
        run.glyphs.move(x);
      }
    };
  };
  EXPECT_EQ(clauses(long_document(), Verdict::Violates, moved({}, mm(1))), Clauses{"7.5"});
  EXPECT_EQ(clauses(long_document(), Verdict::Violates, moved(mm(1), {})), Clauses{"7.5"});
}

TEST(PlantedFault, ATextThatBeginsTooHighIsTheTypeArea) {
  EXPECT_EQ(clauses(long_document(), Verdict::Violates,
                    [](layout::Pages& pages) {
                      for_runs(pages.pages[1], layout::kSize3,
                               [](layout::GlyphRun& run) { run.baseline = run.baseline - mm(2); });
                    }),
            Clauses{"5.2.1"});
}

TEST(PlantedFault, AShortRedRuleIsFound) {
  EXPECT_EQ(clauses(long_document(), Verdict::Violates,
                    [](layout::Pages& pages) {
                      for (auto& rule : pages.pages[0].rules)
                        rule.width = rule.width - mm(1);
                    }),
            Clauses{"7.2.7"});
}

TEST(PlantedFault, AMarkThatIsTooLowIsFoundAndComesTooNearToItsNumber) {
  EXPECT_EQ(clauses(long_document(), Verdict::Violates,
                    [](layout::Pages& pages) {
                      for (auto& run : pages.pages[0].runs) {
                        if (run.ink == layout::Ink::Red) run.baseline = run.baseline + mm(1);
                      }
                    }),
            (Clauses{"7.2.4", "7.2.5"}));
}

TEST(PlantedFault, AnImprintThatEndsAboveTheTypeAreaIsFound) {
  const auto raise = [](layout::Pages& pages) {
    for (auto& page : pages.pages) {
      for (auto& rule : page.rules) {
        if (rule.y > mm(230)) rule.y = rule.y - mm(1);
      }
    }
  };
  EXPECT_EQ(clauses(long_document(), Verdict::Violates, raise), Clauses{"7.4.1"});
}

TEST(PlantedFault, ASealOffItsDateIsFound) {
  EXPECT_EQ(clauses(long_document(), Verdict::Violates,
                    [](layout::Pages& pages) {
                      for (auto& seal : pages.seals)
                        seal.x = seal.x - mm(10);
                    }),
            Clauses{"7.3.5.1"});
}

TEST(PlantedFault, ATableTurnedTheOtherWayIsFound) {
  const auto turn = [](layout::Pages& pages) {
    for (auto& page : pages.pages)
      page.quarter_turns = page.quarter_turns == 0 ? 0 : 4 - page.quarter_turns;
  };
  EXPECT_EQ(clauses(draw("11-annexes").document, Verdict::Violates, turn), Clauses{"8"});
}

}  // namespace
}  // namespace huice::formats
