#include "archive/xml_reader.h"

#include <string>

#include <gtest/gtest.h>

namespace huice::archive {
namespace {

/// Writes back what it is told: `<a k=v>text</a>`.
class Echo : public XmlHandler {
 public:
  explicit Echo(std::string stop_at = {}) : stop_at_(std::move(stop_at)) {}

  XmlNext start(const XmlElement& element) override {
    ++starts;
    seen += "<" + std::string(element.name);
    for (const auto& [name, value] : element.attributes) {
      seen += " " + std::string(name) + "=" + std::string(value);
    }
    seen += ">";
    return element.name == stop_at_ ? XmlNext::Stop : XmlNext::Continue;
  }
  XmlNext end(std::string_view name) override {
    seen += "</" + std::string(name) + ">";
    return XmlNext::Continue;
  }
  XmlNext text(std::string_view utf8) override {
    seen += utf8;
    return XmlNext::Continue;
  }

  std::string seen;
  int starts = 0;

 private:
  std::string stop_at_;
};

std::string echo(std::string_view xml) {
  Echo echo;
  const Status read = read_xml(xml, echo, {.file = "a.xml"});
  return read ? echo.seen : read.error().id;
}

Error refusal(std::string_view xml, const XmlLimits& limits = {}) {
  Echo echo;
  const Status read = read_xml(xml, echo, {.file = "a.xml", .part = "b"}, limits);
  return read ? Error{} : read.error();
}

TEST(ReadXml, ReportsElementsAndTextInOrder) {
  EXPECT_EQ(echo("<?xml version='1.0' encoding='UTF-8'?><a k='1'>惠<b/>企&amp;&#x4e91;</a>"),
            "<a k=1>惠<b></b>企&云</a>");
}

/// `xml` cut into stretches of `size` bytes.
std::string echo_in_pieces(std::string_view xml, std::size_t size, const XmlLimits& limits = {}) {
  Echo echo;
  const Pieces pieces = [&] {
    const std::string_view piece = xml.substr(0, size);
    xml.remove_prefix(piece.size());
    return Result<std::string_view>(piece);
  };
  const Status read = read_xml(pieces, echo, {.file = "a.xml"}, limits);
  return read ? echo.seen : read.error().id;
}

TEST(ReadXml, PiecesAreReadAsTheWhole) {
  for (const std::string_view xml :
       {"\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?>\n<!-- 惠 --><a k='1'>惠<b/>企&amp;</a>",
        "<a><b></a>", "<!-- <!DOCTYPE a> --><a/>", "<!DOCTYPE a><a/>",
        "<!-- 甲 --><!DOCTYPE a><a/>", "<?xml version='1.0' encoding='GBK'?><a/>", "", "<!-- 甲"}) {
    for (std::size_t size = 1; size <= xml.size() + 1; ++size)
      EXPECT_EQ(echo_in_pieces(xml, size), echo(xml)) << xml << size;
  }
}

TEST(ReadXml, RefusesPiecesThatHideWhatTheyBeginWith) {
  const std::string comment = "<!--" + std::string(2 * kLongestProlog, '-') + "--><!DOCTYPE a><a/>";
  EXPECT_EQ(echo_in_pieces(comment, 5000), "xml.too-large");
  EXPECT_EQ(echo_in_pieces("<a>" + std::string(100, 'b') + "</a>", 10, {.bytes = 50}),
            "xml.too-large");
}

TEST(ReadXml, EndsWhereThePiecesFail) {
  int count = 0;
  const Pieces pieces = [&]() -> Result<std::string_view> {
    if (count++ == 0) return std::string_view("<a>");
    return Error{.code = ErrorCode::InvalidInput, .id = "zip.corrupt", .message = "坏"};
  };
  Echo echo;
  EXPECT_EQ(read_xml(pieces, echo, {}).error().id, "zip.corrupt");
}

TEST(ReadXml, DropsPrefixes) {
  EXPECT_EQ(echo("<x:a xmlns:x='u' x:k='1'/>"), "<a x=u k=1></a>");
}

TEST(ReadXml, TakesABomAndCdata) {
  EXPECT_EQ(echo("\xEF\xBB\xBF<a><![CDATA[<!DOCTYPE b>]]></a>"), "<a><!DOCTYPE b></a>");
}

TEST(ReadXml, GivesThePlaceOfASyntaxError) {
  const Error error = refusal("<a>\n云岭<b></a>");
  EXPECT_EQ(error.id, "xml.syntax");
  EXPECT_EQ(error.where.file, "a.xml");
  EXPECT_EQ(error.where.part, "b");
  EXPECT_EQ(error.where.line, 2);
  EXPECT_EQ(error.where.column, 8);
}

TEST(ReadXml, RefusesDocumentTypesBehindCommentsAndInstructions) {
  const Error error = refusal(
      "<?xml version='1.0'?><!-- <a> -->\n<?pi x?> <!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>");
  EXPECT_EQ(error.id, "xml.doctype");
  EXPECT_EQ(error.where.line, 2);
  EXPECT_EQ(error.where.column, 10);
}

TEST(ReadXml, KnowsNoEntitiesButThoseOfXml) {
  EXPECT_EQ(echo("<a>&nbsp;</a>"), "xml.syntax");
}

TEST(ReadXml, RefusesOtherEncodings) {
  EXPECT_EQ(echo("<?xml version='1.0' encoding='GBK'?><a/>"), "xml.encoding");
  EXPECT_EQ(echo(std::string_view("\xFF\xFE<\0a\0/\0>\0", 10)), "xml.encoding");
  EXPECT_EQ(echo(std::string_view("<\0a\0/\0>\0", 8)), "xml.encoding");
}

TEST(ReadXml, RefusesBrokenUtf8) {
  EXPECT_EQ(echo("<a>\xC3(</a>"), "xml.syntax");
}

TEST(ReadXml, RefusesNestingBeyondTheLimitAndReadsNoFurther) {
  std::string deep;
  for (int i = 0; i < 2'000'000; ++i)
    deep += "<a>";
  const Error error = refusal(deep, {.depth = 100});
  EXPECT_EQ(error.id, "xml.too-deep");
  EXPECT_EQ(error.where.column, 301);
  EXPECT_EQ(refusal("<a><a/></a>", {.depth = 2}).id, "");
  EXPECT_EQ(refusal("<a><a/></a>", {.depth = 1}).id, "xml.too-deep");
}

TEST(ReadXml, RefusesTooManyBytes) {
  EXPECT_EQ(refusal("<a></a>", {.bytes = 6}).id, "xml.too-large");
  EXPECT_EQ(refusal("<a></a>", {.bytes = 7}).id, "");
}

TEST(ReadXml, StopsWhereTheReceiverHasEnough) {
  Echo echo("b");
  EXPECT_TRUE(read_xml("<a><b/><c/>", echo, {}).has_value());
  EXPECT_EQ(echo.seen, "<a><b>");
}

TEST(ReadXml, RefusesEmptyAndForeignBytes) {
  EXPECT_EQ(echo(""), "xml.syntax");
  EXPECT_EQ(echo("惠企"), "xml.syntax");
  EXPECT_EQ(echo("<a/><b/>"), "xml.syntax");
}

}  // namespace
}  // namespace huice::archive
