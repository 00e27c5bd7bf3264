#include "library/structure.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "library/pack.h"

namespace huice::library {
namespace {

const IndexSettings& settings() {
  static const IndexSettings kSettings = load_index_settings(HUICE_SOURCE_DIR "/index").value();
  return kSettings;
}

Circular circular_of(const std::string& text) {
  return structure_of(read_plain_text(text).value(), settings());
}

const char* const kNotice =
    "云工办〔2026〕3号\n\n"
    "云岭县推进新型工业化领导小组办公室\n关于印发《云岭县工业企业纾困增效实施方案》的通知\n\n"
    "各乡镇人民政府，各园区，县直各单位：\n"
    "根据《关于开展某专项行动的通知》（湘政发[2025]12号）和湘工信〔2025〕7 号要求，现印发给你们。\n"
    "附件：1.安排表\n2.考核细则\n"
    "云岭县推进新型工业化领导小组办公室\n2026年5月7日\n"
    "云岭县工业企业纾困增效\n实施方案\n"
    "一、总体目标\n帮助企业解决困难。\n"
    "二、重点任务。全面落实各项政策。\n"
    "（一）要素保障。帮助融资。\n1.电力；\n2.用地。\n"
    "本方案自2026年6月1日起施行。\n";

TEST(Structure, FindsThePartsOfANotice) {
  const Circular notice = circular_of(kNotice);
  EXPECT_EQ(notice.title,
            "云岭县推进新型工业化领导小组办公室关于印发《云岭县工业企业纾困增效实施方案》的通知");
  EXPECT_EQ(notice.number, "云工办〔2026〕3号");
  EXPECT_EQ(notice.issuer, "云岭县推进新型工业化领导小组办公室");
  EXPECT_EQ(notice.genre, "通知");
  EXPECT_EQ(notice.addressee, "各乡镇人民政府，各园区，县直各单位");
  EXPECT_EQ(notice.region, "云岭县");
  ASSERT_TRUE(notice.date);
  EXPECT_EQ(notice.date->to_iso(), "2026-05-07");
  EXPECT_EQ(notice.effective->to_iso(), "2026-06-01");
}

TEST(Structure, CitesOthersAndNotItself) {
  const Circular notice = circular_of(kNotice);
  ASSERT_EQ(notice.citations.size(), 2u);
  EXPECT_EQ(notice.citations[0], (Citation{"关于开展某专项行动的通知", "湘政发〔2025〕12号"}));
  EXPECT_EQ(notice.citations[1], (Citation{"", "湘工信〔2025〕7号"}));
}

TEST(Structure, KnowsHeadingsByTheirNumbers) {
  std::vector<std::pair<int, std::string>> headings;
  for (const Block& block : circular_of(kNotice).blocks) {
    if (block.kind == BlockKind::Heading) headings.emplace_back(block.level, block.text);
  }
  const std::vector<std::pair<int, std::string>> expected = {{1, "云岭县工业企业纾困增效实施方案"},
                                                             {6, "一、总体目标"},
                                                             {6, "二、重点任务"},
                                                             {7, "（一）要素保障"}};
  EXPECT_EQ(headings, std::vector(expected.begin(), expected.end()));
}

TEST(Structure, GivesPassagesTheirHeadings) {
  const auto passages = passages_of(circular_of(kNotice));
  ASSERT_FALSE(passages.empty());
  const Passage& last = passages.back();
  EXPECT_EQ(last.headings, (std::vector<std::string>{"云岭县工业企业纾困增效实施方案",
                                                     "二、重点任务", "（一）要素保障"}));
  EXPECT_NE(last.text.find("1.电力；"), std::string::npos);
}

TEST(Structure, ReadsARegulation) {
  const Circular law = circular_of(
      "云州市中小企业促进条例\n2005年5月20日 "
      "云州市第十二届人民代表大会常务委员会第二十次会议通过\n\n"
      "2013年9月27日 云州市第十四届人民代表大会常务委员会第六次会议修订\n\n## 第一章　总则\n\n"
      "第一条 为了促进中小企业发展，制定本条例。\n\n第二条 本市各级政府应当：\n（一）减轻负担；\n"
      "（二）提供服务。\n\n第三条 本条例自2014年3月1日起施行。\n");
  EXPECT_EQ(law.genre, "条例");
  EXPECT_EQ(law.issuer, "云州市人民代表大会常务委员会");
  EXPECT_EQ(law.date->to_iso(), "2005-05-20");
  EXPECT_EQ(law.amended->to_iso(), "2013-09-27");
  EXPECT_EQ(law.effective->to_iso(), "2014-03-01");
  const auto passages = passages_of(law);
  ASSERT_EQ(passages.size(), 3u);
  EXPECT_EQ(passages[1].headings, (std::vector<std::string>{"第一章　总则", "第二条"}));
}

TEST(Structure, ReadsTheHeadOfAPage) {
  const Circular page = circular_of(
      "索引号：430-2022\n发文字号：湘政发〔2022〕1号\n发布时间:2022-02-01 08:00:00\n"
      "湖南省人民政府关于某事的意见\n\n各市州人民政府：\n请认真落实。\n"
      "打印本页 关闭窗口\n版权所有 某网 湘ICP备1号\n");
  EXPECT_EQ(page.title, "湖南省人民政府关于某事的意见");
  EXPECT_EQ(page.number, "湘政发〔2022〕1号");
  EXPECT_EQ(page.date->to_iso(), "2022-02-01");
  EXPECT_EQ(page.region, "湖南省");
  EXPECT_EQ(page.blocks.size(), 1u);
}

TEST(Structure, TakesNoLengthOfTextForATitle) {
  std::string flood = "关于";
  for (int i = 0; i < 100'000; ++i)
    flood += "稳岗返还";
  flood += "的通知";
  const std::string body = "关于某事的通知\n各单位：\n请认真执行。\n某县财政局\n2026年1月5日\n";
  SourceText page = read_plain_text(body).value();
  page.title = flood;
  EXPECT_EQ(structure_of(page, settings()).title, "关于某事的通知");
  for (const std::string& text : {"标题：" + flood + "\n" + body, flood + "\n各单位：\n请执行。\n"})
    EXPECT_LT(circular_of(text).title.size(), 3'001U);
}

TEST(Structure, ReadsSeveralFactsOffOneLine) {
  const Circular page = circular_of(
      "关于进展情况的通报\n文号：云推新办〔2026〕11号　发布时间：2026-10-16　来源：某办公室\n\n"
      "各乡镇人民政府：\n现通报进展。\n");
  EXPECT_EQ(page.number, "云推新办〔2026〕11号");
  EXPECT_EQ(page.date->to_iso(), "2026-10-16");
  EXPECT_EQ(page.addressee, "各乡镇人民政府");
}

TEST(Structure, TakesTheLetterheadForNoTitle) {
  const Circular notice = circular_of(
      "云岭县人民政府文件\n云政发〔2026〕3号\n\n云岭县财政局 "
      "云岭县税务局\n关于某事的通知\n各单位：\n"
      "请认真执行。\n云岭县财政局\n2026年2月10日\n抄送：县委办公室。\n");
  EXPECT_EQ(notice.title, "云岭县财政局 云岭县税务局关于某事的通知");
  EXPECT_EQ(notice.issuer, "云岭县财政局、云岭县税务局");
  EXPECT_EQ(notice.number, "云政发〔2026〕3号");
  for (const Passage& passage : passages_of(notice))
    EXPECT_EQ(passage.text.find("抄送"), std::string::npos);
}

TEST(Structure, GuessesATitleFromTheOpeningWords) {
  const Circular essay =
      circular_of("去年以来，某县探索办法，帮助企业脱困。成效明显。\n一、做强\n");
  EXPECT_TRUE(essay.title_guessed);
  EXPECT_EQ(essay.title, "去年以来，某县探索办法，帮助企业脱困。");
  EXPECT_EQ(essay.number, "");
  EXPECT_FALSE(essay.date);
}

TEST(Structure, LosesNoTextThatHasNoLineEnds) {
  const Circular flat = circular_of(
      "关于某事的通知 各单位： 方案已经通过，自2020年2月1日起施行。责任编辑不在此列。版权也是。");
  EXPECT_EQ(flat.title, "关于某事的通知");
  EXPECT_FALSE(flat.title_guessed);
  ASSERT_EQ(flat.blocks.size(), 1u);
  EXPECT_EQ(flat.addressee, "各单位");
  EXPECT_TRUE(flat.blocks[0].text.starts_with("方案已经通过"));
}

TEST(Structure, CutsTextWithoutFullStopsIntoPassagesAndLosesNoLetter) {
  std::string endless = "关于某事的通知\n";
  for (int i = 0; i < 5'000; ++i)
    endless += "企业，";
  std::string joined;
  const auto passages = passages_of(circular_of(endless));
  for (const Passage& passage : passages) {
    EXPECT_LE(code_point_count(passage.text), 4 * kPassageLetters);
    EXPECT_FALSE(first_bad_utf8(passage.text));
    joined += passage.text;
  }
  EXPECT_GT(passages.size(), 5u);
  EXPECT_EQ(code_point_count(joined), 15'000u);
}

TEST(Structure, SurvivesAnything) {
  for (const char* text : {"》《《", "一、", "：", "2022年5月7日", "附件1", "（", "第一条"}) {
    const Circular circular = circular_of(text);
    EXPECT_NO_FATAL_FAILURE(passages_of(circular));
  }
  std::string endless;
  for (int i = 0; i < 20'000; ++i)
    endless += "《（一）";
  EXPECT_NO_FATAL_FAILURE(circular_of(endless));
}

TEST(Structure, ReadsWhatStandsAboveTheTitle) {
  const Circular request = circular_of(
      "000012\n秘密★1年\n加急\n云岭县财政局文件\n云财〔2026〕7号　　　签发人：赵某\n★\n"
      "云岭县财政局\n关于拨付资金的请示\n县人民政府：\n妥否，请批示。\n云岭县财政局\n"
      "2026年3月1日\n");
  EXPECT_EQ(
      request.letterhead,
      (Letterhead{
          .copy_number = "000012", .secrecy = "秘密★1年", .urgency = "加急", .signer = "赵某"}));
  EXPECT_EQ(request.title, "云岭县财政局关于拨付资金的请示");
  EXPECT_EQ(request.number_from, Place::Letterhead);
  EXPECT_EQ(request.issuer_from, Place::Title);
  EXPECT_EQ(request.date_from, Place::Signature);
}

TEST(Structure, KnowsNumbersThatTheTitleBegins) {
  const Circular order =
      circular_of("云州市人民政府令\n第9号\n《云州市某办法》已经通过，现予公布。\n2026年1月2日\n");
  EXPECT_EQ(order.number, "云州市人民政府令第9号");
  const Circular minutes = circular_of(
      "云岭县人民政府\n专题会议纪要\n〔2026〕4号\n关于研究厂房租金的会议纪要\n会议同意减免。\n");
  EXPECT_EQ(minutes.number, "云岭县人民政府专题会议纪要〔2026〕4号");
}

std::vector<Fact> facts_of_kind(const Circular& circular, FactKind kind) {
  std::vector<Fact> facts;
  std::ranges::copy_if(circular.facts, std::back_inserter(facts),
                       [&](const Fact& fact) { return fact.kind == kind; });
  for (const Fact& fact : facts)
    EXPECT_EQ(circular.blocks.at(fact.block).text.substr(fact.offset, fact.text.size()), fact.text);
  return facts;
}

const char* const kFacts =
    "关于某事的通知\n各单位：\n请于5月20日前报送名单，2月底前报总结，每年3月31日前报预算。\n"
    "安排资金1280.5万元，每人不超过500元。\n本通知自2026年6月1日起施行，有效期两年。"
    "《关于旧事的通知》（云政发〔2017〕16号）同时废止。\n（联系人：李某，电话：0000-1）\n"
    "某县财政局\n2026年4月1日\n";

TEST(Facts, DeadlinesGetTheYearOfTheirDocument) {
  const auto deadlines = facts_of_kind(circular_of(kFacts), FactKind::Deadline);
  ASSERT_EQ(deadlines.size(), 3u);
  EXPECT_EQ(deadlines[0].text, "请于5月20日前报送名单");
  EXPECT_EQ(deadlines[0].date, Date::make(2026, 5, 20));
  EXPECT_EQ(deadlines[1].date, Date::make(2027, 2, 28));
  EXPECT_FALSE(deadlines[2].date);
}

TEST(Facts, AmountsAreExact) {
  const auto amounts = facts_of_kind(circular_of(kFacts), FactKind::Amount);
  ASSERT_EQ(amounts.size(), 2u);
  EXPECT_EQ(amounts[0].money, Money::from_fen(1'280'500'000));
  EXPECT_EQ(amounts[1].text, "500元");
}

TEST(Facts, TermsEndOnTheirLastDay) {
  const Circular notice = circular_of(kFacts);
  EXPECT_EQ(notice.expires, Date::make(2028, 5, 31));
  EXPECT_EQ(facts_of_kind(notice, FactKind::Term).size(), 1u);
  EXPECT_EQ(circular_of("某通知\n本公告执行至2027年12月31日。\n").expires,
            Date::make(2027, 12, 31));
  EXPECT_FALSE(circular_of("某通知\n许可证有效期5年。\n").expires);
}

TEST(Facts, ContactsAreFound) {
  const auto contacts = facts_of_kind(circular_of(kFacts), FactKind::Contact);
  ASSERT_EQ(contacts.size(), 1u);
  EXPECT_EQ(contacts[0].text, "联系人：李某，电话：0000-1");
}

TEST(Repeals, NameWhatTheyEnd) {
  using Repeals = std::vector<Citation>;
  const auto repeals = [](const std::string& text) {
    return repeals_in(blocks_of({{.text = text}}));
  };
  const Citation old = {"关于旧事的通知", "云政发〔2017〕16号"};
  EXPECT_EQ(circular_of(kFacts).repeals, Repeals{old});
  EXPECT_EQ(repeals("废止《关于旧事的通知》（云政发〔2017〕16号）。"), Repeals{old});
  EXPECT_EQ(repeals("《关于旧事的通知》（云政发〔2017〕16号），自本办法施行之日起废止。"),
            Repeals{old});
  EXPECT_EQ(repeals("根据《某某管理办法》，旧办法同时废止。"), Repeals{});
  EXPECT_EQ(repeals("《关于旧事的通知》未经批准不得废止。"), Repeals{});
  EXPECT_EQ(repeals("《关于旧事的通知》废止后的衔接办法另行制定。"), Repeals{});
  const Circular list = circular_of(
      "关于清理文件的决定\n决定废止下列文件：\n1.《关于旧事的通知》（云政发〔2017〕16号）\n"
      "2.《关于更旧的通知》\n本决定自公布之日起施行。\n");
  EXPECT_EQ(list.repeals, (Repeals{old, {"关于更旧的通知", ""}}));
}

TEST(Sentences, TakeTheirClosingQuotesWithThem) {
  EXPECT_EQ(sentences_of("他说：“好。”又说：不。末"),
            (std::vector<std::string_view>{"他说：“好。”", "又说：不。", "末"}));
}

TEST(TitleKeys, KnowWhatANoticePassesOn) {
  const auto keys = title_keys("国务院关于印发国家某某实施方案的通知", "国务院");
  EXPECT_NE(std::ranges::find(keys, title_key("《国家某某实施方案》")), keys.end());
  EXPECT_NE(std::ranges::find(keys, title_key("关于印发国家某某实施方案的通知")), keys.end());
  EXPECT_EQ(title_key("《中华人民共和国职业教育法》"), title_key("职业教育法"));
}

TEST(Pack, GivesBackWhatItTook) {
  const Holding holding{"7", "/a/甲.txt", "UTF-8", circular_of(kNotice)};
  auto back = unpack_head(pack_head(holding));
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->circular.blocks.empty());
  ASSERT_TRUE(unpack_text(pack_text(holding.circular), back->circular));
  EXPECT_EQ(back->circular, holding.circular);
  EXPECT_EQ(back->file, holding.file);
  const StoredPassage stored{"7", 3, {{"一", "二"}, "文"}};
  EXPECT_EQ(unpack_passage(pack(stored)), stored);
}

TEST(Pack, RefusesDamagedBytes) {
  const Holding holding{"7", "f", "", circular_of(kNotice)};
  const std::string head = pack_head(holding);
  for (std::size_t cut = 0; cut < head.size(); cut += 7)
    EXPECT_FALSE(unpack_head(std::string_view(head).substr(0, cut)));
  EXPECT_FALSE(unpack_head("99999999999999999999:x"));
  const std::string text = pack_text(holding.circular);
  Circular circular;
  for (std::size_t cut = 0; cut < text.size(); cut += 7)
    EXPECT_FALSE(unpack_text(std::string_view(text).substr(0, cut), circular));
  EXPECT_FALSE(
      unpack_passage("1:7"
                     "9:999999999"));
}

}  // namespace
}  // namespace huice::library
