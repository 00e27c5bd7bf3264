// A .docx proof-read and mended in place; Python's zip reader looks at what came out.
#include <gtest/gtest.h>

#include "command.h"

namespace huice::e2e {
namespace {

const std::string kSample = "samples/circulars/05-专项行动考核办法.docx";

Finished parts(const std::string& arguments) {
  return shell("python3 tests/e2e/docx_parts.py " + arguments);
}

class LintOfDocx : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed("python3")) GTEST_SKIP() << "python3 is not installed";
    // A number in wrong brackets over two runs, and half-width marks beside an entity.
    const auto planted = parts(
        "plant " + kSample + " " + file_ +
        " '云推新办〔2026〕4号' '云推新办[20</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>26]4号'"
        " '印发给你们，请对照执行。' '&#x5370;发给你们,请对照执行.'");
    ASSERT_EQ(planted.status, 0) << planted.err;
  }

  Scratch scratch_;
  std::string file_ = "'" + (scratch_ / "draft.docx").string() + "'";
};

TEST_F(LintOfDocx, FixingGivesTheLettersOfASoundTextBackAndLeavesTheLooks) {
  const std::string skeleton = parts("skeleton " + file_).out;
  const std::string others = parts("others " + file_).out;
  EXPECT_EQ(huice("lint " + file_).status, 1);
  const auto fixed = huice("lint --fix " + file_);
  EXPECT_EQ(fixed.status, 0) << fixed.out << fixed.err;
  EXPECT_NE(fixed.out.find("没有发现问题"), std::string::npos) << fixed.out;
  EXPECT_EQ(parts("texts " + file_).out, parts("texts " + kSample).out);
  EXPECT_EQ(parts("skeleton " + file_).out, skeleton);
  EXPECT_EQ(parts("others " + file_).out, others);
}

TEST_F(LintOfDocx, FixingTwiceChangesNothingMore) {
  ASSERT_EQ(huice("lint --fix " + file_).status, 0);
  const std::string once = file_text(scratch_ / "draft.docx");
  ASSERT_EQ(huice("lint --fix " + file_).status, 0);
  EXPECT_EQ(file_text(scratch_ / "draft.docx"), once);
}

TEST_F(LintOfDocx, EachLetterStaysInItsRun) {
  ASSERT_EQ(huice("lint --fix " + file_).status, 0);
  const auto xml = shell("unzip -p " + file_ + " word/document.xml");
  if (xml.status != 0) GTEST_SKIP() << "unzip is not installed";
  EXPECT_NE(xml.out.find("云推新办〔20</w:t></w:r><w:r><w:rPr><w:b/></w:rPr>"
                         "<w:t xml:space=\"preserve\">26〕4号</w:t>"),
            std::string::npos)
      << xml.out;
}

TEST_F(LintOfDocx, OneWithASignatureIsRefusedAndLeftAlone) {
  const std::string signed_file = "'" + (scratch_ / "signed.docx").string() + "'";
  const auto made = shell("cp " + file_ + " " + signed_file +
                          " && python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1], "
                          "\"a\").writestr(\"_xmlsignatures/sig1.xml\", \"<a/>\")' " +
                          signed_file);
  ASSERT_EQ(made.status, 0) << made.err;
  const std::string before = file_text(scratch_ / "signed.docx");
  const auto refused = huice("lint --fix " + signed_file);
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("lint.cannot-fix"), std::string::npos) << refused.err;
  EXPECT_EQ(file_text(scratch_ / "signed.docx"), before);
}

}  // namespace
}  // namespace huice::e2e
