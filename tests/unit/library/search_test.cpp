// What a search finds, in which order, and what it says beside.
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "library_fixture.h"

namespace huice::library {
namespace {

class SearchTest : public LibraryFixture {};

TEST_F(SearchTest, NumbersAreTheSameInHanLettersAndInDigits) {
  Library library = open();
  put(library, {document("甲", "从业人员三百人以下的企业"), document("乙", "二〇二二年五月起施行"),
                document("丙", "资产总额1,200万元以下"), document("丁", "其他规定另行通知")});
  EXPECT_EQ(first(library, "300人"), "甲");
  EXPECT_EQ(first(library, "2022年5月"), "乙");
  EXPECT_EQ(first(library, "一千二百万元"), "丙");
}

TEST_F(SearchTest, ScriptAndWidthMakeNoDifference) {
  Library library = open();
  put(library, {document("甲", "企业研发费用补助ＡＢ１２"), document("乙", "市容管理")});
  EXPECT_EQ(first(library, "企業研發費用補助"), "甲");
  EXPECT_EQ(first(library, "ab12"), "甲");
}

TEST_F(SearchTest, QuotesAskForTheVeryLetters) {
  Library library = open();
  put(library, {document("甲", "企业应当安静，每月前二十日是宁静日。企业宁静，静日。"),
                document("乙", "每月一日至二十日为企业宁静日，不得入企检查。")});
  EXPECT_EQ(titles(library, {.text = "“企业宁静日”"}), std::vector<std::string>{"乙"});
  EXPECT_EQ(titles(library, {.text = "\"企業宁静日\""}), std::vector<std::string>{"乙"});
  EXPECT_EQ(titles(library, {.text = "企业宁静日"}).size(), 2u);
  EXPECT_TRUE(titles(library, {.text = "“企业宁静月”"}).empty());
}

TEST_F(SearchTest, APhraseMayStandInTheTitle) {
  Library library = open();
  put(library, {document("关于稳岗返还的通知", "按规定办理。"), document("乙", "返还稳岗资金")});
  EXPECT_EQ(titles(library, {.text = "“稳岗返还”"}),
            std::vector<std::string>{"关于稳岗返还的通知"});
}

TEST_F(SearchTest, PinyinInitialsFindPlacesAndOffices) {
  Library library = open();
  Prepared office = document("甲", "做好奖补工作");
  office.circular.issuer = "云岭县财政局";
  office.circular.region = "云岭县";
  put(library, {office, document("乙", "做好奖补工作")});
  EXPECT_EQ(titles(library, {.text = "ylxczj"}), std::vector<std::string>{"甲"});
  EXPECT_EQ(titles(library, {.text = "ylx"}), std::vector<std::string>{"甲"});
  EXPECT_EQ(first(library, "奖补 ylxc"), "甲");
}

TEST_F(SearchTest, WordsThatMeanTheSameAreFoundToo) {
  Library library = open();
  put(library, {document("甲", "规模以上企业名单"), document("乙", "考核办法")});
  EXPECT_EQ(titles(library, {.text = "规上企业"}).front(), "甲");
}

TEST_F(SearchTest, OffersWhatAMisspeltTermMayMean) {
  Library library = open();
  put(library, {document("甲", "纾困增效专项行动"), document("乙", "稳岗返还")});
  EXPECT_EQ(found(library, {.text = "舒困增效方案"}).suggestion, "纾困增效方案");
  EXPECT_EQ(found(library, {.text = "稳刚返还"}).suggestion, "稳岗返还");
  EXPECT_EQ(found(library, {.text = "纾困增效"}).suggestion, "");
  EXPECT_EQ(found(library, {.text = "乱七八糟"}).suggestion, "");
}

TEST_F(SearchTest, EachPassageIsAHitWhereAsked) {
  Library library = open();
  Prepared law = document("云州市条例", "失业保险费返还的条件");
  law.passages.push_back({{"第二条"}, "失业保险费返还的标准"});
  put(library, {law});
  EXPECT_EQ(found(library, {.text = "失业保险费返还"}).hits.size(), 1u);
  const Hits hits = found(library, {.text = "失业保险费返还标准", .passages = true});
  ASSERT_EQ(hits.hits.size(), 2u);
  EXPECT_EQ(hits.hits[0].passage, 2u);
  EXPECT_EQ(hits.hits[1].passage, 1u);
  EXPECT_EQ(hits.total, 2u);
  EXPECT_EQ(hits.facets.years.size(), 0u);
}

TEST_F(SearchTest, NewDocumentsComeFirstWhereAsked) {
  Library library = open();
  Prepared old = document("旧", "稳岗返还");
  old.circular.date = Date::make(2016, 1, 1);
  Prepared recent = document("新", "稳岗返还资金");
  recent.circular.date = Date::make(2026, 1, 1);
  put(library, {old, recent, document("丙", "其他")});
  EXPECT_EQ(first(library, "稳岗返还"), "旧");
  const Query dated = {.text = "稳岗返还", .today = Date::make(2026, 11, 22), .half_life = 365};
  EXPECT_EQ(titles(library, dated).front(), "新");
}

TEST_F(SearchTest, ALawCountsMoreThanARuleOfTheSameWords) {
  Library library = open();
  put(library, {document("云州市劳动合同条例", "经济补偿按年限支付"),
                document("中华人民共和国劳动合同法", "经济补偿按年限支付")});
  EXPECT_EQ(first(library, "经济补偿"), "中华人民共和国劳动合同法");
}

TEST_F(SearchTest, FindsDocumentsThatSpeakOfTheSame) {
  Library library = open();
  const auto ids = put(
      library, {document("甲", "失业保险稳岗返还的标准，稳岗返还资金的用途"),
                document("乙", "稳岗返还资金由失业保险基金列支"), document("丙", "市容管理处罚")});
  const auto hits = library.like(ids[0], 10);
  ASSERT_TRUE(hits) << hits.error().message;
  ASSERT_EQ(hits.value().hits.size(), 1u);
  EXPECT_EQ(hits.value().hits[0].title, "乙");
  EXPECT_EQ(library.like("没有", 10).error().id, "library.no-document");
}

TEST_F(SearchTest, WhileTypingHalfAQueryFinds) {
  Library library = open();
  put(library, {document("甲", "企业宁静日制度"), document("乙", "市容管理")});
  const std::string whole = "企业宁静日制度";
  for (std::size_t letters = 2; letters <= 7; ++letters) {
    const Query query = {.text = whole.substr(0, 3 * letters), .typing = true};
    EXPECT_EQ(titles(library, query).front(), "甲") << query.text;
  }
}

}  // namespace
}  // namespace huice::library
