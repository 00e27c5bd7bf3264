#include "text/document_number.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace huice::text {
namespace {

std::vector<std::string> numbers_of(const std::string& text) {
  std::vector<std::string> numbers;
  for (const auto& found : find_document_numbers(text))
    numbers.push_back(found.number.text());
  return numbers;
}

using Numbers = std::vector<std::string>;

TEST(DocumentNumber, HasOneFormWhateverItsBracketsAndBlanks) {
  for (const char* text :
       {"湘办发电〔2021〕68号", "湘办发电[2021]68号", "湘办发电（2021）68号", "湘办发电(2021)68号",
        "湘办发电【2021】68号", "湘办发电﹝2021﹞68号", "湘办发电［２０２１］６８号",
        "湘办发电 〔2021〕 68 号", "湘办发电〔2021〕第68号", "湘办发电〔二〇二一〕68号",
        "湘辦發電〔2021〕68號", "  湘办发电〔 2021 〕68号  ", "湘办发电〔2021〕68",
        "湘办发电〔2021年〕68号"}) {
    const auto number = parse_document_number(text);
    ASSERT_TRUE(number) << text;
    EXPECT_EQ(number->text(), "湘办发电〔2021〕68号") << text;
  }
}

TEST(DocumentNumber, GivesItsParts) {
  const auto number = parse_document_number("新推新字〔2022〕2号");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->agency, "新推新字");
  EXPECT_EQ(number->year, 2022);
  EXPECT_EQ(number->serial, 2);
}

TEST(DocumentNumber, IsFoundWithItsPlace) {
  const std::string text = "根据《关于某事的通知》(湘办发电〔2021〕68号)和湘政发[2022]1 号文件。";
  const auto found = find_document_numbers(text);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(text.substr(found[0].offset, found[0].size), "湘办发电〔2021〕68号");
  EXPECT_EQ(text.substr(found[1].offset, found[1].size), "湘政发[2022]1 号");
  EXPECT_EQ(found[1].number.text(), "湘政发〔2022〕1号");
}

TEST(DocumentNumber, LeavesOutTheWordsBeforeTheCode) {
  EXPECT_EQ(numbers_of("现按照国发〔2019〕4号、国办发〔2018〕5号和湘经信〔2018〕6号执行"),
            (Numbers{"国发〔2019〕4号", "国办发〔2018〕5号", "湘经信〔2018〕6号"}));
  EXPECT_EQ(numbers_of("5月7日日政办发〔2022〕1号"), Numbers{"日政办发〔2022〕1号"});
  EXPECT_EQ(numbers_of("和政〔2020〕1号"), Numbers{"和政〔2020〕1号"});
  EXPECT_EQ(numbers_of("自然资发〔2022〕3号"), Numbers{"自然资发〔2022〕3号"});
}

TEST(DocumentNumber, MayBeAnAnnouncementOrAnOrder) {
  EXPECT_EQ(numbers_of("按《公告》（财政部 税务总局公告2022年第14号）和国务院令第722号"),
            (Numbers{"财政部税务总局公告2022年第14号", "国务院令第722号"}));
  EXPECT_EQ(numbers_of("见云岭县税务局通告2026年第1号"), Numbers{"云岭县税务局通告2026年第1号"});
  EXPECT_EQ(numbers_of("中华人民共和国主席令第六十三号"), Numbers{"中华人民共和国主席令第63号"});
}

TEST(DocumentNumber, IsNotSeenWhereThereIsNone) {
  for (const char* text :
       {"（2019）4号", "2022年（第3号）", "编号（2019）4号", "某某〔2021〕号", "某某〔21〕3号",
        "某某〔2021〕3楼", "本公告2022年施行", "命令第一", "", "〔〔〔〔", "发〔2021"}) {
    EXPECT_TRUE(find_document_numbers(text).empty()) << text;
  }
}

}  // namespace
}  // namespace huice::text
