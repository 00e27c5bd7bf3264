#include "bulk/text_buffer.h"

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace huice::bulk {
namespace {

/// No two stretches of it are alike for long.
std::string counting_text(std::size_t size) {
  std::string text;
  for (int i = 0; text.size() < size; ++i)
    text += std::to_string(i) + " ";
  return text.substr(0, size);
}

TEST(TextBuffer, PiecesOfEveryLengthAreCopiedWholeAndNothingStaysOfWhatStoodBehindThem) {
  constexpr std::size_t kLongest = 400;
  const std::string text = counting_text(2 * kLongest);
  TextBuffer from;
  from.append(text);
  TextBuffer to;
  std::string wanted;
  for (std::uint32_t size = 0; size <= kLongest; ++size) {
    to.append(from, {size, size});
    wanted += text.substr(size, size);
  }
  EXPECT_EQ(to.text(), wanted);
}

TEST(TextBuffer, ThePieceAtTheEndOfABufferIsCopiedFromWithinItsRoom) {
  TextBuffer from;
  from.append(counting_text(1'000));
  const std::size_t begin = from.size();
  from.append("末");
  TextBuffer to;
  to.append(from, from.since(begin));
  EXPECT_EQ(to.text(), "末");
  to.append(from, from.since(begin).rest());
  EXPECT_EQ(to.size(), 5u);
}

TEST(TextBuffer, AmountsHaveBothDigitsBehindThePointAndTheirSign) {
  const std::vector<std::pair<std::int64_t, std::string>> cases = {
      {0, "0.00"},
      {5, "0.05"},
      {1'250, "12.50"},
      {-1, "-0.01"},
      {std::numeric_limits<std::int64_t>::max(), "92233720368547758.07"},
      {std::numeric_limits<std::int64_t>::min(), "-92233720368547758.08"}};
  for (const auto& [fen, wanted] : cases) {
    TextBuffer buffer;
    buffer.append_fen(fen);
    EXPECT_EQ(buffer.text(), wanted);
  }
}

}  // namespace
}  // namespace huice::bulk
