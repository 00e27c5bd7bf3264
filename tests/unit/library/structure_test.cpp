#include "library/structure.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

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
  EXPECT_TRUE(flat.blocks[0].text.starts_with("各单位："));
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
  const auto back = unpack_holding(pack(holding));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->circular, holding.circular);
  EXPECT_EQ(back->file, holding.file);
  const StoredPassage stored{"7", 3, {{"一", "二"}, "文"}};
  EXPECT_EQ(unpack_passage(pack(stored)), stored);
}

TEST(Pack, RefusesDamagedBytes) {
  const std::string good = pack(Holding{"7", "f", "", circular_of(kNotice)});
  for (std::size_t cut = 0; cut < good.size(); cut += 7)
    EXPECT_FALSE(unpack_holding(std::string_view(good).substr(0, cut)));
  EXPECT_FALSE(unpack_holding("99999999999999999999:x"));
  EXPECT_FALSE(
      unpack_passage("1:7"
                     "9:999999999"));
}

}  // namespace
}  // namespace huice::library
