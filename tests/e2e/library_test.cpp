// Taking documents in and finding them again, by the built binary.
#include <gtest/gtest.h>

#include "command.h"

namespace huice::e2e {
namespace {

TEST(Library, ADocumentNumberFindsTheDocumentThatCitesIt) {
  const Scratch scratch;
  const auto library = " --library '" + (scratch / "library").string() + "'";
  const auto added = huice("library add samples/circulars" + library);
  ASSERT_EQ(added.status, 0) << added.out << added.err;
  for (const auto* written :
       {"湘办发电〔2021〕68号", "湘办发电[2021]68号", "湘办发电（2021）68 号"}) {
    const auto found = huice("library search '" + std::string(written) + "'" + library);
    EXPECT_EQ(found.status, 0) << found.err;
    EXPECT_NE(found.out.find("湘办发电〔2021〕68号"), std::string::npos) << written << found.out;
  }
}

TEST(Library, AddingAgainChangesNothing) {
  const Scratch scratch;
  const auto library = " --library '" + (scratch / "library").string() + "'";
  ASSERT_EQ(huice("library add samples/circulars" + library).status, 0);
  const auto again = huice("library add samples/circulars" + library);
  EXPECT_EQ(again.status, 0);
  EXPECT_NE(again.out.find("未变 12"), std::string::npos) << again.out;
}

TEST(Library, ACorruptDocxIsListedAndTheGoodOnesAreKept) {
  const Scratch scratch;
  const auto library = " --library '" + (scratch / "library").string() + "'";
  shell("cp -r samples/circulars '" + (scratch / "in").string() + "' && f=$(ls '" +
        (scratch / "in").string() + "'/*.docx | head -n 1) && head -c 700 \"$f\" > '" +
        (scratch / "in").string() + "/cut.docx'");
  const auto added = huice("library add '" + (scratch / "in").string() + "'" + library);
  EXPECT_EQ(added.status, 1);
  EXPECT_NE(added.err.find("cut.docx: error: "), std::string::npos) << added.err;
  const auto found = huice("library search 企业宁静日" + library);
  EXPECT_EQ(found.status, 0);
  EXPECT_NE(found.out.find("宁静日"), std::string::npos) << found.out;
}

TEST(Library, RealDocumentsAreFoundToo) {
  if (!std::filesystem::exists(HUICE_SOURCE_DIR "/../shared/seeds")) {
    GTEST_SKIP() << "../shared/seeds is not here";
  }
  const Scratch scratch;
  const auto library = " --library '" + (scratch / "library").string() + "'";
  ASSERT_EQ(huice("library add ../shared/seeds" + library).status, 0);
  const auto found = huice("library search '湘办发电〔2021〕68号'" + library);
  EXPECT_NE(found.out.find("新推新字〔2022〕2号"), std::string::npos) << found.out;
}

}  // namespace
}  // namespace huice::e2e
