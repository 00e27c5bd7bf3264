// GB/T 9704-2012 in millimetres, by what poppler and mupdf find in the finished PDFs of every
// format; nothing here looks at our own layout.
#include <memory>

#include <gtest/gtest.h>

#include "draw.h"
#include "programs.h"

namespace huice::formats {
namespace {

constexpr double kCell = 156.0 / 28;
constexpr double kSize3 = 16 * 25.4 / 72;
constexpr double kSize4 = 14 * 25.4 / 72;
constexpr double kPitch = (225 - kSize3) / 21;
constexpr double kGap = kPitch - kSize3;
constexpr double kTwoLines = kGap + 2 * kPitch;

class Geometry : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* program : {"pdftotext", "pdftoppm", "mutool"}) {
      if (!is_installed(program)) GTEST_SKIP() << program << " is not installed";
    }
  }

  void open(const std::string& name) { printed_ = std::make_unique<Printed>(draw(name).pdf); }
  Box text(int page, const std::string& begins) { return printed_->text(page, begins); }
  std::vector<Box> rules(int page, bool red) { return printed_->rules(page, red); }
  const Box& mark() {
    if (mark_.right == 0) mark_ = printed_->red_ink(1);
    return mark_;
  }

  static void near(const char* clause, double value, double wanted, double tolerance = 0.1) {
    EXPECT_NEAR(value, wanted, tolerance) << "GB/T 9704-2012, " << clause;
  }
  static double middle(const Box& box) { return (box.left + box.right) / 2; }

  std::unique_ptr<Printed> printed_;
  Box mark_;
};

TEST_F(Geometry, OfADownwardDocument) {
  open("01-down");
  near("5.1", printed_->width(), 210);
  near("5.1", printed_->height(), 297);
  const Box number = text(1, "000012");
  near("7.2.1", number.left, 28);
  near("7.2.1", number.top, 37);
  near("7.2.1", number.bottom - number.top, kSize3);
  const Box secrecy = text(1, "秘密");
  near("7.2.2", secrecy.left, 28);
  near("7.2.2", secrecy.top, 37 + kPitch);
  near("7.2.3", text(1, "特急").top, 37 + 2 * kPitch);
  near("7.2.4", mark().top, 72, 0.2);
  near("7.2.4", middle(mark()), 106, 1);
  const Box issue = text(1, "云政〔2026〕12号");
  near("7.2.5", middle(issue), 106, 0.5);
  near("7.2.5", issue.top - mark().bottom, kTwoLines, 0.15);
  const Box rule = rules(1, true).at(0);
  near("7.2.7", rule.top - issue.bottom, 4);
  near("7.2.7", rule.right - rule.left, 156);
  near("7.2.7", rule.left, 28);
  const Box title = text(1, "云岭县人民政府 ");
  near("7.3.1", title.top - rule.bottom, 2 * kPitch);
  near("7.3.1", middle(title), 106, 0.5);
  near("7.3.1", title.bottom - title.top, 22 * 25.4 / 72);
  const Box last = text(1, "关于做好惠企政策");
  near("7.3.1", middle(last), 106, 0.5);
  const Box addressees = text(1, "各乡镇人民政府");
  near("7.3.2", addressees.left, 28);
  near("7.3.2", addressees.top - last.bottom, kGap + kPitch);
  const Box body = text(1, "各单位要把");
  near("7.3.3", body.left, 28 + 2 * kCell);
  near("7.3.3", body.top - addressees.top, kPitch);
  near("5.2.3", text(1, "企业在资金").right, 184, 0.4);
}

TEST_F(Geometry, OfItsSecondPage) {
  open("01-down");
  near("5.2.1", text(2, "（一）").top, 37);
  const Box attachment = text(2, "附件：");
  near("7.3.4", attachment.left, 28 + 2 * kCell);
  near("7.3.4", text(2, "2.").left, 28 + 5 * kCell);
  const Box office = text(2, "云岭县人民政府");
  const Box date = text(2, "2026年5月7日");
  near("7.3.5.1", date.right, 184 - 4 * kCell, 0.3);
  near("7.3.5.1", middle(office), middle(date), 0.3);
  near("7.3.5.1", date.top - office.top, kPitch);
  const Box seal = printed_->red_ink(2);
  near("7.3.5.1", seal.right - seal.left, 45, 0.3);
  near("7.3.5.1", seal.bottom - seal.top, 45, 0.3);
  near("7.3.5.1", middle(seal), middle(date), 0.3);
  EXPECT_LT(seal.top - text(2, "2.").bottom, kPitch);
  EXPECT_GE(seal.top, text(2, "2.").bottom);
  near("7.5", text(2, "—").left, 28 + kSize4, 0.3);
  near("7.3.7", text(3, "附件1").top, 37);
  near("7.3.7", text(3, "附件1").left, 28);
  near("7.3.7", text(3, "惠企政策落实").top, 37 + 2 * kPitch);
}

TEST_F(Geometry, OfTheImprint) {
  open("01-down");
  const auto lines = rules(4, false);
  ASSERT_EQ(lines.size(), 3U);
  near("7.4.1", lines[0].bottom - lines[0].top, 0.35, 0.01);
  near("7.4.1", lines[1].bottom - lines[1].top, 0.25, 0.01);
  near("7.4.1", lines[2].bottom - lines[2].top, 0.35, 0.01);
  near("7.4.1", lines[2].bottom, 262);
  near("7.4.1", lines[0].right - lines[0].left, 156);
  near("7.4.2", text(4, "抄送：").left, 28 + kSize4);
  near("7.4.2", text(4, "抄送：").bottom - text(4, "抄送：").top, kSize4);
  near("7.4.3", text(4, "云岭县人民政府办公室").left, 28 + kSize4);
  near("7.4.3", text(4, "2026年5月7日印发").right, 184 - kSize4, 0.3);
}

TEST_F(Geometry, OfASealThatIsAPicture) {
  open("15-picture-seal");
  const Box date = text(1, "2026年5月7日");
  const Box seal = printed_->red_ink(1);
  near("7.3.5.1", seal.right - seal.left, 42, 0.3);
  near("7.3.5.1", seal.bottom - seal.top, 42, 0.3);
  near("7.3.5.1", middle(seal), middle(date), 0.3);
  EXPECT_LT(seal.top, text(1, "云岭县人民政府").top);
  EXPECT_GT(seal.bottom, date.bottom);
}

TEST_F(Geometry, TheTextUnderAnOpaquePictureOfASealStaysBlack) {
  const std::string date = "2026年5月7日";
  open("01-down");
  const double bare = printed_->black_share(2, text(2, date));
  open("15-picture-seal");
  const double covered = printed_->black_share(1, text(1, date));
  EXPECT_GT(bare, 0.05);
  EXPECT_NEAR(covered, bare, 0.01);
}

TEST_F(Geometry, OfASignatureWithoutSeal) {
  open("02-unsealed");
  const int page = printed_->pages();
  const Box date = text(page, "2026年11月22日");
  near("7.3.5.2", date.right, 184 - 2 * kCell, 0.3);
  near("7.3.5.2", date.left - text(page, "中共云岭县委").left, 2 * kCell, 0.2);
}

TEST_F(Geometry, OfAnUpwardDocument) {
  open("03-up");
  const Box number = text(1, "云政〔2026〕31号");
  near("7.2.5", number.left, 28 + kCell);
  near("7.2.6", text(1, "签发人：").top, number.top);
  near("7.2.6", text(1, "签发人：").right, 184 - kCell, 0.3);
  near("7.3.6", text(2, "（联系人").left, 28 + 2 * kCell, kCell / 2);
}

TEST_F(Geometry, OfAJointUpwardDocument) {
  open("04-joint-up");
  near("7.2.4", mark().top, 72, 0.2);
  const Box last = text(1, "龙思源");
  near("7.2.6", last.top, text(1, "云财〔2026〕45号").top);
  near("7.2.6", last.top - text(1, "签发人：").top, kPitch);
  const int page = printed_->pages();
  near("7.3.5.2", text(page, "云岭县财政局").left, text(page, "云岭县统计局").left);
}

TEST_F(Geometry, OfSixJointSeals) {
  open("05-joint-sealed");
  const Box all = printed_->red_ink(2);
  EXPECT_GE(all.left, 27.9);
  EXPECT_LE(all.right, 184.1);
  near("7.3.5.1", text(2, "2026年8月3日").right, 184 - 4 * kCell, 0.3);
  near("7.3.5.1", middle(text(2, "云岭县科工局")), middle(text(2, "2026年8月3日")), 0.3);
}

TEST_F(Geometry, OfTwoJointOffices) {
  open("06-joint-two");
  near("7.2.4", mark().top, 72, 0.2);
  near("7.3.5.1", text(2, "2026年5月12日").right, 184 - 4 * kCell, 0.3);
}

TEST_F(Geometry, OfALetter) {
  open("07-letter");
  const auto lines = rules(1, true);
  ASSERT_EQ(lines.size(), 4U);
  near("10.1", mark().top, 30, 0.2);
  near("10.1", lines[0].top - mark().bottom, 4, 0.15);
  near("10.1", lines[0].right - lines[0].left, 170);
  near("10.1", lines[0].left, 20);
  near("10.1", 297 - lines[3].bottom, 20);
  EXPECT_GT(lines[0].bottom - lines[0].top, lines[1].bottom - lines[1].top);
  EXPECT_LT(lines[2].bottom - lines[2].top, lines[3].bottom - lines[3].top);
  const Box number = text(1, "云政办函〔2026〕7号");
  near("10.1", number.right, 184, 0.3);
  near("10.1", number.top - lines[1].bottom, kSize3 * 7 / 8);
  near("10.1", text(1, "000003").left, 28);
  near("10.1", text(1, "关于商请核对").top - text(1, "加急").bottom, kTwoLines);
  near("10.1", lines[2].top - printed_->lowest_text(1, lines[2].top), kSize3 * 7 / 8);
  EXPECT_FALSE(printed_->has(1, "—"));
  EXPECT_TRUE(rules(2, false).empty());
}

TEST_F(Geometry, OfAnOrder) {
  open("08-order");
  near("10.2", mark().top, 57, 0.2);
  const Box number = text(1, "第2号");
  near("10.2", middle(number), 106, 0.5);
  near("10.2", text(1, "《云岭县").top - number.bottom, kTwoLines);
  near("7.3.5.3", text(1, "2026年4月1日").right, 184 - 4 * kCell, 0.3);
}

TEST_F(Geometry, OfMinutes) {
  open("09-minutes");
  near("10.3", mark().top, 72, 0.2);
  near("7.2.5", text(1, "第").top - mark().bottom, kTwoLines, 0.15);
  near("10.3", text(2, "出席").left, 28 + 2 * kCell);
  near("10.3", text(2, "列席").left, 28 + 2 * kCell);
  near("7.2.7", rules(1, true).at(0).top - text(1, "云岭县人民政府办公室").bottom, 4);
}

TEST_F(Geometry, OfNameSealsInRows) {
  open("10-name-seals");
  near("7.3.5.3", text(2, "2026年9月1日").right, 184 - 4 * kCell, 0.3);
  near("7.2.4", mark().top, 72, 0.2);
}

TEST_F(Geometry, OfAnnexesApartAndAnImprintOnAnEvenPage) {
  open("11-annexes");
  near("7.3.7", text(7, "云新工办〔2026〕2号附件2").left, 28);
  near("7.3.7", text(7, "云新工办〔2026〕2号附件2").top, 37);
  near("7.4.1", rules(6, false).back().bottom, 262);
}

TEST_F(Geometry, OfAGridThatGivesWayToASeal) {
  open("12-squeezed");
  // 24 lines of 29 characters: the usual 22 of 28 would put 署名 on a page with one line of text.
  EXPECT_EQ(printed_->pages(), 1);
  constexpr double kTightPitch = (225 - kSize3) / 23;
  const Box last = text(1, "县科技和工业信息化局");
  near("7.3.5.5", last.top - text(1, "各单位要把").top, 3 * kTightPitch);
  const Box date = text(1, "2026年5月8日");
  near("7.3.5.1", date.right, 184 - 4 * 156.0 / 29, 0.3);
  near("7.3.5.5", date.top - text(1, "云岭县人民政府 ").top, kTightPitch);
  EXPECT_FALSE(printed_->has(1, "此页无正文"));
}

// Clause 8: the head at the 订口 of the odd page 3 and at the 切口 of the even page 4; the number
// is where other pages have it.
TEST_F(Geometry, OfTablesOnTheirSide) {
  open("11-annexes");
  near("8", text(3, "附件1").left, 28, 0.3);
  near("8", text(3, "附件1").bottom, 262, 0.5);
  EXPECT_LT(text(3, "序号").right, 80);
  near("8", text(4, "序号").right, 184, 3);
  near("8", text(4, "序号").top, 37, 5);
  near("7.5", text(4, "—").left, 28 + kSize4, 0.3);
}

TEST_F(Geometry, OfAddresseesMovedToTheImprint) {
  open("13-many-addressees");
  EXPECT_TRUE(printed_->has(1, "各单位要把"));
  near("7.3.2", text(2, "主送：").left, 28 + kSize4);
}

TEST_F(Geometry, OfPreprintedPaper) {
  open("14-preprinted");
  EXPECT_FALSE(printed_->has_red_ink(1));
  EXPECT_TRUE(rules(1, true).empty());
  near("7.2.1", text(1, "000012").top, 37);
}

}  // namespace
}  // namespace huice::formats
