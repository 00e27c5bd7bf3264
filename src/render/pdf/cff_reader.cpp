#include "render/pdf/cff_reader.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace huice::render::pdf {
namespace {

constexpr int kOperatorCharStrings = 17;
constexpr std::uint32_t kVerticalMove = 4;
constexpr std::uint32_t kEnd = 14;
constexpr std::uint32_t kMove = 21;
constexpr std::uint32_t kHorizontalMove = 22;

/// Big-endian numbers from a table; `failed` once anything lay outside it.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::uint32_t number(int size) {
    std::uint32_t value = 0;
    for (; size > 0; --size)
      value = (value << 8) | byte();
    return value;
  }
  std::uint32_t byte() {
    if (at_ >= bytes_.size()) {
      failed_ = true;
      return 0;
    }
    return static_cast<unsigned char>(bytes_[at_++]);
  }
  void seek(std::size_t at) { at_ = at; }
  std::size_t at() const { return at_; }
  bool failed() const { return failed_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// An INDEX structure (clause 5); leaves the reader behind it. Stops at the end of the table.
std::vector<Part> read_index(Reader& reader) {
  std::vector<Part> parts;
  const std::size_t count = reader.number(2);
  if (count == 0) return parts;
  const auto offset_size = static_cast<int>(reader.byte());
  const std::size_t base = reader.at() + (count + 1) * static_cast<std::size_t>(offset_size) - 1;
  std::size_t begin = reader.number(offset_size);
  for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
    const std::size_t end = reader.number(offset_size);
    parts.push_back({base + begin, base + end});
    begin = end;
  }
  reader.seek(base + begin);
  return parts;
}

/// Skips a real number (30 …): nibbles until one is f.
void skip_real(Reader& reader) {
  for (std::uint32_t byte = 0; (byte & 0x0F) != 0x0F && !reader.failed();)
    byte = reader.byte();
}

/// Clause 4: operands precede their operator; only the last operand matters here.
std::size_t char_strings_offset(Reader& reader, std::size_t end) {
  std::int64_t operand = 0;
  while (reader.at() < end && !reader.failed()) {
    const std::uint32_t b0 = reader.byte();
    if (b0 <= 21) {
      const int op = static_cast<int>(b0 == 12 ? 0x0C00 | reader.byte() : b0);
      if (op == kOperatorCharStrings) return static_cast<std::size_t>(operand);
    } else if (b0 == 28) {
      operand = reader.number(2);
    } else if (b0 == 29) {
      operand = reader.number(4);
    } else if (b0 == 30) {
      skip_real(reader);
    } else if (b0 <= 246) {
      operand = static_cast<std::int64_t>(b0) - 139;
    } else if (b0 <= 250) {
      operand = (static_cast<std::int64_t>(b0) - 247) * 256 + reader.byte() + 108;
    } else {
      operand = -(static_cast<std::int64_t>(b0) - 251) * 256 - reader.byte() - 108;
    }
  }
  return 0;
}

/// The numbers before the first operator of a program, and that operator.
struct Opening {
  std::array<std::size_t, 6> starts{};  ///< of the numbers; beyond their count, of the operator
  std::size_t count = 0;
  std::uint32_t op = 0;
};

std::size_t number_size(std::uint32_t first_byte) {
  if (first_byte == 28) return 3;
  if (first_byte == 255) return 5;
  return first_byte >= 247 ? 2 : 1;
}

std::optional<Opening> read_opening(std::string_view program) {
  Opening opening;
  for (std::size_t at = 0; at < program.size();) {
    const std::uint32_t byte = static_cast<unsigned char>(program[at]);
    if (opening.count == opening.starts.size()) return std::nullopt;
    std::fill(opening.starts.begin() + static_cast<std::ptrdiff_t>(opening.count),
              opening.starts.end(), at);
    if (byte < 32 && byte != 28) {
      opening.op = byte;
      return opening;
    }
    ++opening.count;
    at += number_size(byte);
  }
  return std::nullopt;
}

std::optional<std::size_t> operands_of(std::uint32_t op) {
  switch (op) {
    case kMove:
      return 2;
    case kHorizontalMove:
    case kVerticalMove:
      return 1;
    case kEnd:
      return 0;
    default:
      return std::nullopt;
  }
}

/// A number in units of 1/65536, and its sum with a whole number written again.
std::string sum(std::string_view number, int whole) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::int32_t>(static_cast<unsigned char>(number[i]));
  };
  const std::int32_t b0 = byte(0);
  if (b0 == 255) {
    const auto fixed =
        static_cast<std::uint32_t>(byte(1) << 24 | byte(2) << 16 | byte(3) << 8 | byte(4)) +
        (static_cast<std::uint32_t>(whole) << 16);
    return {'\xFF', static_cast<char>(fixed >> 24), static_cast<char>(fixed >> 16),
            static_cast<char>(fixed >> 8), static_cast<char>(fixed)};
  }
  if (b0 == 28) return type2_number(static_cast<std::int16_t>(byte(1) << 8 | byte(2)) + whole);
  if (b0 <= 246) return type2_number(b0 - 139 + whole);
  if (b0 <= 250) return type2_number((b0 - 247) * 256 + byte(1) + 108 + whole);
  return type2_number(-(b0 - 251) * 256 - byte(1) - 108 + whole);
}

}  // namespace

std::optional<std::vector<std::string_view>> cff_char_strings(std::string_view cff) {
  Reader reader(cff);
  reader.seek(2);
  reader.seek(reader.byte());  // the header says how long it is
  read_index(reader);          // names
  const std::vector<Part> top_dicts = read_index(reader);
  if (top_dicts.empty()) return std::nullopt;
  reader.seek(top_dicts.front().begin);
  const std::size_t offset = char_strings_offset(reader, top_dicts.front().end);
  if (reader.failed() || offset == 0) return std::nullopt;
  reader.seek(offset);
  std::vector<std::string_view> programs;
  for (const Part& part : read_index(reader)) {
    if (part.end < part.begin || part.end > cff.size()) return std::nullopt;
    programs.push_back(cff.substr(part.begin, part.end - part.begin));
  }
  if (reader.failed()) return std::nullopt;
  return programs;
}

std::optional<std::string_view> without_width(std::string_view program) {
  const auto opening = read_opening(program);
  if (!opening) return std::nullopt;
  const auto operands = operands_of(opening->op);
  if (!operands || opening->count < *operands || opening->count > *operands + 1) {
    return std::nullopt;
  }
  return program.substr(opening->count > *operands ? opening->starts[1] : 0);
}

std::string moved_right(std::string_view program, int units) {
  const auto opening = read_opening(program);
  if (!opening || opening->op == kEnd || units == 0) return std::string(program);
  const std::size_t op_at = opening->starts[opening->count];
  const std::string_view after = program.substr(op_at + 1);
  const std::string_view first = program.substr(0, opening->starts[1]);
  std::string moved;
  if (opening->op == kMove) {
    moved = sum(first, units);
    moved += program.substr(opening->starts[1], op_at - opening->starts[1]);
  } else if (opening->op == kHorizontalMove) {
    moved = sum(first, units) + type2_number(0);
  } else {
    moved = type2_number(units);
    moved += first;
  }
  moved += static_cast<char>(kMove);
  return moved.append(after);
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
