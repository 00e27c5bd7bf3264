#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include "base/utf8.h"
#include "library/readers.h"
#include "text/encoding.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;

struct FreeParser {
  void operator()(xmlParserCtxt* parser) const { htmlFreeParserCtxt(parser); }
};

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

std::string lower(std::string_view ascii) {
  std::string out(ascii);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string attribute(const xmlNode* node, const char* name) {
  for (const xmlAttr* a = node->properties; a != nullptr; a = a->next) {
    if (view(a->name) == name && a->children != nullptr) {
      return std::string(view(a->children->content));
    }
  }
  return {};
}

/// What `charset=` says in the first kilobytes.
std::string declared_encoding(std::string_view bytes) {
  constexpr std::size_t kLookAt = 4096;
  const std::string head = lower(bytes.substr(0, kLookAt));
  const auto at = head.find("charset=");
  if (at == std::string::npos) return {};
  const auto begin = head.find_first_not_of("\"' ", at + 8);
  if (begin == std::string::npos) return {};
  const auto end = head.find_first_of("\"' />;", begin);
  return head.substr(begin, end == std::string::npos ? 0 : end - begin);
}

Result<std::string> html_text(std::string_view bytes) {
  const std::string encoding = declared_encoding(bytes);
  const bool utf8 = bytes.starts_with("\xEF\xBB\xBF") || !first_bad_utf8(bytes);
  // Pages saved again in another encoding keep their old declaration; valid UTF-8 is UTF-8.
  auto decoded =
      utf8 || encoding.empty() ? text::decode_text(bytes) : text::decode_text_as(bytes, encoding);
  if (!decoded) decoded = text::decode_text(bytes);
  if (!decoded) return std::move(decoded).error();
  return std::move(decoded).value().text;
}

bool is_dropped_element(std::string_view name) {
  static constexpr std::array<std::string_view, 16> kDropped = {
      "script", "style",    "nav",    "footer", "aside",  "form",  "noscript", "select",
      "button", "textarea", "iframe", "object", "canvas", "video", "audio",    "head"};
  return std::ranges::find(kDropped, name) != kDropped.end();
}

/// Class and id names of what stands round the text on the pages of agencies and newspapers.
bool is_furniture(const xmlNode* node) {
  static constexpr std::array<std::string_view, 15> kWords = {
      "nav",       "menu",       "footer", "foot",    "breadcrumb", "crumb",     "share", "sidebar",
      "copyright", "pagination", "banner", "toolbar", "related",    "recommend", "qrcode"};
  for (const char* name : {"id", "class"}) {
    const std::string value = lower(attribute(node, name));
    std::size_t at = 0;
    while (at < value.size()) {
      const auto end = std::min(value.find_first_of(" -_0123456789", at), value.size());
      if (std::ranges::find(kWords, value.substr(at, end - at)) != kWords.end()) return true;
      at = end + 1;
    }
  }
  return false;
}

bool is_block(std::string_view name) {
  static const std::set<std::string_view> kBlocks = {
      "p",  "div",  "li",         "ul",  "ol",     "tr",     "table", "section", "article", "main",
      "br", "h1",   "h2",         "h3",  "h4",     "h5",     "h6",    "dd",      "dt",      "dl",
      "hr", "body", "blockquote", "pre", "header", "center", "tbody", "thead",   "caption"};
  return kBlocks.contains(name);
}

int heading_level(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' ? name[1] - '0' : 0;
}

/// A cell that holds several paragraphs lays out a page; it is none of a table.
bool is_layout_cell(const xmlNode* cell) {
  constexpr int kParagraphs = 4;
  constexpr int kLookAt = 400;  // nodes; cells nest as deep as they like
  int paragraphs = 0;
  int seen = 0;
  const xmlNode* node = cell->children;
  while (node != nullptr && node != cell && seen++ < kLookAt) {
    const std::string_view name = node->type == XML_ELEMENT_NODE ? view(node->name) : "";
    if (name == "p" || name == "div" || name == "center" || name == "table") ++paragraphs;
    if (paragraphs >= kParagraphs) return true;
    if (node->type == XML_ELEMENT_NODE && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (node != cell && node->next == nullptr)
      node = node->parent;
    if (node != cell) node = node->next;
  }
  return false;
}

bool is_cell(const xmlNode* node) {
  const std::string_view name = view(node->name);
  return (name == "td" || name == "th") && !is_layout_cell(node);
}

/// Walks a subtree in document order without recursion: pages nest as deep as they like.
template <class Enter, class Leave>
void walk(xmlNode* root, Enter enter, Leave leave) {
  xmlNode* node = root;
  while (node != nullptr) {
    const bool inside = enter(node);
    if (inside && node->children != nullptr) {
      node = node->children;
      continue;
    }
    leave(node);
    while (node != root && node->next == nullptr) {
      node = node->parent;
      leave(node);
    }
    if (node == root) return;
    node = node->next;
  }
}

bool is_skipped(const xmlNode* node) {
  if (node->type != XML_ELEMENT_NODE) return node->type != XML_TEXT_NODE;
  const std::string_view name = view(node->name);
  return is_dropped_element(name) || (name != "body" && name != "html" && is_furniture(node));
}

/// Letters outside links below every element.
class Weights {
 public:
  explicit Weights(xmlNode* root) {
    std::vector<std::size_t> open;
    int links = 0;
    const auto enter = [&](xmlNode* node) {
      const bool link = node->type == XML_ELEMENT_NODE && view(node->name) == "a";
      if (node->type == XML_TEXT_NODE && links == 0) {
        letters_ += code_point_count(text::trimmed(view(node->content)));
      }
      if (link) ++links;
      open.push_back(letters_);
      return !is_skipped(node);
    };
    const auto leave = [&](xmlNode* node) {
      if (node->type == XML_ELEMENT_NODE && view(node->name) == "a") --links;
      const std::size_t weight = letters_ - open.back();
      open.pop_back();
      consider(node, weight);
    };
    walk(root, enter, leave);
  }

  /// The smallest element that holds nearly all of the text.
  xmlNode* content(xmlNode* root) const {
    for (const auto& [node, weight] : candidates_) {
      if (weight * 10 >= letters_ * 8) return node;
    }
    return root;
  }

 private:
  void consider(xmlNode* node, std::size_t weight) {
    if (node->type != XML_ELEMENT_NODE) return;
    static constexpr std::array<std::string_view, 6> kHolders = {"div",  "td",      "article",
                                                                 "main", "section", "body"};
    const bool holder = std::ranges::find(kHolders, view(node->name)) != kHolders.end();
    // Children are left before their parents, so the first that is heavy enough is the smallest.
    if (holder && weight > 0) candidates_.emplace_back(node, weight);
  }

  std::size_t letters_ = 0;
  std::vector<std::pair<xmlNode*, std::size_t>> candidates_;
};

/// Gathers the text of a subtree as lines.
class LineGatherer {
 public:
  std::vector<SourceLine> gather(xmlNode* root) {
    walk(
        root, [this](xmlNode* node) { return enter(node); },
        [this](xmlNode* node) { leave(node); });
    flush();
    return std::move(lines_);
  }

 private:
  bool enter(xmlNode* node) {
    if (node->type == XML_TEXT_NODE) {
      append(view(node->content));
      return false;
    }
    if (is_skipped(node)) return false;
    const std::string_view name = view(node->name);
    if (is_cell(node)) {
      if (!line_.text.empty()) line_.text += " | ";
      ++cells_;
    } else if ((is_block(name) || name == "td") && cells_ == 0) {
      flush();
    }
    if (name == "tr") line_.table_row = true;
    if (heading_level(name) > 0) line_.heading = heading_ = heading_level(name);
    return true;
  }

  void leave(xmlNode* node) {
    if (node->type != XML_ELEMENT_NODE || is_skipped(node)) return;
    const std::string_view name = view(node->name);
    if (heading_level(name) > 0) heading_ = 0;
    if (cells_ > 0 && is_cell(node)) {
      --cells_;
    } else if (is_block(name) && cells_ == 0) {
      flush();
    }
  }

  /// HTML's line ends are blanks; blanks between Han letters are the source's line breaks.
  void append(std::string_view text) {
    const std::string spaced = text::single_spaced(text);
    if (spaced.empty()) return;
    const bool words = !line_.text.empty() && text.front() == ' ' &&
                       static_cast<unsigned char>(spaced.front()) < 0x80;
    if (words) line_.text += ' ';
    line_.text += spaced;
  }

  void flush() {
    if (!line_.text.empty()) lines_.push_back(std::move(line_));
    line_ = {.heading = heading_};
  }

  std::vector<SourceLine> lines_;
  SourceLine line_;
  int cells_ = 0;
  int heading_ = 0;  // of the element that is open; a title may be broken into lines
};

std::string without_site_name(const std::string& title) {
  std::size_t end = title.size();
  for (const std::string_view mark : {"_", "|", " - ", "--", "－", "—"}) {
    const auto at = title.find(mark);
    if (at != std::string::npos && at > 0) end = std::min(end, at);
  }
  return std::string(text::trimmed(std::string_view(title).substr(0, end)));
}

std::string text_below(xmlNode* root) {
  std::string text;
  walk(
      root,
      [&](xmlNode* node) {
        if (node->type == XML_TEXT_NODE) text += view(node->content);
        return true;
      },
      [](xmlNode*) {});
  return text::single_spaced(text);
}

/// What the head of a page says: `<meta name="ArticleTitle">` and `PubDate` as agencies' sites are
/// told to write them, else `<title>`.
struct HtmlHead {
  std::string title;
  std::string published;
};

HtmlHead html_head(xmlNode* root) {
  std::string title;
  std::string article;
  std::string published;
  walk(
      root,
      [&](xmlNode* node) {
        if (node->type != XML_ELEMENT_NODE) return false;
        const std::string_view name = view(node->name);
        if (name == "title" && title.empty()) title = without_site_name(text_below(node));
        const std::string meta = name == "meta" ? lower(attribute(node, "name")) : "";
        if (meta == "articletitle") article = attribute(node, "content");
        if (meta == "pubdate") published = attribute(node, "content");
        return name == "html" || name == "head";
      },
      [](xmlNode*) {});
  return {article.empty() ? title : article, published};
}

}  // namespace

Result<SourceText> read_html(std::string_view bytes) {
  HUICE_TRY(const std::string utf8, html_text(bytes));
  constexpr int kOptions =
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  const std::unique_ptr<xmlParserCtxt, FreeParser> parser(htmlNewParserCtxt());
  const Document document(htmlCtxtReadMemory(
      parser.get(), utf8.data(), static_cast<int>(utf8.size()), nullptr, "UTF-8", kOptions));
  // A parser that forgives all mistakes stops itself for one reason, its limit of nesting; what
  // stands behind that point is not in the document.
  if (parser != nullptr && parser->disableSAX != 0) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "library.html.too-deep",
                 .message = "网页嵌套过深，后面的内容读不到",
                 .hint = "请用浏览器打开后把正文另存为 .txt 再试"};
  }
  xmlNode* root = document == nullptr ? nullptr : xmlDocGetRootElement(document.get());
  if (root == nullptr) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "library.html",
                 .message = "网页读不出内容",
                 .hint = "请用浏览器打开后把正文另存为 .txt 再试"};
  }
  HtmlHead head = html_head(root);
  SourceText source{.title = std::move(head.title)};
  source.lines = LineGatherer().gather(Weights(root).content(root));
  constexpr std::size_t kSurroundings = 60;
  source.surroundings = LineGatherer().gather(root);
  source.surroundings.resize(std::min(source.surroundings.size(), kSurroundings));
  if (!head.published.empty()) {
    source.surroundings.push_back({.text = "发布时间：" + head.published});
  }
  return finished(std::move(source));
}

}  // namespace huice::library
