// What a search finds, in which order, and what it says beside.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "library/names.h"
#include "library/query.h"
#include "library/ranking.h"
#include "library/terms.h"
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

TEST_F(SearchTest, ANumberStandsOutHoweverItIsWritten) {
  Library library = open();
  put(library,
      {document("关于小微企业的通知", "从业人员300人以下，5日内办结。每年3次，留档300页。")});
  const auto marked = [&](const std::string& query) {
    const Hits hits = found(library, {.text = query});
    std::vector<std::string> pieces;
    for (const Hit& hit : hits.hits) {
      for (const auto& [offset, size] : hit.snippet.highlights)
        pieces.push_back(hit.snippet.text.substr(offset, size));
    }
    return pieces;
  };
  using Pieces = std::vector<std::string>;
  EXPECT_EQ(marked("三百人"), (Pieces{"300人", "300"}));
  EXPECT_EQ(marked("五日"), Pieces{"5日"});
  EXPECT_EQ(marked("３次"), Pieces{"3次"});
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

TEST_F(SearchTest, PlacesAreFoundHoweverTheirLettersAreSpoken) {
  Library library = open();
  Prepared city = document("甲", "做好奖补工作");
  city.circular.region = "重庆市";
  Prepared other = document("乙", "做好奖补工作");
  other.circular.region = "湖南省/长沙市";
  put(library, {city, other});
  EXPECT_EQ(titles(library, {.text = "cqs"}), std::vector<std::string>{"甲"});
  EXPECT_EQ(titles(library, {.text = "zqs"}), std::vector<std::string>{"甲"});
  EXPECT_EQ(titles(library, {.text = "css"}), std::vector<std::string>{"乙"});
}

TEST_F(SearchTest, EnterprisesAreFoundByTheirTradeNamesAndTheInitials) {
  Library library = open();
  const std::vector<std::string> names = {"云岭县鑫源达新材料有限公司",
                                          "湖南云岭精工机械制造股份有限公司", "有限公司"};
  const auto known = library.name_enterprises(names);
  ASSERT_TRUE(known) << known.error().message;
  EXPECT_EQ(known.value(), 2u);
  put(library,
      {document("甲", "走访鑫源达公司，协调用电。"), document("乙", "走访源达水厂，鑫盛药店。")});
  EXPECT_EQ(titles(library, {.text = "xyd"}), std::vector<std::string>{"甲"});
  EXPECT_EQ(first(library, "鑫源达"), "甲");
  EXPECT_EQ(titles(open(Mode::Read), {.text = "xyd"}), std::vector<std::string>{"甲"});
}

TEST_F(SearchTest, OnlyWhatHoldsOnTheDayIsShownWhereAsked) {
  Library library = open();
  Prepared ended = document("期满办法", "稳岗返还资金");
  ended.circular.date = Date::make(2020, 1, 1);
  ended.circular.expires = Date::make(2023, 12, 31);
  Prepared repealed = document("云州市稳岗返还暂行办法", "稳岗返还资金");
  repealed.circular.date = Date::make(2021, 1, 1);
  Prepared later = document("云州市稳岗返还办法", "稳岗返还资金");
  later.circular.date = Date::make(2025, 3, 1);
  later.circular.effective = Date::make(2025, 5, 1);
  later.circular.citations = later.circular.repeals = {{"云州市稳岗返还暂行办法", ""}};
  put(library, {ended, repealed, later, document("无日期", "稳岗返还资金")});
  const auto valid_on = [&](int year, unsigned month) {
    auto found = titles(library, {.text = "稳岗返还", .valid_on = Date::make(year, month, 15)});
    std::ranges::sort(found);
    return found;
  };
  using List = std::vector<std::string>;
  EXPECT_EQ(valid_on(2019, 6), List{"无日期"});
  EXPECT_EQ(valid_on(2023, 6), (List{"云州市稳岗返还暂行办法", "无日期", "期满办法"}));
  EXPECT_EQ(valid_on(2025, 4), (List{"云州市稳岗返还暂行办法", "无日期"}));
  EXPECT_EQ(valid_on(2025, 6), (List{"云州市稳岗返还办法", "无日期"}));
  const Hits all = found(library, {.text = "稳岗返还", .today = Date::make(2025, 6, 1)});
  ASSERT_EQ(all.facets.standings.size(), 2u);
  EXPECT_EQ(all.facets.standings[0].name, "失效");
  EXPECT_EQ(all.facets.standings[0].count, 2u);
}

TEST_F(SearchTest, ANumberThatTheFilterHidesIsNotCalledMissing) {
  Library library = open();
  Prepared notice = document("通知", "稳岗返还");
  notice.circular.number = "云政发〔2020〕1号";
  notice.circular.expires = Date::make(2021, 1, 1);
  put(library, {notice});
  const Hits hits =
      found(library, {.text = "云政发〔2020〕1号", .valid_on = Date::make(2026, 1, 1)});
  EXPECT_TRUE(hits.hits.empty());
  ASSERT_EQ(hits.notes.size(), 1u);
  EXPECT_EQ(hits.notes[0], "云政发〔2020〕1号 在库中，但不合筛选条件");
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

TEST_F(SearchTest, WhileTypingWhatTheLibraryLacksFindsNothing) {
  Library library = open();
  put(library, {document("甲", "企业宁静日制度"), document("乙", "市容管理")});
  EXPECT_TRUE(titles(library, {.text = "龘靐", .typing = true}).empty());
  EXPECT_EQ(titles(library, {.text = "", .typing = true}).size(), 2u);
}

TEST_F(SearchTest, WhileTypingTheRarestTermsAreAskedFirst) {
  Library library = open();
  std::vector<Prepared> documents;
  for (int i = 0; i < 40; ++i)
    documents.push_back(document("常见", "企业申报材料"));
  documents.push_back(document("少见", "企业宁静日"));
  put(library, documents);
  EXPECT_EQ(titles(library, {.text = "企业宁静日", .typing = true}).front(), "少见");
}

TEST_F(SearchTest, RareTermsFindWhatAllFindFirstAndWeighItAsAllDo) {
  Library library = open();
  std::vector<Prepared> documents = {document("甲", "失业保险稳岗返还的通知")};
  for (int i = 0; i < 20; ++i)
    documents.push_back(document("乙" + std::to_string(i), "工作通知"));
  put(library, documents);
  LibraryState state(load_index_settings(HUICE_SOURCE_DIR "/index").value());
  state.database = Xapian::Database((folder_ / "library").string());
  const Query query;
  const QueryTerms terms = terms_of(state, "稳岗返还通知");
  constexpr Xapian::doccount kPostings = 10;
  EXPECT_FALSE(rare_query(state, terms, postings_to_find(state)));
  const auto rare = rare_query(state, terms, kPostings);
  ASSERT_TRUE(rare);
  FoundTexts texts;
  const auto found = [&](const Xapian::Query& text) {
    return best_passages(state, query, text, Xapian::Query::MatchAll, texts);
  };
  const auto first = found(*rare);
  const auto all = found(text_query(state, terms));
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].entry, all[0].entry);
  EXPECT_DOUBLE_EQ(first[0].weight, all[0].weight);
  // One is too little: all terms are asked.
  EXPECT_EQ(best_passages(state, query, terms, Xapian::Query::MatchAll, kPostings, texts).size(),
            21u);
}

TEST(TermCounts, StandInTheOrderOfTheirBytesAndEachOnce) {
  const text::Segmenter segmenter{text::Lexicon()};
  TermCounts counted(segmenter);
  counted.add("三百人和300人，abc 企业纾困增效", 2);
  const Counts terms = counted.counts();
  EXPECT_TRUE(std::ranges::is_sorted(terms));
  EXPECT_EQ(std::ranges::adjacent_find(terms, {}, &Counts::value_type::first), terms.end());
  for (const Counts::value_type& expected :
       {Counts::value_type("300", 4), {"B企业", 2}, {"C人", 4}, {"abc", 2}, {"企业", 2}}) {
    EXPECT_NE(std::ranges::find(terms, expected), terms.end()) << expected.first;
  }
}

TEST(TradeName, StandsBetweenPlaceAndTradeOfARegisteredName) {
  const auto settings = load_index_settings(HUICE_SOURCE_DIR "/index").value();
  const text::Segmenter segmenter{text::Lexicon(settings.lexicon)};
  const std::pair<const char*, const char*> cases[] = {{"云岭县鑫源达新材料有限公司", "鑫源达"},
                                                       {"湖南省长沙市中联机械股份有限公司", "中联"},
                                                       {"云州市盛翔箱包厂", "盛翔箱包"},
                                                       {"鑫源达（湖南）科技有限责任公司", "鑫源达"},
                                                       {"有限公司", ""},
                                                       {"", ""}};
  for (const auto& [registered, trade] : cases)
    EXPECT_EQ(trade_name(settings, segmenter, registered), trade) << registered;
}

}  // namespace
}  // namespace huice::library
