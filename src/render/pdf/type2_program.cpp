#include "render/pdf/type2_program.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace huice::render::pdf {
namespace {

/// Clause 4; an operator of two bytes is written as one number.
enum Op : std::uint32_t {
  kHStem = 1,
  kVStem = 3,
  kVMoveTo = 4,
  kRLineTo = 5,
  kRRCurveTo = 8,
  kCallSubr = 10,
  kReturn = 11,
  kEscape = 12,
  kEndChar = 14,
  kHStemHm = 18,
  kHintMask = 19,
  kCntrMask = 20,
  kRMoveTo = 21,
  kHMoveTo = 22,
  kVStemHm = 23,
  kRCurveLine = 24,
  kHHCurveTo = 27,
  kCallGSubr = 29,
  kVHCurveTo = 30,
  kHVCurveTo = 31,
  kDotSection = 0,  // after kEscape; a hint of old
  kHFlex = 34,      // after kEscape
  kFlex1 = 37       // after kEscape
};

constexpr std::uint32_t kShortNumber = 28;
constexpr std::uint32_t kFixedNumber = 255;

std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

/// Bytes of the number that begins with a byte; 0 for operators.
constexpr auto kNumberSizes = [] {
  std::array<std::uint8_t, 256> sizes{};
  for (std::size_t first = 32; first < sizes.size(); ++first)
    sizes[first] = first < 247 ? 1 : 2;
  sizes[kShortNumber] = 3;
  sizes[kFixedNumber] = 5;
  return sizes;
}();

std::size_t number_size(std::uint32_t first_byte) {
  return kNumberSizes[first_byte];
}

bool is_number(std::uint32_t first_byte) {
  return number_size(first_byte) > 0;
}

/// The whole part of the number that begins `bytes`.
int value_of(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<int>(byte_at(bytes, i)); };
  const int b0 = byte(0);
  if (number_size(byte_at(bytes, 0)) >= 3) {
    return static_cast<std::int16_t>(byte(1) << 8 | byte(2));
  }
  if (b0 <= 246) return b0 - 139;
  if (b0 <= 250) return (b0 - 247) * 256 + byte(1) + 108;
  return -(b0 - 251) * 256 - byte(1) - 108;
}

/// Copies a program, leaving out what plain programs do not have. Numbers are written as they are
/// read, in rows; those that turn out to be superfluous are taken back.
class Copier {
 public:
  Copier(const CffIndex& global, const CffIndex& local) : global_(global), local_(local) {}

  std::optional<std::string> run(std::string_view program) {
    out_.reserve(program.size());
    if (!copy(program, 0) || !ended_) return std::nullopt;
    return std::move(out_);
  }

 private:
  /// False when the program cannot be used.
  bool copy(std::string_view program, int depth) {
    for (std::size_t at = 0; at < program.size() && !ended_;) {
      if (!copy_numbers(program, at)) return false;
      if (at == program.size()) break;
      if (++tokens_ > kMaxProgramTokens) return false;
      const std::uint32_t op = byte_at(program, at);
      if (op == kReturn) return depth > 0;
      ++at;
      if (op == kCallSubr || op == kCallGSubr) {
        if (!call(op == kCallSubr ? local_ : global_, depth)) return false;
      } else if (op == kEscape) {
        if (at == program.size() || !escaped(byte_at(program, at++))) return false;
      } else if (!apply(op, program, at)) {
        return false;
      }
    }
    return true;
  }

  /// Copies the numbers before the next operator at once.
  bool copy_numbers(std::string_view program, std::size_t& at) {
    const std::size_t first = at;
    std::size_t count = 0;
    for (; at < program.size(); ++count) {
      const std::size_t size = number_size(byte_at(program, at));
      if (size == 0) break;
      at += size;
    }
    operands_ += count;
    tokens_ += count;
    if (at > program.size() || operands_ > kMaxType2Operands) return false;
    out_.append(program, first, at - first);
    return true;
  }

  /// Clause 4.7: the number of a subroutine is told less a bias that depends on how many there are.
  bool call(const CffIndex& subroutines, int depth) {
    if (operands_ == 0 || depth == kMaxSubroutineDepth) return false;
    const std::size_t count = subroutines.size();
    const int bias = count < 1240 ? 107 : count < 33900 ? 1131 : 32768;
    const int number = take_last() + bias;
    if (number < 0 || static_cast<std::size_t>(number) >= count) return false;
    return copy(subroutines[static_cast<std::size_t>(number)], depth + 1);
  }

  /// Takes back the last operand.
  int take_last() {
    std::size_t last = row_;
    for (std::size_t i = 1; i < operands_; ++i)
      last += number_size(byte_at(out_, last));
    const int value = value_of(std::string_view(out_).substr(last));
    out_.resize(last);
    --operands_;
    return value;
  }

  void drop_operands() {
    out_.resize(row_);
    operands_ = 0;
  }

  bool escaped(std::uint32_t op) {
    if (op == kDotSection) return drop_operands(), true;
    if (op < kHFlex || op > kFlex1 || row_ == 0) return false;
    out_ += static_cast<char>(kEscape);
    write(op);
    return true;
  }

  bool apply(std::uint32_t op, std::string_view program, std::size_t& at) {
    switch (op) {
      case kHStem:
      case kVStem:
      case kHStemHm:
      case kVStemHm:
        drop_stems();
        return true;
      case kHintMask:
      case kCntrMask:
        drop_stems();  // operands before a mask are vertical stems
        at += (stems_ + 7) / 8;
        return at <= program.size();
      case kRMoveTo:
        return move(op, 2);
      case kHMoveTo:
      case kVMoveTo:
        return move(op, 1);
      case kEndChar:
        ended_ = true;
        return move(op, 0);
      default:
        break;
    }
    const bool draws = (op >= kRLineTo && op <= kRRCurveTo) ||
                       (op >= kRCurveLine && op <= kHHCurveTo) || op == kVHCurveTo ||
                       op == kHVCurveTo;
    if (!draws || row_ == 0) return false;
    write(op);
    return true;
  }

  /// Before the first operator may stand the width, one operand more than the operator takes.
  void drop_width(bool is_there) {
    if (is_there && !past_width_) {
      out_.erase(row_, number_size(byte_at(out_, row_)));
      --operands_;
    }
    past_width_ = true;
  }

  void drop_stems() {
    drop_width(operands_ % 2 == 1);
    stems_ += operands_ / 2;
    drop_operands();
  }

  bool move(std::uint32_t op, std::size_t operands) {
    drop_width(operands_ == operands + 1);
    if (operands_ != operands) return false;
    write(op);
    return true;
  }

  void write(std::uint32_t op) {
    out_ += static_cast<char>(op);
    row_ = out_.size();
    operands_ = 0;
  }

  const CffIndex& global_;
  const CffIndex& local_;
  std::string out_;
  std::size_t row_ = 0;       ///< where the operands of the operator to come begin in out_
  std::size_t operands_ = 0;  ///< how many there are
  std::size_t stems_ = 0;
  std::size_t tokens_ = 0;
  bool past_width_ = false;
  bool ended_ = false;
};

/// A number and its sum with a whole number written again.
std::string sum(std::string_view number, int whole) {
  if (byte_at(number, 0) != kFixedNumber) return type2_number(value_of(number) + whole);
  std::string fixed = "\xFF";
  append_number(fixed, read_number(number, 1, 4) + (static_cast<std::uint32_t>(whole) << 16), 4);
  return fixed;
}

/// The numbers before the first operator of a plain program, and that operator.
struct Opening {
  std::array<std::size_t, 3> starts{};  ///< of the numbers, then of the operator
  std::size_t count = 0;
  std::uint32_t op = 0;
};

Opening opening_of(std::string_view program) {
  Opening opening;
  for (std::size_t at = 0; at < program.size(); ++opening.count) {
    opening.op = byte_at(program, at);
    opening.starts[std::min<std::size_t>(opening.count, 2)] = at;
    if (!is_number(opening.op)) break;
    at += number_size(opening.op);
  }
  return opening;
}

}  // namespace

std::optional<std::string> plain_program(std::string_view program, const CffIndex& global,
                                         const CffIndex& local) {
  return Copier(global, local).run(program);
}

std::string moved_right(std::string_view program, int units) {
  const Opening opening = opening_of(program);
  if (opening.op == kEndChar || units == 0) return std::string(program);
  const std::size_t op_at = opening.starts[opening.count];
  const std::string_view first = program.substr(0, opening.starts[1]);
  std::string moved;
  if (opening.op == kRMoveTo) {
    moved = sum(first, units);
    moved += program.substr(opening.starts[1], op_at - opening.starts[1]);
  } else if (opening.op == kHMoveTo) {
    moved = sum(first, units) + type2_number(0);
  } else {
    moved = type2_number(units);
    moved += first;
  }
  moved += static_cast<char>(kRMoveTo);
  return moved.append(program.substr(op_at + 1));
}

std::string type2_number(int value) {
  if (value >= -107 && value <= 107) return {static_cast<char>(value + 139)};
  if (value >= 108 && value <= 1131) {
    const int rest = value - 108;
    return {static_cast<char>(247 + rest / 256), static_cast<char>(rest % 256)};
  }
  if (value <= -108 && value >= -1131) {
    const int rest = -value - 108;
    return {static_cast<char>(251 + rest / 256), static_cast<char>(rest % 256)};
  }
  return {'\x1C', static_cast<char>(value >> 8), static_cast<char>(value)};
}

}  // namespace huice::render::pdf
