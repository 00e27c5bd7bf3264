#include "app/docx_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "archive/xml_text.h"
#include "base/utf8.h"

namespace huice::app {
namespace {

/// Letters that differ between two forms of a paragraph, one times the other: beyond that all of
/// them are taken as replaced.
constexpr std::size_t kMostPairs = 4'000'000;

/// The character that an entity between & and ; stands for.
std::optional<std::string> resolved(std::string_view entity) {
  static const std::map<std::string_view, std::string> kNamed = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
  if (const auto named = kNamed.find(entity); named != kNamed.end()) return named->second;
  if (!entity.starts_with('#')) return std::nullopt;
  const bool hexadecimal = entity.starts_with("#x");
  entity.remove_prefix(hexadecimal ? 2 : 1);
  std::uint32_t code = 0;
  const char* end = entity.data() + entity.size();
  const auto read = std::from_chars(entity.data(), end, code, hexadecimal ? 16 : 10);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  std::string character;
  append_utf8(character, static_cast<char32_t>(code));
  return character;
}

std::optional<std::u32string> unescaped(std::string_view xml) {
  std::string text;
  while (!xml.empty()) {
    const std::size_t mark = std::min(xml.find('&'), xml.size());
    text += xml.substr(0, mark);
    xml.remove_prefix(mark);
    if (xml.empty()) break;
    const std::size_t end = xml.find(';');
    const auto character = end == xml.npos ? std::nullopt : resolved(xml.substr(1, end - 1));
    if (!character) return std::nullopt;
    text += *character;
    xml.remove_prefix(end + 1);
  }
  return decode_utf8(text);
}

struct Tag {
  std::size_t begin = 0;
  std::size_t end = 0;    ///< behind its >
  std::string_view name;  ///< with its prefix
  bool closes = false;    ///< </name>
  bool empty = false;     ///< <name/>

  std::string_view prefix() const { return name.substr(0, name.find(':') + 1); }
  std::string_view local() const { return name.substr(name.find(':') + 1); }
};

/// Walks the tags of a well-formed document.
class Scanner {
 public:
  explicit Scanner(std::string_view xml) : xml_(xml) {}

  std::vector<DocxParagraph> run() {
    for (std::size_t at = xml_.find('<'); at != xml_.npos; at = xml_.find('<', at)) {
      const std::string_view rest = xml_.substr(at);
      if (rest.starts_with("<!--")) {
        at = behind("-->", at);
      } else if (rest.starts_with("<![CDATA[")) {
        spoil();
        at = behind("]]>", at);
      } else if (rest.starts_with("<?")) {
        at = behind("?>", at);
      } else {
        const Tag tag = tag_at(at);
        take(tag);
        at = tag.end;
      }
    }
    return std::move(found_);
  }

 private:
  struct Open {
    DocxParagraph runs;
    std::string_view prefix;
    bool plain = true;
  };

  std::size_t behind(std::string_view mark, std::size_t at) const {
    const std::size_t end = xml_.find(mark, at);
    return end == xml_.npos ? xml_.size() : end + mark.size();
  }

  Tag tag_at(std::size_t begin) const {
    Tag tag{.begin = begin, .closes = xml_.substr(begin, 2) == "</"};
    std::size_t end = begin;
    char quote = '\0';
    for (; end < xml_.size() && (quote != '\0' || xml_[end] != '>'); ++end) {
      if (quote == xml_[end]) {
        quote = '\0';
      } else if (quote == '\0' && (xml_[end] == '"' || xml_[end] == '\'')) {
        quote = xml_[end];
      }
    }
    tag.end = std::min(end + 1, xml_.size());
    tag.empty = end > begin && xml_[end - 1] == '/';
    const std::size_t name = begin + (tag.closes ? 2 : 1);
    const std::size_t name_end = std::min(xml_.find_first_of(" \t\r\n/>", name), xml_.size());
    tag.name = xml_.substr(name, name_end - name);
    return tag;
  }

  void spoil() {
    for (Open& open : open_)
      open.plain = false;
  }

  void take(const Tag& tag) {
    const std::string_view local = tag.local();
    if (local == "tbl" && !tag.empty) tables_ += tag.closes ? -1 : 1;
    if (local == "pPr" && !tag.empty) properties_ = !tag.closes;
    if (local == "p" && !tag.empty) {
      tag.closes ? close() : open(tag);
    } else if (local == "t" && !tag.closes && !tag.empty) {
      take_text(tag);
    } else if (!properties_ && (local == "tab" || local == "br" || local == "cr")) {
      spoil();
    }
  }

  void open(const Tag& tag) {
    open_.push_back({.runs = {}, .prefix = tag.prefix()});
    if (open_.size() > 1) spoil();
  }

  void close() {
    if (open_.empty()) return;
    Open closed = std::move(open_.back());
    open_.pop_back();
    const bool kept = closed.plain && open_.empty() && tables_ == 0 && !closed.runs.empty();
    if (kept) found_.push_back(std::move(closed.runs));
  }

  void take_text(const Tag& tag) {
    if (open_.empty()) return;
    const std::size_t end = std::min(xml_.find('<', tag.end), xml_.size());
    auto text = unescaped(xml_.substr(tag.end, end - tag.end));
    if (!text || tag.prefix() != open_.back().prefix) return spoil();
    open_.back().runs.push_back({tag.begin, end, std::string(tag.name), std::move(*text)});
  }

  std::string_view xml_;
  std::vector<Open> open_;
  std::vector<DocxParagraph> found_;
  int tables_ = 0;
  bool properties_ = false;
};

/// The letters of a paragraph go over into its new text one by one.
class Rewriter {
 public:
  explicit Rewriter(DocxParagraph& runs) {
    for (DocxRun& run : runs) {
      for (const char32_t letter : std::exchange(run.text, {})) {
        letters_ += letter;
        owners_.push_back(&run);
      }
    }
    last_ = &runs.front();
  }

  void run(std::u32string_view wanted) {
    std::u32string_view had = letters_;
    const auto same = std::ranges::mismatch(had, wanted);
    for (auto at = had.begin(); at != same.in1; ++at)
      keep();
    had.remove_prefix(at_);
    wanted.remove_prefix(at_);
    std::size_t tail = 0;
    while (tail < std::min(had.size(), wanted.size()) &&
           had[had.size() - 1 - tail] == wanted[wanted.size() - 1 - tail])
      ++tail;
    change(had.substr(0, had.size() - tail), wanted.substr(0, wanted.size() - tail));
    for (std::size_t i = 0; i < tail; ++i)
      keep();
  }

 private:
  void keep() {
    last_ = owners_[at_];
    last_->text += letters_[at_++];
  }
  void drop() { last_ = owners_[at_++]; }
  void add(char32_t letter) { last_->text += letter; }

  /// Keeps the longest common subsequence of the two, drops and adds the rest.
  void change(std::u32string_view had, std::u32string_view wanted) {
    const std::size_t width = wanted.size() + 1;
    const bool small = had.size() + 1 <= kMostPairs / width;
    std::vector<std::uint32_t> common(small ? (had.size() + 1) * width : 0);
    const auto at = [&](std::size_t i, std::size_t j) { return small ? common[i * width + j] : 0; };
    for (std::size_t i = small ? had.size() : 0; i-- > 0;) {
      for (std::size_t j = wanted.size(); j-- > 0;) {
        common[i * width + j] =
            had[i] == wanted[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < had.size() || j < wanted.size()) {
      if (small && i < had.size() && j < wanted.size() && had[i] == wanted[j]) {
        keep();
        ++i, ++j;
      } else if (i < had.size() && (j == wanted.size() || at(i + 1, j) >= at(i, j + 1))) {
        drop();
        ++i;
      } else {
        add(wanted[j++]);
      }
    }
  }

  std::u32string letters_;
  std::vector<DocxRun*> owners_;
  std::size_t at_ = 0;
  DocxRun* last_ = nullptr;
};

}  // namespace

std::vector<DocxParagraph> docx_paragraphs(std::string_view document_xml) {
  return Scanner(document_xml).run();
}

std::u32string text_of(const DocxParagraph& paragraph) {
  std::u32string text;
  for (const DocxRun& run : paragraph)
    text += run.text;
  return text;
}

DocxParagraph with_text(DocxParagraph paragraph, std::u32string_view text) {
  Rewriter(paragraph).run(text);
  return paragraph;
}

std::string with_paragraphs(std::string_view document_xml,
                            const std::vector<DocxParagraph>& changed) {
  std::string made;
  std::size_t at = 0;
  for (const DocxParagraph& paragraph : changed) {
    for (const DocxRun& run : paragraph) {
      made += document_xml.substr(at, run.begin - at);
      made +=
          "<" + run.name + " xml:space=\"preserve\">" + archive::xml_text(encode_utf8(run.text));
      at = run.end;
    }
  }
  made += document_xml.substr(at);
  return made;
}

}  // namespace huice::app
