#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "archive/xml_reader.h"
#include "archive/zip_reader.h"
#include "library/readers.h"
#include "text/normalize.h"
#include "text/numerals.h"

namespace huice::library {
namespace {

using archive::XmlElement;
using archive::XmlNext;

int number_of(std::optional<std::string_view> text, int otherwise) {
  int number = 0;
  if (!text) return otherwise;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  return error == std::errc() && end == text->data() + text->size() ? number : otherwise;
}

/// Word's own outline has nine levels.
constexpr int kLevels = 9;

/// styles.xml: the outline level of each paragraph style, 1 to 9.
class StyleReader : public archive::XmlHandler {
 public:
  std::map<std::string, int, std::less<>> levels;

  XmlNext start(const XmlElement& element) override {
    if (element.name == "style") style_ = element.attribute("styleId").value_or("");
    if (element.name == "outlineLvl" && !style_.empty()) {
      const int level = number_of(element.attribute("val"), kLevels);
      if (level >= 0 && level < kLevels) levels[style_] = level + 1;
    }
    return XmlNext::Continue;
  }
  XmlNext end(std::string_view name) override {
    if (name == "style") style_.clear();
    return XmlNext::Continue;
  }
  XmlNext text(std::string_view) override { return XmlNext::Continue; }

 private:
  std::string style_;
};

/// One level of a list: how its numbers are written and what stands round them.
struct ListLevel {
  std::string format = "decimal";
  std::string pattern;  ///< `%1、`, `（%2）`
  int first = 1;
};
using ListLevels = std::map<int, ListLevel>;

/// numbering.xml: the levels of each abstract list, and which list a paragraph's number names.
class NumberingReader : public archive::XmlHandler {
 public:
  std::map<int, ListLevels> abstracts;
  std::map<int, int> lists;

  XmlNext start(const XmlElement& element) override {
    const auto value = element.attribute("val");
    if (element.name == "abstractNum") {
      abstract_ = number_of(element.attribute("abstractNumId"), -1);
    } else if (element.name == "num") {
      list_ = number_of(element.attribute("numId"), -1);
    } else if (element.name == "abstractNumId") {
      lists[list_] = number_of(value, -1);
    } else if (element.name == "lvl") {
      level_ = number_of(element.attribute("ilvl"), 0);
    } else if (element.name == "numFmt") {
      abstracts[abstract_][level_].format = value.value_or("decimal");
    } else if (element.name == "lvlText") {
      abstracts[abstract_][level_].pattern = value.value_or("");
    } else if (element.name == "start") {
      abstracts[abstract_][level_].first = number_of(value, 1);
    }
    return XmlNext::Continue;
  }
  XmlNext end(std::string_view) override { return XmlNext::Continue; }
  XmlNext text(std::string_view) override { return XmlNext::Continue; }

 private:
  int abstract_ = -1;
  int list_ = -1;
  int level_ = 0;
};

std::string written(int number, const std::string& format) {
  if (format.starts_with("chinese") || format.starts_with("japanese") ||
      format.starts_with("ideographTraditional") || format == "taiwaneseCounting") {
    return text::to_chinese_numeral(number);
  }
  return std::to_string(number);
}

/// Counts the paragraphs of every list and writes their numbers out.
class ListCounter {
 public:
  explicit ListCounter(const NumberingReader& numbering) : numbering_(numbering) {}

  std::string label(int list, int level) {
    const auto abstract = numbering_.lists.find(list);
    if (abstract == numbering_.lists.end() || level < 0 || level >= kLevels) return {};
    const auto levels = numbering_.abstracts.find(abstract->second);
    if (levels == numbering_.abstracts.end()) return {};
    auto& counts = counts_[list];
    counts.erase(counts.upper_bound(level), counts.end());
    const auto own = levels->second.find(level);
    if (own == levels->second.end() || own->second.format == "bullet") return {};
    const auto [count, fresh] = counts.try_emplace(level, own->second.first);
    if (!fresh) ++count->second;
    return filled(own->second.pattern, levels->second, counts);
  }

 private:
  static std::string filled(const std::string& pattern, const ListLevels& levels,
                            const std::map<int, int>& counts) {
    std::string label;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const bool place = pattern[i] == '%' && i + 1 < pattern.size() && pattern[i + 1] >= '1' &&
                         pattern[i + 1] <= '9';
      if (!place) {
        label += pattern[i];
        continue;
      }
      const int level = pattern[++i] - '1';
      const auto format = levels.find(level);
      const auto count = counts.find(level);
      if (format == levels.end()) continue;
      const int number = count == counts.end() ? format->second.first : count->second;
      label += written(number, format->second.format);
    }
    return label;
  }

  const NumberingReader& numbering_;
  std::map<int, std::map<int, int>> counts_;
};

/// document.xml: paragraphs and tables in order.
class BodyReader : public archive::XmlHandler {
 public:
  BodyReader(const StyleReader& styles, const NumberingReader& numbering)
      : styles_(styles), counter_(numbering) {}

  std::vector<SourceLine> lines;

  XmlNext start(const XmlElement& element) override {
    const std::string_view name = element.name;
    if (name == "Fallback") ++skipped_;  // the old form of what mc:Choice has already said
    if (skipped_ > 0) return XmlNext::Continue;
    if (name == "p") {
      open_.emplace_back();
    } else if (name == "tr") {
      rows_.emplace_back();
    } else if (name == "tc" && !rows_.empty()) {
      if (!rows_.back().empty()) rows_.back() += " | ";
    } else if (!open_.empty()) {
      inside_paragraph(element);
    }
    return XmlNext::Continue;
  }

  XmlNext end(std::string_view name) override {
    if (name == "Fallback") --skipped_;
    if (skipped_ > 0) return XmlNext::Continue;
    if (name == "p" && !open_.empty()) {
      close_paragraph();
    } else if (name == "tr" && !rows_.empty()) {
      lines.push_back({.text = std::move(rows_.back()), .table_row = true});
      rows_.pop_back();
    } else if (name == "t") {
      text_ = false;
    }
    return XmlNext::Continue;
  }

  XmlNext text(std::string_view utf8) override {
    if (text_ && skipped_ == 0 && !open_.empty()) open_.back().text += utf8;
    return XmlNext::Continue;
  }

 private:
  struct Paragraph {
    std::string text;
    std::string style;
    int outline = 0;
    int list = 0;
    int level = 0;
  };

  void inside_paragraph(const XmlElement& element) {
    Paragraph& paragraph = open_.back();
    const auto value = element.attribute("val");
    if (element.name == "t") {
      text_ = true;
    } else if (element.name == "tab") {
      paragraph.text += ' ';
    } else if (element.name == "br" || element.name == "cr") {
      paragraph.text += '\n';
    } else if (element.name == "pStyle") {
      paragraph.style = value.value_or("");
    } else if (element.name == "outlineLvl") {
      paragraph.outline = number_of(value, kLevels) + 1;
    } else if (element.name == "numId") {
      paragraph.list = number_of(value, 0);
    } else if (element.name == "ilvl") {
      paragraph.level = number_of(value, 0);
    }
  }

  void close_paragraph() {
    Paragraph paragraph = std::move(open_.back());
    open_.pop_back();
    if (text::trimmed(paragraph.text).empty()) {
      if (rows_.empty()) lines.push_back({});
      return;
    }
    if (paragraph.list > 0) {
      paragraph.text.insert(0, counter_.label(paragraph.list, paragraph.level));
    }
    if (!rows_.empty()) {
      std::ranges::replace(paragraph.text, '\n', ' ');
      if (!rows_.back().empty() && !rows_.back().ends_with("| ")) rows_.back() += ' ';
      rows_.back() += text::trimmed(paragraph.text);
      return;
    }
    const auto style = styles_.levels.find(paragraph.style);
    int heading = style == styles_.levels.end() ? 0 : style->second;
    if (paragraph.outline > 0 && paragraph.outline <= kLevels) heading = paragraph.outline;
    for (std::size_t at = 0; at <= paragraph.text.size();) {
      const auto end = std::min(paragraph.text.find('\n', at), paragraph.text.size());
      lines.push_back({.text = paragraph.text.substr(at, end - at), .heading = heading});
      at = end + 1;
    }
  }

  const StyleReader& styles_;
  ListCounter counter_;
  std::vector<Paragraph> open_;  // a text box holds paragraphs inside a paragraph
  std::vector<std::string> rows_;
  int skipped_ = 0;
  bool text_ = false;
};

Status read_member(const archive::ZipReader& zip, const std::string& name,
                   archive::XmlHandler& handler) {
  HUICE_TRY(const std::string xml, zip.read(name));
  return archive::read_xml(xml, handler, {.file = zip.file(), .part = name});
}

}  // namespace

Result<SourceText> read_docx(std::string bytes, const std::string& file) {
  constexpr archive::ZipLimits kLimits = {.member_bytes = std::uint64_t{64} << 20,
                                          .total_bytes = std::uint64_t{256} << 20};
  HUICE_TRY(const archive::ZipReader zip,
            archive::ZipReader::open(std::move(bytes), file, kLimits));
  StyleReader styles;
  NumberingReader numbering;
  if (zip.contains("word/styles.xml")) {
    HUICE_TRY([[maybe_unused]] const Unit read, read_member(zip, "word/styles.xml", styles));
  }
  if (zip.contains("word/numbering.xml")) {
    HUICE_TRY([[maybe_unused]] const Unit read, read_member(zip, "word/numbering.xml", numbering));
  }
  if (!zip.contains("word/document.xml")) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "library.docx.no-document",
                 .message = "压缩包里没有 word/document.xml，不是 Word 文档",
                 .where = {.file = file},
                 .hint = "请用 Word 或 WPS 打开后另存为 .docx 再试"};
  }
  BodyReader body(styles, numbering);
  HUICE_TRY([[maybe_unused]] const Unit read, read_member(zip, "word/document.xml", body));
  return finished({.lines = std::move(body.lines)});
}

}  // namespace huice::library
