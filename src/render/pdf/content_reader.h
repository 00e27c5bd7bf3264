// The operators of a content stream, one after the other (ISO 32000-1, 7.8.2).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace huice::render::pdf {

/// What stands before an operator. Dictionaries, which only marked content has, are left out.
struct Operand {
  enum class Kind { Number, Name, Text, Array };
  Kind kind = Kind::Number;
  double number = 0;
  std::string text;            ///< of a name without its slash, of a text its bytes
  std::vector<Operand> items;  ///< of an array: numbers, names and texts
};

struct Operation {
  std::string name;  ///< `Tj`
  std::vector<Operand> operands;

  /// The operand as a number; 0 where there is none.
  double number(std::size_t index) const;
};

inline constexpr std::size_t kMaxOperands = 200'000;  ///< of one operator, those of arrays with it

/// Reads any bytes: what cannot be read is skipped. Inline images are skipped.
class ContentReader {
 public:
  explicit ContentReader(std::string_view content) : rest_(content) {}

  /// The next operation; false at the end and where one has too many operands.
  bool next(Operation& operation);
  /// Whether reading ended before the content did.
  bool overflown() const { return overflown_; }

 private:
  enum class Token { End, Operand, ArrayBegin, ArrayEnd, DictBegin, DictEnd, Operator };
  Token read(Operand& operand);
  void skip_blanks();
  std::string_view take(std::size_t count);
  std::string word();
  std::string text_in_brackets();
  std::string text_in_hex();
  void skip_image();

  std::string_view rest_;
  bool overflown_ = false;
};

}  // namespace huice::render::pdf
