#include "archive/xml_reader.h"

#include <algorithm>
#include <array>
#include <istream>
#include <streambuf>

#include <Poco/Exception.h>
#include <Poco/SAX/Attributes.h>
#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/InputSource.h>
#include <Poco/SAX/Locator.h>
#include <Poco/SAX/SAXException.h>
#include <Poco/SAX/SAXParser.h>

#include "base/utf8.h"

namespace huice::archive {
namespace {

std::string_view local_name(std::string_view qualified) {
  const std::size_t colon = qualified.find(':');
  return colon == qualified.npos ? qualified : qualified.substr(colon + 1);
}

Error xml_error(ErrorCode code, std::string id, std::string message, SourceSpan where,
                std::string hint) {
  return Error{.code = code,
               .id = std::move(id),
               .message = std::move(message),
               .where = std::move(where),
               .hint = std::move(hint)};
}

SourceSpan at(SourceSpan where, LineColumn place) {
  where.line = place.line;
  where.column = place.column;
  return where;
}

/// The text as a stream that can be cut short. Ending the input is how reading stops: an exception
/// out of a callback would unwind through the C frames of expat.
class Input : public std::streambuf {
 public:
  /// `head`, then what `pieces` gives; no more than `most` bytes altogether.
  Input(std::string_view head, const Pieces& pieces, std::size_t most)
      : pieces_(pieces), head_(head), left_(most) {}

  void cut() { is_cut_ = true; }
  /// Why the input ended early: what `pieces` said, or that it is too long.
  const std::optional<Error>& failure() const { return failure_; }
  bool is_too_long() const { return is_too_long_; }

 protected:
  int_type underflow() override {
    const std::string_view piece = next();
    if (piece.empty()) return traits_type::eof();
    // The buffer is only read from.
    char* begin = const_cast<char*>(piece.data());
    setg(begin, begin, begin + piece.size());
    return traits_type::to_int_type(piece.front());
  }

 private:
  std::string_view next() {
    if (is_cut_) return {};
    std::string_view piece = std::exchange(head_, {});
    if (piece.empty()) {
      auto made = pieces_();
      if (!made) {
        failure_ = std::move(made).error();
        return {};
      }
      piece = made.value();
    }
    is_too_long_ = piece.size() > left_;
    if (is_too_long_) return {};
    left_ -= piece.size();
    return piece;
  }

  const Pieces& pieces_;
  std::string_view head_;
  std::size_t left_;
  bool is_cut_ = false;
  bool is_too_long_ = false;
  std::optional<Error> failure_;
};

/// Poco's callbacks turned into ours; after a stop it only waits for the end of the input.
class Bridge : public Poco::XML::DefaultHandler {
 public:
  Bridge(XmlHandler& handler, Input& input, int max_depth)
      : handler_(handler), input_(input), max_depth_(max_depth) {}

  bool stopped() const { return stopped_; }
  /// Where nesting went beyond the limit.
  const std::optional<LineColumn>& too_deep() const { return too_deep_; }

  void setDocumentLocator(const Poco::XML::Locator* locator) override { locator_ = locator; }

  void startElement(const Poco::XML::XMLString&, const Poco::XML::XMLString&,
                    const Poco::XML::XMLString& name,
                    const Poco::XML::Attributes& attributes) override {
    if (stopped_) return;
    if (++depth_ > max_depth_) {
      too_deep_ = LineColumn{locator_->getLineNumber(), locator_->getColumnNumber() + 1};
      stop();
      return;
    }
    element_.name = local_name(name);
    element_.attributes.clear();
    for (int i = 0; i < attributes.getLength(); ++i) {
      element_.attributes.emplace_back(local_name(attributes.getQName(i)), attributes.getValue(i));
    }
    if (handler_.start(element_) == XmlNext::Stop) stop();
  }

  void endElement(const Poco::XML::XMLString&, const Poco::XML::XMLString&,
                  const Poco::XML::XMLString& name) override {
    if (stopped_) return;
    --depth_;
    if (handler_.end(local_name(name)) == XmlNext::Stop) stop();
  }

  void characters(const Poco::XML::XMLChar text[], int begin, int length) override {
    if (stopped_) return;
    const std::string_view piece(text + begin, static_cast<std::size_t>(length));
    if (handler_.text(piece) == XmlNext::Stop) stop();
  }

 private:
  void stop() {
    stopped_ = true;
    input_.cut();
  }

  XmlHandler& handler_;
  Input& input_;
  int max_depth_;
  int depth_ = 0;
  bool stopped_ = false;
  std::optional<LineColumn> too_deep_;
  const Poco::XML::Locator* locator_ = nullptr;
  XmlElement element_;
};

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n";

/// The encoding that `<?xml … encoding="…"?>` declares; empty when it declares none.
std::string_view declared_encoding(std::string_view utf8) {
  const std::string_view declaration = utf8.substr(0, std::min(utf8.find("?>"), utf8.size()));
  const std::size_t name = declaration.find("encoding");
  if (!utf8.starts_with("<?xml") || name == declaration.npos) return {};
  const std::size_t open = declaration.find_first_of("\"'", name);
  if (open == declaration.npos) return {};
  const std::size_t close = declaration.find(declaration[open], open + 1);
  return close == declaration.npos ? "" : declaration.substr(open + 1, close - open - 1);
}

bool is_utf8_name(std::string_view encoding) {
  constexpr std::array<std::string_view, 4> kNames = {"utf-8", "utf8", "us-ascii", "ascii"};
  std::string lower(encoding);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return std::ranges::find(kNames, lower) != kNames.end();
}

Status check_encoding(std::string_view utf8, const SourceSpan& where) {
  const bool wide = utf8.starts_with("\xFF\xFE") || utf8.starts_with("\xFE\xFF") ||
                    utf8.substr(0, 4).find('\0') != utf8.npos;
  const std::string_view encoding = wide ? "UTF-16" : declared_encoding(utf8);
  if (encoding.empty() || is_utf8_name(encoding)) return Unit{};
  const std::string shown = encode_utf8(decode_utf8(encoding));
  return xml_error(ErrorCode::Unsupported, "xml.encoding",
                   "XML 应为 UTF-8 编码，实为“" + shown + "”", at(where, {1, 1}),
                   "请用原软件重新保存，或转换为 UTF-8");
}

/// What stands before the first element: blanks, comments, processing instructions, and perhaps a
/// `<!DOCTYPE`. Exact because the text is known to be UTF-8.
struct Prolog {
  std::optional<std::size_t> doctype;  ///< its offset
  bool is_open = false;                ///< no element follows in this text
};

Prolog read_prolog(std::string_view utf8) {
  std::size_t at = 0;
  while (true) {
    at = utf8.find_first_not_of(kBlanks, at);
    if (at == utf8.npos) return {.doctype = {}, .is_open = true};
    const std::string_view rest = utf8.substr(at);
    const bool comment = rest.starts_with("<!--");
    if (!comment && std::string_view("<!--").starts_with(rest)) {
      return {.doctype = {}, .is_open = true};
    }
    if (!comment && rest.starts_with("<!")) return {.doctype = at};
    if (!comment && !rest.starts_with("<?")) return {};
    const std::string_view close = comment ? "-->" : "?>";
    const std::size_t end = utf8.find(close, at + (comment ? 4 : 2));
    if (end == utf8.npos) return {.doctype = {}, .is_open = true};
    at = end + close.size();
  }
}

Error syntax_error(const SourceSpan& where, LineColumn place, const std::string& detail) {
  return xml_error(ErrorCode::InvalidInput, "xml.syntax", "XML 格式有误：" + detail,
                   at(where, place), "文件可能已损坏，请用原软件重新打开并另存");
}

}  // namespace

std::optional<std::string_view> XmlElement::attribute(std::string_view attribute_name) const {
  for (const auto& [each, value] : attributes) {
    if (each == attribute_name) return value;
  }
  return std::nullopt;
}

namespace {

Error too_large(std::string what, const SourceSpan& where) {
  return xml_error(ErrorCode::TooLarge, "xml.too-large", std::move(what), where, "请拆分文件");
}

/// What may not be in a text is told by its head, without the mark of its encoding.
Status check_head(std::string_view head, const SourceSpan& where) {
  if (const Status encoding = check_encoding(head, where); !encoding) return encoding.error();
  const auto doctype = read_prolog(head).doctype;
  if (!doctype) return Unit{};
  return xml_error(ErrorCode::InvalidInput, "xml.doctype",
                   "XML 含文档类型声明（DOCTYPE），可能夹带外部引用，未予读取",
                   at(where, line_column(head, *doctype)),
                   "正常的 Office、OFD 文件不含此项，请核实文件来源");
}

std::string_view without_mark(std::string_view head) {
  if (head.starts_with(kBom)) head.remove_prefix(kBom.size());
  return head;
}

Status parse(Input& input, XmlHandler& handler, const SourceSpan& where, const XmlLimits& limits) {
  std::istream stream(&input);
  Bridge bridge(handler, input, limits.depth);
  std::optional<Error> problem;
  try {
    Poco::XML::SAXParser parser("UTF-8");
    parser.setFeature(Poco::XML::XMLReader::FEATURE_NAMESPACES, false);
    parser.setContentHandler(&bridge);
    Poco::XML::InputSource source(stream);
    parser.parse(&source);
  } catch (const Poco::XML::SAXParseException& broken) {
    problem = syntax_error(where, {broken.getLineNumber(), broken.getColumnNumber() + 1},
                           broken.message());
  } catch (const Poco::Exception& broken) {
    problem = syntax_error(where, {}, broken.displayText());
  }
  if (bridge.too_deep()) {
    return xml_error(ErrorCode::TooLarge, "xml.too-deep",
                     "XML 嵌套超过 " + std::to_string(limits.depth) + " 层",
                     at(where, *bridge.too_deep()), "请核实文件来源");
  }
  if (bridge.stopped()) return Unit{};
  if (input.failure()) return *input.failure();
  if (input.is_too_long()) {
    return too_large("XML 超过上限 " + std::to_string(limits.bytes) + " 字节", where);
  }
  if (problem) return *std::move(problem);
  return Unit{};
}

}  // namespace

Status read_xml(std::string_view utf8, XmlHandler& handler, const SourceSpan& where,
                const XmlLimits& limits) {
  if (utf8.size() > limits.bytes) {
    return too_large(
        "XML 有 " + std::to_string(utf8.size()) + " 字节，超过上限 " + std::to_string(limits.bytes),
        where);
  }
  utf8 = without_mark(utf8);
  if (const Status clean = check_head(utf8, where); !clean) return clean.error();
  const Pieces none = [] { return Result<std::string_view>(std::string_view()); };
  Input input(utf8, none, limits.bytes);
  return parse(input, handler, where, limits);
}

Status read_xml(const Pieces& pieces, XmlHandler& handler, const SourceSpan& where,
                const XmlLimits& limits) {
  std::string begin;
  for (bool more = true; more;) {
    HUICE_TRY(const std::string_view piece, pieces());
    begin += piece;
    more = !piece.empty() && read_prolog(without_mark(begin)).is_open;
    if (more && begin.size() > kLongestProlog) {
      return too_large("XML 开头的说明超过 " + std::to_string(kLongestProlog) + " 字节", where);
    }
  }
  const std::string_view head = without_mark(begin);
  if (const Status clean = check_head(head, where); !clean) return clean.error();
  Input input(head, pieces, limits.bytes);
  return parse(input, handler, where, limits);
}

}  // namespace huice::archive
