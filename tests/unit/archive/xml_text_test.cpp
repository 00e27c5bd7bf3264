#include "archive/xml_text.h"

#include <gtest/gtest.h>

namespace huice::archive {
namespace {

TEST(XmlTextTest, MarkupIsWrittenAsEntities) {
  EXPECT_EQ(xml_text("A&B <纾困> \"x\""), "A&amp;B &lt;纾困&gt; \"x\"");
}

TEST(XmlTextTest, WhatXmlCannotHoldIsLeftOutAndLineEndsStay) {
  EXPECT_EQ(xml_text(std::string_view("一\0二\x1b\t三\n四\r", 17)), "一二\t三\n四&#13;");
}

}  // namespace
}  // namespace huice::archive
