#include "compose/markdown_tree.h"

#include <memory>
#include <mutex>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "base/utf8.h"
#include "compose/blanks.h"

namespace huice::compose {
namespace {

using NodePtr = std::unique_ptr<cmark_node, decltype(&cmark_node_free)>;
using ParserPtr = std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)>;

/// Set beside ** where CommonMark would not see emphasis, and taken out of the texts again.
constexpr std::string_view kSpacer = "\xE2\x80\x85";  // U+2005, a blank that nobody types

bool is_escaped(std::string_view text, std::size_t at) {
  std::size_t slashes = 0;
  while (at > slashes && text[at - slashes - 1] == '\\')
    ++slashes;
  return slashes % 2 == 1;
}

/// CommonMark does not close ** between a punctuation mark and a letter, so that the Chinese
/// `**小标题。**正文` would keep its asterisks. A blank outside each pair makes it one.
std::string with_spaced_marks(std::string_view utf8) {
  std::string text;
  text.reserve(utf8.size() + 64);
  bool open = false;
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    if (utf8[at] == '\n' && at + 1 < utf8.size() && utf8[at + 1] == '\n') open = false;
    const bool mark = utf8.substr(at, 2) == "**" && utf8.substr(at, 3) != "***" &&
                      !is_escaped(utf8, at) && (at == 0 || utf8[at - 1] != '*');
    if (!mark) {
      text += utf8[at];
      continue;
    }
    const bool line_start = at == 0 || utf8[at - 1] == '\n' || utf8[at - 1] == ' ';
    if (!open && !line_start) text += kSpacer;
    text += "**";
    ++at;
    if (open) text += kSpacer;
    open = !open;
  }
  return text;
}

std::string without_spacers(std::string_view text) {
  std::string plain;
  std::size_t at = 0;
  for (std::size_t found = text.find(kSpacer); found != std::string_view::npos;
       found = text.find(kSpacer, at)) {
    plain += text.substr(at, found - at);
    at = found + kSpacer.size();
  }
  return plain.append(text.substr(at));
}

bool is_western(char c) {
  return c > ' ' && c < 0x7F;
}

class Reader {
 public:
  MarkdownTree read(cmark_node* document) {
    read_blocks(document, 0);
    return std::move(tree_);
  }

 private:
  void refuse(cmark_node* node, const std::string& what, std::string hint) {
    tree_.findings.push_back({.line = line_of(node),
                              .id = "markdown.unsupported",
                              .message = "公文里不能有" + what,
                              .hint = std::move(hint)});
  }

  /// Inline nodes have no places of their own in tables; their block has.
  int line_of(cmark_node* node) const {
    const int line = cmark_node_get_start_line(node);
    return line > 0 ? line : line_;
  }

  void read_blocks(cmark_node* parent, int list_depth) {
    for (cmark_node* node = cmark_node_first_child(parent); node != nullptr;
         node = cmark_node_next(node)) {
      line_ = line_of(node);
      read_block(node, list_depth);
    }
  }

  void read_block(cmark_node* node, int list_depth) {
    const std::string_view type = cmark_node_get_type_string(node);
    if (type == "paragraph") {
      add(node, {.kind = MarkdownBlock::Kind::Paragraph, .runs = runs_of(node)});
    } else if (type == "heading") {
      add(node, {.kind = MarkdownBlock::Kind::Heading,
                 .level = cmark_node_get_heading_level(node),
                 .runs = runs_of(node)});
    } else if (type == "list") {
      read_list(node, list_depth + 1);
    } else if (type == "table") {
      add(node, {.kind = MarkdownBlock::Kind::Table,
                 .table = std::make_shared<const MarkdownTable>(table_of(node))});
    } else if (type == "thematic_break") {
      add(node, {.kind = MarkdownBlock::Kind::Rule});
    } else if (type == "html_block") {
      read_html_block(node);
    } else if (type == "code_block") {
      refuse(node, "代码块", "段首不要空四格或用制表符，首行缩进由排版完成");
    } else if (type == "block_quote") {
      refuse(node, "引用块", "删去行首的 >");
    } else {
      refuse(node, std::string(type), "");
    }
  }

  void add(cmark_node* node, MarkdownBlock block) {
    block.line = line_of(node);
    tree_.blocks.push_back(std::move(block));
  }

  void read_html_block(cmark_node* node) {
    const char* literal = cmark_node_get_literal(node);
    const std::string_view html = trimmed(literal == nullptr ? "" : literal);
    if (html.starts_with("<!--") && html.ends_with("-->")) return;
    refuse(node, "HTML", "换行写 <br>，其他标签删去");
  }

  void read_list(cmark_node* list, int depth) {
    if (depth > kMaxListDepth) {
      tree_.findings.push_back({.line = line_of(list),
                                .id = "markdown.too-deep",
                                .message = "列表嵌套太深",
                                .hint = "改用标题分层"});
      return;
    }
    const bool ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    int number = ordered ? cmark_node_get_list_start(list) : 0;
    for (cmark_node* item = cmark_node_first_child(list); item != nullptr;
         item = cmark_node_next(item)) {
      line_ = line_of(item);
      bool first = true;
      for (cmark_node* part = cmark_node_first_child(item); part != nullptr;
           part = cmark_node_next(part)) {
        const bool paragraph = std::string_view(cmark_node_get_type_string(part)) == "paragraph";
        if (paragraph && first) {
          add(part, {.kind = MarkdownBlock::Kind::Item,
                     .level = depth,
                     .number = number,
                     .runs = runs_of(part)});
          first = false;
        } else {
          read_block(part, depth);
        }
      }
      if (ordered) ++number;
    }
  }

  MarkdownTable table_of(cmark_node* node) {
    MarkdownTable table;
    const std::size_t columns = cmark_gfm_extensions_get_table_columns(node);
    const std::uint8_t* aligns = cmark_gfm_extensions_get_table_alignments(node);
    for (std::size_t i = 0; i < columns; ++i) {
      const char align = aligns == nullptr ? '\0' : static_cast<char>(aligns[i]);
      table.columns.push_back(align == 'l'   ? MarkdownTable::Align::Left
                              : align == 'c' ? MarkdownTable::Align::Centre
                              : align == 'r' ? MarkdownTable::Align::Right
                                             : MarkdownTable::Align::None);
    }
    for (cmark_node* row = cmark_node_first_child(node); row != nullptr;
         row = cmark_node_next(row)) {
      line_ = line_of(row);
      table.rows.emplace_back();
      for (cmark_node* cell = cmark_node_first_child(row); cell != nullptr;
           cell = cmark_node_next(cell)) {
        table.rows.back().push_back(runs_of(cell));
      }
      table.rows.back().resize(columns);
    }
    return table;
  }

  std::vector<InlineRun> runs_of(cmark_node* parent) {
    runs_.clear();
    strong_ = 0;
    read_inlines(parent);
    return std::move(runs_);
  }

  void append(std::string_view text) {
    const std::string plain = without_spacers(text);
    if (plain.empty()) return;
    const bool strong = strong_ > 0;
    if (runs_.empty() || runs_.back().strong != strong) runs_.push_back({{}, strong});
    runs_.back().text += plain;
  }

  /// A line end of the source: a blank between two Western words, nothing beside Chinese.
  void append_soft_break(cmark_node* node) {
    cmark_node* next = cmark_node_next(node);
    const char* literal = next == nullptr ? nullptr : cmark_node_get_literal(next);
    const bool before =
        !runs_.empty() && !runs_.back().text.empty() && is_western(runs_.back().text.back());
    if (before && literal != nullptr && is_western(*literal)) append(" ");
  }

  // Recursion is bounded: cmark nests inlines no deeper than its own delimiter stack allows, and
  // everything but strong text ends the descent.
  void read_inlines(cmark_node* parent) {
    for (cmark_node* node = cmark_node_first_child(parent); node != nullptr;
         node = cmark_node_next(node)) {
      const std::string_view type = cmark_node_get_type_string(node);
      const char* literal = cmark_node_get_literal(node);
      if (type == "text") {
        append(literal);
      } else if (type == "softbreak") {
        heading_aware_break(parent, node);
      } else if (type == "linebreak") {
        append("\n");
      } else if (type == "strong") {
        if (++strong_ <= kMaxListDepth) read_inlines(node);
        --strong_;
      } else if (type == "html_inline") {
        read_html(node, literal);
      } else if (type == "code") {
        refuse(node, "代码样式", "删去反引号；要原样印出反引号，前面写 \\");
      } else if (type == "emph") {
        refuse(node, "斜体", "删去单个的 * 或 _；要原样印出，前面写 \\");
      } else if (type == "link") {
        refuse(node, "链接", "直接写出文字");
      } else if (type == "image") {
        refuse(node, "图片", "图片另作附件");
      } else {
        refuse(node, std::string(type), "");
      }
    }
  }

  /// Several lines of a heading (underlined with ===) are lines of the title.
  void heading_aware_break(cmark_node* parent, cmark_node* node) {
    if (std::string_view(cmark_node_get_type_string(parent)) == "heading") {
      append("\n");
    } else {
      append_soft_break(node);
    }
  }

  void read_html(cmark_node* node, std::string_view html) {
    if (html == "<br>" || html == "<br/>" || html == "<br />") return append("\n");
    if (html.starts_with("<!--")) return;
    refuse(node, "HTML", "换行写 <br>，其他标签删去；要原样印出 <，前面写 \\");
  }

  MarkdownTree tree_;
  std::vector<InlineRun> runs_;
  int strong_ = 0;
  int line_ = 0;
};

void register_extensions() {
  static std::once_flag once;
  std::call_once(once, cmark_gfm_core_extensions_ensure_registered);
}

}  // namespace

MarkdownTree read_markdown_tree(std::string_view utf8) {
  register_extensions();
  const std::string text = with_spaced_marks(utf8);
  const ParserPtr parser(cmark_parser_new(CMARK_OPT_DEFAULT), cmark_parser_free);
  cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension("table"));
  cmark_parser_feed(parser.get(), text.data(), text.size());
  const NodePtr document(cmark_parser_finish(parser.get()), cmark_node_free);
  return Reader().read(document.get());
}

}  // namespace huice::compose
