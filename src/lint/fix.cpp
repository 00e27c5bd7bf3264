// The mechanical edits of findings, made in the text they were found in.
#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "lint/lint.h"

namespace huice::lint {
namespace {

/// Texts settle in two or three rounds: an edit may make the place for another.
constexpr int kMostRounds = 12;

/// An edit in letters of the whole text.
struct Placed {
  std::size_t begin = 0;
  std::size_t size = 0;
  std::u32string text;
};

/// Where each line of the text begins, in letters.
std::vector<std::size_t> line_starts(std::u32string_view text) {
  std::vector<std::size_t> starts = {0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U'\n') starts.push_back(i + 1);
  }
  return starts;
}

/// The edits that can be made together, by where they begin; each finding's whole or not at all.
struct Chosen {
  std::map<std::size_t, Placed> edits;
  std::vector<Finding> findings;

  /// Whether nothing chosen touches it. Two insertions at one place have no order.
  bool is_free(const Placed& edit) const {
    const auto next = edits.lower_bound(edit.begin);
    if (next != edits.end() && (next->first == edit.begin || next->first < edit.begin + edit.size))
      return false;
    if (next == edits.begin()) return true;
    const Placed& last = std::prev(next)->second;
    return last.begin + last.size <= edit.begin;
  }
};

Chosen choose(const std::vector<std::size_t>& starts, const Draft& draft,
              const std::vector<Finding>& findings) {
  Chosen chosen;
  for (const Finding& finding : findings) {
    const Paragraph& paragraph = draft.paragraphs[finding.paragraph];
    const auto line = static_cast<std::size_t>(paragraph.where.line);
    if (finding.edits.empty() || line == 0 || line > starts.size()) continue;
    std::vector<Placed> placed;
    for (const Edit& edit : finding.edits)
      placed.push_back({starts[line - 1] + paragraph.offset + edit.begin, edit.size, edit.text});
    if (!std::ranges::all_of(placed, [&](const Placed& each) { return chosen.is_free(each); })) {
      continue;
    }
    for (Placed& each : placed)
      chosen.edits.emplace(each.begin, std::move(each));
    chosen.findings.push_back(finding);
  }
  return chosen;
}

std::string apply(const std::u32string& text, const Chosen& chosen) {
  std::u32string made;
  std::size_t at = 0;
  for (const auto& [begin, edit] : chosen.edits) {
    made.append(text, at, begin - at).append(edit.text);
    at = begin + edit.size;
  }
  return encode_utf8(made.append(text, at));
}

}  // namespace

Result<Fixed> fix(std::string_view utf8, const std::string& file, const ReadLines& read,
                  const Choice& choice) {
  Fixed fixed{.text = std::string(utf8)};
  for (int round = 0; round < kMostRounds; ++round) {
    HUICE_TRY(auto lines, read(fixed.text, file));
    const Draft draft = read_draft(std::move(lines));
    const std::u32string text = decode_utf8(fixed.text);
    const Chosen chosen = choose(line_starts(text), draft, lint(draft, choice));
    if (chosen.findings.empty()) break;
    fixed.text = apply(text, chosen);
    fixed.mended.insert(fixed.mended.end(), chosen.findings.begin(), chosen.findings.end());
  }
  return fixed;
}

}  // namespace huice::lint
