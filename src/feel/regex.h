// Regular expressions as XPath writes them, run by PCRE2.
//
// Source: XQuery and XPath Functions and Operators 3.1, 5.6 (DMN 1.5, 10.3.4.3 refers to it).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huice::feel {

/// Work allowed in one match, in PCRE2's steps; patterns that backtrack without end give nullopt.
inline constexpr std::uint32_t kMaxMatchSteps = 1'000'000;
/// Work that a match may take without asking for more.
inline constexpr std::uint32_t kPlainMatchSteps = 512;
/// PCRE2's steps that count for one of FEEL's.
inline constexpr std::uint32_t kMatchStepsInOne = 16;

/// Takes steps of FEEL from what an evaluation may spend; false when there are no more.
using SpendSteps = std::function<bool(std::uint64_t)>;

/// A compiled pattern. Copies share it. A match that backtracks takes its steps from `spend`.
class Regex {
 public:
  /// nullopt when the pattern is not one of XPath, or a flag is none of s m i x q.
  static std::optional<Regex> compile(std::string_view pattern, std::string_view flags);

  /// nullopt when the limit was hit, or the steps are spent.
  std::optional<bool> found_in(std::string_view text, const SpendSteps& spend) const;
  /// Every match replaced; $1 is a group, \$ and \\ stand for themselves. nullopt for a bad
  /// replacement, a pattern that matches the empty text, or a result over `limit` bytes.
  std::optional<std::string> replaced(std::string_view text, std::string_view replacement,
                                      std::size_t limit, const SpendSteps& spend) const;
  /// What lies between the matches. nullopt as above.
  std::optional<std::vector<std::string>> split(std::string_view text,
                                                const SpendSteps& spend) const;

 private:
  struct Code;
  struct Match {
    std::vector<std::pair<std::size_t, std::size_t>> groups;  ///< begin and end; equal if unset
  };
  explicit Regex(std::shared_ptr<const Code> code) : code_(std::move(code)) {}
  /// All matches from left to right; nullopt when the limit was hit, or the steps are spent.
  std::optional<std::vector<Match>> matches(std::string_view text, bool first_only,
                                            const SpendSteps& spend) const;

  std::shared_ptr<const Code> code_;
};

/// The pattern of XPath in the syntax of PCRE2; nullopt when it is not well-formed there.
/// `dot_all` and `free_spacing` are the flags s and x.
std::optional<std::string> to_pcre(std::string_view pattern, bool dot_all, bool free_spacing);

/// Case mapping of one code point to one code point, by Unicode.
std::string upper_case(std::string_view text);
std::string lower_case(std::string_view text);

}  // namespace huice::feel
