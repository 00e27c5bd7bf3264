#include "render/pdf/content_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace huice::render::pdf {
namespace {

constexpr std::string_view kBlanks{"\0\t\n\f\r ", 6};
constexpr std::string_view kDelimiters{"\0\t\n\f\r ()<>[]{}/%", 16};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_octal(char c) {
  return c >= '0' && c <= '7';
}

/// A PDF number: digits, perhaps with a point and a sign; no exponent, nothing spelt out.
bool to_number(std::string_view word, double& number) {
  if (word.find_first_not_of("+-.0123456789") != std::string_view::npos) return false;
  if (word.starts_with('+')) word.remove_prefix(1);
  const auto read =
      std::from_chars(word.data(), word.data() + word.size(), number, std::chars_format::fixed);
  return read.ec == std::errc() && read.ptr == word.data() + word.size();
}

}  // namespace

double Operation::number(std::size_t index) const {
  return index < operands.size() ? operands[index].number : 0;
}

void ContentReader::skip_blanks() {
  while (true) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(kBlanks), rest_.size()));
    if (!rest_.starts_with('%')) return;
    rest_.remove_prefix(std::min(rest_.find_first_of("\r\n"), rest_.size()));
  }
}

std::string_view ContentReader::take(std::size_t count) {
  const std::string_view taken = rest_.substr(0, count);
  rest_.remove_prefix(taken.size());
  return taken;
}

std::string ContentReader::word() {
  return std::string(take(std::min(rest_.find_first_of(kDelimiters), rest_.size())));
}

/// `(…)`, the first bracket taken: brackets nest, a backslash escapes (7.3.4.2).
std::string ContentReader::text_in_brackets() {
  std::string text;
  for (int depth = 1; !rest_.empty();) {
    const char c = take(1).front();
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0) break;
    if (c != '\\' || rest_.empty()) {
      text += c;
      continue;
    }
    if (is_octal(rest_.front())) {
      unsigned value = 0;
      for (int i = 0; i < 3 && !rest_.empty() && is_octal(rest_.front()); ++i)
        value = value * 8 + static_cast<unsigned>(take(1).front() - '0');
      text += static_cast<char>(value & 0xFF);
      continue;
    }
    constexpr std::string_view kEscapes = "nrtbf";
    constexpr std::string_view kMeant = "\n\r\t\b\f";
    const char escaped = take(1).front();
    const std::size_t at = kEscapes.find(escaped);
    if (escaped != '\n') text += at == std::string_view::npos ? escaped : kMeant[at];
  }
  return text;
}

/// `<…>`, the first bracket taken.
std::string ContentReader::text_in_hex() {
  std::string text;
  int high = -1;
  while (!rest_.empty()) {
    const char c = take(1).front();
    if (c == '>') break;
    const int digit = hex_digit(c);
    if (digit < 0) continue;
    if (high >= 0) text += static_cast<char>(high * 16 + digit);
    high = high >= 0 ? -1 : digit;
  }
  if (high >= 0) text += static_cast<char>(high * 16);
  return text;
}

/// After ID: to the EI that stands alone (8.9.7).
void ContentReader::skip_image() {
  while (!rest_.empty()) {
    take(std::min(rest_.find("EI"), rest_.size()));
    take(2);
    if (rest_.empty() || kDelimiters.find(rest_.front()) != std::string_view::npos) return;
  }
}

ContentReader::Token ContentReader::read(Operand& operand) {
  skip_blanks();
  if (rest_.empty()) return Token::End;
  operand = {};
  if (rest_.starts_with("<<")) return take(2), Token::DictBegin;
  if (rest_.starts_with(">>")) return take(2), Token::DictEnd;
  const char first = rest_.front();
  if (first == '[') return take(1), Token::ArrayBegin;
  if (first == ']') return take(1), Token::ArrayEnd;
  if (first == '(' || first == '<') {
    take(1);
    operand.kind = Operand::Kind::Text;
    operand.text = first == '(' ? text_in_brackets() : text_in_hex();
    return Token::Operand;
  }
  if (first == '/') {
    take(1);
    operand.kind = Operand::Kind::Name;
    operand.text = word();
    return Token::Operand;
  }
  operand.text = word();
  if (operand.text.empty()) take(1);  // a bracket that closes nothing
  return to_number(operand.text, operand.number) ? Token::Operand : Token::Operator;
}

bool ContentReader::next(Operation& operation) {
  operation = {};
  std::vector<Operand>* target = &operation.operands;
  Operand operand;
  int dictionaries = 0;
  for (std::size_t count = 0; count < kMaxOperands; ++count) {
    switch (read(operand)) {
      case Token::End:
        return false;
      case Token::DictBegin:
        ++dictionaries;
        break;
      case Token::DictEnd:
        --dictionaries;
        break;
      case Token::ArrayBegin:
        // Arrays within arrays are read as one.
        if (dictionaries > 0 || target != &operation.operands) break;
        operation.operands.push_back({.kind = Operand::Kind::Array, .text = {}, .items = {}});
        target = &operation.operands.back().items;
        break;
      case Token::ArrayEnd:
        target = &operation.operands;
        break;
      case Token::Operand:
        if (dictionaries <= 0) target->push_back(std::move(operand));
        break;
      case Token::Operator:
        if (operand.text == "ID") skip_image();
        if (operand.text.empty() || operand.text == "ID") break;
        operation.name = std::move(operand.text);
        return true;
    }
  }
  overflown_ = true;
  return false;
}

}  // namespace huice::render::pdf
