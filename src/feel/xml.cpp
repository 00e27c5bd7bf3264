#include "feel/xml.h"

#include <algorithm>
#include <memory>
#include <optional>

#include <expat.h>

namespace huice::feel {
namespace {

constexpr char kSeparator = '\n';  // between namespace and name, where neither can have it

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

/// Builds the tree as expat calls. Errors are recorded and parsing stopped: nothing may unwind
/// through C frames.
struct Builder {
  XML_Parser parser = nullptr;
  XmlElement root;
  std::vector<XmlElement*> open;
  std::size_t elements = 0;
  std::optional<Error> error;

  void stop(ErrorCode code, std::string id, std::string message, std::string hint) {
    if (error) return;
    error = Error{.code = code,
                  .id = std::move(id),
                  .message = std::move(message),
                  .where = {},
                  .hint = std::move(hint)};
    XML_StopParser(parser, XML_FALSE);
  }
};

std::pair<std::string, std::string> split_name(const char* name) {
  const std::string_view whole = name;
  const auto at = whole.rfind(kSeparator);
  if (at == std::string_view::npos) return {std::string(), std::string(whole)};
  return {std::string(whole.substr(0, at)), std::string(whole.substr(at + 1))};
}

void start(void* self, const char* name, const char** attributes) {
  auto& builder = *static_cast<Builder*>(self);
  if (builder.error) return;
  if (++builder.elements > kMaxXmlElements || builder.open.size() >= kMaxXmlDepth) {
    builder.stop(ErrorCode::TooLarge, "xml.too-large", "XML 的元素过多或嵌套过深", "拆分文件");
    return;
  }
  XmlElement element;
  std::tie(element.space, element.name) = split_name(name);
  element.line = static_cast<int>(XML_GetCurrentLineNumber(builder.parser));
  element.column = static_cast<int>(XML_GetCurrentColumnNumber(builder.parser)) + 1;
  for (; *attributes != nullptr; attributes += 2) {
    // An attribute of a foreign namespace never stands for one of ours.
    auto [space, local] = split_name(attributes[0]);
    element.attributes.emplace_back(space.empty() ? local : space + kSeparator + local,
                                    attributes[1]);
  }
  if (builder.open.empty()) {
    builder.root = std::move(element);
    builder.open.push_back(&builder.root);
    return;
  }
  auto& siblings = builder.open.back()->children;
  siblings.push_back(std::move(element));
  builder.open.push_back(&siblings.back());
}

void end(void* self, const char*) {
  auto& builder = *static_cast<Builder*>(self);
  if (!builder.error && !builder.open.empty()) builder.open.pop_back();
}

void characters(void* self, const char* text, int size) {
  auto& builder = *static_cast<Builder*>(self);
  if (builder.error || builder.open.empty()) return;
  builder.open.back()->text.append(text, static_cast<std::size_t>(size));
}

void doctype(void* self, const char*, const char*, const char*, int) {
  static_cast<Builder*>(self)->stop(ErrorCode::InvalidInput, "xml.entity",
                                    "XML 中不允许 DOCTYPE 与实体声明", "删去文件开头的 DOCTYPE");
}

}  // namespace

std::string_view XmlElement::attribute(std::string_view wanted) const {
  const auto found =
      std::ranges::find_if(attributes, [&](const auto& each) { return each.first == wanted; });
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

const XmlElement* XmlElement::child(std::string_view wanted) const {
  const auto found = std::ranges::find(children, wanted, &XmlElement::name);
  return found == children.end() ? nullptr : &*found;
}

std::vector<const XmlElement*> XmlElement::all(std::string_view wanted) const {
  std::vector<const XmlElement*> found;
  for (const XmlElement& each : children) {
    if (each.name == wanted) found.push_back(&each);
  }
  return found;
}

std::string_view XmlElement::text_of(std::string_view wanted) const {
  const XmlElement* found = child(wanted);
  return found == nullptr ? std::string_view() : std::string_view(found->text);
}

Result<XmlElement> read_xml(std::string_view bytes, const std::string& file) {
  if (bytes.size() > kMaxXmlBytes) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "xml.too-large",
                 .message = "XML 文件超过 16 MiB",
                 .where = {.file = file},
                 .hint = "拆分文件"};
  }
  const std::unique_ptr<XML_ParserStruct, FreeParser> parser(
      XML_ParserCreateNS("UTF-8", kSeparator));
  Builder builder;
  builder.parser = parser.get();
  XML_SetUserData(parser.get(), &builder);
  XML_SetElementHandler(parser.get(), start, end);
  XML_SetCharacterDataHandler(parser.get(), characters);
  XML_SetStartDoctypeDeclHandler(parser.get(), doctype);
  const auto status =
      XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), XML_TRUE);
  if (status == XML_STATUS_OK && !builder.error) return std::move(builder.root);
  Error error = builder.error.value_or(
      Error{.code = ErrorCode::InvalidInput,
            .id = "xml.syntax",
            .message = std::string("XML 有误：") + XML_ErrorString(XML_GetErrorCode(parser.get())),
            .where = {},
            .hint = "用 DMN 编辑器重新导出该文件"});
  error.where = {.file = file,
                 .line = static_cast<int>(XML_GetCurrentLineNumber(parser.get())),
                 .column = static_cast<int>(XML_GetCurrentColumnNumber(parser.get())) + 1,
                 .part = {}};
  return error;
}

}  // namespace huice::feel
