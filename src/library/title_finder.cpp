#include "library/title_finder.h"

#include <algorithm>
#include <array>
#include <optional>

#include "library/line_marks.h"
#include "library/page_furniture.h"
#include "library/structure.h"
#include "text/dates.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

constexpr std::size_t kMostTitleLines = 6;

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size()))
    ++count;
  return count;
}

/// Lines of a title as one; a blank stands between joint issuers.
std::string joined_lines(const std::vector<SourceLine>& lines, std::size_t begin, std::size_t end) {
  std::string joined;
  for (std::size_t i = begin; i < end; ++i) {
    const std::string line = without_inner_blanks(lines[i].text);
    const bool another = names_agencies(joined) && names_agencies(line);
    joined += (another ? " " : "") + line;
  }
  return joined;
}

/// Whether line `at` goes on with the title that began at `begin`.
bool goes_on(const std::vector<SourceLine>& lines, std::size_t begin, std::size_t at) {
  const std::string line = without_inner_blanks(lines[at].text);
  const std::string before = without_inner_blanks(lines[at - 1].text);
  if (lines[at].after_gap || lines[at].heading > 0 || is_adoption(line)) return false;
  if (date_of_line(line)) return false;
  const bool passes_on = before.ends_with("转发") || before.ends_with("批转");
  // Issuers begin a title; what stands above them is the name of a page.
  if (names_agencies(line)) return names_agencies(before) || passes_on;
  // Words of a menu above 关于… are no part of it.
  if (line.starts_with("关于") && !names_agencies(before) && !passes_on) return false;
  if (at != begin + 1) return true;
  const bool issuer = names_agencies(before);
  // Below an issuer comes the subject; the subject stands below an issuer, or opens the title.
  return issuer == begins_subject(line) || (!issuer && holds(before, "关于"));
}

int score_of(const std::vector<SourceLine>& lines, const FoundTitle& found, std::string_view known,
             const IndexSettings& settings) {
  int score = 0;
  if (!genre_of(found.text, settings.genres).empty()) score += 40;
  if (holds(found.text, "关于") || holds(found.text, "印发")) score += 20;
  if (lines[found.begin].heading == 1) score += 30;
  const bool proven = found.end < lines.size() &&
                      (number_of_line(lines[found.end].text) || is_addressee(lines[found.end]));
  if (proven) score += 20;
  if (!known.empty()) {
    const std::string own = title_key(found.text);
    const std::string told = title_key(known);
    const auto at = found.text.find(known);
    const bool below_issuer =
        at != std::string::npos && at > 0 &&
        names_agencies(text::trimmed(std::string_view(found.text).substr(0, at)));
    if (below_issuer) {
      score += 80;
    } else if (own == told) {
      score += 60;
    } else if (holds(own, told)) {
      score += 30;
    }
  }
  return score;
}

}  // namespace

bool is_adoption(std::string_view line) {
  // Only a line that begins with a day, and is no sentence, tells the history of a regulation.
  for (const std::string_view open : {"（", "("}) {
    if (line.starts_with(open)) line.remove_prefix(open.size());
  }
  constexpr std::size_t kMostBytes = 1'200;
  if (line.size() > kMostBytes || holds(line, "。")) return false;
  const auto dates = text::find_dates(line);
  if (dates.empty() || dates.front().offset > 0) return false;
  static constexpr std::array<std::string_view, 6> kActs = {"通过", "修订", "修正",
                                                            "批准", "公布", "施行"};
  return std::ranges::any_of(kActs, [&](auto act) { return holds(line, act); });
}

FoundTitle title_at(const std::vector<SourceLine>& lines, std::size_t begin,
                    const IndexSettings& settings) {
  const auto found = [&](std::size_t end) {
    return FoundTitle{begin, end, joined_lines(lines, begin, end)};
  };
  if (begin >= lines.size() || !is_title_like(lines[begin])) return {begin, begin, {}};
  std::size_t end = begin;
  // A mark of the file itself is the surest.
  while (end < lines.size() && lines[end].heading == 1 && (end == begin || !lines[end].after_gap))
    ++end;
  if (end > begin) return found(end);
  std::optional<std::size_t> first;
  std::optional<std::size_t> last;
  while (end < lines.size() && end - begin < kMostTitleLines && is_title_like(lines[end]) &&
         (end == begin || goes_on(lines, begin, end))) {
    ++end;
    const std::string joined = joined_lines(lines, begin, end);
    const bool whole = count_of(joined, "《") == count_of(joined, "》") &&
                       !genre_of(joined, settings.genres).empty();
    if (!whole) continue;
    if (!first) first = end;
    last = end;
  }
  // A number or the addressee below proves that all of it was the title.
  const bool proven =
      end < lines.size() && (number_of_line(lines[end].text) || is_addressee(lines[end]));
  if (proven) return found(last.value_or(end));
  return found(first.value_or(begin + 1));
}

FoundTitle find_title(const std::vector<SourceLine>& lines, std::size_t begin,
                      std::string_view known, const IndexSettings& settings) {
  FoundTitle best{begin, begin, {}};
  int highest = 0;
  for (std::size_t at = begin; at < std::min(lines.size(), kTopLines); ++at) {
    if (is_addressee(lines[at]) || holds(lines[at].text, "。")) break;
    FoundTitle candidate = title_at(lines, at, settings);
    if (candidate.end == candidate.begin) continue;
    // Of equals the first: what follows a title is headings.
    const int score = score_of(lines, candidate, known, settings) - static_cast<int>(at - begin);
    if (best.text.empty() || score > highest) {
      highest = score;
      best = std::move(candidate);
    }
  }
  return best;
}

}  // namespace huice::library
