#include "text/words.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "text/word_ends.h"

namespace huice::text {
namespace {

std::vector<std::string> words_of(const std::string& text, std::vector<std::string> terms = {}) {
  std::vector<std::string> words;
  for (const Word& word : Segmenter(Lexicon(terms)).words(text))
    words.push_back(word.term);
  return words;
}

using Words = std::vector<std::string>;

TEST(Words, ComeFromTheDictionary) {
  EXPECT_EQ(words_of("研发费用，加计扣除"), (Words{"研发", "费用", "加计", "扣除"}));
}

TEST(Words, OfTheLexiconStayWhole) {
  EXPECT_EQ(words_of("研发费用加计扣除政策", {"研发费用", "加计扣除"}),
            (Words{"研发费用", "加计扣除", "政策"}));
  EXPECT_EQ(words_of("专精特新企业", {"专精特新", "专精"}), (Words{"专精特新", "企业"}));
}

TEST(Words, ReachAcrossTheBoundariesOfTheDictionary) {
  const auto words = words_of("推动企业纾困增效工作", {"纾困增效"});
  EXPECT_EQ(words, (Words{"推动", "企业", "纾困增效", "工作"}));
}

TEST(Words, KnowTheirPlaceInTheTextAsGiven) {
  const std::string text = "（ＡＢＣ）稅務局";
  const auto words = Segmenter(Lexicon()).words(text);
  ASSERT_GE(words.size(), 2u);
  EXPECT_EQ(words[0].term, "abc");
  EXPECT_EQ(text.substr(words[0].offset, words[0].size), "ＡＢＣ");
  EXPECT_EQ(text.substr(words[1].offset, 6), "稅務");
}

TEST(WordEnds, AreThoseOfTheWordThatHoldsTheLetter) {
  EXPECT_EQ(word_ends(U"研发费用，A1"), (std::vector<std::size_t>{2, 2, 4, 4, 5, 7, 7}));
  EXPECT_EQ(word_ends(U"稅𬭎").size(), 2U);
  EXPECT_TRUE(word_ends(U"").empty());
}

TEST(Words, SurviveAnyBytes) {
  EXPECT_TRUE(words_of("").empty());
  EXPECT_NO_THROW(words_of("\xE4\xB8\xFF\xFE\x80甲\xF0"));
  EXPECT_EQ(words_of("𬭎𠮷").size(), words_of("𬭎𠮷").size());
}

}  // namespace
}  // namespace huice::text
