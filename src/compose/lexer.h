// Template text -> pieces: plain text, and tags as tokens, with whitespace control applied.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "compose/syntax.h"

namespace huice::compose {

struct Token {
  enum class Kind { Name, Number, Text, Operator, End };
  Kind kind = Kind::End;
  std::string text;  ///< Text: without quotes, escapes resolved
  std::size_t offset = 0;
};

struct Piece {
  enum class Kind { Text, Print, Block };
  Kind kind = Kind::Text;
  std::size_t offset = 0;     ///< of the first character, of a tag its `{`
  std::string_view text;      ///< Text only; points into the tree's text
  std::vector<Token> tokens;  ///< Print and Block; the last is End
};

/// The pieces of `tree.text` in order. What is wrong goes to `findings`; a broken tag is left out.
std::vector<Piece> lex(const syntax::Tree& tree, Findings& findings);

}  // namespace huice::compose
