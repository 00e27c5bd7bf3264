// Markdown that differs only in its values is parsed once.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/recent.h"
#include "compose/expand.h"
#include "compose/markdown_tree.h"

namespace huice::compose {

/// A tree of which only the tables are still open: filled_in() gives the text of their cells.
struct FilledTree {
  MarkdownTree tree;
  std::vector<std::string> values;
};

/// `text` with values where their marks stand.
std::string filled_in(std::string_view text, const std::vector<std::string>& values);

/// Trees of expansions by what the template says in them. Kept for many documents of one template,
/// it saves parsing; what they say does not depend on it. For one thread.
///
/// A value that Markdown cannot read as a mark, whatever stands beside it, is left open in the tree
/// and filled in; any other counts as a part of the template. Findings are not kept.
class MarkdownMemory {
 public:
  FilledTree tree_of(const Expansion& expansion);

 private:
  static constexpr std::size_t kMost = 32;
  Recent<std::string, std::shared_ptr<const MarkdownTree>> trees_{kMost};
};

}  // namespace huice::compose
