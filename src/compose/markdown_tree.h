// cmark-gfm's tree as plain values; nothing of the library leaves this pass.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace huice::compose {

/// A stretch of inline text; a line break is `\n` in it.
struct InlineRun {
  std::string text;
  bool strong = false;
};

struct MarkdownTable {
  enum class Align { None, Left, Centre, Right };
  std::vector<Align> columns;
  std::vector<std::vector<std::vector<InlineRun>>> rows;  ///< the first is the header
};

struct MarkdownBlock {
  enum class Kind { Paragraph, Heading, Item, Table, Rule };
  Kind kind = Kind::Paragraph;
  int level = 0;   ///< of a heading, 1 to 6; of a list item, 1 for the outermost list
  int number = 0;  ///< of an item of an ordered list; 0: not ordered
  std::vector<InlineRun> runs;
  std::shared_ptr<const MarkdownTable> table = nullptr;  ///< of Table, never null there
  int line = 0;                                          ///< of the text, from 1
};

/// What is wrong, by line of the text.
struct MarkdownFinding {
  int line = 0;
  std::string id;
  std::string message;
  std::string hint;
};

struct MarkdownTree {
  std::vector<MarkdownBlock> blocks;
  std::vector<MarkdownFinding> findings;
};

/// Lists in lists.
inline constexpr int kMaxListDepth = 8;

/// Reads CommonMark with GFM tables. What an official text has no form for is a finding.
MarkdownTree read_markdown_tree(std::string_view utf8);

}  // namespace huice::compose
