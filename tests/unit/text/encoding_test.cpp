#include "text/encoding.h"

#include <string>

#include <gtest/gtest.h>

namespace huice::text {
namespace {

TEST(Encoding, OfUtf8IsKept) {
  const auto text = decode_text("\xEF\xBB\xBF通知\r\n一、\r二");
  ASSERT_TRUE(text);
  EXPECT_EQ(text.value().text, "通知\n一、\n二");
  EXPECT_EQ(text.value().encoding, "UTF-8");
}

TEST(Encoding, OfGb18030IsDetectedAndSaid) {
  const auto text = decode_text("\xCD\xA8\xD6\xAA\xA3\xBA\xB9\xD8\xD3\xDA");  // 通知：关于
  ASSERT_TRUE(text);
  EXPECT_EQ(text.value().text, "通知：关于");
  EXPECT_EQ(text.value().encoding, "GB18030");
}

TEST(Encoding, OfUtf16IsReadByItsMark) {
  const auto text = decode_text(std::string("\xFF\xFE\x1A\x90\xE5\x77", 6));
  ASSERT_TRUE(text);
  EXPECT_EQ(text.value().text, "通知");
}

TEST(Encoding, OfBinaryIsRefused) {
  EXPECT_EQ(decode_text(std::string("PK\x03\x04\0\0", 6)).error().id, "text.binary");
  EXPECT_EQ(decode_text("\xFF\xFF\xFF\x80\x81").error().id, "text.encoding");
}

TEST(Encoding, MayBeDeclared) {
  EXPECT_EQ(decode_text_as("\xCD\xA8\xD6\xAA", "gb2312").value().text, "通知");
  EXPECT_EQ(decode_text_as("abc", "klingon").error().id, "text.encoding.unknown");
}

}  // namespace
}  // namespace huice::text
