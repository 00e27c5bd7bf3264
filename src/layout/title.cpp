#include "layout/title.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>

#include "base/utf8.h"
#include "layout/punctuation.h"
#include "layout/title_terms.h"
#include "text/word_ends.h"

namespace huice::layout {
namespace {

constexpr std::size_t kMostLines = 5;
/// What one more line costs, against cuts in bad places and lines from edge to edge.
constexpr std::int64_t kLineCost = 25;
constexpr std::int64_t kFullLineCost = 25;
/// Within 《》, and that soon after 《.
constexpr std::int64_t kInsideCost = 20;
constexpr std::int64_t kJustInsideCost = 40;
constexpr std::size_t kJustInside = 5;
/// Within the name of an issuing office, not between two of them.
constexpr std::int64_t kInsideIssuerCost = 50;
constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max() / 4;

/// A place where the title may break: after this many bytes, at this cost. Width in half cells.
struct Cut {
  std::size_t offset = 0;
  int width = 0;
  std::int64_t cost = 0;
};

bool any_of(std::u32string_view set, char32_t character) {
  return set.find(character) != std::u32string_view::npos;
}

/// What is read together stays together: no line begins with 的 or ends with 关于, and the issuer
/// likes a line of its own.
std::int64_t cut_cost(char32_t before, char32_t after, std::string_view rest) {
  const CharClass left = class_of(before);
  const CharClass right = class_of(after);
  if (left == CharClass::Opening || right == CharClass::Closing || right == CharClass::Pause ||
      right == CharClass::Stop || right == CharClass::Middle || right == CharClass::Dash) {
    return kNever;
  }
  // A number stays with what it counts: 2026年, 第3号.
  if (is_digit(before) && (is_digit(after) || follows_number(after))) return kNever;
  if (is_digit(after) && precedes_number(before)) return kNever;
  std::int64_t cost = 0;
  if (any_of(U"的和与及等之了", after)) cost += 60;
  if (before == U'于' || any_of(U"和与及第", before)) cost += 40;
  if (before == U'的') cost += 15;
  if (rest.starts_with("关于")) cost -= 30;
  if (right == CharClass::Opening) cost -= 5;
  return cost;
}

/// For every byte, whether a break before it would cut a word or a phrase.
std::vector<bool> find_insides(std::string_view title) {
  std::vector<bool> inside(title.size() + 1, false);
  const std::u32string characters = decode_utf8(title);
  const std::vector<std::size_t> ends = text::word_ends(characters);
  std::size_t offset = 0;
  std::size_t term_end = 0;
  for (std::size_t i = 0; i < characters.size() && offset < title.size(); ++i) {
    if (i < term_end || (i > 0 && ends[i] == ends[i - 1])) inside[offset] = true;
    if (i >= term_end) {
      const std::size_t size = longest_title_term(std::u32string_view(characters).substr(i));
      if (size > 0) term_end = i + size;
    }
    offset += first_code_point(title.substr(offset)).value_or(CodePoint{0xFFFD, 1}).size;
  }
  return inside;
}

/// Between two issuing offices is a good place, within the name of one is not.
std::int64_t issuer_cost(char32_t before, char32_t after) {
  const bool office_ends = any_of(U"局委部厅室府会院组", before) && !any_of(U"办的", after);
  return office_ends ? 0 : kInsideIssuerCost;
}

std::vector<Cut> find_cuts(std::string_view title) {
  const std::vector<bool> inside = find_insides(title);
  const std::size_t about = title.find("关于");
  std::vector<Cut> cuts;
  std::size_t offset = 0;
  int depth = 0;
  std::size_t since_opening = 0;
  char32_t before = 0;
  while (offset < title.size()) {
    // Bytes that are no UTF-8 count one by one.
    const CodePoint point = first_code_point(title.substr(offset)).value_or(CodePoint{0xFFFD, 1});
    const char32_t character = point.value;
    if (offset > 0 && !inside[offset]) {
      std::int64_t cost = cut_cost(before, character, title.substr(offset));
      if (depth > 0) cost += since_opening < kJustInside ? kJustInsideCost : kInsideCost;
      if (about != title.npos && offset < about) cost += issuer_cost(before, character);
      const auto width = static_cast<int>(display_width(title.substr(0, offset)));
      if (cost < kNever) cuts.push_back({offset, width, cost});
    }
    ++since_opening;
    if (class_of(character) == CharClass::Opening) {
      ++depth;
      since_opening = 0;
    }
    if (class_of(character) == CharClass::Closing) --depth;
    offset += point.size;
    before = character;
  }
  return cuts;
}

/// How far the lines are from a 梯形 (each line longer, or each shorter) or a 菱形 (longest in the
/// middle), with steps of two characters or so.
std::int64_t shape_cost(const std::vector<int>& widths) {
  std::int64_t cost = 0;
  for (std::size_t i = 1; i < widths.size(); ++i) {
    const std::int64_t step = std::abs(widths[i] - widths[i - 1]);
    cost += step == 0 ? 12 : std::abs(step - 4);
    if (i + 1 < widths.size() && widths[i] < widths[i - 1] && widths[i] < widths[i + 1]) {
      cost += 200;  // an hourglass
    }
  }
  const auto [least, most] = std::ranges::minmax(widths);
  if (least * 2 < most) cost += 2 * (most - 2 * least);
  return cost;
}

/// Tries every choice of cuts for a number of lines.
class Search {
 public:
  Search(const std::vector<Cut>& cuts, int total, int most)
      : cuts_(cuts), total_(total), most_(most) {}

  void try_lines(std::size_t lines) { extend(lines, 0, 0, 0); }

  bool found() const { return best_cost_ < kNever; }
  /// The offsets of the best cuts tried.
  const std::vector<std::size_t>& best() const { return best_; }

 private:
  void extend(std::size_t lines, std::size_t from, int start, std::int64_t cost) {
    if (lines == 1) {
      finish(start, cost);
      return;
    }
    for (std::size_t i = from; i < cuts_.size(); ++i) {
      const int width = cuts_[i].width - start;
      if (width > most_) break;
      if (total_ - cuts_[i].width > most_ * static_cast<int>(lines - 1)) continue;
      widths_.push_back(width);
      chosen_.push_back(cuts_[i].offset);
      extend(lines - 1, i + 1, cuts_[i].width, cost + cuts_[i].cost);
      widths_.pop_back();
      chosen_.pop_back();
    }
  }

  void finish(int start, std::int64_t cost) {
    if (total_ - start > most_) return;
    widths_.push_back(total_ - start);
    cost += shape_cost(widths_) + kLineCost * static_cast<std::int64_t>(widths_.size());
    if (std::ranges::max(widths_) + 1 >= most_) cost += kFullLineCost;
    widths_.pop_back();
    if (cost >= best_cost_) return;
    best_cost_ = cost;
    best_ = chosen_;
  }

  const std::vector<Cut>& cuts_;
  int total_;
  int most_;
  std::vector<int> widths_;
  std::vector<std::size_t> chosen_;
  std::vector<std::size_t> best_;
  std::int64_t best_cost_ = kNever;
};

std::vector<std::string> split(std::string_view text, const std::vector<std::size_t>& offsets) {
  std::vector<std::string> lines;
  std::size_t start = 0;
  for (const std::size_t offset : offsets) {
    lines.emplace_back(text.substr(start, offset - start));
    start = offset;
  }
  lines.emplace_back(text.substr(start));
  return lines;
}

std::vector<std::string> as_the_author_did(std::string_view title) {
  std::vector<std::size_t> offsets;
  for (std::size_t at = title.find('\n'); at != title.npos; at = title.find('\n', at + 1)) {
    offsets.push_back(at + 1);
  }
  std::vector<std::string> lines = split(title, offsets);
  for (std::string& line : lines)
    std::erase(line, '\n');
  std::erase_if(lines, [](const std::string& line) { return line.empty(); });
  return lines;
}

}  // namespace

std::vector<std::string> break_title(std::string_view title, int cells) {
  if (title.find('\n') != title.npos) return as_the_author_did(title);
  const auto total = static_cast<int>(display_width(title));
  const int most = 2 * cells;
  if (total <= most || code_point_count(title) > kLongestShapedTitle) return {std::string(title)};
  const std::vector<Cut> cuts = find_cuts(title);
  Search search(cuts, total, most);
  const auto least = static_cast<std::size_t>((total + most - 1) / most);
  for (std::size_t lines = least; lines <= std::min(least + 1, kMostLines); ++lines) {
    search.try_lines(lines);
  }
  if (search.found()) return split(title, search.best());
  return {std::string(title)};
}

}  // namespace huice::layout
